import * as z from "zod";
import { ProfileSpace } from "../src/environment/profile-space.js";
import { InputError } from "../src/fault/input-error.js";
import { Rational } from "../src/number/rational.js";
import { integerSchema, rationalSchema } from "../src/number/rational-schema.js";
import type { Grid } from "./grid.js";
import { checkTableSize } from "./table-size.js";

const linearSchema = z.strictObject({
  own: rationalSchema.prefault(1).describe("Coefficient of the own signal."),
  other: rationalSchema.prefault(0).describe("Coefficient of each other agent's signal."),
  constant: rationalSchema.prefault(0).describe("What is added to both."),
});

const polynomialSchema = z.strictObject({
  terms: z
    .array(
      z.strictObject({
        coefficient: rationalSchema.describe("The term's coefficient."),
        own: integerSchema(0, 16).prefault(0).describe("Exponent of the own signal."),
        other: integerSchema(0, 16).prefault(0).describe("Exponent of the sum of the others' signals."),
      }),
    )
    .min(1)
    .describe("A polynomial in the own signal and the sum of the others'."),
});

const tableSchema = z.strictObject({
  table: z
    .array(z.array(rationalSchema))
    .min(1)
    .describe("A row for each own type, with a value for each profile of the others (last agent fastest)."),
});

/** What the good is worth to an agent, given everybody's signals. */
export const valuationSchema = z.union([linearSchema, polynomialSchema, tableSchema]).meta({
  id: "valuation",
  description:
    "{own, other, constant}: linear in the signals; {terms}: a polynomial in the own signal and the sum of the others'; " +
    "{table}: any values. It must rise strictly with the own signal.",
});

export type Valuation = z.output<typeof valuationSchema>;

/**
 * `v_i(s)` at every profile. Throws InputError, relative to the valuation, for a table of the wrong shape and where the
 * value does not rise with the agent's own signal (CE 4 and 5 assume that it does).
 */
export function valuesAtProfiles(valuation: Valuation, agent: number, grids: readonly Grid[]): Rational[] {
  const profiles = new ProfileSpace(grids.map(({ values }) => values.length));
  checkTableSize(profiles.count, 2);
  const at = valueAt(valuation, agent, grids, profiles);
  const values = Array.from({ length: profiles.count }, (_, s) => at(s));
  const stride = profiles.strides[agent];
  values.forEach((value, s) => {
    const type = profiles.typeOf(s, agent);
    if (type > 0 && value.compare(values[s - stride]) <= 0) {
      const { labels } = grids[agent];
      throw new InputError(
        "table" in valuation ? `table[${type}][${profiles.othersOf(agent, s)}]` : "",
        `the value ${value} at signal ${labels[type]} after ${values[s - stride]} at ${labels[type - 1]}`,
        "a valuation that rises strictly with the own signal",
      );
    }
  });
  return values;
}

function valueAt(
  valuation: Valuation,
  agent: number,
  grids: readonly Grid[],
  profiles: ProfileSpace,
): (profile: number) => Rational {
  if ("table" in valuation) {
    const { table } = valuation;
    checkShape(table, profiles.sizes[agent], profiles.othersCount(agent));
    return (s) => table[profiles.typeOf(s, agent)][profiles.othersOf(agent, s)];
  }
  const signal = (i: number, s: number) => grids[i].values[profiles.typeOf(s, i)];
  const others = (s: number) =>
    grids.reduce((sum, _, i) => (i === agent ? sum : sum.add(signal(i, s))), Rational.ZERO);
  const terms =
    "terms" in valuation
      ? valuation.terms
      : [
          { coefficient: valuation.own, own: 1, other: 0 },
          { coefficient: valuation.other, own: 0, other: 1 },
          { coefficient: valuation.constant, own: 0, other: 0 },
        ];
  return (s) => {
    const [mine, theirs] = [signal(agent, s), others(s)];
    return Rational.sum(
      terms.map(({ coefficient, own, other }) =>
        coefficient.multiply(wholePower(mine, own)).multiply(wholePower(theirs, other)),
      ),
    );
  };
}

function wholePower(base: Rational, exponent: number): Rational {
  return Rational.of(base.numerator ** BigInt(exponent), base.denominator ** BigInt(exponent));
}

function checkShape(table: readonly (readonly Rational[])[], rows: number, columns: number): void {
  if (table.length !== rows) {
    throw new InputError("table", `${table.length} rows`, `${rows}, one for each own type`);
  }
  table.forEach((row, k) => {
    if (row.length !== columns) {
      throw new InputError(
        `table[${k}]`,
        `${row.length} values`,
        `${columns}, one for each profile of the others`,
      );
    }
  });
}
