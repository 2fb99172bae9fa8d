import { Rational } from "../number/rational.js";
import { toRational } from "../number/rational-text.js";
import type { Computed } from "./finding.js";
import type { GridLimit } from "./grid-limit.js";

/** Two numbers that are proved to enclose a third. */
export interface Bracket {
  readonly kind: "bracket";
  readonly lower: Rational;
  readonly upper: Rational;
}

/**
 * What a paper prints: a fraction, which is meant exactly; decimals, which stand for what is rounded to them; or a number in words, with
 * fractions that enclose it.
 */
export type Printed = string | { readonly text: string; readonly lower: Rational; readonly upper: Rational };

export type Figure = Rational | Bracket | GridLimit;

interface Interval {
  readonly lower: Rational;
  readonly upper: Rational;
}

export function bracket(lower: Rational, upper: Rational): Bracket {
  return { kind: "bracket", lower, upper };
}

export function printedText(printed: Printed): string {
  return typeof printed === "string" ? printed : printed.text;
}

/** Whether a printed number may be the one that was computed: decimals may be rounded or cut off. */
export function agrees(printed: Printed, figure: Figure): boolean {
  const found = intervalOf(figure);
  return meanings(printed).some(
    ({ lower, upper }) => lower.compare(found.upper) <= 0 && found.lower.compare(upper) <= 0,
  );
}

function meanings(printed: Printed): readonly Interval[] {
  if (typeof printed !== "string") return [printed];
  const value = toRational(printed);
  const decimals = printed.split(".")[1]?.length;
  if (decimals === undefined) return [{ lower: value, upper: value }];
  const unit = Rational.of(1n, 10n ** BigInt(decimals));
  const half = unit.divide(Rational.of(2));
  const beyond = value.sign < 0 ? value.subtract(unit) : value.add(unit);
  return [
    { lower: value.subtract(half), upper: value.add(half) },
    { lower: Rational.minimum(value, beyond), upper: Rational.maximum(value, beyond) },
  ];
}

function intervalOf(figure: Figure): Interval {
  if (figure instanceof Rational) return { lower: figure, upper: figure };
  if (figure.kind === "bracket") return figure;
  const { limit, uncertainty } = figure;
  return { lower: limit.subtract(uncertainty), upper: limit.add(uncertainty) };
}

/** A figure as data. */
export function computed(figure: Figure): Computed {
  if (figure instanceof Rational) return { kind: "exact", value: `${figure}` };
  if (figure.kind === "bracket")
    return { kind: "bracket", lower: `${figure.lower}`, upper: `${figure.upper}` };
  const { grids, limit, uncertainty, order } = figure;
  return {
    kind: "limit",
    grids: grids.map(({ points, value }) => ({ points, value: `${value}` })),
    limit: `${limit}`,
    uncertainty: `${uncertainty}`,
    order,
  };
}
