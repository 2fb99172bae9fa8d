import type { Environment } from "../environment/environment.js";
import { Rational } from "../number/rational.js";
import { concerns, type Place, type Requirement } from "./requirement.js";

/**
 * A look at what a mechanism does: `factor` times a requirement's terms, where a profile is reported and another is true. Of the
 * designer, what all agents pay; of agents, what one of them gets and pays.
 */
export interface Look {
  readonly factor: Rational;
  readonly reported: number;
  readonly truth: number;
}

/** Every inequality that a requirement consists of. */
export function* places(environment: Environment, requirement: Requirement): Iterable<Place> {
  const { of, when, against } = requirement;
  const { profiles, agentCount } = environment;
  if (of === "designer") {
    if (when !== "ex post") yield {};
    else for (let profile = 0; profile < profiles.count; profile++) yield { profile };
    return;
  }
  for (let agent = 0; agent < agentCount; agent++) {
    if (!concerns(requirement, agent)) continue;
    const size = profiles.sizes[agent];
    if (against) {
      for (let type = 0; type < size; type++) {
        for (let report = 0; report < size; report++) {
          if (report !== type) yield* misreports(environment, requirement, { agent, type, report });
        }
      }
    } else if (when === "ex ante") yield { agent };
    else if (when === "interim") for (let type = 0; type < size; type++) yield { agent, type };
    else for (let profile = 0; profile < profiles.count; profile++) yield { agent, profile };
  }
}

/** Of a type against a report. */
function* misreports(
  { profiles, values }: Environment,
  { when, against }: Requirement,
  pair: Place & { readonly agent: number; readonly type: number },
): Iterable<Place> {
  if (when === "interim") {
    yield pair;
    return;
  }
  const truths = profiles.profilesOf(pair.agent, pair.type);
  for (const profile of truths) {
    if (against === "misreports") yield { ...pair, profile };
    // With private values only the others' reports matter, so one true profile for each of them is enough.
    else if (!values[pair.agent].dependsOnProfile) yield { ...pair, profile, reported: profile };
    else for (const reported of truths) yield { ...pair, profile, reported };
  }
}

/** The requirement's form at a place: its terms are to be added up over all of these looks, and the margin to them. */
export function* looks(environment: Environment, { against }: Requirement, place: Place): Iterable<Look> {
  const { agent, report } = place;
  for (const look of expected(environment, place)) {
    yield look;
    if (!against) continue;
    const reported = environment.profiles.replace(look.reported, agent!, report!);
    yield { factor: look.factor.negate(), reported, truth: look.truth };
  }
}

function* expected({ profiles, prior }: Environment, place: Place): Iterable<Look> {
  const { agent, type, profile, reported } = place;
  if (profile !== undefined) {
    yield { factor: Rational.ONE, reported: reported ?? profile, truth: profile };
  } else if (type !== undefined) {
    for (const s of profiles.profilesOf(agent!, type)) {
      yield { factor: prior.belief(agent!, s), reported: s, truth: s };
    }
  } else {
    for (let s = 0; s < profiles.count; s++) yield { factor: prior.probability(s), reported: s, truth: s };
  }
}
