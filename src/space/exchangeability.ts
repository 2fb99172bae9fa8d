import type { Environment } from "../environment/environment.js";
import { type ValueClasses, valueClasses } from "./value-classes.js";

/**
 * Agents that can be exchanged: swapping agents `i` and `i + 1` in a profile, and outcomes by `swaps[i]` along with it
 * ("`i` gets the good" becomes "`i + 1` gets the good"), leaves prior, values, costs and outside options as they are.
 */
export interface Exchangeability {
  /** For each pair of neighbours, the outcomes' permutation; each undoes itself. */
  readonly swaps: readonly Int32Array[];
  /** Whether every outcome stays what it is whoever is exchanged, as with a public good. */
  readonly outcomesStay: boolean;
}

const known = new WeakMap<Environment, Exchangeability | undefined>();

/** Looked up in the data, never assumed. Undefined where some exchange changes something, and for a single agent. */
export function exchangeability(environment: Environment): Exchangeability | undefined {
  if (!known.has(environment)) known.set(environment, find(environment));
  return known.get(environment);
}

function find(environment: Environment): Exchangeability | undefined {
  const { profiles, agentCount } = environment;
  if (agentCount < 2 || profiles.sizes.some((size) => size !== profiles.sizes[0])) return undefined;
  const swaps: Int32Array[] = [];
  const classes = environment.hasPrivateValues ? valueClasses(environment, 0, agentCount) : undefined;
  for (let i = 0; i + 1 < agentCount; i++) {
    if (!priorStays(environment, i) || !outsideOptionsStay(environment, i)) return undefined;
    const swap = outcomeSwap(environment, i, classes);
    if (!swap) return undefined;
    swaps.push(swap);
  }
  return { swaps, outcomesStay: swaps.every((swap) => swap.every((to, x) => to === x)) };
}

/** The profile in which agents `i` and `i + 1` have each other's types. */
export function swapped(environment: Environment, profile: number, i: number): number {
  const { profiles } = environment;
  const difference = profiles.typeOf(profile, i + 1) - profiles.typeOf(profile, i);
  return profile + difference * (profiles.strides[i] - profiles.strides[i + 1]);
}

function priorStays(environment: Environment, i: number): boolean {
  const { prior, profiles } = environment;
  if (prior.kind === "independent") {
    const [one, other] = [prior.marginals[i], prior.marginals[i + 1]];
    return Array.from({ length: one.length }, (_, k) => k).every((k) => one.at(k).equals(other.at(k)));
  }
  for (let s = 0; s < profiles.count; s++) {
    if (!prior.probability(s).equals(prior.probability(swapped(environment, s, i)))) return false;
  }
  return true;
}

function outsideOptionsStay(environment: Environment, i: number): boolean {
  return environment.outsideOptions.every((_, agent) => {
    const before = outsideSignature(environment, agent, undefined);
    return before === outsideSignature(environment, exchanged(agent, i), i);
  });
}

function exchanged(agent: number, i: number): number {
  return agent === i ? i + 1 : agent === i + 1 ? i : agent;
}

/** All outside options of an agent, over profiles as they are or swapped. */
function outsideSignature(environment: Environment, agent: number, swap: number | undefined): string {
  const table = environment.outsideOptions[agent];
  return signature(
    environment,
    table.dependsOnProfile || dependsAnywhere(environment),
    swap,
    agent,
    (s, type) => table.numerator(type, s, 0),
  );
}

function dependsAnywhere(environment: Environment): boolean {
  return environment.outsideOptions.some((table) => table.dependsOnProfile);
}

/**
 * The permutation of outcomes that goes with exchanging `i` and `i + 1`, by what outcomes are worth and cost. Private values
 * are compared by their classes, others profile by profile.
 */
function outcomeSwap(
  environment: Environment,
  i: number,
  classes: ValueClasses | undefined,
): Int32Array | undefined {
  const { outcomes, values, costs } = environment;
  const worth = (agent: number, x: number, swap: number | undefined): number | string =>
    classes
      ? classes.classOf[agent][x]
      : signature(environment, true, swap, agent, (s, type) => values[agent].numerator(type, s, x));
  const describe = (x: number, swap: number | undefined): string =>
    [
      ...values.map((_, position) =>
        worth(swap === undefined ? position : exchanged(position, swap), x, swap),
      ),
      signature(environment, costs.dependsOnProfile, swap, undefined, (s) => costs.numerator(0, s, x)),
    ].join("|");
  const places = new Map<string, number[]>();
  outcomes.forEach((_, x) => {
    const key = describe(x, undefined);
    places.set(key, [...(places.get(key) ?? []), x]);
  });
  const swap = new Int32Array(outcomes.length);
  const used = new Map<string, number>();
  for (let x = 0; x < outcomes.length; x++) {
    // Outcomes that are the same in every respect keep their order among themselves.
    const key = describe(x, i);
    const rank = used.get(key) ?? 0;
    const place = places.get(key)?.[rank];
    if (place === undefined) return undefined;
    used.set(key, rank + 1);
    swap[x] = place;
  }
  return swap;
}

/** Numbers over all profiles (as they are, or swapped), or over the agent's own types where that is all they depend on. */
function signature(
  environment: Environment,
  byProfile: boolean,
  swap: number | undefined,
  agent: number | undefined,
  of: (profile: number, type: number) => number | bigint,
): string {
  const { profiles } = environment;
  const numbers: (number | bigint)[] = [];
  if (byProfile) {
    for (let s = 0; s < profiles.count; s++) {
      const from = swap === undefined ? s : swapped(environment, s, swap);
      numbers.push(of(from, agent === undefined ? 0 : profiles.typeOf(from, agent)));
    }
  } else if (agent === undefined) numbers.push(of(0, 0));
  else for (let type = 0; type < profiles.sizes[agent]; type++) numbers.push(of(0, type));
  return numbers.join(",");
}
