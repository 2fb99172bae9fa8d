import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { bilateralTrade } from "../../models/bilateral-trade.js";
import { groundFor } from "../../src/comparison/ground.js";
import { constructionByName, constructions } from "../../src/construction/registry.js";
import { InputError } from "../../src/fault/input-error.js";
import { readInstance } from "../../src/instance/instance.js";
import type { Mechanism } from "../../src/mechanism/mechanism.js";
import { posed } from "../../src/question/problem.js";
import { randomEnvironment } from "../generator/random-environment.js";
import { privateGood, rootGood } from "./divisible-goods.js";
import { everyProfile, ground, lacking, publicGood, publicGoodGrounds, tradeGrounds } from "./instances.js";

test("constructions have different names, a sentence and a source", () => {
  const names = constructions.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const { name, summary, about, source, versions } of constructions) {
    expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(summary).toMatch(/^[A-Z].{1,50}\.$/);
    expect(about).toMatch(/^[A-Z].*\.$/);
    expect(source).toMatch(/^\D* \d{4}/);
    expect(versions.length).toBeGreaterThan(0);
    expect(constructionByName(name).name).toBe(name);
  }
  expect(names).toEqual(
    expect.arrayContaining(["vcg", "ir-vcg", "agv", "insured", "generalised-vcg", "posted-price"]),
  );
});

test.each(constructions.map((construction) => [construction.name, construction] as const))(
  "%s is built on the instance that it gives as its example",
  (_, { example, versions, build }) => {
    const instance = readInstance(readFileSync(`instances/${example}.json`, "utf8"), example);
    const mechanism = build(
      groundFor(instance, posed(instance.environment, {}, instance.givenRule).question),
      {
        version: versions[0],
      },
    );
    expect(lacking(instance.environment, mechanism, ["lotteries"])).toEqual([]);
  },
);

test("an unknown name is answered with the known ones", () => {
  expect(() => constructionByName("vickrey")).toThrow(
    /the unknown construction "vickrey"; expected one of vcg, groves,/,
  );
  expect(() => constructionByName("generalized-vcg")).toThrow(/; did you mean generalised-vcg\?$/);
});

test("every construction builds lotteries or says what it needs, whatever the environment (seeds 0 to 79)", () => {
  const built = new Map<string, number>();
  const environments = [
    ...Array.from({ length: 80 }, (_, seed) => randomEnvironment(seed, { types: [2, 3] })),
    ...tradeGrounds.map((given) => given.ground.environment),
    ...publicGoodGrounds.map((given) => given.ground.environment),
    publicGood(2, ["0", "1", "2"], [1, 2, 3], "2"),
  ];
  const grounds = [
    ...environments.map((environment) => ground(environment, "lottery")),
    privateGood([{ points: 3 }, { points: 3, power: 2 }]),
    rootGood({ points: 3 }),
  ];
  for (const given of grounds) {
    const { environment } = given;
    for (const construction of constructions) {
      let mechanism: Mechanism;
      try {
        mechanism = construction.build(given, {});
      } catch (fault) {
        expect(fault, `${construction.name} on ${environment.name}`).toBeInstanceOf(InputError);
        continue;
      }
      expect(lacking(environment, mechanism, ["lotteries"])).toEqual([]);
      for (const s of everyProfile(environment)) {
        environment.agents.forEach((_, agent) => {
          expect(typeof mechanism.payment(agent, s).numerator).toBe("bigint");
        });
      }
      built.set(construction.name, (built.get(construction.name) ?? 0) + 1);
    }
  }
  console.log(Object.fromEntries(built));
  for (const { name } of constructions) expect(built.get(name), name).toBeGreaterThan(0);
});

test("every construction for trade is built on 40 x 40 types in well under a second", () => {
  const grid = { points: 40, distribution: { power: 2 } };
  const given = ground(bilateralTrade({ buyer: grid, seller: grid }).environment);
  const applicable = ["vcg", "groves", "ir-vcg", "balanced", "agv", "agv-equal-shares", "insured"].concat([
    "generalised-vcg",
    "deficit-minimising",
    "posted-price",
    "posted-price-lottery",
    "trading-game",
  ]);
  for (const name of applicable) {
    const start = performance.now();
    const mechanism = constructionByName(name).build(given, {});
    for (const s of everyProfile(given.environment)) mechanism.payment(0, s);
    // A generous bound for slow machines; what it guards against is work for each pair of profiles.
    expect(performance.now() - start, name).toBeLessThan(5000);
  }
});
