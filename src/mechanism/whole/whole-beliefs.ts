import type { Environment } from "../../environment/environment.js";

/** Probabilities in whole numbers. */
export interface Beliefs {
  /** By profile, over `whole`. */
  readonly probability: Float64Array;
  readonly whole: bigint;
  /** What the agent believes of the others' profiles, knowing its type. */
  of(agent: number): Belief;
}

export interface Belief {
  /** Weight of the others' profile in a profile in which the agent has the type. */
  weight(type: number, others: number, profile: number): number;
  /** The sum of the weights, by type; never zero. */
  total(type: number): bigint;
}

/** More profiles than this are not looked at one by one. */
const MOST_PROFILES = 1e8;

/** Undefined where a probability is no safe integer over the common denominator. */
export function wholeBeliefs(environment: Environment): Beliefs | undefined {
  if (environment.profiles.count > MOST_PROFILES) return undefined;
  return environment.prior.kind === "joint" ? jointBeliefs(environment) : independentBeliefs(environment);
}

function jointBeliefs({ prior, profiles }: Environment): Beliefs | undefined {
  const { marginals } = prior;
  const whole = marginals[0].denominator;
  if (whole > BigInt(Number.MAX_SAFE_INTEGER)) return undefined;
  const probability = new Float64Array(profiles.count);
  for (let s = 0; s < profiles.count; s++) {
    const { numerator, denominator } = prior.probability(s);
    probability[s] = Number(numerator * (whole / denominator));
  }
  return {
    probability,
    whole,
    of: (agent) => ({
      weight: (_, __, profile) => probability[profile],
      total: (type) => marginals[agent].numeratorAt(type),
    }),
  };
}

function independentBeliefs({ prior }: Environment): Beliefs | undefined {
  const { marginals } = prior;
  const whole = marginals.reduce((product, { denominator }) => product * denominator, 1n);
  if (whole > BigInt(Number.MAX_SAFE_INTEGER)) return undefined;
  const factors = marginals.map(({ numerators }) => numerators as Float64Array);
  return {
    probability: products(factors),
    whole,
    of(agent) {
      const weights = products(factors.filter((_, j) => j !== agent));
      const total = whole / marginals[agent].denominator;
      return { weight: (_, others) => weights[others], total: () => total };
    },
  };
}

/** All products of one factor of each list, the last list fastest. */
function products(lists: readonly Float64Array[]): Float64Array {
  let all: Float64Array = Float64Array.of(1);
  for (const list of lists) {
    const next = new Float64Array(all.length * list.length);
    for (let a = 0, k = 0; a < all.length; a++) {
      for (let b = 0; b < list.length; b++) next[k++] = all[a] * list[b];
    }
    all = next;
  }
  return all;
}
