import type { Environment } from "../environment/environment.js";
import type { AllocationRule } from "../environment/lottery.js";
import { InputError } from "../fault/input-error.js";
import type { Mechanism } from "../mechanism/mechanism.js";
import type { Rational } from "../number/rational.js";
import type { Construction } from "./construction.js";
import { largestPayments } from "./largest-payments.js";
import { lazyMechanism } from "./lazy-table.js";

/**
 * Generalised VCG: the pointwise largest payments that are ex post IC and ex post individually rational for the rule
 * (CE 3.3; in trade CE (5) and (6)). On a grid they exist for every ex post implementable rule, with private or
 * interdependent values and any outside options: no payoff equivalence is needed, which the paper supposes for the
 * continuum. With private values they are at least Groves' ex post individually rational payments, and often larger.
 * Throws InputError, naming a cycle of misreports that gain together, when the rule is not implementable (CE Thm 1).
 */
export function generalisedVcg(environment: Environment, rule: AllocationRule): Mechanism {
  const { profiles } = environment;
  const payments: (readonly Rational[])[][] = environment.agents.map((_, agent) =>
    Array.from({ length: profiles.othersCount(agent) }, (_, others) => {
      const found = largestPayments(environment, rule, agent, others);
      if ("payments" in found) return found.payments;
      throw notImplementable(environment, agent, others, found.cycle, found.gain);
    }),
  );
  return lazyMechanism(
    environment,
    rule,
    (agent, profile) => payments[agent][profiles.othersOf(agent, profile)][profiles.typeOf(profile, agent)],
  );
}

function notImplementable(
  environment: Environment,
  agent: number,
  others: number,
  cycle: readonly number[],
  gain: Rational,
): InputError {
  const { profiles, agents } = environment;
  const profile = profiles.withOthers(agent, others);
  const facing = agents
    .flatMap(({ name }, j) =>
      j === agent ? [] : [`${name} ${environment.typeLabel(j, profiles.typeOf(profile, j))}`],
    )
    .join(", ");
  const misreports = cycle.map((type, k) => {
    const report = cycle[(k + 1) % cycle.length];
    return `${environment.typeLabel(agent, type)} reporting ${environment.typeLabel(agent, report)}`;
  });
  const where = facing === "" ? "" : ` facing ${facing}`;
  return new InputError(
    "",
    `no payments make the rule ex post incentive compatible: of ${agents[agent].name}${where}, ${misreports.join(" and ")} gain ${gain} together`,
    "a rule without such a cycle of misreports",
  );
}

export const generalisedVcgConstruction: Construction = {
  name: "generalised-vcg",
  summary: "The largest payments that are ex post IC and IR.",
  about: "The pointwise largest payments that are ex post incentive compatible and individually rational.",
  source: "Chung and Ely 2006, Section 3.3",
  example: "interdependent-trade-4",
  versions: ["exact"],
  build: ({ environment, rule }) => generalisedVcg(environment, rule),
};
