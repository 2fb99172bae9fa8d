import type { Environment } from "../environment/environment.js";
import type { Rational } from "../number/rational.js";
import { RationalSum } from "../number/rational-sum.js";
import type { Mechanism } from "./mechanism.js";

/** What `agent` gets from the lottery at the reported profile when the true profile is another. */
export function expectedValue(
  environment: Environment,
  mechanism: Mechanism,
  agent: number,
  reported: number,
  truth: number,
): Rational {
  const lottery = mechanism.lottery(reported);
  if (lottery.length === 1)
    return environment.value(agent, lottery[0].outcome, truth).multiply(lottery[0].probability);
  const total = new RationalSum();
  for (const { outcome, probability } of lottery) {
    total.addProduct(probability, environment.value(agent, outcome, truth));
  }
  return total.value;
}

/** `sum_x phi(x | reported) v_i(x, truth) - t_i(reported)`. */
export function utility(
  environment: Environment,
  mechanism: Mechanism,
  agent: number,
  reported: number,
  truth: number,
): Rational {
  return expectedValue(environment, mechanism, agent, reported, truth).subtract(
    mechanism.payment(agent, reported),
  );
}

/** Utility from reporting the truth. */
export function truthfulUtility(
  environment: Environment,
  mechanism: Mechanism,
  agent: number,
  profile: number,
): Rational {
  return utility(environment, mechanism, agent, profile, profile);
}

/** `E[f(s) | type of agent]` under the agent's beliefs, over the profiles in which it has `type`. */
export function interimExpectation(
  environment: Environment,
  agent: number,
  type: number,
  of: (profile: number) => Rational,
): Rational {
  const { profiles, prior } = environment;
  const total = new RationalSum();
  for (let others = 0; others < profiles.othersCount(agent); others++) {
    const profile = profiles.withOthers(agent, others) + type * profiles.strides[agent];
    const belief = prior.belief(agent, profile);
    if (!belief.isZero) total.addProduct(belief, of(profile));
  }
  return total.value;
}

/** `E[f(s)]` under the prior. */
export function expectation(environment: Environment, of: (profile: number) => Rational): Rational {
  const total = new RationalSum();
  for (let profile = 0; profile < environment.profiles.count; profile++) {
    const probability = environment.prior.probability(profile);
    if (!probability.isZero) total.addProduct(probability, of(profile));
  }
  return total.value;
}

/** `T_i(a) = E[t_i(a, s_-i) | a]`, for each type `a` of the agent. */
export function interimPayments(environment: Environment, mechanism: Mechanism, agent: number): Rational[] {
  return environment.agents[agent].types.map((_, type) =>
    interimExpectation(environment, agent, type, (profile) => mechanism.payment(agent, profile)),
  );
}

/** Truthful interim utilities, for each type of the agent. */
export function interimUtilities(environment: Environment, mechanism: Mechanism, agent: number): Rational[] {
  return environment.agents[agent].types.map((_, type) =>
    interimExpectation(environment, agent, type, (profile) =>
      truthfulUtility(environment, mechanism, agent, profile),
    ),
  );
}

/** `sum_x phi(x | s) r(x, s) - sum_i t_i(s)`, before any subsidy. */
export function deficit(environment: Environment, mechanism: Mechanism, profile: number): Rational {
  const total = new RationalSum();
  for (const { outcome, probability } of mechanism.lottery(profile)) {
    total.addProduct(probability, environment.cost(outcome, profile));
  }
  for (let agent = 0; agent < environment.agentCount; agent++) {
    total.add(mechanism.payment(agent, profile).negate());
  }
  return total.value;
}

/** Interim outside options, for each type of the agent. */
export function interimOutsideOptions(environment: Environment, agent: number): Rational[] {
  return environment.agents[agent].types.map((_, type) =>
    interimExpectation(environment, agent, type, (profile) => environment.outsideOption(agent, profile)),
  );
}
