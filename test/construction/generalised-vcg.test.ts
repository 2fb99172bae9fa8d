import { expect, test } from "vitest";
import { generalisedVcg, generalisedVcgConstruction } from "../../src/construction/generalised-vcg.js";
import { grovesConstruction } from "../../src/construction/groves.js";
import { largestPayments } from "../../src/construction/largest-payments.js";
import type { Environment } from "../../src/environment/environment.js";
import { certain } from "../../src/environment/lottery.js";
import { InputError } from "../../src/fault/input-error.js";
import { deficit, truthfulUtility, utility } from "../../src/mechanism/interim.js";
import type { Mechanism } from "../../src/mechanism/mechanism.js";
import { Rational } from "../../src/number/rational.js";
import { randomEnvironment, randomRule } from "../generator/random-environment.js";
import {
  efficientRule,
  everyProfile,
  ground,
  lacking,
  partnershipGrounds,
  publicGoodGrounds,
  tradeGrounds,
} from "./instances.js";
import { interdependentTrade, weightings } from "./interdependent.js";

/**
 * Types at some profile of the others whose payment could be raised: those from which binding incentive constraints
 * lead to no type with binding participation. There are none exactly when payments are pointwise largest.
 */
function raisable(environment: Environment, mechanism: Mechanism): string[] {
  const { profiles } = environment;
  return environment.agents.flatMap((_, i) =>
    Array.from({ length: profiles.othersCount(i) }, (_, others) => others).flatMap((others) => {
      const first = profiles.withOthers(i, others);
      const truths = Array.from({ length: profiles.sizes[i] }, (_, a) => profiles.replace(first, i, a));
      const held = new Set(
        truths.filter((s) =>
          truthfulUtility(environment, mechanism, i, s).equals(environment.outsideOption(i, s)),
        ),
      );
      for (let grows = true; grows; ) {
        const more = truths.filter(
          (s) =>
            !held.has(s) &&
            [...held].some((r) =>
              truthfulUtility(environment, mechanism, i, s).equals(utility(environment, mechanism, i, r, s)),
            ),
        );
        for (const s of more) held.add(s);
        grows = more.length > 0;
      }
      return truths.filter((s) => !held.has(s)).map((s) => `${i} at ${s}`);
    }),
  );
}

test("for every rule there are either largest ex post payments or a cycle of misreports that gain together (seeds 0 to 399)", () => {
  const applied = { possible: 0, impossible: 0, interdependent: 0, outside: 0, lotteries: 0 };
  for (let seed = 0; seed < 400; seed++) {
    const environment = randomEnvironment(seed, { types: [2, 4] });
    const efficient = efficientRule(environment, seed % 2 === 0 ? "first" : "lottery");
    const rule = seed % 3 === 0 ? randomRule(environment, seed) : efficient;
    let mechanism: Mechanism;
    try {
      mechanism = generalisedVcg(environment, rule);
    } catch (fault) {
      expect(fault).toBeInstanceOf(InputError);
      checkCycle(environment, rule);
      applied.impossible++;
      continue;
    }
    expect(lacking(environment, mechanism, ["lotteries", "ex post IC", "ex post IR"])).toEqual([]);
    expect(raisable(environment, mechanism)).toEqual([]);
    applied.possible++;
    if (!environment.hasPrivateValues) applied.interdependent++;
    if (environment.specification.agents[0].outsideOption) applied.outside++;
    if (everyProfile(environment).some((s) => rule(s).length > 1)) applied.lotteries++;
  }
  console.log(applied);
  for (const times of Object.values(applied)) expect(times).toBeGreaterThan(15);
});

/** Some agent has a cycle, and its types would gain by it in total, whatever they pay. */
function checkCycle(environment: Environment, rule: ReturnType<typeof efficientRule>): void {
  const { profiles } = environment;
  const worth = (i: number, reported: number, truth: number) =>
    Rational.sum(
      rule(reported).map(({ outcome, probability }) =>
        probability.multiply(environment.value(i, outcome, truth)),
      ),
    );
  const cycles = environment.agents.flatMap((_, i) =>
    Array.from({ length: profiles.othersCount(i) }, (_, others) => {
      const found = largestPayments(environment, rule, i, others);
      if ("payments" in found) return undefined;
      const at = (type: number) => profiles.replace(profiles.withOthers(i, others), i, type);
      const gain = Rational.sum(
        found.cycle.map((type, k) => {
          const report = found.cycle[(k + 1) % found.cycle.length];
          return worth(i, at(report), at(type)).subtract(worth(i, at(type), at(type)));
        }),
      );
      expect(gain).toEqual(found.gain);
      expect(gain.sign).toBe(1);
      return gain;
    }).filter((gain) => gain !== undefined),
  );
  expect(cycles.length).toBeGreaterThan(0);
}

