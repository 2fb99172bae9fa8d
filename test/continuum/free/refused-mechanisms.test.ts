import { beforeAll, describe, expect, it } from "vitest";
import type {
  DominantCertificate,
  DominantMechanism,
  ExPostCertificate,
  ExPostMechanism,
  ExpectationCertificate,
} from "../../../src/continuum/free/certificate.js";
import { judgeDominant } from "../../../src/continuum/free/dominant-judge.js";
import { judgeExPost } from "../../../src/continuum/free/ex-post-judge.js";
import { judgeExpectation } from "../../../src/continuum/free/expectation-judge.js";
import { findDominant } from "../../../src/continuum/free/find-dominant.js";
import { findExPost } from "../../../src/continuum/free/find-ex-post.js";
import { TwoAgents } from "../../../src/continuum/free/two-agents.js";
import { ContinuumRefuted } from "../../../src/continuum/method.js";
import { PiecewisePolynomial } from "../../../src/number/piecewise-polynomial.js";
import { Polynomial } from "../../../src/number/polynomial.js";
import type { Rational } from "../../../src/number/rational.js";
import type { Question } from "../../../src/question/question.js";
import {
  environmentOf,
  noDeficit,
  onUnit,
  q,
  revenue,
  secondBestDominant,
  secondBestExPost,
  type Types,
  trade,
} from "./environments.js";

const CELLS = 10;

describe("a mechanism that nearly meets participation and budget at every profile is refused", () => {
  let certificate: ExPostCertificate;
  const two = new TwoAgents(trade, CELLS);
  beforeAll(async () => {
    certificate = await findExPost(two, secondBestExPost, CELLS);
  });

  const judged = (change: (mechanism: ExPostMechanism) => Partial<ExPostMechanism>) => () => {
    const mechanism = certificate.mechanism!;
    return judgeExPost(trade, secondBestExPost, {
      ...certificate,
      mechanism: { ...mechanism, ...change(mechanism) },
    });
  };
  /** More of the first agent's gain on one product of cells, in one of its coefficients. */
  const more = (gains: readonly (readonly Rational[])[], k: number, coefficient: number, amount: Rational) =>
    gains.map((gain, j) => (j === k ? gain.map((c, l) => (l === coefficient ? c.add(amount) : c)) : gain));
  const noTrade = two.product(5, 8);

  it("is accepted as it is", () => {
    expect(judged(() => ({}))().lower).toEqual(q(7, 50));
  });

  /** What is said of a change at a product of cells, wherever there is trade with values above cell 5 and costs below cell 8. */
  const said = (change: (gains: ExPostMechanism["gains"], k: number) => ExPostMechanism["gains"]): string[] =>
    certificate.mechanism!.lotteries.flatMap((lottery, k) => {
      if (lottery === 0 || k < 6 * CELLS || k % CELLS >= 8) return [];
      const judge = judged(({ gains }) => ({ gains: change(gains, k) }));
      expect(judge).toThrow(ContinuumRefuted);
      try {
        judge();
      } catch (error) {
        return [String(error)];
      }
      return [];
    });

  it.each([q(1, 1000), q(-1, 1000)])(
    "if an agent loses at a profile, though not in expectation (%s)",
    (amount) => {
      // Moved around a rectangle of products, gains keep their means for every type.
      const messages = said((gains, k) => {
        const [a, b] = [Math.floor(k / CELLS), k % CELLS];
        const around = [
          [noTrade, amount],
          [two.product(5, b), amount.negate()],
          [two.product(a, 8), amount.negate()],
          [k, amount],
        ] as const;
        return around.reduce((all, [product, by]) => more(all, product, 0, by), gains);
      });
      expect(messages.length).toBeGreaterThan(10);
      expect(messages.every((message) => message.includes("loses"))).toBe(true);
    },
  );

  it("if gains have the right means at the mean types, and not at others", () => {
    for (const coefficient of [1, 2]) {
      const messages = said((gains, k) => more(gains, k, coefficient, q(1, 1000)));
      expect(messages.some((message) => message.includes("rises"))).toBe(true);
    }
  });

  it("if a type expects more than the envelope says", () => {
    const messages = said((gains, k) => more(gains, k, 0, q(1, 1000)));
    expect(messages.some((message) => /is .*, not/.test(message))).toBe(true);
    expect(judged(({ base }) => ({ base: [base[0], base[1].add(q(1, 10))] }))).toThrow(/is .*, not/);
  });

  it("if money is left of an exact budget", () => {
    const left = Array.from({ length: two.productCount }, (_, k) => (k === noTrade ? q(1, 10) : q(0)));
    expect(judged(() => ({ left }))).toThrow(/left/);
  });

  it("if a higher type trades less", () => {
    const worse = (lotteries: ExPostMechanism["lotteries"]) =>
      lotteries.map((lottery, k) => (Math.floor(k / CELLS) === CELLS - 1 ? 0 : lottery));
    expect(judged(({ lotteries }) => ({ lotteries: worse(lotteries) }))).toThrow();
  });
});

