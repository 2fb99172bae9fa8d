import { expect, test } from "vitest";
import { improveCut } from "../../../src/formulation/flow/cut-search.js";
import { allSets, askedBy, offeredWithin, randomNetwork } from "../../generator/random-network.js";
import { RandomSource } from "../../generator/random-source.js";

const COUNT = 400;

test(`a set found by letting types join and leave exceeds by what it is said to, mostly by most (seeds 1 to ${COUNT})`, () => {
  const tally = { best: 0, less: 0 };
  for (let seed = 1; seed <= COUNT; seed++) {
    const random = new RandomSource(seed);
    const { cells, network, arcs } = randomNetwork(random);
    const offer = Float64Array.from(cells, () => random.integer(0, 6));
    const demand = Float64Array.from({ length: network.nodeCount }, () => random.integer(0, 12));
    const excess = (members: Uint8Array) => offeredWithin(cells, members, offer) - askedBy(members, demand);
    const members = Uint8Array.from({ length: network.nodeCount }, () => random.integer(0, 1));
    const started = excess(members);
    const found = improveCut(network, arcs, offer, demand, members);
    expect(BigInt(found), `seed ${seed}`).toBe(excess(members));
    expect(BigInt(found) >= started, `seed ${seed}`).toBe(true);
    const most = allSets(network.nodeCount)
      .map(excess)
      .reduce((a, b) => (b - a > 0n ? b : a));
    expect(BigInt(found) <= most, `seed ${seed}`).toBe(true);
    tally[BigInt(found) === most ? "best" : "less"]++;
  }
  console.log(`cut search, seeds 1 to ${COUNT}: ${JSON.stringify(tally)}`);
  expect(tally.best).toBeGreaterThan(tally.less);
});
