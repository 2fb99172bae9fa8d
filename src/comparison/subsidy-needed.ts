import type { Environment } from "../environment/environment.js";
import { deficit, expectation } from "../mechanism/interim.js";
import type { Mechanism } from "../mechanism/mechanism.js";
import { Rational } from "../number/rational.js";
import type { Question } from "../problem/question.js";

/**
 * The least expected outside money with which this very mechanism, payments unchanged, meets the question's budget.
 * Undefined where no outside money does, because a surplus would have to go somewhere. A mechanism's own subsidies do
 * not count: what they cover is found anew.
 */
export function subsidyNeeded(
  environment: Environment,
  mechanism: Mechanism,
  { budget, balance }: Pick<Question, "budget" | "balance">,
): Rational | undefined {
  if (budget === "none") return Rational.ZERO;
  if (budget === "ex-ante") {
    const expected = expectation(environment, (profile) => deficit(environment, mechanism, profile));
    if (expected.sign >= 0) return expected;
    return balance === "exact" ? undefined : Rational.ZERO;
  }
  const deficits = Array.from({ length: environment.profiles.count }, (_, profile) =>
    deficit(environment, mechanism, profile),
  );
  if (balance === "exact" && deficits.some((amount) => amount.sign < 0)) return undefined;
  return expectation(environment, (profile) => Rational.maximum(deficits[profile], Rational.ZERO));
}
