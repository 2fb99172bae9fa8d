import { useState } from "preact/hooks";
import type { Environment } from "../../src/environment/environment.js";
import { interimExpectation, utility } from "../../src/mechanism/interim.js";
import type { Mechanism } from "../../src/mechanism/mechanism.js";
import { decimalText, numberText } from "../../src/report/number-text.js";
import { ChoiceField } from "./fields.js";
import { Scroll } from "./scroll.js";

/** More profiles than this are not looked at on the page. */
const MOST_PROFILES = 20_000;

/** What a type would gain by each report, in expectation when all others tell the truth. */
export function Incentives({ environment, mechanism }: { environment: Environment; mechanism: Mechanism }) {
  const [agent, setAgent] = useState(0);
  const [type, setType] = useState(0);
  const { agents, profiles } = environment;
  if (profiles.count > MOST_PROFILES) return null;
  const i = Math.min(agent, agents.length - 1);
  const { name, types } = agents[i];
  const a = Math.min(type, types.length - 1);
  const expected = (report: number) =>
    interimExpectation(environment, i, a, (truth) =>
      utility(environment, mechanism, i, profiles.replace(truth, i, report), truth),
    );
  const truth = expected(a);
  const rows = types.map((label, report) => ({ label, report, gain: expected(report).subtract(truth) }));
  const best = rows.reduce((one, other) => (other.gain.compare(one.gain) > 0 ? other : one));
  return (
    <section>
      <h2>What a type would gain by misreporting</h2>
      <div class="row">
        <ChoiceField
          label="agent"
          value={String(i)}
          options={agents.map((own, k) => [String(k), own.name] as const)}
          change={(chosen) => setAgent(Number(chosen))}
        />
        <ChoiceField
          label="its type"
          value={String(a)}
          options={types.map((label, k) => [String(k), label] as const)}
          change={(chosen) => setType(Number(chosen))}
        />
      </div>
      <p aria-live="polite">
        {best.gain.sign > 0
          ? `${name} ${types[a]} would gain ${numberText(best.gain)} by reporting ${best.label}.`
          : `${name} ${types[a]} expects ${numberText(truth)} by telling the truth, and gains by no report.`}
      </p>
      <Scroll label="Gain by each report">
        <table>
          <thead>
            <tr>
              <th scope="col">report</th>
              <th scope="col" class="number">
                gain
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ label, report, gain }) => (
              <tr key={report} class={report === a ? "own" : ""}>
                <th scope="row">{label}</th>
                <td class="number" title={gain.toString()}>
                  {report === a ? "the truth" : decimalText(gain)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}
