import type { Environment } from "../../environment/environment.js";
import { Rational } from "../../number/rational.js";
import type { RequirementFinding } from "../../problem/requirements.js";

/** What the audit finds of an efficient rule without lotteries, of which the referee knows that it chooses an efficient outcome. */
export function allowedOutcomesOf(environment: Environment): RequirementFinding {
  const everywhere = environment.profiles.count;
  return {
    requirement: "allowed outcomes",
    holds: true,
    violation: Rational.ZERO,
    worst: `an allowed outcome at ${environment.profileLabel(0)}`,
    requirements: everywhere,
    binding: everywhere,
  };
}

/** The same of its lotteries: at every profile one outcome whose chance is not negative, and a sum of 1. */
export function lotteriesOfSureOutcomes(environment: Environment): RequirementFinding {
  const everywhere = environment.profiles.count;
  return {
    requirement: "lotteries",
    holds: true,
    violation: Rational.ZERO,
    worst: `probabilities that sum to 1 at ${environment.profileLabel(0)}`,
    requirements: 2 * everywhere,
    binding: everywhere,
  };
}
