import { numberOf } from "./fields.js";
import { Scroll } from "./scroll.js";
import { type Json, type JsonObject, valueAt, withValue } from "./state.js";

/** A small game that is written out, every number of it in a field. */
export function ByHand({
  instance,
  change,
}: {
  instance: JsonObject;
  change: (instance: JsonObject) => void;
}) {
  const agents = (instance.agents ?? []) as readonly JsonObject[];
  const outcomes = (instance.outcomes ?? []) as readonly string[];
  const cell = (label: string, path: readonly (string | number)[]) => (
    <NumberCell
      label={label}
      value={valueAt(instance, path)}
      change={(value) => change(withValue(instance, path, value) as JsonObject)}
    />
  );
  return (
    <fieldset>
      <legend>The game, number by number</legend>
      {agents.map((agent, i) => {
        const types = agent.types as readonly string[];
        const name = String(agent.name);
        return (
          <Scroll label={name} key={name}>
            <table>
              <caption>{name}: what each type has of each outcome</caption>
              <thead>
                <tr>
                  <th scope="col">type</th>
                  <th scope="col">probability</th>
                  {outcomes.map((outcome) => (
                    <th scope="col" key={outcome}>
                      {outcome}
                    </th>
                  ))}
                  <th scope="col">staying out</th>
                </tr>
              </thead>
              <tbody>
                {types.map((type, a) => (
                  <tr key={type}>
                    <th scope="row">{type}</th>
                    <td>{cell(`${name} ${type}, probability`, ["agents", i, "prior", a])}</td>
                    {outcomes.map((outcome, x) => (
                      <td key={outcome}>
                        {cell(`${name} ${type}, value of ${outcome}`, [
                          "agents",
                          i,
                          "values",
                          "byType",
                          a,
                          x,
                        ])}
                      </td>
                    ))}
                    <td>
                      {cell(`${name} ${type}, by staying out`, ["agents", i, "outsideOption", "byType", a])}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        );
      })}
      <Scroll label="costs">
        <table>
          <caption>What each outcome costs</caption>
          <tbody>
            {outcomes.map((outcome, x) => (
              <tr key={outcome}>
                <th scope="row">{outcome}</th>
                <td>{cell(`cost of ${outcome}`, ["cost", "byOutcome", x])}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </fieldset>
  );
}

/** Whether every number of an instance has a place in the table above. */
export function fitsByHand(instance: JsonObject): boolean {
  const agents = instance.agents;
  return (
    Array.isArray(agents) &&
    Array.isArray(instance.outcomes) &&
    agents.length * instance.outcomes.length <= 24 &&
    agents.every(
      (agent) =>
        Array.isArray(valueAt(agent, ["prior"])) &&
        Array.isArray(valueAt(agent, ["values", "byType"])) &&
        Array.isArray(valueAt(agent, ["outsideOption", "byType"])) &&
        (agent.types as Json[]).length <= 6,
    ) &&
    Array.isArray(valueAt(instance, ["cost", "byOutcome"]))
  );
}

function NumberCell({
  label,
  value,
  change,
}: {
  label: string;
  value: Json | undefined;
  change: (value: Json) => void;
}) {
  return (
    <input
      type="text"
      inputMode="decimal"
      size={5}
      aria-label={label}
      value={String(value ?? "")}
      onInput={(event) => {
        const given = event.currentTarget.value.trim();
        if (numberOf(given) !== undefined) change(given);
      }}
    />
  );
}
