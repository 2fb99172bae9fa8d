import * as z from "zod";
import { InputError } from "../fault/input-error.js";
import { Rational } from "../number/rational.js";
import { integerSchema, rationalSchema } from "../number/rational-schema.js";
import { plain } from "./template.js";

/** Most values of a variable. */
const MOST_VALUES = 1_000_000;

const ends = {
  from: rationalSchema.describe("The first value."),
  to: rationalSchema.describe("The last value, or what no value exceeds where steps do not meet it."),
};

/** The values that a variable takes, as a specification has them. */
export const axisSchema = z
  .union(
    [
      z.array(z.unknown()).min(1).describe("The values, whatever they are."),
      z.strictObject({
        ...ends,
        points: integerSchema(2, MOST_VALUES).describe(
          "How many values, equally far apart, the ends among them.",
        ),
      }),
      z.strictObject({ ...ends, step: rationalSchema.describe("From each value to the next.") }),
      z.strictObject({
        cases: z
          .record(z.string(), z.unknown())
          .describe('Values with a name each, by which tables call them: {"flat": {"power": 1}}.'),
      }),
    ],
    { error: 'expected a list, {"from", "to", "points"}, {"from", "to", "step"} or {"cases"}' },
  )
  .meta({ id: "sweep-axis", description: "The values that a variable takes one after the other." });

/** A value of a variable: what it is, and what results call it. */
export interface AxisValue {
  readonly value: unknown;
  readonly label: unknown;
}

/** The values in their order. Throws InputError for steps that lead nowhere. */
export function axisValues(axis: z.output<typeof axisSchema>): readonly AxisValue[] {
  if (Array.isArray(axis)) return axis.map((value) => ({ value, label: value }));
  if ("cases" in axis) {
    const cases = Object.entries(axis.cases);
    if (cases.length === 0) throw new InputError("cases", "{}", "at least one case");
    return cases.map(([label, value]) => ({ value, label }));
  }
  const { from, to } = axis;
  const length = to.subtract(from);
  if (length.sign <= 0) throw new InputError("to", `${to}`, `more than from, which is ${from}`);
  const step = "step" in axis ? axis.step : length.divide(Rational.of(axis.points - 1));
  if (step.sign <= 0) throw new InputError("step", `${step}`, "a positive number");
  const { numerator, denominator } = length.divide(step);
  const steps = numerator / denominator;
  if (steps >= MOST_VALUES)
    throw new InputError("step", `${step}, which makes ${steps + 1n} values`, `at most ${MOST_VALUES}`);
  return Array.from({ length: Number(steps) + 1 }, (_, k) => {
    const value = plain(from.add(step.multiply(Rational.of(k))));
    return { value, label: value };
  });
}
