import { describe, expect, it } from "vitest";
import { interimMethod } from "../../../src/continuum/interim/method.js";
import type { Bracket } from "../../../src/continuum/method.js";
import type { ContinuousEnvironment } from "../../../src/environment/continuous-environment.js";
import { Rational } from "../../../src/number/rational.js";
import { defaultQuestion, type Question } from "../../../src/question/question.js";
import { RandomSource } from "../../generator/random-source.js";
import {
  agent,
  environmentOf,
  type Fraction,
  outcome,
  partnership,
  polynomial,
  publicGood,
  R,
  trade,
} from "../environments.js";
import { integral } from "./quadrature.js";

/** The bracket that the judge proves, of what the method finds. */
async function answer(environment: ContinuousEnvironment, asked: Partial<Question> = {}): Promise<Bracket> {
  const question = { ...defaultQuestion, ...asked };
  expect(interimMethod.refusal(environment, question)).toBeUndefined();
  const { bracket, certificate } = await interimMethod.find(environment, question, {});
  const judged = interimMethod.judge(environment, question, certificate);
  expect(judged).toEqual(bracket);
  return judged;
}

const exactly = (value: Fraction): Bracket => ({ lower: R(value), upper: R(value) });

const growing = { density: [0, 2] };

describe("trade between continuous types", () => {
  it("needs 1/6 with uniform types (Myerson and Satterthwaite 1983), 1/4 and 2/15 with distributions t^2", async () => {
    expect(await answer(trade())).toEqual(exactly("1/6"));
    expect(await answer(trade(growing))).toEqual(exactly("1/4"));
    expect(await answer(trade(growing, growing))).toEqual(exactly("2/15"));
  });

  it("needs the same whenever the budget is asked, exactly or at least, and at the worst profile", async () => {
    for (const budget of ["ex-ante", "ex-post"] as const)
      for (const balance of ["exact", "no-deficit"] as const)
        for (const objective of ["min-subsidy", "min-worst-subsidy", "feasibility"] as const)
          expect(await answer(trade(), { budget, balance, objective })).toEqual(exactly("1/6"));
    expect(await answer(trade(), { budget: "none" })).toEqual(exactly(0));
  });

  it("is the same question when the seller's type is what keeping the good is worth to it", async () => {
    const agents = [agent("buyer"), agent("seller", {}, [0, 1])];
    const outcomes = [outcome("no trade", [0, 1]), outcome("trade", [1, 0])];
    expect(await answer(environmentOf("trade", agents, outcomes))).toEqual(exactly("1/6"));
  });

  it("needs nothing where participation is asked before types are known", async () => {
    expect(await answer(trade(), { ir: "ex-ante" })).toEqual(exactly(0));
    expect(await answer(trade(), { ir: "ex-ante", balance: "no-deficit", objective: "max-surplus" })).toEqual(
      exactly("1/6"),
    );
  });

  it("costs no more with participation at every profile, if the budget is in expectation", async () => {
    expect(await answer(trade(), { ir: "ex-post", budget: "ex-ante" })).toEqual(exactly("1/6"));
  });

  it("needs nothing between types that are apart, and leaves the gap's money over", async () => {
    const apart = trade({ from: 2, to: 3 }, {});
    expect(await answer(apart)).toEqual(exactly(0));
    expect(await answer(apart, { balance: "no-deficit", objective: "max-surplus" })).toEqual(exactly(1));
    expect(await answer(apart, { objective: "max-surplus" })).toEqual(exactly(0));
    expect(await answer(apart, { objective: "max-gains" })).toEqual(exactly(2));
    // Types that never trade.
    expect(await answer(trade({}, { from: 2, to: 3 }))).toEqual(exactly(0));
  });

  it("is impossible without outside money, whatever else is wanted, and that is proved by the money it needs", async () => {
    const contradiction = { contradiction: R("1/6") };
    for (const objective of ["max-gains", "max-surplus"] as const)
      expect(await answer(trade(), { objective })).toEqual(contradiction);
    expect(await answer(trade(), { objective: "max-gains", budget: "none" })).toEqual(exactly("1/6"));
    expect(await answer(trade(), { objective: "max-surplus", budget: "none" })).toEqual(exactly("-1/6"));
  });

  it("with atoms needs the integral of F_s (1 - F_b), as Myerson and Satterthwaite's formula says without", async () => {
    const mixed = { density: ["1/2"], atoms: [{ type: R("1/2"), probability: R("1/2") }] };
    expect(await answer(trade(mixed, mixed))).toEqual(exactly("5/48"));
    const ends = [0, 1].map((type) => ({ type: R(type), probability: R("1/2") }));
    // Types of probability 0 between the atoms must not gain from lying either.
    expect(await answer(trade({ density: [], atoms: ends }, { density: [], atoms: ends }))).toEqual(
      exactly("1/4"),
    );
  });
});

