import { expect, test } from "vitest";
import { inducedMechanism, verifyEquilibrium } from "../../src/construction/game.js";
import { contributionGame, contributionGameConstruction } from "../../src/construction/game-contribution.js";
import { tradingGame, tradingGameConstruction } from "../../src/construction/game-trading.js";
import { provisionView } from "../../src/construction/provision-view.js";
import { bestThresholds, thresholdRule } from "../../src/construction/threshold-contribution.js";
import { Rational } from "../../src/number/rational.js";
import { toRational } from "../../src/number/rational-text.js";
import { everyProfile, ground, lacking, publicGood, publicGoodGrounds, tradeGrounds } from "./instances.js";
import {
  interdependentGood,
  interdependentTrade,
  randomMonotone,
  twoAgents,
  weightings,
} from "./interdependent.js";

test("the detail-free trading game's strategies are an efficient ex post equilibrium on every grid with rising values (CE 4.3)", () => {
  const applied = { equilibria: 0, trades: 0, refused: 0 };
  const environments = [
    ...[2, 3, 5, 8].flatMap((m) =>
      ["0", "1/3", "1/2", "9/10"].flatMap((a) => [
        interdependentTrade(m, a),
        interdependentTrade(m, a, weightings.rising(m)),
      ]),
    ),
    ...Array.from({ length: 120 }, (_, seed) =>
      randomMonotone(seed, "trade", 4, seed % 2 === 0 ? "weak" : "strong"),
    ),
  ];
  for (const environment of environments) {
    let game: ReturnType<typeof tradingGame>;
    try {
      game = tradingGame(environment);
    } catch (fault) {
      expect(String(fault)).toMatch(/trading-game needs single crossing; trade gains at buyer/);
      applied.refused++;
      continue;
    }
    expect(verifyEquilibrium(environment, game)).toMatchObject({ holds: true });
    expect(verifyEquilibrium(environment, game, "interim")).toMatchObject({ holds: true });
    const mechanism = inducedMechanism(environment, game);
    expect(lacking(environment, mechanism, ["ex post efficiency", "ex post IC", "ex post IR"])).toEqual([]);
    applied.equilibria++;
    for (const s of everyProfile(environment)) if (mechanism.lottery(s)[0].outcome === 1) applied.trades++;
  }
  console.log(applied);
  expect(applied.equilibria).toBeGreaterThan(100);
  expect(applied.trades).toBeGreaterThan(500);
  expect(applied.refused).toBeGreaterThan(3);
});

test("with private values everybody announces its own type, which is strategy-proof, and efficient on every grid", () => {
  for (const { ground: given } of tradeGrounds) {
    const { environment } = given;
    const game = tradingGame(environment);
    environment.agents.forEach(({ types }, i) => {
      types.forEach((label, type) => {
        expect(game.strategy(i, type)).toEqual(toRational(label));
      });
    });
    const mechanism = tradingGameConstruction.build(given, {});
    expect(
      lacking(environment, mechanism, ["ex post efficiency", "dominant-strategy IC", "ex post IR"]),
    ).toEqual([]);
  }
});

test("a trader who shades its announcement is found out: the check names who gains", () => {
  const environment = interdependentTrade(4, "0");
  const game = tradingGame(environment);
  const shaded = {
    ...game,
    strategy: (agent: number, type: number) =>
      game.strategy(agent, type).subtract(Rational.of(agent === 0 ? 1 : 0, 4)),
  };
  const finding = verifyEquilibrium(environment, shaded);
  expect(finding.holds).toBe(false);
  expect(finding.worst).toMatch(/^buyer at buyer \d, seller \d by announcing/);
});

test("with v_i = s_i + a s_-i the game has this equilibrium for a > -1 and not below (CE 4.4)", () => {
  for (const m of [4, 5, 8]) {
    const verdicts = ["-1/4", "-1/2", "-9/10", "-1", "-3/2"].map((a) => {
      const environment = interdependentTrade(m, a, weightings.uniform(m), Rational.of(1, 3));
      const game = tradingGame(environment);
      const { holds } = verifyEquilibrium(environment, game);
      if (holds) {
        expect(lacking(environment, inducedMechanism(environment, game), ["ex post efficiency"])).toEqual([]);
      }
      return holds;
    });
    expect(verdicts).toEqual([true, true, true, false, false]);
  }
});

test("announcements are the common worth with the partner at whom gains end, between two types of a grid", () => {
  // Trade gains 1 with the first seller and loses 2 with the second: gains end a third of the way, where it is worth
  // 4 + 1/3 to the buyer and 3 + 4/3 to the seller.
  const [worth, costs] = [
    [4, 5],
    [3, 7],
  ];
  const environment = twoAgents(
    ["buyer", "seller"],
    [1, 2],
    [(_, seller) => Rational.of(worth[seller]), (seller) => Rational.of(-costs[seller])],
    [[1], [1, 1]],
    Rational.ZERO,
  );
  const game = tradingGame(environment);
  expect(String(game.strategy(0, 0))).toBe("13/3");
  expect([0, 1].map((type) => String(game.strategy(1, type)))).toEqual(["3", "7"]);
});

