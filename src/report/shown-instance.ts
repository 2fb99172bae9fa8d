import { efficientOutcomes } from "../environment/efficiency.js";
import type { Environment } from "../environment/environment.js";
import type { AllocationRule } from "../environment/lottery.js";
import type { Rational } from "../number/rational.js";
import { RationalSum } from "../number/rational-sum.js";
import type { Question } from "../question/question.js";
import { expectedEfficientGains } from "../space/expected-efficient-gains.js";
import { orbitCount } from "../space/orbits.js";
import { areAlike } from "../space/space.js";

/** An instance as reports show it. */
export interface ShownInstance {
  readonly name: string;
  readonly description: string;
  readonly environment: Environment;
  readonly givenRule?: AllocationRule | undefined;
  /** What is asked when nothing else is said. */
  readonly question: Question;
  readonly digest: string;
  /** The family and its parameters as written, where there is one. */
  readonly family?: { readonly name: string; readonly parameters: unknown };
}

/** So many profiles, or orbits, are gone through unless all are asked for: a matter of seconds. */
const MOST_PROFILES = 5_000_000;

/** What full information would be worth; undefined where that takes long and not all is asked for. */
export function knownGains(environment: Environment, all: boolean): Rational | undefined {
  const { agentCount, profiles } = environment;
  if (!all && profiles.count > MOST_PROFILES) {
    if (!areAlike(environment) || orbitCount(agentCount, profiles.sizes[0]) > MOST_PROFILES) return undefined;
  }
  return expectedEfficientGains(environment);
}

/** At how many profiles outcomes are the efficient ones, and with what probability. */
export interface EfficientChance {
  readonly outcomes: readonly number[];
  readonly profiles: number;
  readonly probability: Rational;
}

/** So many profiles are counted unless all are asked for. */
const MOST_COUNTED = 100_000;

/** By what is efficient, ties by themselves, in the order of the outcomes; undefined where counting takes long and is not asked for. */
export function efficientChances(environment: Environment, all: boolean): EfficientChance[] | undefined {
  const { profiles, prior } = environment;
  if (profiles.count > (all ? MOST_PROFILES : MOST_COUNTED)) return undefined;
  const found = new Map<string, { outcomes: number[]; profiles: number; probability: RationalSum }>();
  for (let s = 0; s < profiles.count; s++) {
    const outcomes = efficientOutcomes(environment, s);
    const key = outcomes.join();
    const own = found.get(key) ?? { outcomes, profiles: 0, probability: new RationalSum() };
    found.set(key, own);
    own.profiles++;
    own.probability.add(prior.probability(s));
  }
  return [...found.values()]
    .map((own) => ({ ...own, probability: own.probability.value }))
    .sort((a, b) => a.outcomes.length - b.outcomes.length || a.outcomes[0] - b.outcomes[0]);
}