describe("a mechanism in which truth is best is refused", () => {
  let certificate: DominantCertificate;
  const two = new TwoAgents(trade, 4);
  beforeAll(async () => {
    certificate = await findDominant(two, secondBestDominant, 4);
  });
  const judged = (question: Question, change: Partial<DominantMechanism>) => () =>
    judgeDominant(trade, question, { ...certificate, mechanism: { ...certificate.mechanism!, ...change } });

  it("if a budget does not balance, exactly or at all", () => {
    const raised = (by: Rational) =>
      certificate.mechanism!.base.map((list, i) =>
        list.map((u, other) => (i === 0 && other === 3 ? u.add(by) : u)),
      );
    expect(judged(secondBestDominant, {})().lower).toEqual(q(1, 8));
    expect(judged(secondBestDominant, { base: raised(q(1, 10)) })).toThrow(/payments/);
    expect(judged(noDeficit(secondBestDominant), { base: raised(q(1, 10)) })).toThrow(/payments/);
    expect(judged(secondBestDominant, { base: raised(q(-1, 10)) })).toThrow(/loses/);
  });

  it("if a lottery falls in the own type", () => {
    const lotteries = certificate.mechanism!.lotteries.map((lottery, k) =>
      k === two.product(3, 0) ? 0 : lottery,
    );
    expect(judged(secondBestDominant, { lotteries })).toThrow(/falls/);
  });
});

describe("a proof without cells is refused", () => {
  const oneBuyer = (types: Types) =>
    environmentOf(
      [
        ["nothing", [0]],
        ["sale", [1]],
      ],
      [types],
    );
  const atOnce = (type: Rational): ExpectationCertificate => {
    const price = { money: q(1), participation: [[{ type, weight: q(1) }]] };
    return { kind: "free-interim", bound: price, rules: [{ probability: q(1), price }] };
  };

  it("where virtual values fall, where densities are no steps, and where participation does not bind", () => {
    const falling = new PiecewisePolynomial(
      [q(0), q(1, 2), q(1)],
      [Polynomial.constant(q(8, 5)), Polynomial.constant(q(2, 5))],
    );
    expect(judgeExpectation(oneBuyer({}), revenue, atOnce(q(0)))).toEqual({ lower: q(1, 4), upper: q(1, 4) });
    expect(() => judgeExpectation(oneBuyer({ density: falling }), revenue, atOnce(q(0)))).toThrow(/decrease/);
    expect(() => judgeExpectation(oneBuyer({ density: onUnit(q(0), q(2)) }), revenue, atOnce(q(0)))).toThrow(
      /piecewise/,
    );
    expect(() => judgeExpectation(oneBuyer({}), revenue, atOnce(q(1)))).toThrow(/does not bind/);
  });
});
