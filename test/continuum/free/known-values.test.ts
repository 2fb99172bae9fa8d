import { describe, expect, it } from "vitest";
import { judgeExpectation } from "../../../src/continuum/free/expectation-judge.js";
import { findExpectation } from "../../../src/continuum/free/find-expectation.js";
import { CellEnvironment, expectedProgram } from "../../../src/continuum/free/in-expectation.js";
import { freeDominant, freeExPost, freeInterim } from "../../../src/continuum/free/method.js";
import type { Bracket, ContinuumMethod } from "../../../src/continuum/method.js";
import type { ContinuousEnvironment } from "../../../src/environment/continuous-environment.js";
import { bilateralTrade, design } from "../../../src/index.js";
import { PiecewisePolynomial } from "../../../src/number/piecewise-polynomial.js";
import { Polynomial } from "../../../src/number/polynomial.js";
import type { Rational } from "../../../src/number/rational.js";
import type { Question } from "../../../src/question/question.js";
import {
  auction,
  environmentOf,
  leastSubsidy,
  noDeficit,
  onUnit,
  partnership,
  q,
  revenue,
  secondBest,
  secondBestDominant,
  secondBestExPost,
  trade,
  tradeWith,
} from "./environments.js";

async function bracket<C>(
  method: ContinuumMethod<C>,
  environment: ContinuousEnvironment,
  question: Question,
  cells?: number,
): Promise<Bracket> {
  expect(method.refusal(environment, question)).toBeUndefined();
  const found = await method.find(environment, question, { ...(cells && { cells }) });
  expect(method.judge(environment, question, found.certificate)).toEqual(found.bracket);
  return found.bracket;
}

/** By cells, even where integrals are exact without. */
async function byCells(
  environment: ContinuousEnvironment,
  question: Question,
  cells: number,
): Promise<Bracket> {
  const cut = new CellEnvironment(environment, cells);
  const certificate = await findExpectation(cut, expectedProgram(question), cells);
  return judgeExpectation(environment, question, certificate);
}

function contains({ lower, upper }: Bracket, value: Rational): void {
  expect(lower!.compare(value)).toBeLessThanOrEqual(0);
  expect(upper!.compare(value)).toBeGreaterThanOrEqual(0);
}

const width = ({ lower, upper }: Bracket): number => upper!.subtract(lower!).toNumber();
const both = (value: Rational): Bracket => ({ lower: value, upper: value });

describe("the exact value where virtual values are affine and do not fall", () => {
  it("the second best of uniform trade is 9/64 at a price of money of 1/2 (Myerson and Satterthwaite 1983)", async () => {
    const { bracket: found, certificate } = await freeInterim.find(trade, secondBest, {});
    expect(found).toEqual(both(q(9, 64)));
    expect(String(certificate.bound.money)).toBe("1/2");
    expect(certificate.cells).toBeUndefined();
  });

  it("two, three and six uniform bidders pay 5/12, 17/32 and 321/448 (Myerson 1981: a reserve of 1/2)", async () => {
    // 2 n times the integral of (2 t - 1) t^(n-1) / 2 from 1/2 to 1.
    for (const [bidders, value] of [
      [1, q(1, 4)],
      [2, q(5, 12)],
      [3, q(17, 32)],
      [6, q(321, 448)],
    ] as const)
      expect(await bracket(freeInterim, auction(bidders), revenue)).toEqual(both(value));
  });

  it("a buyer who may have costly production of 1/4 pays (3/8)^2 = 9/64 at the price 5/8", async () => {
    const shop = environmentOf(
      [
        ["nothing", [0]],
        ["sale", [1], q(1, 4)],
      ],
      [{}],
    );
    expect(await bracket(freeInterim, shop, revenue)).toEqual(both(q(9, 64)));
  });

  it("without a budget, or with participation ex ante, trade attains its first best of 1/6", async () => {
    expect(await bracket(freeInterim, trade, { ...secondBest, budget: "none" })).toEqual(both(q(1, 6)));
    expect(await bracket(freeInterim, trade, { ...secondBest, ir: "ex-ante" })).toEqual(both(q(1, 6)));
  });

  it("a designer who may charge entry in advance takes two bidders' whole surplus, 2/3", async () => {
    expect(await bracket(freeInterim, auction(2), { ...revenue, ir: "ex-ante" })).toEqual(both(q(2, 3)));
  });

  it("truth as a dominant strategy costs the auctioneer nothing", async () => {
    const question: Question = { ...revenue, ic: "dominant", ir: "ex-post" };
    expect(await bracket(freeInterim, auction(3), question)).toEqual(both(q(17, 32)));
  });

  it("is enclosed to ten digits where the price of money is no simple fraction", async () => {
    const eager = environmentOf(
      [
        ["no trade", [0, 0]],
        ["trade", [2, -1]],
      ],
      [{}, {}],
    );
    const found = await bracket(freeInterim, eager, secondBest);
    expect(width(found)).toBeLessThan(1e-10);
    contains(await byCells(eager, secondBest, 20), found.lower!);
  });

  it("no outside money is needed where nobody need trade", async () => {
    expect(await bracket(freeInterim, trade, leastSubsidy)).toEqual(both(q(0)));
    expect(await bracket(freeInterim, trade, { ...leastSubsidy, objective: "feasibility" })).toEqual(
      both(q(0)),
    );
  });

  it("outside money of 1/4 is needed where an outcome costs that and there is no other", async () => {
    const dear = environmentOf([["only", [0, 0], q(1, 4)]], [{}, {}]);
    expect(await bracket(freeInterim, dear, leastSubsidy)).toEqual(both(q(1, 4)));
  });
});

