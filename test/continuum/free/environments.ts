import { type ContinuousEnvironment, finiteSurplus } from "../../../src/environment/continuous-environment.js";
import { PiecewisePolynomial } from "../../../src/number/piecewise-polynomial.js";
import { Polynomial } from "../../../src/number/polynomial.js";
import { Rational } from "../../../src/number/rational.js";

export const q = (n: number | bigint, d: number | bigint = 1): Rational => Rational.of(n, d);

/** On `[0, 1]`, coefficients lowest degree first. */
export const onUnit = (...coefficients: Rational[]): PiecewisePolynomial =>
  PiecewisePolynomial.of(new Polynomial(coefficients), q(0), q(1));

type Outcome = readonly [label: string, slopes: readonly number[], cost?: number];

export function environmentOf(
  outcomes: readonly Outcome[],
  agents: readonly { density?: PiecewisePolynomial; outsideOption?: PiecewisePolynomial }[],
): ContinuousEnvironment {
  const list = outcomes.map(([label, slopes, cost = 0]) => ({
    label,
    slopes: slopes.map((s) => q(s)),
    constants: slopes.map(() => q(0)),
    cost: q(cost),
  }));
  return {
    name: "test",
    agents: agents.map(({ density = onUnit(q(1)), outsideOption = onUnit() }, i) => ({
      name: `agent ${i + 1}`,
      density,
      atoms: [],
      outsideOption,
    })),
    outcomes: list,
    surplus: finiteSurplus(list),
  };
}

export const trade = environmentOf(
  [
    ["no trade", [0, 0]],
    ["trade", [1, -1]],
  ],
  [{}, {}],
);

export const auction = (bidders: number): ContinuousEnvironment =>
  environmentOf(
    [
      ["nobody", new Array<number>(bidders).fill(0)],
      ...Array.from({ length: bidders }, (_, i): Outcome => [
        `agent ${i + 1}`,
        Array.from({ length: bidders }, (_, j) => (i === j ? 1 : 0)),
      ]),
    ],
    new Array(bidders).fill({}),
  );
