import { expect, test } from "vitest";
import { generalisedVcg } from "../../src/construction/generalised-vcg.js";
import { provisionView } from "../../src/construction/provision-view.js";
import {
  bestThresholds,
  thresholdContribution,
  thresholdContributionConstruction,
  thresholdRule,
} from "../../src/construction/threshold-contribution.js";
import { gains } from "../../src/environment/efficiency.js";
import type { Environment } from "../../src/environment/environment.js";
import { type AllocationRule, certain } from "../../src/environment/lottery.js";
import { deficit, expectation } from "../../src/mechanism/interim.js";
import { Rational } from "../../src/number/rational.js";
import { expectedEfficientGains } from "../../src/space/expected-efficient-gains.js";
import { randomEnvironment } from "../generator/random-environment.js";
import { everyProfile, ground, lacking, publicGood, publicGoodGrounds } from "./instances.js";
import { interdependentGood, randomMonotone, weightings } from "./interdependent.js";

/** Every rule for two agents that goes on providing when either type rises, as the first provided type by row. */
function* monotoneRules(environment: Environment): Iterable<AllocationRule> {
  const [rows, columns] = environment.profiles.sizes;
  function* firsts(row: number, most: number): Iterable<number[]> {
    if (row === rows) {
      yield [];
      return;
    }
    for (let first = 0; first <= most; first++) {
      for (const rest of firsts(row + 1, first)) yield [first, ...rest];
    }
  }
  for (const of of firsts(0, columns)) {
    yield (s) => certain(s % columns >= of[Math.floor(s / columns)] ? 1 : 0);
  }
}

function expectedGains(environment: Environment, rule: AllocationRule): Rational {
  return expectation(environment, (s) => gains(environment, rule(s)[0].outcome, s));
}

/** The largest expected gains of a monotone rule whose generalised VCG payments never leave a deficit. */
function secondBest(environment: Environment): Rational {
  let best = Rational.ZERO;
  for (const rule of monotoneRules(environment)) {
    const mechanism = generalisedVcg(environment, rule);
    if (everyProfile(environment).some((s) => deficit(environment, mechanism, s).sign > 0)) continue;
    best = Rational.maximum(best, expectedGains(environment, rule));
  }
  return best;
}

const midpoints = (m: number) => Array.from({ length: m }, (_, k) => `${2 * k + 1}/${2 * m}`);
const privateGoods = [2, 3, 5].flatMap((m) =>
  (["uniform", "rising"] as const).flatMap((weighting) =>
    ["1/2", "1", "5/4"].map((cost) => ({
      name: `${m} points, ${weighting} weights, cost ${cost}`,
      environment: publicGood(2, midpoints(m), weightings[weighting](m), cost),
    })),
  ),
);

for (const { name, environment } of privateGoods) {
  test(`with private values the best threshold rule is strategy-proof, individually rational, without deficit, and no such rule does better: ${name}`, () => {
    const mechanism = thresholdContributionConstruction.build(ground(environment), {});
    expect(
      lacking(environment, mechanism, ["dominant-strategy IC", "ex post IR", "ex post no deficit"]),
    ).toEqual([]);
    const view = provisionView("test", environment);
    const thresholds = bestThresholds(environment, view);
    expect(Rational.sum(thresholds)).toEqual(view.cost);
    const rule = thresholdRule(environment, view, thresholds);
    expect(expectedGains(environment, rule)).toEqual(secondBest(environment));
  });
}

for (const { name, ground: given } of publicGoodGrounds) {
  test(`with three agents it is strategy-proof, individually rational and without deficit: ${name}`, () => {
    const mechanism = thresholdContributionConstruction.build(given, {});
    expect(
      lacking(given.environment, mechanism, ["dominant-strategy IC", "ex post IR", "ex post no deficit"]),
    ).toEqual([]);
  });
}

