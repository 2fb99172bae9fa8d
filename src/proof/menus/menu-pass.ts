import type { Environment } from "../../environment/environment.js";
import { firstAtLeast } from "../../number/first-at-least.js";

/** One agent's types, those that value the second outcome least first. Integers in doubles. */
export interface MenuAgent {
  readonly sorted: readonly number[];
  /** By place: how much more the type values the second outcome. */
  readonly gaps: Float64Array;
  /** By place and outcome: what the type gets beyond its outside option, at `2 * place + outcome`. */
  readonly worths: Float64Array;
  /** By place: the type's probability. */
  readonly weights: Float64Array;
  /** By type: its place. */
  readonly places: Int32Array;
  /** By profile of the others: how many types get the first outcome. */
  readonly cuts: Int32Array;
  /** By profile of the others: its probability. */
  readonly othersWeights: Float64Array;
}

/** What the referee of menus knows of an efficient rule over two outcomes with private values. */
export interface MenuPass {
  readonly environment: Environment;
  readonly ties: "first" | "last";
  readonly agents: readonly MenuAgent[];
  /** What each outcome costs. */
  readonly charge: readonly [number, number];
  /** The common denominator of all profiles' probabilities. */
  readonly whole: bigint;
  /** No money that an agent or the designer may see at a profile is larger. */
  readonly largest: number;
}

/** Undefined for other environments, and where sums over all profiles might not be exact in doubles. */
export function menuPass(environment: Environment, ties: "first" | "last"): MenuPass | undefined {
  const { outcomes, prior, profiles, values, costs, outsideOptions, hasPrivateValues } = environment;
  if (outcomes.length !== 2 || !hasPrivateValues || costs.dependsOnProfile) return undefined;
  if (prior.kind !== "independent" || outsideOptions.some((table) => table.dependsOnProfile))
    return undefined;
  let largest = 1;
  for (const table of [...values, costs, ...outsideOptions]) {
    if (!(table.entries.numerators instanceof Float64Array)) return undefined;
    largest += table.entries.greatestNumerator();
  }
  if (prior.marginals.some(({ numerators }) => !(numerators instanceof Float64Array))) return undefined;
  const whole = prior.marginals.reduce((product, { denominator }) => product * denominator, 1n);
  if (!(8 * Number(whole) * largest <= Number.MAX_SAFE_INTEGER)) return undefined;
  const charge = [costs.numerator(0, 0, 0) as number, costs.numerator(0, 0, 1) as number] as const;

  const gapOf = (agent: number, type: number) =>
    (values[agent].numerator(type, 0, 1) as number) - (values[agent].numerator(type, 0, 0) as number);
  const agents = profiles.sizes.map((size, agent): MenuAgent => {
    const sorted = Array.from({ length: size }, (_, type) => type);
    sorted.sort((a, b) => gapOf(agent, a) - gapOf(agent, b));
    const gaps = Float64Array.from(sorted, (type) => gapOf(agent, type));
    const places = new Int32Array(size);
    const worths = new Float64Array(2 * size);
    sorted.forEach((type, place) => {
      places[type] = place;
      for (const x of [0, 1]) {
        const outside = outsideOptions[agent].numerator(type, 0, 0) as number;
        worths[2 * place + x] = (values[agent].numerator(type, 0, x) as number) - outside;
      }
    });
    const numerators = prior.marginals[agent].numerators as Float64Array;
    const others = profiles.sizes.flatMap((_, i) => (i === agent ? [] : [i]));
    // What the others leave the second outcome behind: the agent's types that gain more than that get it.
    const leads = crossed(
      others.map((i) => Array.from({ length: profiles.sizes[i] }, (_, type) => -gapOf(i, type))),
      (lead, own) => lead + own,
      charge[1] - charge[0],
    );
    const othersWeights = crossed(
      others.map((i) => Array.from(prior.marginals[i].numerators as Float64Array)),
      (weight, own) => weight * own,
      1,
    );
    // At a tie the types that gain exactly that get the first outcome, or the second.
    const cuts = Int32Array.from(leads, (lead) => firstAtLeast(gaps, ties === "first" ? lead + 1 : lead));
    const weights = Float64Array.from(sorted, (type) => numerators[type]);
    return { sorted, gaps, worths, weights, places, cuts, othersWeights };
  });
  return { environment, ties, agents, charge, whole, largest };
}

/** One number for every combination, the last list fastest. */
function crossed(
  lists: readonly (readonly number[])[],
  combine: (so: number, own: number) => number,
  start: number,
): Float64Array {
  let found = Float64Array.of(start);
  for (const list of lists) {
    const longer = new Float64Array(found.length * list.length);
    for (let k = 0, at = 0; k < found.length; k++) {
      for (const own of list) longer[at++] = combine(found[k], own);
    }
    found = longer;
  }
  return found;
}

/** Profiles at which both outcomes are efficient. */
export function tiedProfiles({ environment, agents, charge, ties }: MenuPass): number[] {
  const { profiles } = environment;
  const last = agents.length - 1;
  const { cuts, gaps, sorted } = agents[last];
  const tied: number[] = [];
  cuts.forEach((cut, others) => {
    const rivals = profiles.typesOf(profiles.withOthers(last, others)).slice(0, -1);
    const lead = rivals.reduce(
      (sum, type, i) => sum - agents[i].gaps[agents[i].places[type]],
      charge[1] - charge[0],
    );
    // Types that gain exactly the lead stand next to the cut.
    const step = ties === "first" ? -1 : 1;
    for (let k = ties === "first" ? cut - 1 : cut; gaps[k] === lead; k += step) {
      tied.push(profiles.withOthers(last, others) + sorted[k]);
    }
  });
  return tied;
}

/** Expected welfare beyond the outside options, over `whole` and the money denominator. */
export function menuGains({ agents, charge }: MenuPass): bigint {
  let total = 0n;
  agents.forEach(({ cuts, worths, weights, othersWeights }, agent) => {
    const size = weights.length;
    // By cut: what the agent's types get in expectation, and of the last agent what that costs.
    const withCost = agent === agents.length - 1 ? 1 : 0;
    const sums = new Float64Array(size + 1);
    for (let cut = 0; cut <= size; cut++) {
      for (let place = 0; place < size; place++) {
        const x = place < cut ? 0 : 1;
        sums[cut] += weights[place] * (worths[2 * place + x] - withCost * charge[x]);
      }
    }
    cuts.forEach((cut, others) => {
      total += BigInt(othersWeights[others]) * BigInt(sums[cut]);
    });
  });
  return total;
}