const goods = [
  ...[2, 3, 5].flatMap((m) => [
    publicGood(2, weightings.rising(m).map(String), weightings.uniform(m), `${m + 1}`),
    publicGood(2, weightings.rising(m).map(String), weightings.rising(m), `${2 * m - 1}/2`),
  ]),
  ...[3, 5, 8].flatMap((m) =>
    ["1/4", "1/2", "9/10"].flatMap((a) => [
      interdependentGood(m, a, `${m - 1}`),
      interdependentGood(m, a, `${m - 1}.3`, weightings.rising(m)),
    ]),
  ),
  ...Array.from({ length: 120 }, (_, seed) => randomMonotone(seed, "good", 4)),
];

test("the contingent-contribution game's strategies are an ex post equilibrium that provides exactly where the threshold rule does (CE 5.3)", () => {
  const applied = { equilibria: 0, provided: 0, never: 0 };
  for (const environment of goods) {
    const view = provisionView("test", environment);
    const best = bestThresholds(environment, view);
    for (const shift of [0, 1, -2]) {
      const thresholds = [best[0].add(Rational.of(shift)), best[1].subtract(Rational.of(shift))];
      let game: ReturnType<typeof contributionGame>;
      try {
        game = contributionGame(environment, thresholds);
      } catch (fault) {
        expect(String(fault)).toMatch(/thresholds\[\d\]: .*; expected at most .* at the highest types/);
        applied.never++;
        continue;
      }
      const rule = thresholdRule(environment, view, thresholds);
      const mechanism = inducedMechanism(environment, game);
      for (const s of everyProfile(environment)) {
        expect(mechanism.lottery(s)[0].outcome).toBe(rule(s)[0].outcome);
        if (rule(s)[0].outcome === 1) applied.provided++;
      }
      expect(verifyEquilibrium(environment, game)).toMatchObject({ holds: true });
      expect(lacking(environment, mechanism, ["ex post IC", "ex post IR", "ex post no deficit"])).toEqual([]);
      applied.equilibria++;
    }
  }
  console.log(applied);
  expect(applied.equilibria).toBeGreaterThan(200);
  expect(applied.provided).toBeGreaterThan(1000);
});

test("with private values an agent promises its value and demands the other's threshold, so the budget balances exactly", () => {
  const environment = publicGood(2, ["1", "2", "3", "4"], [1, 1, 1, 1], "5");
  const game = contributionGame(environment, [Rational.of(5, 2), Rational.of(5, 2)]);
  expect(game.strategy(0, 3)).toEqual({ promise: Rational.of(4), demand: Rational.of(5, 2) });
  const mechanism = contributionGameConstruction.build(ground(environment), {
    options: { thresholds: "5/2 5/2" },
  });
  expect(lacking(environment, mechanism, ["ex post balance", "dominant-strategy IC"])).toEqual([]);
});

test("without increasing differences the contribution game can fail, and the check says so", () => {
  let failed = 0;
  let held = 0;
  for (let seed = 0; seed < 80; seed++) {
    const environment = randomMonotone(seed, "good", 4, "strong");
    const view = provisionView("test", environment);
    const thresholds = bestThresholds(environment, view);
    const top = environment.profiles.count - 1;
    if (thresholdRule(environment, view, thresholds)(top)[0].outcome === 0) continue;
    const { holds } = verifyEquilibrium(environment, contributionGame(environment, thresholds));
    if (holds) held++;
    else failed++;
  }
  console.log({ failed, held });
  expect(failed).toBeGreaterThan(0);
});

test("games are refused where they are not defined, or their strategies are no equilibrium", () => {
  expect(() => tradingGameConstruction.build(ground(interdependentTrade(4, "-1")), {})).toThrow(
    /trading-game needs values at which its strategies are an ex post equilibrium; buyer at buyer 3, seller 0 by announcing 1 would gain 3\/4/,
  );
  expect(() => contributionGameConstruction.build(publicGoodGrounds[0].ground, {})).toThrow(
    "contribution-game needs exactly two agents; this instance has 3",
  );
  expect(() => tradingGameConstruction.build(publicGoodGrounds[0].ground, {})).toThrow(
    "trading-game needs a buyer and a seller; this instance has 3 agents",
  );
  const environment = publicGood(2, ["1", "2"], [1, 1], "5");
  expect(() => contributionGame(environment, [Rational.of(5, 2), Rational.of(5, 2)])).toThrow(
    "thresholds[0]: 5/2; expected at most agent 1's value of 2 at the highest types",
  );
});
