import { expect, test } from "vitest";
import { type Flow, GreatestFlow } from "../../../src/formulation/flow/greatest-flow.js";
import { allSets, askedBy, leastCut, offeredWithin, randomNetwork } from "../../generator/random-network.js";
import { RandomSource } from "../../generator/random-source.js";

const COUNT = 400;
const NO_SETS = (nodes: number) => new Int32Array(nodes);

function amounts(random: RandomSource, length: number, most: number): Float64Array {
  return Float64Array.from({ length }, () => random.integer(0, most));
}

/** What cells give in all, by cell and by type, if nobody gives or takes too much. */
function totals(flow: Flow<Float64Array>, cells: readonly (readonly number[])[], nodes: number) {
  const given = cells.map(() => 0);
  const taken = new Array<number>(nodes).fill(0);
  let slot = 0;
  cells.forEach((types, s) => {
    for (const t of types) {
      const amount = Number(flow.givenTo(slot++));
      expect(amount).toBeGreaterThanOrEqual(0);
      given[s] += amount;
      taken[t] += amount;
    }
  });
  return { given, taken };
}

test(`the greatest flow is as large as the least cut (seeds 1 to ${COUNT})`, () => {
  const tally = { offerLeft: 0, demandLeft: 0, different: 0 };
  for (let seed = 1; seed <= COUNT; seed++) {
    const random = new RandomSource(seed);
    const { cells, network, arcs } = randomNetwork(random);
    const offer = amounts(random, cells.length, 6);
    const demand = amounts(random, network.nodeCount, 12);
    const flow = GreatestFlow.greatest(network, arcs, offer, demand, 0, NO_SETS(network.nodeCount));
    const { given, taken } = totals(flow, cells, network.nodeCount);
    given.forEach((amount, s) => {
      expect(amount, `seed ${seed}`).toBeLessThanOrEqual(offer[s]);
    });
    expect(taken.map((amount, t) => amount + flow.lacking[t])).toEqual([...demand]);
    const size = taken.reduce((sum, amount) => sum + amount, 0);
    expect(BigInt(size), `seed ${seed}`).toBe(leastCut(cells, offer, demand));
    expect(flow.isDemandLeft).toBe(taken.some((amount, t) => amount < demand[t]));
    expect(flow.isOfferLeft).toBe(given.some((amount, s) => amount < offer[s]));

    // The sides are least cuts, and every other one lies between them.
    const all = BigInt(offer.reduce((sum, own) => sum + own, 0));
    const isLeast = (members: Uint8Array) =>
      askedBy(members, demand) + all - offeredWithin(cells, members, offer) === BigInt(size);
    const [smallest, largest] = [flow.sourceSide(false), flow.sourceSide(true)];
    for (const members of allSets(network.nodeCount).filter(isLeast)) {
      expect(members.every((member, t) => smallest[t] <= member && member <= largest[t])).toBe(true);
    }
    expect([smallest, largest].every(isLeast), `seed ${seed}`).toBe(true);
    if (flow.isOfferLeft) tally.offerLeft++;
    if (flow.isDemandLeft) tally.demandLeft++;
    if (smallest.some((member, t) => member !== largest[t])) tally.different++;
  }
  console.log(`greatest flows, seeds 1 to ${COUNT}: ${JSON.stringify(tally)}`);
  for (const [what, count] of Object.entries(tally)) expect(count, what).toBeGreaterThan(0);
});

test("where more is offered the flow goes on to the greatest, and no cell gives less than before", () => {
  let grown = 0;
  for (let seed = 1; seed <= COUNT; seed++) {
    const random = new RandomSource(seed ^ 0x51ed270b);
    const { cells, network, arcs } = randomNetwork(random);
    const offer = amounts(random, cells.length, 4);
    const demand = amounts(random, network.nodeCount, 12);
    const flow = GreatestFlow.greatest(network, arcs, offer, demand, 0, NO_SETS(network.nodeCount));
    const before = totals(flow, cells, network.nodeCount);
    const more = offer.map((own) => own + random.integer(0, 3));
    flow.raise(more);
    const after = totals(flow, cells, network.nodeCount);
    const size = after.taken.reduce((sum, amount) => sum + amount, 0);
    expect(BigInt(size), `seed ${seed}`).toBe(leastCut(cells, more, demand));
    after.given.forEach((amount, s) => {
      expect(amount, `seed ${seed}`).toBeGreaterThanOrEqual(before.given[s]);
      expect(amount, `seed ${seed}`).toBeLessThanOrEqual(more[s]);
    });
    if (size > before.taken.reduce((sum, amount) => sum + amount, 0)) grown++;
  }
  expect(grown).toBeGreaterThan(0);
});

test("sets that are known to be tight, or wrongly believed to be, change nothing but the time", () => {
  for (let seed = 1; seed <= COUNT; seed++) {
    const random = new RandomSource(seed ^ 0x2545f491);
    const { cells, network, arcs } = randomNetwork(random);
    const offer = amounts(random, cells.length, 6);
    const demand = amounts(random, network.nodeCount, 12);
    const tight = Int32Array.from({ length: network.nodeCount }, () => random.integer(0, 3));
    const flow = GreatestFlow.greatest(network, arcs, offer, demand, 0, tight);
    const { taken } = totals(flow, cells, network.nodeCount);
    const size = taken.reduce((sum, amount) => sum + amount, 0);
    expect(BigInt(size), `seed ${seed}`).toBe(leastCut(cells, offer, demand));
  }
});
