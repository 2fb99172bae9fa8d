import type { Environment } from "../environment/environment.js";
import type { Rational } from "../number/rational.js";
import { deficit, expectation } from "./interim.js";
import type { Mechanism } from "./mechanism.js";
import type { Slack } from "./slack.js";

/** Ex ante budget: in expectation, payments and outside money cover the cost, exactly or at least. */
export function* exAnteBudgetSlacks(
  environment: Environment,
  mechanism: Mechanism,
  exact: boolean,
): Iterable<Slack> {
  const surplus = expectation(environment, (profile) => surplusAt(environment, mechanism, profile));
  yield { slack: exact ? surplus.absolute().negate() : surplus, label: () => "budget in expectation" };
}

/** Ex post budget: the same at every profile. */
export function* exPostBudgetSlacks(
  environment: Environment,
  mechanism: Mechanism,
  exact: boolean,
): Iterable<Slack> {
  for (let profile = 0; profile < environment.profiles.count; profile++) {
    const surplus = surplusAt(environment, mechanism, profile);
    yield {
      slack: exact ? surplus.absolute().negate() : surplus,
      label: () => `budget at ${environment.profileLabel(profile)}`,
    };
  }
}

/** Outside money never flows out. */
export function* subsidySlacks(environment: Environment, mechanism: Mechanism): Iterable<Slack> {
  for (let profile = 0; profile < environment.profiles.count; profile++) {
    yield {
      slack: mechanism.subsidy(profile),
      label: () => `a subsidy that is not negative at ${environment.profileLabel(profile)}`,
    };
  }
}

/** No outside money at all. */
export function* noSubsidySlacks(environment: Environment, mechanism: Mechanism): Iterable<Slack> {
  for (let profile = 0; profile < environment.profiles.count; profile++) {
    yield {
      slack: mechanism.subsidy(profile).absolute().negate(),
      label: () => `no subsidy at ${environment.profileLabel(profile)}`,
    };
  }
}

function surplusAt(environment: Environment, mechanism: Mechanism, profile: number): Rational {
  return mechanism.subsidy(profile).subtract(deficit(environment, mechanism, profile));
}
