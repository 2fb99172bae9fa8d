import { expect, test } from "vitest";
import { networkOfRule } from "../../../src/formulation/flow/network-of-rule.js";
import { Rational } from "../../../src/number/rational.js";
import { RationalVector } from "../../../src/number/rational-vector.js";
import { posed } from "../../../src/question/problem.js";
import { lotteries } from "../../../src/space/lotteries.js";
import { sorted } from "../../../src/space/orbits.js";
import { Space } from "../../../src/space/space.js";
import { randomEnvironment, randomRule } from "../../generator/random-environment.js";
import { RandomSource } from "../../generator/random-source.js";
import { randomSymmetricEnvironment } from "../../generator/random-symmetric-environment.js";

const COUNT = 120;
const ties = ["first", "last", "uniform"] as const;

test(`a profile offers what its agents gain beyond outside options, less the cost (seeds 1 to ${COUNT})`, () => {
  let looked = 0;
  for (let seed = 1; seed <= COUNT; seed++) {
    const random = new RandomSource(seed ^ 0x1b873593);
    const environment = randomEnvironment(seed, { agents: [2, 3], types: [1, 4], prior: "independent" });
    const given = randomRule(environment, seed);
    const rule = random.pick([
      { kind: "given" } as const,
      ...ties.map((tie) => ({ kind: "efficient", ties: tie }) as const),
    ]);
    const network = networkOfRule(posed(environment, {}, given), Space.of(environment), rule);
    if (!network) continue;
    const { slotStart, slotNode, worth, gain, mass, whole, denominator, groups } = network;
    const lottery = lotteries(environment, rule, given, false);
    const { profiles, prior, agentCount } = environment;
    for (let s = 0; s < profiles.count; s++) {
      const expected = (of: (outcome: number) => Rational) =>
        Rational.sum(lottery(s).map(({ outcome, probability }) => probability.multiply(of(outcome))));
      let total = expected((x) => environment.cost(x, s)).negate();
      for (let i = 0; i < agentCount; i++) {
        const own = expected((x) => environment.value(i, x, s)).subtract(environment.outsideOption(i, s));
        total = total.add(own);
        const slot = slotStart[s] + i;
        expect(slotNode[slot]).toBe(groups[i].first + profiles.typeOf(s, i));
        expect(`${Rational.of(worth[slot], denominator)}`, `seed ${seed}`).toBe(`${own}`);
      }
      expect(`${Rational.of(gain[s], denominator)}`, `seed ${seed}`).toBe(`${total}`);
      expect(`${Rational.of(mass[s], whole)}`).toBe(`${prior.probability(s)}`);
      looked++;
    }
  }
  expect(looked).toBeGreaterThan(1000);
});

test(`an orbit offers what each of its profiles does, as often as there are any (seeds 1 to ${COUNT})`, () => {
  const tally = { looked: 0, shared: 0 };
  for (let seed = 1; seed <= COUNT; seed++) {
    const environment = randomSymmetricEnvironment(seed, [2, 4]);
    const tie = new RandomSource(seed).pick(ties);
    const rule = { kind: "efficient", ties: tie } as const;
    const [orbits, profiles] = [true, false].map((alike) =>
      networkOfRule(posed(environment), Space.of(environment, alike), rule),
    );
    if (!orbits || !profiles) continue;
    const values = ({ gain, denominator }: typeof orbits) =>
      new RationalVector(gain, BigInt(denominator)).toRationals().map(String);
    const [ofOrbits, ofProfiles] = [values(orbits), values(profiles)];
    const found = new Map<string, number>();
    for (let s = 0; s < environment.profiles.count; s++) {
      const { profile } = sorted(environment, s);
      expect(ofProfiles[s], `seed ${seed}`).toBe(ofProfiles[profile]);
      if (profile === s) found.set(String(s), found.size);
      if (profile !== s) tally.shared++;
    }
    // Orbits come in the order of their members with increasing types.
    for (const [profile, orbit] of found) {
      expect(ofOrbits[orbit], `seed ${seed}`).toBe(ofProfiles[Number(profile)]);
      const [one, each] = [
        orbits.profileMass[orbit] / orbits.whole,
        profiles.mass[Number(profile)] / profiles.whole,
      ];
      expect(one).toBe(each);
      tally.looked++;
    }
    const total = orbits.mass.reduce((sum, own) => sum + own, 0);
    expect(total).toBe(orbits.whole);
  }
  console.log(`networks of orbits, seeds 1 to ${COUNT}: ${JSON.stringify(tally)}`);
  for (const [what, count] of Object.entries(tally)) expect(count, what).toBeGreaterThan(0);
});
