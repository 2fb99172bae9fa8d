import { Rational } from "../number/rational.js";
import type { Question } from "../question/question.js";
import type { MoneyAtProfiles } from "./reported.js";

/**
 * The least expected outside money with which a mechanism, payments unchanged, meets the question's budget. Undefined where
 * no outside money does, because a surplus would have to go somewhere. A mechanism's own subsidies do not count: what
 * they cover is found anew.
 */
export function subsidyNeeded(
  { expectedSurplus, expectedDeficit, hasSurplus }: MoneyAtProfiles,
  { budget, balance }: Pick<Question, "budget" | "balance">,
): Rational | undefined {
  if (budget === "none") return Rational.ZERO;
  const isLeft = budget === "ex-ante" ? expectedSurplus.sign > 0 : hasSurplus;
  if (isLeft && balance === "exact") return undefined;
  if (budget === "ex-ante") return Rational.maximum(expectedSurplus.negate(), Rational.ZERO);
  return expectedDeficit;
}