test("with private values and an efficient rule the payments are dominant-strategy IC and at least Groves' individually rational ones", () => {
  let larger = 0;
  for (const { ground: given } of [...tradeGrounds, ...publicGoodGrounds, ...partnershipGrounds]) {
    const { environment } = given;
    const largest = generalisedVcgConstruction.build(given, {});
    const groves = grovesConstruction.build(given, { options: { h: "lowest" } });
    expect(
      lacking(environment, largest, ["ex post efficiency", "dominant-strategy IC", "ex post IR"]),
    ).toEqual([]);
    for (const s of everyProfile(environment)) {
      environment.agents.forEach((_, i) => {
        const more = largest.payment(i, s).compare(groves.payment(i, s));
        expect(more).toBeGreaterThanOrEqual(0);
        if (more > 0) larger++;
      });
    }
  }
  expect(larger).toBeGreaterThan(50);
});

test("in trade the buyer pays the least value at which it would still trade, the seller gets the largest such cost (CE (5), (6))", () => {
  for (const { ground: given } of tradeGrounds.filter((_, k) => k % 3 !== 2)) {
    const { environment, rule } = given;
    const mechanism = generalisedVcg(environment, rule);
    const { profiles } = environment;
    const trade = (s: number) => rule(s)[0].outcome === 1 && rule(s).length === 1;
    if (everyProfile(environment).some((s) => rule(s).length > 1)) continue;
    const net = (i: number, s: number) =>
      environment.value(i, 1, s).subtract(environment.outsideOption(i, s));
    for (const s of everyProfile(environment)) {
      [0, 1].forEach((i) => {
        // The seller's net value of trade is minus its cost: the same formula covers both.
        const trading = Array.from({ length: profiles.sizes[i] }, (_, a) => profiles.replace(s, i, a)).filter(
          trade,
        );
        const least = trading.map((r) => net(i, r)).reduce(Rational.minimum, net(i, trading[0] ?? s));
        // Without trade the seller who keeps the good, under the value convention, pays and gets nothing either.
        expect(mechanism.payment(i, s)).toEqual(trade(s) ? least : Rational.ZERO);
      });
    }
  }
});

test("with v_i = s_i + a s_-i trade leaves a deficit wherever it occurs for a > -1, balance at -1, a surplus below, up to the mesh (CE 4.4)", () => {
  for (const m of [4, 6, 9]) {
    for (const weights of [weightings.uniform(m), weightings.rising(m)]) {
      for (const a of ["1/2", "0", "-1/2", "-1", "-3/2", "-2"]) {
        const environment = interdependentTrade(m, a, weights);
        const given = ground(environment, "first");
        const mechanism = generalisedVcgConstruction.build(given, {});
        expect(lacking(environment, mechanism, ["ex post efficiency", "ex post IC", "ex post IR"])).toEqual(
          [],
        );
        const share = Number(a.split("/")[0]) / Number(a.split("/")[1] ?? 1);
        for (const s of everyProfile(environment)) {
          const [buyer, seller] = environment.profiles.typesOf(s);
          if (buyer <= seller) {
            expect(deficit(environment, mechanism, s)).toEqual(Rational.ZERO);
            continue;
          }
          // The buyer pays (s_s + 1 step) + a s_s, the seller gets (s_b - 1 step) + a s_b: (1 + a)(s_b - s_s) less 2 steps.
          const gap = Rational.of(buyer - seller, m);
          const expected = gap.multiply(Rational.of(2 + 2 * share, 2)).subtract(Rational.of(2, m));
          expect(deficit(environment, mechanism, s)).toEqual(expected);
        }
      }
    }
  }
});

test("a rule that is not ex post implementable is refused, with the agent, what it faces and the misreports", () => {
  const { environment } = tradeGrounds[0].ground;
  const reversed = (s: number) => certain(s < 2 ? 1 : 0);
  expect(() => generalisedVcg(environment, reversed)).toThrow(
    /no payments make the rule ex post incentive compatible: of buyer facing seller 0.25, 0.\d5 reporting 0.\d5 and 0.\d5 reporting 0.\d5 gain 1\/2 together; expected a rule without such a cycle of misreports/,
  );
});