describe("brackets by cells", () => {
  it.each([
    ["the second best of trade, 9/64", trade, secondBest, q(9, 64)],
    ["the revenue from two bidders, 5/12", auction(2), revenue, q(5, 12)],
    ["the revenue from three bidders, 17/32", auction(3), revenue, q(17, 32)],
  ] as const)(
    "contain %s, and are four times narrower with twice the cells",
    async (_, env, question, value) => {
      const [coarse, fine] = [await byCells(env, question, 8), await byCells(env, question, 16)];
      contains(coarse, value);
      contains(fine, value);
      expect(width(coarse) / width(fine)).toBeGreaterThan(3);
    },
  );

  it("close at that rate for an irregular density, whose types are pooled, and for one that vanishes", async () => {
    const irregular = new PiecewisePolynomial(
      [q(0), q(1, 2), q(1)],
      [Polynomial.constant(q(8, 5)), Polynomial.constant(q(2, 5))],
    );
    for (const density of [irregular, onUnit(q(0), q(2)), onUnit(q(3), q(-6), q(3))]) {
      const env = tradeWith({ density }, {});
      const [coarse, fine] = [await byCells(env, secondBest, 10), await byCells(env, secondBest, 20)];
      expect(fine.lower!.compare(coarse.upper!)).toBeLessThanOrEqual(0);
      expect(coarse.lower!.compare(fine.upper!)).toBeLessThanOrEqual(0);
      expect(width(coarse) / width(fine)).toBeGreaterThan(3);
    }
  });

  it("partners dissolve with all gains of 1/6 when they are equal, not when one owns nine tenths (Cramton, Gibbons, Klemperer)", async () => {
    contains(await bracket(freeInterim, partnership(q(1, 2)), secondBest, 10), q(1, 6));
    const uneven = await bracket(freeInterim, partnership(q(1, 10)), secondBest, 20);
    // The first best is E max - 1/2 = 1/6.
    expect(uneven.upper!.compare(q(1, 6))).toBe(-1);
    expect(uneven.lower!.compare(q(9, 64))).toBe(1);
  });

  it("types of positive probability count: a buyer of value 1 with probability 1/2 pays 1/2", async () => {
    // Else uniform on [0, 1]: the price 1 sells with probability 1/2, and p < 1 yields p (1 - p / 2) < 1/2.
    const half = { density: onUnit(q(1, 2)), atoms: [{ type: q(1), probability: q(1, 2) }] };
    const shop = environmentOf(
      [
        ["nothing", [0]],
        ["sale", [1]],
      ],
      [half],
    );
    const found = await bracket(freeInterim, shop, revenue, 20);
    contains(found, q(1, 2));
    expect(width(found)).toBeLessThan(0.03);
  });

  it("are refined until they are as narrow as is wanted", async () => {
    const env = tradeWith({ density: onUnit(q(0), q(2)) }, {});
    const { bracket: found, certificate } = await freeInterim.find(env, secondBest, {
      cells: 5,
      width: q(1, 1000),
    });
    expect(width(found)).toBeLessThanOrEqual(0.001);
    expect(certificate.cells).toBeGreaterThan(5);
  });

  it("contain what grids of 10, 20 and 40 types extrapolate to", async () => {
    const values: number[] = [];
    for (const points of [10, 20, 40]) {
      const grid = bilateralTrade({ buyer: { points }, seller: { points } });
      values.push((await design(grid, { allocation: "free", objective: "max-gains" })).optimum!.toNumber());
    }
    const [first, second] = [2 * values[1] - values[0], 2 * values[2] - values[1]];
    const limit = (4 * second - first) / 3;
    const { lower, upper } = await byCells(trade, secondBest, 20);
    expect(limit).toBeGreaterThan(lower!.toNumber());
    expect(limit).toBeLessThan(upper!.toNumber());
    // Itself the grid is far outside: it converges with the first power of the mesh.
    expect(values[2]).toBeGreaterThan(upper!.toNumber());
  });
});

