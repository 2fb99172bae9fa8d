import type { Rational } from "../number/rational.js";
import type { ProvedAnswer } from "../proved-answer.js";
import { expectedEfficientGains } from "../space/expected-efficient-gains.js";

/** What full information would be worth in expectation: the gains of an efficient mechanism, where one has been audited. */
export function efficientGains({ problem, mechanism, findings, expected }: ProvedAnswer): Rational {
  const isEfficient =
    problem.question.allocation === "efficient" && mechanism && findings.every(({ holds }) => holds);
  return isEfficient && expected ? expected.gains : expectedEfficientGains(problem.environment);
}
