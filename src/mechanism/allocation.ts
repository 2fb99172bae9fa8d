import { efficientOutcomes, welfare } from "../environment/efficiency.js";
import type { Environment } from "../environment/environment.js";
import type { Lottery } from "../environment/lottery.js";
import { Rational } from "../number/rational.js";
import type { Mechanism } from "./mechanism.js";
import type { Slack } from "./slack.js";

/** Every lottery is one: probabilities are not negative and sum to 1. */
export function* lotterySlacks(environment: Environment, mechanism: Mechanism): Iterable<Slack> {
  for (let profile = 0; profile < environment.profiles.count; profile++) {
    const lottery = mechanism.lottery(profile);
    const total = Rational.sum(lottery.map((entry) => entry.probability));
    yield {
      slack: total.subtract(Rational.ONE).absolute().negate(),
      label: () => `probabilities that sum to 1 at ${environment.profileLabel(profile)}`,
    };
    for (const { outcome, probability } of lottery) {
      yield {
        slack: probability,
        label: () =>
          `a probability of ${environment.outcomes[outcome]} at ${environment.profileLabel(profile)}`,
      };
    }
  }
}

/** Ex post efficiency: the slack is minus the welfare that the lottery forgoes (LN Def. 1). */
export function* efficiencySlacks(environment: Environment, mechanism: Mechanism): Iterable<Slack> {
  for (let profile = 0; profile < environment.profiles.count; profile++) {
    const best = welfare(environment, efficientOutcomes(environment, profile)[0], profile);
    let slack = Rational.ZERO;
    for (const { outcome, probability } of mechanism.lottery(profile)) {
      slack = slack.add(probability.multiply(welfare(environment, outcome, profile).subtract(best)));
    }
    yield { slack, label: () => `efficiency at ${environment.profileLabel(profile)}` };
  }
}

/** The lottery lies among those allowed: equal to a prescribed one, or supported on allowed outcomes. */
export function* allowedLotterySlacks(
  environment: Environment,
  mechanism: Mechanism,
  allowed: { outcomes(profile: number): readonly number[]; fixed(profile: number): Lottery | undefined },
): Iterable<Slack> {
  for (let profile = 0; profile < environment.profiles.count; profile++) {
    yield {
      slack: distanceFromAllowed(
        mechanism.lottery(profile),
        allowed.outcomes(profile),
        allowed.fixed(profile),
      ).negate(),
      label: () => `an allowed outcome at ${environment.profileLabel(profile)}`,
    };
  }
}

/** Probability that the lottery puts where it may not, or by which it differs from the prescribed one. */
function distanceFromAllowed(
  lottery: Lottery,
  outcomes: readonly number[],
  fixed: Lottery | undefined,
): Rational {
  const chosen = (outcome: number) => probabilityOf(lottery, outcome);
  if (fixed) {
    const support = new Set([...fixed, ...lottery].map((entry) => entry.outcome));
    return Rational.sum([...support].map((x) => chosen(x).subtract(probabilityOf(fixed, x)).absolute()));
  }
  return Rational.sum(
    lottery.filter((entry) => !outcomes.includes(entry.outcome)).map((entry) => entry.probability.absolute()),
  );
}

function probabilityOf(lottery: Lottery, outcome: number): Rational {
  return Rational.sum(lottery.filter((entry) => entry.outcome === outcome).map((entry) => entry.probability));
}
