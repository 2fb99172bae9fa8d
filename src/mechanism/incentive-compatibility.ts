import type { Environment } from "../environment/environment.js";
import type { Rational } from "../number/rational.js";
import { RationalSum } from "../number/rational-sum.js";
import { interimExpectation, utility } from "./interim.js";
import type { Mechanism } from "./mechanism.js";
import type { Slack } from "./slack.js";

/** Bayesian IC: with truthful others, no type gains in expectation by any report (LN Def. 2). */
export function* bayesianIncentiveSlacks(environment: Environment, mechanism: Mechanism): Iterable<Slack> {
  for (let agent = 0; agent < environment.agentCount; agent++) {
    const interim = interimUtilityOfReports(environment, mechanism, agent);
    for (let type = 0; type < environment.profiles.sizes[agent]; type++) {
      const truthful = interim(type, type);
      for (let report = 0; report < environment.profiles.sizes[agent]; report++) {
        if (report === type) continue;
        yield {
          slack: truthful.subtract(interim(type, report)),
          label: () => incentiveLabel(environment, agent, type, report),
        };
      }
    }
  }
}

/** `E[v_i(phi(report, s_-i), (type, s_-i)) - t_i(report, s_-i) | type]` as a function of type and report. */
export function interimUtilityOfReports(
  environment: Environment,
  mechanism: Mechanism,
  agent: number,
): (type: number, report: number) => Rational {
  const { profiles, prior, values, outcomes } = environment;
  if (prior.kind === "joint" || values[agent].dependsOnProfile) {
    return (type, report) =>
      interimExpectation(environment, agent, type, (truth) =>
        utility(environment, mechanism, agent, profiles.replace(truth, agent, report), truth),
      );
  }
  // Own values and independent beliefs: the report alone decides the distribution of outcomes and the payment.
  const reports = environment.agents[agent].types.map((_, report) => {
    const probability = outcomes.map(() => new RationalSum());
    const payment = interimExpectation(environment, agent, report, (profile) => {
      const belief = prior.belief(agent, profile);
      for (const entry of mechanism.lottery(profile))
        probability[entry.outcome].addProduct(belief, entry.probability);
      return mechanism.payment(agent, profile);
    });
    return { payment, probability: probability.map((sum) => sum.value) };
  });
  return (type, report) => {
    const total = new RationalSum().add(reports[report].payment.negate());
    reports[report].probability.forEach((probability, outcome) => {
      if (!probability.isZero) total.addProduct(probability, values[agent].at(type, 0, outcome));
    });
    return total.value;
  };
}

/** Ex post IC: at every profile of truthful others, no type gains by any report (CE 2). */
export function* exPostIncentiveSlacks(environment: Environment, mechanism: Mechanism): Iterable<Slack> {
  const { profiles } = environment;
  for (let agent = 0; agent < environment.agentCount; agent++) {
    for (let truth = 0; truth < profiles.count; truth++) {
      yield* reportSlacks(environment, mechanism, agent, truth, truth);
    }
  }
}

/** Dominant-strategy IC: whatever the others' true types and whatever they report (LN Def. 3). */
export function* dominantIncentiveSlacks(environment: Environment, mechanism: Mechanism): Iterable<Slack> {
  const { profiles, values } = environment;
  for (let agent = 0; agent < environment.agentCount; agent++) {
    for (let truth = 0; truth < profiles.count; truth++) {
      if (!values[agent].dependsOnProfile) {
        // With private values the others' true types do not matter, only their reports.
        yield* reportSlacks(environment, mechanism, agent, truth, truth);
        continue;
      }
      const type = profiles.typeOf(truth, agent);
      for (let others = 0; others < profiles.othersCount(agent); others++) {
        const reported = profiles.withOthers(agent, others) + type * profiles.strides[agent];
        yield* reportSlacks(environment, mechanism, agent, truth, reported);
      }
    }
  }
}

/** The agent's own reports against its truth; `reported` is the profile when it reports the truth. */
function* reportSlacks(
  environment: Environment,
  mechanism: Mechanism,
  agent: number,
  truth: number,
  reported: number,
): Iterable<Slack> {
  const { profiles } = environment;
  const type = profiles.typeOf(truth, agent);
  const truthful = utility(environment, mechanism, agent, reported, truth);
  for (let report = 0; report < profiles.sizes[agent]; report++) {
    if (report === type) continue;
    const misreported = profiles.replace(reported, agent, report);
    yield {
      slack: truthful.subtract(utility(environment, mechanism, agent, misreported, truth)),
      label: () => incentiveLabel(environment, agent, type, report, truth, reported),
    };
  }
}

/** `IC of buyer 0.35 against reporting 0.45`, with the others' types and reports where they matter. */
export function incentiveLabel(
  environment: Environment,
  agent: number,
  type: number,
  report: number,
  truth?: number,
  reported?: number,
): string {
  const own = `IC of ${environment.agents[agent].name} ${environment.typeLabel(agent, type)}`;
  const against = ` against reporting ${environment.typeLabel(agent, report)}`;
  if (truth === undefined || environment.agentCount === 1) return own + against;
  const facing = ` facing ${othersLabel(environment, agent, truth)}`;
  const lying =
    reported === undefined || reported === truth
      ? ""
      : ` reporting ${othersLabel(environment, agent, reported)}`;
  return own + facing + lying + against;
}

function othersLabel(environment: Environment, agent: number, profile: number): string {
  return environment.agents
    .flatMap((other, j) =>
      j === agent
        ? []
        : [`${other.name} ${environment.typeLabel(j, environment.profiles.typeOf(profile, j))}`],
    )
    .join(", ");
}
