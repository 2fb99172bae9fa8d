import { useId } from "preact/hooks";
import { Rational } from "../../src/number/rational.js";
import { parseRational, toRational } from "../../src/number/rational-text.js";
import type { Json, JsonObject } from "./state.js";

type Change = (value: Json | undefined) => void;

/** A number in a field, with a slider beside it. */
export function NumberField({
  label,
  value,
  from,
  to,
  step,
  change,
}: {
  readonly label: string;
  readonly value: Json;
  readonly from: number;
  readonly to: number;
  readonly step: number;
  readonly change: Change;
}) {
  const id = useId();
  const text = String(value);
  const at = numberOf(text) ?? from;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="text"
        inputMode="decimal"
        value={text}
        aria-invalid={numberOf(text) === undefined}
        onInput={(event) => {
          const given = event.currentTarget.value.trim();
          if (numberOf(given) !== undefined) change(plain(given));
        }}
      />
      <input
        type="range"
        aria-label={`${label}, slider`}
        min={Math.min(from, at)}
        max={Math.max(to, at)}
        step={step}
        value={at}
        onInput={(event) => change(plain(event.currentTarget.value))}
      />
    </div>
  );
}

/** Numbers as files have them: whole ones bare, others as text, which denotes exactly what it says. */
function plain(text: string): Json {
  return /^-?\d{1,9}$/.test(text) ? Number(text) : text;
}

export function numberOf(text: string): number | undefined {
  return parseRational(text)?.toNumber();
}

export function ChoiceField({
  label,
  value,
  options,
  change,
}: {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, text: string])[];
  readonly change: (value: string) => void;
}) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => change(event.currentTarget.value)}>
        {options.map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Types on an interval: how many, where, and how likely. */
function GridField({ label, value, change }: { label: string; value: JsonObject; change: Change }) {
  const set = (field: string) => (one: Json | undefined) => change({ ...value, [field]: one ?? null });
  const distribution = value.distribution ?? "uniform";
  const power = typeof distribution === "object" ? ((distribution as JsonObject).power ?? null) : null;
  const kind = distribution === "uniform" ? "uniform" : power === null ? "other" : "power";
  return (
    <fieldset>
      <legend>{label}</legend>
      <NumberField label="types" value={value.points ?? 4} from={1} to={40} step={1} change={set("points")} />
      <ChoiceField
        label="placed"
        value={String(value.placement ?? "midpoint")}
        options={[
          ["midpoint", "in the middle of cells"],
          ["endpoint", "from end to end"],
          ["equal-probability", "at quantiles"],
        ]}
        change={set("placement")}
      />
      {kind !== "other" && (
        <ChoiceField
          label="distribution"
          value={kind}
          options={[
            ["uniform", "uniform"],
            ["power", "F(x) = x^k"],
          ]}
          change={(chosen) => set("distribution")(chosen === "uniform" ? "uniform" : { power: 2 })}
        />
      )}
      {kind === "power" && (
        <NumberField
          label="k"
          value={power}
          from={1}
          to={6}
          step={1}
          change={(one) => set("distribution")({ power: one ?? 2 })}
        />
      )}
      <NumberField label="from" value={value.from ?? 0} from={0} to={2} step={0.05} change={set("from")} />
      <NumberField label="to" value={value.to ?? 1} from={0} to={3} step={0.05} change={set("to")} />
    </fieldset>
  );
}

/** Shares and the like: of two that sum to one, the second follows the first. */
function ListField({ label, value, change }: { label: string; value: readonly Json[]; change: Change }) {
  const numbers = value.map((one) => parseRational(String(one)));
  const total = numbers.every((one) => one !== undefined) ? Rational.sum(numbers) : undefined;
  const isShare = value.length === 2 && total?.equals(Rational.ONE) === true;
  return (
    <fieldset>
      <legend>{label}</legend>
      {value.map((one, k) => (
        <NumberField
          key={k}
          label={`of agent ${k + 1}`}
          value={one}
          from={0}
          to={1}
          step={0.05}
          change={(changed) => {
            const list = value.map((old, j) => (j === k ? (changed ?? 0) : old));
            if (isShare) list[1 - k] = String(Rational.ONE.subtract(toRational(String(changed))));
            change(list);
          }}
        />
      ))}
    </fieldset>
  );
}

/** A field for a parameter, by what its value is; anything else as text in JSON. */
export function ParameterField({
  name,
  value,
  options,
  change,
}: {
  readonly name: string;
  readonly value: Json;
  /** What it may be, where that is a choice. */
  readonly options: readonly string[] | undefined;
  readonly change: Change;
}) {
  const label = name.replace(/([a-z])([A-Z])/g, (_, a, b) => `${a} ${b.toLowerCase()}`);
  if (options)
    return (
      <ChoiceField
        label={label}
        value={String(value)}
        options={options.map((option) => [option, option] as const)}
        change={change}
      />
    );
  if (typeof value === "object" && value !== null && !Array.isArray(value) && "points" in value)
    return <GridField label={label} value={value as JsonObject} change={change} />;
  if (Array.isArray(value) && value.length > 0 && value.every((one) => typeof one !== "object"))
    return <ListField label={label} value={value} change={change} />;
  if (typeof value === "number" || (typeof value === "string" && numberOf(value) !== undefined)) {
    const whole = name === "agents";
    return (
      <NumberField
        label={label}
        value={value}
        from={whole ? 1 : 0}
        to={whole ? 6 : Math.max(2, 2 * Math.abs(numberOf(String(value)) ?? 0))}
        step={whole ? 1 : 0.05}
        change={change}
      />
    );
  }
  return <JsonField label={label} value={value} change={change} />;
}

/** A value as JSON text; it is taken when it reads as one. */
export function JsonField({
  label,
  value,
  change,
  rows = 4,
}: {
  label: string;
  value: Json;
  change: Change;
  rows?: number;
}) {
  const id = useId();
  return (
    <div class="field wide-field">
      <label for={id}>{label}</label>
      <textarea
        id={id}
        rows={rows}
        spellcheck={false}
        onChange={(event) => {
          try {
            change(JSON.parse(event.currentTarget.value) as Json);
            event.currentTarget.setCustomValidity("");
          } catch (fault) {
            event.currentTarget.setCustomValidity(String(fault));
            event.currentTarget.reportValidity();
          }
        }}
        value={JSON.stringify(value, null, 1)}
      />
    </div>
  );
}
