import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { bilateralTrade, singleGoodAuction } from "../../models/index.js";
import { efficientOutcomes } from "../../src/environment/efficiency.js";
import { type AllocationRule, certain, uniformLottery } from "../../src/environment/lottery.js";
import { jsonSchema } from "../../src/instance/json-schemas.js";
import { mechanismFileSchema, readMechanism } from "../../src/mechanism/mechanism-file.js";
import { type SkeletonForm, skeletonForms, skeletonText } from "../../src/mechanism/skeleton.js";
import { sameLottery } from "../../src/space/lotteries.js";
import { filmWith } from "../environment/hand-made.js";

const validate = new Ajv2020({ strict: false }).compile(jsonSchema(mechanismFileSchema, "mechanism"));

function skeleton(environment: ReturnType<typeof filmWith>, form?: SkeletonForm, own?: AllocationRule) {
  const file = JSON.parse(skeletonText(environment, { name: "film", own }, "./schema.json", form));
  expect(validate(file), JSON.stringify(validate.errors)).toBe(true);
  return { file, mechanism: readMechanism(file, { environment, digest: "abc", givenRule: own }) };
}

describe("a mechanism to fill in", () => {
  test.each(skeletonForms)("laid out as %s is efficient, and nobody pays", (form) => {
    for (const environment of [
      filmWith(),
      bilateralTrade({ buyer: { points: 5 }, seller: { points: 4 } }).environment,
      singleGoodAuction({ agents: 3, grid: { points: 3 } }).environment,
    ]) {
      const { mechanism } = skeleton(environment, form);
      for (let s = 0; s < environment.profiles.count; s++) {
        expect(mechanism.lottery(s)).toMatchObject([{ outcome: efficientOutcomes(environment, s)[0] }]);
        expect(mechanism.subsidy(s).isZero).toBe(true);
        for (const i of environment.agents.keys()) expect(mechanism.payment(i, s).isZero).toBe(true);
      }
    }
  });

  test.each(skeletonForms)("laid out as %s has the instance's own rule where that is asked for", (form) => {
    const toss = uniformLottery([0, 1]);
    const own = (s: number) => (s === 2 ? toss : certain(1));
    const { mechanism } = skeleton(filmWith(), form, own);
    for (const s of [0, 1, 2, 3]) expect(sameLottery(mechanism.lottery(s), own(s))).toBe(true);
  });

  test("has a row for each profile where there are few, and says what may stand in it", () => {
    const { file } = skeleton(filmWith());
    expect(file.profiles[1]).toEqual({ types: ["low", "high"], outcome: "stay", payments: [0, 0] });
    expect(file.$comment.profiles).toContain("in the order ann, bob");
    expect(file.$comment.payments).toContain("what an agent receives is a negative payment");
  });

  test("is short for ten bidders of ten types: payments by own type", () => {
    const { environment } = singleGoodAuction({ agents: 10, grid: { points: 10 } });
    const { file } = skeleton(environment);
    expect(file.rule).toBe("efficient");
    expect(Object.keys(file.payments["bidder 10"].byType)).toEqual([...environment.agents[9].types]);
    expect(() => skeletonText(environment, { name: "x" }, "", "profiles")).toThrow(
      "a row for each of 10,000,000,000 profiles; expected at most 100,000",
    );
  });
});