describe("requirements at profiles", () => {
  it("are narrower where cells have their middles on the difference of 1/4 from which the second best trades", async () => {
    for (const [cells, times] of [
      [6, 16],
      [10, 16],
      [8, 4],
    ]) {
      const { lower } = await bracket(freeExPost, trade, secondBestExPost, cells);
      expect(`${q(9, 64).subtract(lower!)}`).toBe(`${q(1, times * cells * cells)}`);
    }
  });

  it("Chatterjee and Samuelson's double auction loses nothing: 9/64 with nobody ever losing, exact budget or not", async () => {
    for (const question of [secondBestExPost, noDeficit(secondBestExPost)]) {
      const [coarse, fine] = [
        await bracket(freeExPost, trade, question, 4),
        await bracket(freeExPost, trade, question, 8),
      ];
      contains(coarse, q(9, 64));
      contains(fine, q(9, 64));
      // The upper end is that of requirements in expectation.
      expect(fine.upper).toEqual(q(9, 64));
      expect(width(coarse) / width(fine)).toBeGreaterThan(3);
    }
  });

  it("posted prices are best where truth is to be dominant: 1/8 of trade (Hagerty and Rogerson 1987)", async () => {
    const [coarse, fine] = [
      await bracket(freeDominant, trade, secondBestDominant, 5),
      await bracket(freeDominant, trade, secondBestDominant, 10),
    ];
    contains(coarse, q(1, 8));
    contains(fine, q(1, 8));
    // A posted price of 1/2, where cells end.
    expect(fine.lower).toEqual(q(1, 8));
    expect(width(coarse) / width(fine)).toBeGreaterThan(3);
    contains(await bracket(freeDominant, trade, noDeficit(secondBestDominant), 6), q(1, 8));
  });

  it("partners who may never lose at any profile gain less than those who may not in expectation", async () => {
    const uneven = partnership(q(1, 10));
    const interim = await bracket(freeInterim, uneven, secondBest, 20);
    const exPost = await bracket(freeExPost, uneven, secondBestExPost, 10);
    const dominant = await bracket(freeDominant, uneven, secondBestDominant, 6);
    expect(exPost.upper!.compare(interim.lower!)).toBe(-1);
    expect(dominant.upper!.compare(exPost.lower!)).toBe(-1);
  });

  it("what a broker who never adds money keeps of trade is 1/24, at profiles as in expectation", async () => {
    // E of the larger of 0 and the difference of virtual values, 2 v - 1 - 2 c: 1/24.
    const broker = noDeficit({ ...secondBest, objective: "max-surplus" });
    expect(await bracket(freeInterim, trade, broker)).toEqual(both(q(1, 24)));
    for (const ic of ["bayesian", "dominant"] as const) {
      const question: Question = { ...broker, ir: "ex-post", ic };
      const method = (ic === "bayesian" ? freeExPost : freeDominant) as ContinuumMethod<unknown>;
      contains(await bracket(method, trade, question, 8), q(1, 24));
    }
  });

  it("no outside money is needed, and nothing is left of an exact budget, as soon as there is a mechanism", async () => {
    for (const objective of ["min-subsidy", "min-worst-subsidy", "feasibility", "max-surplus"] as const) {
      expect(await bracket(freeExPost, partnership(q(1, 3)), { ...secondBestExPost, objective }, 4)).toEqual(
        both(q(0)),
      );
      expect(await bracket(freeDominant, trade, { ...secondBestDominant, objective }, 4)).toEqual(both(q(0)));
    }
  });
});

describe("what is not covered is refused in one sentence", () => {
  const refusal = (env: ContinuousEnvironment, question: Question) =>
    freeInterim.refusal(env, question) ?? "covered";
  it.each([
    ["infinitely many outcomes", { ...trade, outcomes: undefined as never }, secondBest, /finitely many/],
    ["an efficient allocation", trade, { ...secondBest, allocation: "efficient" }, /not free/],
    ["no incentives", trade, { ...secondBest, ic: "none" }, /ic none/],
    ["payment caps", trade, { ...secondBest, parameters: { neverPaid: "all" } }, /neverPaid/],
    [
      "dominant truth with a budget at every profile only",
      trade,
      { ...secondBest, ic: "dominant" },
      /ir ex-post, budget ex-post/,
    ],
    ["revenue without participation", trade, { ...revenue, ir: "none" }, /no limit/],
    ["outside money without a budget", trade, { ...leastSubsidy, budget: "none" }, /is 0/],
    ["three agents at profiles", auction(3), secondBestExPost, /3 agents/],
  ] as const)("%s", (_, env, question, sentence) => {
    expect(refusal(env as ContinuousEnvironment, question as Question)).toMatch(sentence);
  });
});
