import { expect, test } from "vitest";
import { WideAmounts } from "../../../src/formulation/flow/wide-amounts.js";
import { WideFlow } from "../../../src/formulation/flow/wide-flow.js";
import { allSets, askedBy, leastCut, offeredWithin, randomNetwork } from "../../generator/random-network.js";
import { RandomSource } from "../../generator/random-source.js";

const COUNT = 300;
/** Amounts have this many bits more than high parts may have. */
const BITS = 30;

function amounts(random: RandomSource, length: number, most: number): bigint[] {
  // Often apart by little only, so that the low parts decide.
  return Array.from({ length }, () => {
    return (BigInt(random.integer(0, most)) << 60n) + BigInt(random.integer(0, random.integer(0, 1) * 1000));
  });
}

test(`flows of integers beyond 2^53 are as large as the least cut, to the last unit (seeds 1 to ${COUNT})`, () => {
  const tally = { offerLeft: 0, demandLeft: 0, raised: 0 };
  for (let seed = 1; seed <= COUNT; seed++) {
    const random = new RandomSource(seed);
    const { cells, network, arcs } = randomNetwork(random);
    const offer = amounts(random, cells.length, 6);
    const demand = amounts(random, network.nodeCount, 12);
    const wide = (numbers: readonly bigint[]) => WideAmounts.of(numbers.length, BITS, (k) => numbers[k]);
    const flow = new WideFlow(network, arcs, wide(offer), wide(demand), new Int32Array(network.nodeCount));
    const check = (offered: readonly bigint[]) => {
      const taken = demand.map(() => 0n);
      let slot = 0;
      cells.forEach((types, s) => {
        let given = 0n;
        for (const t of types) {
          const amount = flow.givenTo(slot++);
          expect(amount >= 0n, `seed ${seed}`).toBe(true);
          given += amount;
          taken[t] += amount;
        }
        expect(given <= offered[s], `seed ${seed}`).toBe(true);
      });
      expect(flow.lacking.map((lacks, t) => lacks + taken[t])).toEqual(demand);
      const size = taken.reduce((sum, amount) => sum + amount, 0n);
      expect(size, `seed ${seed}`).toBe(leastCut(cells, offered, demand));
      const all = offered.reduce((sum, own) => sum + own, 0n);
      const isLeast = (members: Uint8Array) =>
        askedBy(members, demand) + all - offeredWithin(cells, members, offered) === size;
      const [smallest, largest] = [flow.sourceSide(false), flow.sourceSide(true)];
      for (const members of allSets(network.nodeCount).filter(isLeast)) {
        expect(members.every((member, t) => smallest[t] <= member && member <= largest[t])).toBe(true);
      }
      expect([smallest, largest].every(isLeast), `seed ${seed}`).toBe(true);
      return size;
    };
    const size = check(offer);
    if (flow.isOfferLeft) tally.offerLeft++;
    if (flow.isDemandLeft) tally.demandLeft++;
    const more = offer.map((own) => own + BigInt(random.integer(0, 10)));
    flow.raise(wide(more));
    if (check(more) > size) tally.raised++;
  }
  console.log(`wide flows, seeds 1 to ${COUNT}: ${JSON.stringify(tally)}`);
  for (const [what, count] of Object.entries(tally)) expect(count, what).toBeGreaterThan(0);
});
