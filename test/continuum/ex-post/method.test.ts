import { describe, expect, it } from "vitest";
import { designContinuumFor } from "../../../src/continuum/design-continuum.js";
import { exPostCertificateSchema } from "../../../src/continuum/ex-post/certificate.js";
import { exPostMethod } from "../../../src/continuum/ex-post/method.js";
import { ContinuumRefuted } from "../../../src/continuum/method.js";
import type { ContinuousEnvironment } from "../../../src/environment/continuous-environment.js";
import { PiecewisePolynomial } from "../../../src/number/piecewise-polynomial.js";
import { Polynomial } from "../../../src/number/polynomial.js";
import { Rational } from "../../../src/number/rational.js";
import type { Question } from "../../../src/question/question.js";
import {
  exPost,
  noDeficit,
  partnership,
  q,
  quadraticGood,
  randomEnvironment,
  rising,
  seeded,
  trade,
  uniform,
} from "./environments.js";

/** The bracket as what is read back from the certificate's JSON proves it. */
async function bracket(
  environment: ContinuousEnvironment,
  options: object = {},
  question: Question = exPost,
) {
  const { certificate, bracket } = await exPostMethod.find(environment, question, options);
  const read = exPostCertificateSchema.parse(JSON.parse(JSON.stringify(certificate)));
  expect(exPostMethod.judge(environment, question, read)).toEqual(bracket);
  const { lower, upper } = bracket;
  expect(lower!.compare(upper!)).toBeLessThanOrEqual(0);
  return { lower: lower!, upper: upper!, certificate };
}

function width({ lower, upper }: { lower: Rational; upper: Rational }): Rational {
  return upper.subtract(lower);
}

function expectInside(exact: Rational, { lower, upper }: { lower: Rational; upper: Rational }) {
  expect(lower.compare(exact)).toBeLessThanOrEqual(0);
  expect(upper.compare(exact)).toBeGreaterThanOrEqual(0);
}

describe("the least outside money of efficient trade where nobody may lose at any profile", () => {
  // Interim participation needs as much already (Myerson and Satterthwaite 1983), and more is not needed here.
  it.each([
    ["uniform types", trade(), "1/6"],
    ["a buyer with distribution t^2", trade(rising, uniform), "1/4"],
    ["both with distribution t^2", trade(rising, rising), "2/15"],
  ])("is in the bracket, with %s", async (_, environment, exact) => {
    const found = await bracket(environment, { cells: 10 });
    expectInside(q(exact), found);
    expect(width(found).compare(q("1/1000"))).toBeLessThan(0);
  });

  it("is at least the 1/6 of participation in expectation, which binds at the lowest buyer and the highest seller alone", async () => {
    const { certificate, lower } = await bracket(trade(), { cells: 4 });
    expect(`${lower}`).toBe("1/6");
    expect(certificate.inExpectation!.participation.map(({ types }) => types.map(String))).toEqual([
      ["0"],
      ["1"],
    ]);
    expect(certificate.lower).toBe(undefined);
  });

  it("is not what participation in expectation needs where somebody may lose at single profiles", async () => {
    const { certificate, lower } = await bracket(partnership(["1/5", "4/5"]), { cells: 8 });
    expect(certificate.inExpectation).toBe(undefined);
    const expected = await designContinuumFor(partnership(["1/5", "4/5"]), {});
    expect(lower.compare(expected.upper!)).toBe(1);
  });
});

