import { describe, expect, test } from "vitest";
import { designFor } from "../src/design.js";
import {
  bilateralTrade,
  design,
  type InstanceData,
  instanceFromData,
  partnership,
  publicGood,
  singleGoodAuction,
  verifyAnswer,
} from "../src/index.js";
import { asked, posed } from "../src/question/problem.js";
import type { Question } from "../src/question/question.js";
import { randomEnvironment } from "./generator/random-environment.js";
import { randomQuestion } from "./generator/random-question.js";

/** Trade with both traders uniform on the same grid of [0, 1]. */
function trade(points: number, placement: "midpoint" | "endpoint" = "midpoint") {
  const grid = { points, placement };
  return bilateralTrade({ buyer: grid, seller: grid });
}

async function optimum(model: ReturnType<typeof trade>, question: Partial<Question> = {}): Promise<string> {
  const { verdict, optimum: best } = await design(model, question);
  return `${verdict} ${best}`;
}

// Figures without a source of their own were computed by three solvers and proved by the checker.
describe("what efficient trade costs (Myerson and Satterthwaite)", () => {
  test("on ten midpoints it needs 3/40, and 33/200 when equal types always trade", async () => {
    expect(await optimum(trade(10))).toBe("impossible 3/40");
    expect(await optimum(trade(10), { ties: "last" })).toBe("impossible 33/200");
  });

  test("on k points from end to end it needs max(0, (k - 5) / (6 k)), exactly nothing at five", async () => {
    for (let k = 2; k <= 12; k++) {
      const expected = k <= 5 ? "possible 0" : `impossible ${fraction(k - 5, 6 * k)}`;
      expect(await optimum(trade(k, "endpoint")), `${k} points`).toBe(expected);
      expect(await designDirectly(k), `${k} points, direct`).toBe(expected);
    }
  });

  test("without outside money, ten endpoints allow gains of 21/125 at most, against a first best of 11/60", async () => {
    expect(await optimum(trade(10, "endpoint"), { allocation: "free", objective: "max-gains" })).toBe(
      "possible 21/125",
    );
    expect(await optimum(trade(10, "endpoint"), { objective: "max-gains", ir: "none" })).toBe(
      "possible 11/60",
    );
  });

  test("the seller's convention, cost or value, changes nothing", async () => {
    const grid = { points: 6, placement: "endpoint" } as const;
    expect(await optimum(bilateralTrade({ buyer: grid, seller: grid, convention: "value" }))).toBe(
      "impossible 1/36",
    );
  });
});

describe("other environments on midpoints", () => {
  test("two equal partners of twelve types part without outside money, owners of 1/10 and 9/10 need 11/720", async () => {
    const grid = { points: 12 };
    expect(await optimum(partnership({ agents: 2, grid }))).toBe("possible 0");
    expect(await optimum(partnership({ agents: 2, grid, shares: ["1/10", "9/10"] }))).toBe(
      "impossible 11/720",
    );
  });

  test("a bridge of cost 3/2 for three neighbours of five types needs 72/625", async () => {
    expect(await optimum(publicGood({ agents: 3, grid: { points: 5 }, cost: "3/2" }))).toBe(
      "impossible 72/625",
    );
  });

  test("the largest revenue from two bidders of ten types is 181/400", async () => {
    const auction = singleGoodAuction({ agents: 2, grid: { points: 10 } });
    const question = { allocation: "free", objective: "max-surplus", budget: "none" } as const;
    expect(await optimum(auction, question)).toBe("possible 181/400");
  });
});

describe("without outside money, at every profile", () => {
  const good = (outside: number) => ({
    name: "a good that costs 1/2, where both never value it at once",
    agents: ["ann", "bob"].map((name) => ({
      name,
      types: ["low", "high"],
      values: {
        byType: [
          [0, 0],
          [0, 1],
        ],
      },
      outsideOption: outside,
    })),
    outcomes: ["no", "yes"],
    cost: { byOutcome: [0, "1/2"] },
    prior: {
      joint: [
        ["1/3", "1/3"],
        ["1/3", 0],
      ],
    },
  });
  const atProfiles = { ic: "dominant", ir: "ex-post" } as const;

  test("where no mechanism does without money at a profile of probability zero, that is proved", async () => {
    const model = instanceFromData(good(0) as InstanceData);
    const least = await design(model, atProfiles);
    expect([least.verdict, `${least.optimum}`, `${least.mostMoney}`]).toEqual(["impossible", "0", "1/2"]);
    expect([least.infeasible, least.multipliers?.purpose]).toEqual([false, "money"]);
    expect(verifyAnswer(least.answerFile, model).verified).toBe(true);
    const none = await design(model, { ...atProfiles, objective: "feasibility" });
    expect(none.infeasible).toBe(true);
    const worst = await design(model, { ...atProfiles, objective: "min-worst-subsidy" });
    expect(`${worst.optimum}`).toBe("1/2");
  });

  test("where a mechanism does without any, it is the one that is found", async () => {
    let [zeros, needed] = [0, 0];
    for (let seed = 0; seed < 150; seed++) {
      const environment = randomEnvironment(seed, { prior: "joint", agents: [2, 2], types: [2, 3] });
      const question = { ...randomQuestion(seed), budget: "ex-post", allocation: "efficient" } as const;
      const problem = posed(environment, { ...question, objective: "min-subsidy" });
      const least = await designFor(problem);
      if (!least.optimum?.isZero) continue;
      const none = await designFor(asked(problem, { objective: "feasibility" }));
      expect(least.mostMoney?.isZero, `seed ${seed}`).toBe(none.verdict === "possible");
      expect(least.verdict, `seed ${seed}`).toBe(none.verdict);
      if (least.verdict === "impossible") needed++;
      zeros++;
    }
    expect(zeros).toBeGreaterThan(20);
    expect(needed).toBeGreaterThan(0);
  });
});

async function designDirectly(points: number): Promise<string> {
  const { verdict, optimum: best } = await design(trade(points, "endpoint"), {}, { formulation: "direct" });
  return `${verdict} ${best}`;
}

function fraction(numerator: number, denominator: number): string {
  let [a, b] = [numerator, denominator];
  while (b > 0) [a, b] = [b, a % b];
  return denominator / a === 1 ? `${numerator / a}` : `${numerator / a}/${denominator / a}`;
}