it("Myerson and Satterthwaite's formula holds to 12 digits for 24 random pairs of polynomial densities", async () => {
  const random = new RandomSource(1983);
  for (let k = 0; k < 24; k++) {
    const [buyer, seller] = [randomTypes(random), randomTypes(random)];
    const { lower, upper } = await answer(trade(buyer, seller));
    const from = Math.max(buyer.start, seller.start);
    const to = Math.min(buyer.end, seller.end);
    const needed = from < to ? integral((x) => seller.below(x) * (1 - buyer.below(x)), [from, to]) : 0;
    expect(Math.abs(lower!.toNumber() - needed)).toBeLessThan(1e-12);
    expect(upper!.subtract(lower!).toNumber()).toBeLessThanOrEqual(1e-15);
  }
});

/** The square of a random polynomial, and something, on a random interval, with its distribution function in doubles. */
function randomTypes(random: RandomSource) {
  const from = Rational.of(random.integer(-4, 4), 4);
  const to = from.add(Rational.of(random.integer(1, 8), 4));
  const root = polynomial(...Array.from({ length: random.integer(1, 3) }, () => random.integer(-3, 3)));
  const shape = root.times(root).plus(polynomial("1/5"));
  const density = shape.scaled(Rational.ONE.divide(shape.integral(from, to)));
  const coefficients = density.coefficients.map((c) => c.toNumber());
  const [start, end] = [from.toNumber(), to.toNumber()];
  const f = (t: number) => coefficients.reduceRight((sum, c) => sum * t + c, 0);
  const below = (x: number) => (x <= start ? 0 : x >= end ? 1 : integral(f, [start, x]));
  return { from: String(from), to: String(to), density: density.coefficients.map(String), start, end, below };
}

describe("partners who dissolve their partnership (Cramton, Gibbons and Klemperer 1987)", () => {
  it("can do so with shares q and 1 - q just when q^2 + (1 - q)^2 <= 2/3", async () => {
    for (const [share, possible] of [
      ["2113/10000", false],
      ["2114/10000", true],
      ["7886/10000", true],
      ["7887/10000", false],
    ] as const) {
      const { lower, upper } = await answer(partnership([share, String(R(1).subtract(R(share)))]));
      expect([lower!.sign, upper!.sign]).toEqual(possible ? [0, 0] : [1, 1]);
    }
    expect(await answer(partnership(["1/2", "1/2"]))).toEqual(exactly(0));
    expect(await answer(partnership([1, 0]))).toEqual(exactly("1/6"));
  });

  it("can do so just for the shares of their formula, to 4 digits, with 2, 3 and 4 partners", async () => {
    for (const n of [2, 3, 4]) {
      // Their condition (D), with the types v_i = F^-1(r_i^(1/(n-1))) that are worst off, for uniform types.
      const left = (shares: readonly number[]) =>
        shares.reduce((sum, r) => {
          const v = r ** (1 / (n - 1));
          const weight = (u: number) => u * (n - 1) * u ** (n - 2);
          return sum + integral((u) => (1 - u) * weight(u), [v, 1]) - integral((u) => u * weight(u), [0, v]);
        }, 0);
      const others = (q: number) => Array.from({ length: n }, (_, i) => (i === 0 ? q : (1 - q) / (n - 1)));
      let [possible, impossible] = [1 / n, 1];
      while (impossible - possible > 1e-9) {
        const q = (possible + impossible) / 2;
        if (left(others(q)) >= 0) possible = q;
        else impossible = q;
      }
      const at = (q: number) => {
        const share = Rational.of(Math.round(q * 1e5), 1e5);
        const rest = Rational.ONE.subtract(share).divide(Rational.of(n - 1));
        return answer(partnership([String(share), ...new Array(n - 1).fill(String(rest))]));
      };
      expect((await at(possible - 2e-5)).upper).toEqual(R(0));
      expect((await at(possible + 2e-5)).lower!.sign).toBe(1);
    }
  });
});