describe("the least outside money of dissolving a partnership of two where nobody may lose at any profile", () => {
  /** For a smaller share below one third: (1 - 3 q) / (6 (1 + 3 q)). */
  const exact = (share: Rational) => {
    const three = share.multiply(q(3));
    return Rational.ONE.subtract(three).divide(Rational.ONE.add(three).multiply(q(6)));
  };

  it.each(["1/20", "1/10", "1/5", "1/4", "3/10"])("is (1 - 3 q) / (6 (1 + 3 q)) at q = %s", async (share) => {
    const found = await bracket(partnership([share, `${Rational.ONE.subtract(q(share))}`]), { cells: 16 });
    expectInside(exact(q(share)), found);
    expect(found.lower.sign).toBe(1);
    expect(width(found).compare(q("1/400"))).toBeLessThan(0);
  });

  it("is enclosed as narrowly as is asked", async () => {
    const found = await bracket(partnership(["1/5", "4/5"]), { cells: 8, width: q("1/2500") });
    expectInside(exact(q("1/5")), found);
    expect(width(found).compare(q("1/2500"))).toBeLessThanOrEqual(0);
  });

  it("is enclosed four times as narrowly by cells half as wide, at each end", async () => {
    // The proof weighs types below 3/8 against those above 5/8, which are nodes of these meshes.
    const errors = [];
    for (const cells of [8, 16, 32]) {
      const { lower, upper } = await bracket(partnership(["1/5", "4/5"]), { cells });
      errors.push(
        [exact(q("1/5")).subtract(lower), upper.subtract(exact(q("1/5")))].map((e) => e.toNumber()),
      );
    }
    for (const k of [0, 1]) {
      for (const end of [0, 1]) {
        const ratio = errors[k][end] / errors[k + 1][end];
        expect(ratio).toBeGreaterThan(3);
        expect(ratio).toBeLessThan(6);
      }
    }
  });

  it.each([
    ["1/2", 6],
    ["2/5", 12],
    ["7/20", 20],
  ])("is nothing at q = %s, by a mechanism that needs no money at any profile", async (share, cells) => {
    const found = await bracket(partnership([share, `${Rational.ONE.subtract(q(share))}`]), { cells });
    expect(found.upper).toEqual(Rational.ZERO);
    expect(found.certificate.withoutMoney?.routes.length).toBe(1);
  });

  it("is open at q = 1/3, where no mesh tells", async () => {
    const { lower, upper } = await bracket(partnership(["1/3", "2/3"]), { cells: 10 });
    expect(lower).toEqual(Rational.ZERO);
    expect(upper.sign).toBe(1);
  });

  it("is less where money may be left over", async () => {
    const exactly = await bracket(partnership(["1/5", "4/5"]), { cells: 12 });
    const wasteful = await bracket(partnership(["1/5", "4/5"]), { cells: 12 }, noDeficit);
    expect(wasteful.upper.compare(exactly.lower)).toBeLessThan(0);
    // The grid's answers of 40 and 80 types, 2231/320000 and 2229/160000, go there.
    expect(wasteful.lower.compare(q("2229/160000"))).toBeGreaterThan(0);
  });
});

describe("dissolving a partnership of two where money may be left over", () => {
  // With an exact budget 1/3 is the least share that does; interim participation alone would do with (1 - sqrt(1/3)) / 2 = 0.211.
  it.each(["3/10", "33/100"])("needs no money at any profile at q = %s, less than a third", async (share) => {
    const environment = partnership([share, `${Rational.ONE.subtract(q(share))}`]);
    const found = await bracket(environment, { cells: 10 }, noDeficit);
    expect(found.upper).toEqual(Rational.ZERO);
    // Its routes come out of what is left over, which an exact budget does not have.
    expect(() => exPostMethod.judge(environment, exPost, found.certificate)).toThrow(ContinuumRefuted);
    expect((await bracket(environment, { cells: 16 })).lower.sign).toBe(1);
  });

  it("needs money at q = 6/25", async () => {
    expect((await bracket(partnership(["6/25", "19/25"]), { cells: 16 }, noDeficit)).lower.sign).toBe(1);
  });

  it("is proved by a mechanism that balances exactly, too", async () => {
    const { certificate } = await bracket(partnership(["1/2", "1/2"]), { cells: 6 });
    const zero = { lower: Rational.ZERO, upper: Rational.ZERO };
    expect(exPostMethod.judge(partnership(["1/2", "1/2"]), noDeficit, certificate)).toEqual(zero);
  });

  it("needs none with three equal partners", async () => {
    const found = await bracket(partnership(["1/3", "1/3", "1/3"]), { cells: 6 }, noDeficit);
    expect(found.upper).toEqual(Rational.ZERO);
  });
});

describe("a divisible good of quadratic worth (KE, Example 5)", () => {
  it.each(["3/10", "2/5", "11/25", "47/100"])("needs outside money at endowment %s", async (endowment) => {
    const found = await bracket(quadraticGood(q(endowment)), { cells: 16 });
    expect(found.lower.sign).toBe(1);
    expect(width(found).compare(q("1/500"))).toBeLessThan(0);
  });

  it("needs none at equal endowments", async () => {
    expect((await bracket(quadraticGood(q("1/2")), { cells: 20 })).upper).toEqual(Rational.ZERO);
  });

  it("has brackets that agree, whatever the mesh", async () => {
    const coarse = await bracket(quadraticGood(q("2/5")), { cells: 7 });
    const finer = await bracket(quadraticGood(q("2/5")), { cells: 15 });
    expect(coarse.lower.compare(finer.upper)).toBeLessThanOrEqual(0);
    expect(finer.lower.compare(coarse.upper)).toBeLessThanOrEqual(0);
    expect(width(finer).multiply(q(3)).compare(width(coarse))).toBeLessThan(0);
  });
});

