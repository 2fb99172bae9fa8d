import type { Environment } from "../environment/environment.js";
import type { Lottery } from "../environment/lottery.js";
import { over, times } from "../number/integer.js";
import type { Exchangeability } from "./exchangeability.js";

/** Profiles that are the same but for who has which type: those with the same multiset of types. */
export interface Orbit {
  /** The member with increasing types. */
  readonly profile: number;
  readonly types: readonly number[];
  /** How many profiles it has. */
  readonly size: number;
  /** The types that occur, each with the number of agents that have it and the first such agent of `profile`. */
  readonly present: readonly { readonly type: number; readonly count: number; readonly agent: number }[];
}

/** Every multiset of types once. There are `C(m + n - 1, n)`. */
export function* orbits(environment: Environment): Iterable<Orbit> {
  const { profiles, agentCount } = environment;
  const typeCount = profiles.sizes[0];
  const types = new Array<number>(agentCount).fill(0);
  for (;;) {
    yield orbitOf(environment, types);
    let i = agentCount - 1;
    while (i >= 0 && types[i] === typeCount - 1) i--;
    if (i < 0) return;
    types.fill(types[i] + 1, i);
  }
}

function orbitOf({ profiles }: Environment, increasing: readonly number[]): Orbit {
  const present: { type: number; count: number; agent: number }[] = [];
  let last = { type: -1, count: 0, agent: 0 };
  let size = 1;
  let profile = 0;
  for (let agent = 0; agent < increasing.length; agent++) {
    const type = increasing[agent];
    if (type === last.type) last.count++;
    else {
      last = { type, count: 1, agent };
      present.push(last);
    }
    profile += type * profiles.strides[agent];
    // Multinomial coefficient, a binomial factor at a time: always an integer.
    size = Number(over(times(size, agent + 1), last.count));
  }
  return { profile, types: [...increasing], size, present };
}

/** `C(m + n - 1, n)`. */
export function orbitCount(agents: number, types: number): number {
  let count = 1;
  for (let k = 1; k <= agents; k++) count = (count * (types + k - 1)) / k;
  return Math.round(count);
}

/** The profile's orbit by its member with increasing types, and the neighbours swapped on the way to it. */
export function sorted(environment: Environment, profile: number): { profile: number; swaps: number[] } {
  const types = environment.profiles.typesOf(profile);
  const swaps: number[] = [];
  for (let end = types.length - 1; end > 0; end--) {
    for (let i = 0; i < end; i++) {
      if (types[i] <= types[i + 1]) continue;
      [types[i], types[i + 1]] = [types[i + 1], types[i]];
      swaps.push(i);
    }
  }
  return { profile: environment.profiles.profileOf(types), swaps };
}

/** A lottery at the increasing member of an orbit, seen from the profile that the swaps lead from. */
export function swappedBack(lottery: Lottery, swaps: readonly number[], exchange: Exchangeability): Lottery {
  if (exchange.outcomesStay || swaps.length === 0) return lottery;
  return lottery.map(({ outcome, probability }) => ({
    outcome: swaps.reduceRight((x, i) => exchange.swaps[i][x], outcome),
    probability,
  }));
}

/** Outcomes in classes of those that exchanging agents of the same type turns into each other. */
export function outcomeClasses(
  orbit: Pick<Orbit, "types">,
  outcomes: readonly number[],
  exchange: Exchangeability,
): number[][] {
  if (exchange.outcomesStay) return outcomes.map((x) => [x]);
  const allowed = new Set(outcomes);
  const seen = new Set<number>();
  const classes: number[][] = [];
  for (const first of outcomes) {
    if (seen.has(first)) continue;
    const members = [first];
    seen.add(first);
    for (let k = 0; k < members.length; k++) {
      for (let i = 0; i + 1 < orbit.types.length; i++) {
        if (orbit.types[i] !== orbit.types[i + 1]) continue;
        const to = exchange.swaps[i][members[k]];
        if (seen.has(to) || !allowed.has(to)) continue;
        seen.add(to);
        members.push(to);
      }
    }
    classes.push(members);
  }
  return classes;
}
