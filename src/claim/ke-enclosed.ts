import { formulaLumpSums } from "../construction/lump-sum.js";
import { divisibleTitle } from "../continuum/construction/divisible-titles.js";
import { Rational } from "../number/rational.js";
import { toRational } from "../number/rational-text.js";
import type { Example } from "./example.js";
import { bracket } from "./printed.js";

/** What is between two ends at every type, where outcomes are a continuum. */
export function enclosedTitle({ instance }: Example, title: "highest" | "lowest") {
  const enclosed = divisibleTitle(instance.continuous!(), title);
  const { interim, meanSurplus, payoffs } = enclosed;
  return {
    enclosed,
    /** `E Delta` for two agents alike. */
    expectedSurplus(lowest: string) {
      const [{ below, above }] = interim;
      const two = Rational.of(2);
      return bracket(
        below.at(toRational(lowest)).multiply(two).subtract(meanSurplus.upper),
        above.at(toRational(lowest)).multiply(two).subtract(meanSurplus.lower),
      );
    },
    /** What the second agent gets. */
    payoff(...types: readonly string[]) {
      const at = types.map(toRational);
      return bracket(payoffs[1].below.at(at)!, payoffs[1].above.at(at)!);
    },
  };
}

/** The lump sums of (8) and (9) in doubles. */
export function lumpSumsAt(
  { instance }: Example,
  title: "highest" | "lowest",
  k: number,
  types: readonly number[],
): readonly number[] {
  const { agents, surplus } = instance.continuum!;
  return formulaLumpSums({ agents, surplus: surplus!, points: [types, types] }, title, k);
}

export const near = (a: number, b: number) => Math.abs(a - b) < 1e-8;