describe("a unit of money", () => {
  /** A partnership whose types are `from + size t`, t uniform on [0, 1]. */
  const stretched = (share: string, from: Rational, size: Rational): ContinuousEnvironment => {
    const { agents, ...environment } = partnership([share, `${Rational.ONE.subtract(q(share))}`]);
    const to = from.add(size);
    return {
      ...environment,
      agents: agents.map(({ outsideOption, ...agent }) => ({
        ...agent,
        density: PiecewisePolynomial.of(Polynomial.constant(Rational.ONE.divide(size)), from, to),
        outsideOption: PiecewisePolynomial.of(outsideOption.pieces[0], from, to),
      })),
    };
  };

  it.each([
    ["100", "200"],
    ["0", "1000000000"],
    ["-1/1000000000", "1/1000000000"],
  ])("may be of any size: types from %s, as many as %s", async (from, size) => {
    const found = await bracket(stretched("1/5", q(from), q(size)), { cells: 8 });
    expectInside(q(size).divide(q(24)), found);
    expect(width(found).compare(q(size).divide(q(200)))).toBeLessThan(0);
    expect((await bracket(stretched("1/2", q(from), q(size)), { cells: 6 })).upper).toEqual(Rational.ZERO);
  });
});

describe("three agents", () => {
  it("who own a twentieth, a twentieth and the rest need outside money", async () => {
    const found = await bracket(partnership(["1/20", "1/20", "9/10"]), { cells: 6 });
    expect(found.lower.compare(q("2/25"))).toBeGreaterThan(0);
    expect(found.upper.compare(q("1/10"))).toBeLessThan(0);
  });

  it("who are alike have one list of shares", async () => {
    const { certificate, lower, upper } = await bracket(partnership(["1/3", "1/3", "1/3"]), { cells: 4 });
    expect(certificate.upper?.alike).toBe(true);
    // An agent's node, and the multisets of two others': 5 times 15.
    expect(certificate.upper?.shares.map((list) => list.length)).toEqual([75]);
    expect(lower).toEqual(Rational.ZERO);
    expect(upper.compare(q("1/40"))).toBeLessThan(0);
  });

  it("need no money at any profile where every profile gains much", async () => {
    const found = await bracket(partnership(["1/3", "1/3", "1/3"], uniform, 1), { cells: 4 });
    expect(found.upper).toEqual(Rational.ZERO);
    expect(found.certificate.withoutMoney?.routes.map(({ agents }) => agents)).toEqual([
      [0, 1],
      [2, 0],
    ]);
  });
});

describe("random environments", () => {
  it("have brackets whose ends are in order, with either budget", async () => {
    const random = seeded(7);
    let positive = 0;
    for (let k = 0; k < 16; k++) {
      const environment = randomEnvironment(random);
      const exactly = await bracket(environment, { cells: 3 });
      const wasteful = await bracket(environment, { cells: 3 }, noDeficit);
      expect(wasteful.lower.compare(exactly.upper)).toBeLessThanOrEqual(0);
      if (exactly.lower.sign > 0) positive++;
    }
    expect(positive).toBeGreaterThan(2);
  });
});

describe("a question of another kind", () => {
  it.each([
    [{ ic: "ex-post" }, "Bayesian"],
    [{ ir: "interim" }, "participation at every profile"],
    [{ budget: "ex-ante" }, "interim participation"],
    [{ budget: "none" }, "interim participation"],
    [{ objective: "min-worst-subsidy" }, "min-subsidy"],
    [{ objective: "max-surplus" }, "feasibility"],
    [{ allocation: "free" }, "efficient rule"],
    [{ parameters: { neverPaid: "all" } }, "neverPaid"],
  ])("%j is refused in words that go on a sentence", (change, words) => {
    const sentence = exPostMethod.refusal(trade(), { ...exPost, ...change } as Question);
    expect(sentence).toContain(words);
    expect(sentence).toMatch(/^[a-z].*[^.]$/);
  });

  it("feasibility is not", () => {
    expect(exPostMethod.refusal(trade(), { ...exPost, objective: "feasibility" })).toBeUndefined();
  });
});
