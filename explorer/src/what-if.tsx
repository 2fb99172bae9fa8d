import { useMemo, useState } from "preact/hooks";
import { auditRequirements } from "../../src/kernel/judged-mechanism.js";
import type { Mechanism } from "../../src/mechanism/mechanism.js";
import { Rational } from "../../src/number/rational.js";
import { toRational } from "../../src/number/rational-text.js";
import type { Problem } from "../../src/question/problem.js";
import { numberText } from "../../src/report/number-text.js";
import { ChoiceField, NumberField } from "./fields.js";

/** With more profiles than this a payment is not changed by hand. */
const MOST_PROFILES = 400;

/** Another payment at one profile: which requirements break, and by how much. */
export function WhatIf({ problem, mechanism }: { problem: Problem; mechanism: Mechanism }) {
  const { environment } = problem;
  const { agents, profiles } = environment;
  const [agent, setAgent] = useState(0);
  const [profile, setProfile] = useState(0);
  const [payment, setPayment] = useState<string>();
  const i = Math.min(agent, agents.length - 1);
  const s = Math.min(profile, profiles.count - 1);
  const few = profiles.count <= MOST_PROFILES;
  const old = few ? mechanism.payment(i, s) : Rational.ZERO;
  const changed = payment === undefined ? old : toRational(payment);
  const broken = useMemo(() => {
    if (!few || changed.equals(old)) return [];
    const other: Mechanism = {
      lottery: (k) => mechanism.lottery(k),
      payment: (j, k) => (k === s && j === i ? changed : mechanism.payment(j, k)),
      subsidy: (k) => mechanism.subsidy(k),
    };
    return auditRequirements(problem, other).filter(({ holds }) => !holds);
  }, [problem, mechanism, i, s, changed.toString()]);
  if (!few) return null;
  const at = old.toNumber();
  return (
    <section>
      <h2>What if a payment were another?</h2>
      <div class="row">
        <ChoiceField
          label="payment of"
          value={String(i)}
          options={agents.map(({ name }, k) => [String(k), name] as const)}
          change={(chosen) => {
            setAgent(Number(chosen));
            setPayment(undefined);
          }}
        />
        <ChoiceField
          label="at"
          value={String(s)}
          options={Array.from(
            { length: profiles.count },
            (_, k) => [String(k), environment.profileLabel(k)] as const,
          )}
          change={(chosen) => {
            setProfile(Number(chosen));
            setPayment(undefined);
          }}
        />
        <NumberField
          label="payment"
          value={payment ?? old.toString()}
          from={at - 1}
          to={at + 1}
          step={0.01}
          change={(value) => setPayment(String(value))}
        />
      </div>
      <div aria-live="polite">
        {changed.equals(old) ? (
          <p>
            It is {numberText(old)} there. Another one is held against every requirement as you change it.
          </p>
        ) : broken.length === 0 ? (
          <p>With {numberText(changed)} all requirements hold still.</p>
        ) : (
          <>
            <p>With {numberText(changed)} these fail:</p>
            <ul>
              {broken.map(({ requirement, violation, worst }) => (
                <li key={requirement}>
                  {requirement}, by {numberText(violation)}
                  {worst ? `: ${worst}` : ""}
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </section>
  );
}
