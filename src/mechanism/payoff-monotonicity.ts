import type { Environment } from "../environment/environment.js";
import { truthfulUtility } from "./interim.js";
import type { Mechanism } from "./mechanism.js";
import type { Slack } from "./slack.js";

/**
 * Which way an agent's values go with its listed types, whatever the outcome and the others: 1 where they rise (or
 * stay), -1 where they fall, as for a seller whose type is its cost, undefined where they do both.
 */
export function valueDirection(environment: Environment, agent: number): 1 | -1 | undefined {
  const { profiles, values, outcomes } = environment;
  let rises = false;
  let falls = false;
  const others = values[agent].dependsOnProfile ? profiles.othersCount(agent) : 1;
  for (let k = 0; k < others; k++) {
    const first = profiles.withOthers(agent, k);
    for (let type = 1; type < profiles.sizes[agent]; type++) {
      const [lower, higher] = [type - 1, type].map((t) => first + t * profiles.strides[agent]);
      for (let x = 0; x < outcomes.length; x++) {
        const before = values[agent].numerator(type - 1, lower, x);
        const after = values[agent].numerator(type, higher, x);
        if (after > before) rises = true;
        if (after < before) falls = true;
      }
    }
  }
  if (rises && falls) return undefined;
  return falls ? -1 : 1;
}

/** The first agent whose values neither rise nor fall with its types, so that no type is the higher one. */
export function undirectedAgent(environment: Environment): number | undefined {
  const found = environment.agents.findIndex((_, agent) => valueDirection(environment, agent) === undefined);
  return found < 0 ? undefined : found;
}

/**
 * Ex post payoff monotonicity: against every profile of the others, a higher type's truthful payoff is at least that of
 * the next lower one (KE Def. 3). The paper's values rise with types; where an agent's fall, the order is reversed.
 * Agents whose values do both are left out: see `undirectedAgent`.
 */
export function* exPostMonotonicitySlacks(environment: Environment, mechanism: Mechanism): Iterable<Slack> {
  const { profiles } = environment;
  for (let agent = 0; agent < environment.agentCount; agent++) {
    const direction = valueDirection(environment, agent);
    if (direction === undefined) continue;
    for (let profile = 0; profile < profiles.count; profile++) {
      const type = profiles.typeOf(profile, agent);
      if (type + 1 === profiles.sizes[agent]) continue;
      const next = profile + profiles.strides[agent];
      const [worse, better] = direction === 1 ? [profile, next] : [next, profile];
      yield {
        slack: truthfulUtility(environment, mechanism, agent, better).subtract(
          truthfulUtility(environment, mechanism, agent, worse),
        ),
        label: () => monotonicityLabel(environment, agent, direction, profile),
      };
    }
  }
}

/** `payoff of ann at …, against …`: of the type at a profile and its next one, the better against the worse. */
export function monotonicityLabel(
  environment: Environment,
  agent: number,
  direction: 1 | -1,
  profile: number,
): string {
  const next = profile + environment.profiles.strides[agent];
  const [worse, better] = direction === 1 ? [profile, next] : [next, profile];
  return `payoff of ${environment.agents[agent].name} at ${environment.profileLabel(better)} against ${environment.profileLabel(worse)}`;
}