describe("bidders for a good", () => {
  it("pay the second highest type in expectation, (n - 1)/(n + 1), when the best one gets it", async () => {
    for (const n of [2, 3, 5])
      for (const ir of ["interim", "ex-post"] as const)
        expect(
          await answer(partnership(new Array(n).fill(0)), { objective: "max-surplus", budget: "none", ir }),
        ).toEqual(exactly(`${n - 1}/${n + 1}`));
  });
});

describe("a public good", () => {
  it("of cost n/2 needs the outside money that the sum's law says, for 2 to 6 uniform agents", async () => {
    for (const n of [2, 3, 4, 5, 6]) {
      const cost = n / 2;
      // E S given that one's type is t and the others' sum has the law of Irwin and Hall.
      const given = (t: number) => {
        const points = Array.from({ length: n }, (_, k) => k);
        const cut = [...points, cost - t].filter((x) => x >= cost - t && x <= n - 1).sort((a, b) => a - b);
        return cut.length < 2 ? 0 : integral((s) => (t + s - cost) * irwinHall(n - 1, s), cut);
      };
      const surplus = integral(given, [0, 0.5, 1]);
      const needed = (n - 1) * surplus - n * given(0);
      const { lower, upper } = await answer(publicGood(n, String(Rational.fromDouble(cost))));
      expect(lower).toEqual(upper);
      expect(Math.abs(lower!.toNumber() - needed)).toBeLessThan(1e-12);
    }
  });

  it("that is worth less than it costs to nobody but all together is built by nobody's money", async () => {
    // Two agents, cost 1: S = (t_1 + t_2 - 1)+, E S = 1/6, and the lowest type gets nothing of it.
    expect(await answer(publicGood(2, 1))).toEqual(exactly("1/6"));
    expect(await answer(publicGood(2, 3))).toEqual(exactly(0));
  });
});

/** The density of the sum of `n` uniform types. */
function irwinHall(n: number, s: number): number {
  let sum = 0;
  let binomial = 1;
  for (let k = 0; k <= Math.floor(s) && k <= n; k++) {
    sum += (k % 2 === 0 ? 1 : -1) * binomial * (s - k) ** (n - 1);
    binomial *= (n - k) / (k + 1);
  }
  return sum / Array.from({ length: n - 1 }, (_, k) => k + 1).reduce((product, k) => product * k, 1);
}

describe("Groves' payments, incentives at every profile", () => {
  const strict = { ic: "dominant", ir: "ex-post" } as const;

  it("need 1/6 for trade, at every profile the gains from trade", async () => {
    expect(await answer(trade(), strict)).toEqual(exactly("1/6"));
    expect(await answer(trade(), { ...strict, budget: "ex-ante" })).toEqual(exactly("1/6"));
    expect(await answer(trade(), { ic: "ex-post" })).toEqual(exactly("1/6"));
  });

  it("never dissolve a partnership of two without the whole gains, whatever the shares, if nobody may lose at any profile", async () => {
    for (const [q, gains] of [
      [0, "1/6"],
      ["1/5", "1/6"],
      ["1/2", "1/6"],
    ] as const)
      expect(await answer(partnership([q, String(R(1).subtract(R(q)))]), strict)).toEqual(exactly(gains));
  });

  it("leave money over in an auction: no deficit is possible, an exact budget is left open", async () => {
    const bidders = partnership([0, 0]);
    expect(await answer(bidders, { ...strict, balance: "no-deficit" })).toEqual(exactly(0));
    const { lower, upper } = await answer(bidders, strict);
    expect([lower, upper!.sign]).toEqual([R(0), 1]);
  });
});

it("without incentives agents are left with their outside options", async () => {
  expect(await answer(trade(), { ic: "none", balance: "no-deficit", objective: "max-surplus" })).toEqual(
    exactly("1/6"),
  );
});
