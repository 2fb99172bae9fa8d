import fc from "fast-check";
import {
  type ContinuousEnvironment,
  finiteSurplus,
} from "../../../src/environment/continuous-environment.js";
import { PiecewisePolynomial } from "../../../src/number/piecewise-polynomial.js";
import { Polynomial } from "../../../src/number/polynomial.js";
import { Rational } from "../../../src/number/rational.js";
import { defaultQuestion, type Question } from "../../../src/question/question.js";

export const q = (n: number | bigint, d: number | bigint = 1): Rational => Rational.of(n, d);

/** On `[0, 1]`, coefficients lowest degree first. */
export const onUnit = (...coefficients: Rational[]): PiecewisePolynomial =>
  PiecewisePolynomial.of(new Polynomial(coefficients), q(0), q(1));

export type Outcome = readonly [label: string, slopes: readonly number[], cost?: Rational];
export type Types = {
  readonly density?: PiecewisePolynomial;
  readonly outsideOption?: PiecewisePolynomial;
  readonly atoms?: ContinuousEnvironment["agents"][number]["atoms"];
};

export function environmentOf(outcomes: readonly Outcome[], agents: readonly Types[]): ContinuousEnvironment {
  const list = outcomes.map(([label, slopes, cost = q(0)]) => ({
    label,
    slopes: slopes.map((s) => q(s)),
    constants: slopes.map(() => q(0)),
    cost,
  }));
  return {
    name: "test",
    agents: agents.map(({ density = onUnit(q(1)), outsideOption = onUnit(), atoms = [] }, i) => ({
      name: `agent ${i + 1}`,
      density,
      atoms,
      outsideOption,
    })),
    outcomes: list,
    surplus: finiteSurplus(list),
  };
}

/** A buyer of value `t_1` and a seller of cost `t_2`. */
export const tradeWith = (buyer: Types, seller: Types): ContinuousEnvironment =>
  environmentOf(
    [
      ["no trade", [0, 0]],
      ["trade", [1, -1]],
    ],
    [buyer, seller],
  );
export const trade = tradeWith({}, {});

export const auction = (bidders: number): ContinuousEnvironment =>
  environmentOf(
    [
      ["nobody", new Array<number>(bidders).fill(0)],
      ...Array.from(
        { length: bidders },
        (_, i): Outcome => [`agent ${i + 1}`, Array.from({ length: bidders }, (_, j) => (i === j ? 1 : 0))],
      ),
    ],
    new Array<Types>(bidders).fill({}),
  );

/** Two partners of whom one gets all; the first owns `share` of it. */
export const partnership = (share: Rational): ContinuousEnvironment =>
  environmentOf(
    [
      ["first", [1, 0]],
      ["second", [0, 1]],
    ],
    [{ outsideOption: onUnit(q(0), share) }, { outsideOption: onUnit(q(0), q(1).subtract(share)) }],
  );

const ask = (question: Partial<Question>): Question => ({
  ...defaultQuestion,
  allocation: "free",
  ...question,
});
export const secondBest = ask({ objective: "max-gains" });
export const revenue = ask({ objective: "max-surplus", budget: "none" });
export const secondBestExPost = ask({ objective: "max-gains", ir: "ex-post" });
export const secondBestDominant = ask({ objective: "max-gains", ir: "ex-post", ic: "dominant" });
export const leastSubsidy = ask({});
export const noDeficit = (question: Question): Question => ({ ...question, balance: "no-deficit" });

const small = (most: number) => fc.integer({ min: -most, max: most });
/** Densities on `[0, 1]` that are positive inside: a random polynomial's square plus a constant, scaled; or with a jump. */
export const density: fc.Arbitrary<PiecewisePolynomial> = fc.oneof(
  fc.constant(onUnit(q(1))),
  fc.constant(onUnit(q(0), q(2))),
  fc.tuple(small(3), small(3), fc.integer({ min: 0, max: 2 })).map(([a, b, c]) => {
    const square = Polynomial.affine(q(a), q(b));
    const piece = square.times(square).plus(Polynomial.constant(q(c, 2)));
    const height = piece.isZero ? Polynomial.ONE : piece;
    return PiecewisePolynomial.of(height.scaled(q(1).divide(height.integral(q(0), q(1)))), q(0), q(1));
  }),
  fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 9 })).map(([k, left]) => {
    const node = q(k, 6);
    const low = q(left, 10).divide(node);
    const high = q(10 - left, 10).divide(q(1).subtract(node));
    return new PiecewisePolynomial([q(0), node, q(1)], [Polynomial.constant(low), Polynomial.constant(high)]);
  }),
);

/** Affine on two pieces, continuous. */
export const affineOption: fc.Arbitrary<PiecewisePolynomial> = fc.oneof(
  { weight: 2, arbitrary: fc.constant(onUnit()) },
  {
    weight: 1,
    arbitrary: fc.tuple(small(2), small(4), small(4)).map(([level, first, second]) => {
      const left = Polynomial.affine(q(level, 20), q(first, 4));
      const right = Polynomial.affine(left.at(q(1, 2)).subtract(q(second, 8)), q(second, 4));
      return new PiecewisePolynomial([q(0), q(1, 2), q(1)], [left, right]);
    }),
  },
);

export const outcomesFor = (agents: number): fc.Arbitrary<Outcome[]> =>
  fc
    .array(
      fc.tuple(fc.array(small(2), { minLength: agents, maxLength: agents }), fc.integer({ min: 0, max: 4 })),
      {
        minLength: 1,
        maxLength: 3,
      },
    )
    .map((list) => [
      ["nothing", new Array<number>(agents).fill(0)],
      ...list.map(([slopes, cost], x): Outcome => [`outcome ${x}`, slopes, q(cost, 8)]),
    ]);
