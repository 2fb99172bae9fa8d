import { useMemo } from "preact/hooks";
import type { Environment } from "../../src/environment/environment.js";
import { curvesFigure } from "../../src/figure/curves.js";
import { typeAxis } from "../../src/figure/type-axis.js";
import { toRational } from "../../src/number/rational-text.js";
import { numberText } from "../../src/report/number-text.js";
import type { ComparedData } from "./messages.js";
import { Pictures } from "./pictures.js";
import { Scroll } from "./scroll.js";

/** Curves beyond these have no colour. */
const MOST_CURVES = 6;

/** The papers' constructions beside the optimum: those that are switched on join the picture, with what they violate. */
export function Beside({
  environment,
  compared,
  chosen,
  change,
}: {
  readonly environment: Environment;
  readonly compared: readonly ComparedData[];
  readonly chosen: readonly string[];
  readonly change: (names: readonly string[]) => void;
}) {
  const shown = compared.filter(({ name }) => name === "LP" || chosen.includes(name)).slice(0, MOST_CURVES);
  const figures = useMemo(
    () =>
      environment.agents.slice(0, 4).map(({ name, types }, i) =>
        curvesFigure({
          name: `beside-${i + 1}`,
          title: `What ${name} expects under each mechanism`,
          caption: "The expected utility of each type, when all tell the truth.",
          axis: typeAxis(name, types),
          curves: shown.map((one) => ({
            label: one.name,
            at: (type) => {
              const value = toRational(one.utilities[i][type]);
              return { value: value.toNumber(), text: numberText(value) };
            },
          })),
        }),
      ),
    [environment, compared, chosen.join()],
  );
  return (
    <>
      <fieldset class="checks">
        <legend>Beside the optimum (at most {MOST_CURVES - 1})</legend>
        {compared
          .filter(({ name }) => name !== "LP")
          .map(({ name, source }) => (
            <label key={name} title={source}>
              <input
                type="checkbox"
                checked={chosen.includes(name)}
                disabled={!chosen.includes(name) && chosen.length >= MOST_CURVES - 1}
                onChange={(event) =>
                  change(
                    event.currentTarget.checked
                      ? [...chosen, name]
                      : chosen.filter((other) => other !== name),
                  )
                }
              />{" "}
              {name}
            </label>
          ))}
      </fieldset>
      <Pictures figures={figures} />
      <Scroll label="Properties of the mechanisms">
        <table>
          <caption>Which properties they have, checked exactly</caption>
          <thead>
            <tr>
              <th scope="col">property</th>
              {shown.map(({ name }) => (
                <th scope="col" key={name}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {(shown[0]?.properties ?? []).map((property, k) => (
              <tr key={property.name}>
                <th scope="row">{property.name}</th>
                {shown.map(({ name, properties }) => {
                  const { holds, worst } = properties[k];
                  return (
                    <td key={name} class={holds === false ? "fails" : ""} title={worst}>
                      {holds === undefined ? "not checked" : holds ? "yes" : `no${worst ? `: ${worst}` : ""}`}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}
