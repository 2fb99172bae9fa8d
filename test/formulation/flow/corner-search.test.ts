import { expect, test } from "vitest";
import { CornerSearch } from "../../../src/formulation/flow/corner-search.js";
import type { FlowNetwork } from "../../../src/formulation/flow/flow-network.js";
import { RandomSource } from "../../generator/random-source.js";

const COUNT = 200;

/** Every set that takes from each agent its first types, or its last ones, up to some type. */
function corners(sizes: readonly number[]): Uint8Array[] {
  return sizes
    .reduce<number[][]>(
      (sets, size) =>
        sets.flatMap((before) =>
          Array.from({ length: 2 * (size + 1) }, (_, k) => {
            const [count, isLast] = [k >> 1, k % 2 === 1];
            const own = Array.from({ length: size }, (_type, t) => t < count);
            return [...before, ...(isLast ? own.reverse() : own).map(Number)];
          }),
        ),
      [[]],
    )
    .map((members) => Uint8Array.from(members));
}

test(`a set of first or last types whose profiles offer too much is found where there is one (seeds 1 to ${COUNT})`, () => {
  const tally = { found: 0, none: 0 };
  for (let seed = 1; seed <= COUNT; seed++) {
    const random = new RandomSource(seed);
    const sizes = Array.from({ length: random.integer(2, 3) }, () => random.integer(1, 4));
    const first = sizes.map((_, i) => sizes.slice(0, i).reduce((sum, size) => sum + size, 0));
    const profiles = sizes.reduce<number[][]>(
      (all, size, i) =>
        all.flatMap((before) => Array.from({ length: size }, (_, t) => [...before, first[i] + t])),
      [[]],
    );
    const network = {
      cellCount: profiles.length,
      nodeCount: sizes.reduce((sum, size) => sum + size, 0),
      groups: sizes.map((size, i) => ({ first: first[i], size, agents: 1 })),
    } as unknown as FlowNetwork;
    const offer = Float64Array.from(profiles, () => random.integer(0, 3));
    const asked = (profiles.length * 1.5) / sizes.length;
    const demand = Float64Array.from({ length: network.nodeCount }, () => {
      return random.integer(0, Math.ceil((2 * asked) / Math.max(...sizes)));
    });
    const offered = (members: Uint8Array) =>
      profiles.reduce((sum, nodes, s) => (nodes.every((t) => members[t] === 1) ? sum + offer[s] : sum), 0);
    const excess = (members: Uint8Array) =>
      demand.reduce((left, own, t) => (members[t] === 1 ? left - own : left), offered(members));
    const least = random.integer(0, 2);
    const found = CornerSearch.of(network)!.find(offer, demand, least);
    // A set that leaves an agent out has no profile to offer anything.
    const most = Math.max(...corners(sizes).map(excess));
    if (!found) {
      expect(most, `seed ${seed}`).toBeLessThanOrEqual(least);
      tally.none++;
      continue;
    }
    expect(found.offered, `seed ${seed}`).toBe(offered(found.members));
    expect(excess(found.members), `seed ${seed}`).toBeGreaterThan(least);
    tally.found++;
  }
  console.log(`corner search, seeds 1 to ${COUNT}: ${JSON.stringify(tally)}`);
  for (const [what, count] of Object.entries(tally)) expect(count, what).toBeGreaterThan(20);
});