test("threshold rules that sum to the cost are ex post IC, individually rational and without deficit for interdependent values too (CE Thm 9, if)", () => {
  let provided = 0;
  for (let seed = 0; seed < 150; seed++) {
    const environment = randomMonotone(seed, "good", 4, seed % 2 === 0 ? "weak" : "strong");
    const view = provisionView("test", environment);
    for (let first = -3; first <= 15; first += 3) {
      const thresholds = [Rational.of(first), view.cost.subtract(Rational.of(first))];
      const mechanism = thresholdContribution(environment, thresholds);
      expect(lacking(environment, mechanism, ["ex post IC", "ex post IR", "ex post no deficit"])).toEqual([]);
      if (everyProfile(environment).some((s) => mechanism.lottery(s)[0].outcome === 1)) provided++;
    }
  }
  console.log({ provided });
  expect(provided).toBeGreaterThan(100);
});

test("with increasing differences no monotone rule without deficit beats the best threshold rule, on any grid (CE Thm 9, only if)", () => {
  let inefficient = 0;
  for (let seed = 0; seed < 120; seed++) {
    const environment = randomMonotone(seed, "good", 4);
    const view = provisionView("test", environment);
    const best = expectedGains(
      environment,
      thresholdRule(environment, view, bestThresholds(environment, view)),
    );
    expect(best).toEqual(secondBest(environment));
    if (best.compare(expectedEfficientGains(environment)) < 0) inefficient++;
  }
  console.log({ inefficient });
  expect(inefficient).toBeGreaterThan(60);
});

test("with decreasing differences other rules do better: efficient provision then leaves no deficit, and no threshold rule is efficient", () => {
  for (const m of [4, 5, 6]) {
    const environment = interdependentGood(m, "3", `${2 * m}.3`, weightings.rising(m));
    const view = provisionView("test", environment);
    const rule = thresholdRule(environment, view, bestThresholds(environment, view));
    const efficient = expectedEfficientGains(environment);
    expect(secondBest(environment)).toEqual(efficient);
    expect(expectedGains(environment, rule).compare(efficient)).toBe(-1);
  }
});

test("with increasing, constant and decreasing differences efficient provision runs a deficit, balances, or leaves none (CE Thm 8), up to the mesh", () => {
  for (const m of [4, 6, 8]) {
    for (const weights of [weightings.uniform(m), weightings.rising(m)]) {
      const verdict = (a: string) => {
        // Half a step beyond a whole number, so that there are no ties.
        const environment = interdependentGood(m, a, `${m}.3`, weights);
        const given = ground(environment);
        const mechanism = generalisedVcg(environment, given.rule);
        expect(lacking(environment, mechanism, ["ex post efficiency", "ex post IC", "ex post IR"])).toEqual(
          [],
        );
        return lacking(environment, mechanism, ["ex post no deficit"]).length === 0;
      };
      expect([verdict("0"), verdict("1/4"), verdict("1"), verdict("2")]).toEqual([false, false, true, true]);
    }
  }
});

test("a threshold for each agent is an option, and thresholds below the cost leave a deficit", () => {
  const environment = publicGood(2, midpoints(4), [1, 1, 1, 1], "1");
  const build = (thresholds: string) =>
    thresholdContributionConstruction.build(ground(environment), { options: { thresholds } });
  expect(lacking(environment, build("3/8, 5/8"), ["ex post no deficit"])).toEqual([]);
  expect(lacking(environment, build("3/8, 3/8"), ["ex post no deficit"])).toEqual([
    "ex post no deficit: budget at agent 1 3/8, agent 2 3/8 misses by 1/4",
  ]);
  expect(() => build("1/2")).toThrow("thresholds: 1 numbers; expected 2");
});

test("what is no public good is named", () => {
  const three = randomEnvironment(0, { outcomes: [3, 3] });
  expect(() => thresholdContributionConstruction.build(ground(three), {})).toThrow(
    "threshold-contribution needs two outcomes, with and without the public good; this instance has 3",
  );
  const other = randomEnvironment(0, { outcomes: [2, 2], outsideOptions: false });
  expect(() => thresholdContributionConstruction.build(ground(other), {})).toThrow(
    "threshold-contribution needs a free outcome that is everybody's outside option (no provision); neither A nor B is",
  );
});
