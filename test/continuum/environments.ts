import {
  type Atom,
  type ContinuousAgent,
  type ContinuousEnvironment,
  type ContinuousOutcome,
  finiteSurplus,
} from "../../src/environment/continuous-environment.js";
import { PiecewisePolynomial } from "../../src/number/piecewise-polynomial.js";
import { Polynomial } from "../../src/number/polynomial.js";
import type { Rational } from "../../src/number/rational.js";
import { parseRational } from "../../src/number/rational-text.js";

/** A number of a test: `3`, or `"1/3"`. */
export type Fraction = number | string;

export const R = (value: Fraction): Rational => parseRational(String(value))!;

export const polynomial = (...coefficients: Fraction[]) => new Polynomial(coefficients.map(R));

/** A density on an interval, by its coefficients. */
export interface Types {
  readonly density?: readonly Fraction[];
  readonly from?: Fraction;
  readonly to?: Fraction;
  readonly atoms?: readonly Atom[];
}

/** The outside option is `outside[0] + outside[1] t`. */
export function agent(name: string, types: Types = {}, outside: readonly Fraction[] = []): ContinuousAgent {
  const { density = [1], from = 0, to = 1, atoms = [] } = types;
  const on = (f: readonly Fraction[]) => PiecewisePolynomial.of(polynomial(...f), R(from), R(to));
  return { name, density: on(density), atoms, outsideOption: on(outside) };
}

/** An outcome by the agents' slopes. */
export function outcome(
  label: string,
  slopes: readonly Fraction[],
  cost: Fraction = 0,
  constants: readonly Fraction[] = slopes.map(() => 0),
): ContinuousOutcome {
  return { label, slopes: slopes.map(R), constants: constants.map(R), cost: R(cost) };
}

export function environmentOf(
  name: string,
  agents: readonly ContinuousAgent[],
  outcomes: readonly ContinuousOutcome[],
): ContinuousEnvironment {
  return { name, agents, outcomes, surplus: finiteSurplus(outcomes) };
}

/** Trade: the seller's type is its cost. */
export function trade(buyer: Types = {}, seller: Types = {}): ContinuousEnvironment {
  const outcomes = [outcome("no trade", [0, 0]), outcome("trade", [1, -1])];
  return environmentOf("trade", [agent("buyer", buyer), agent("seller", seller)], outcomes);
}

/** Partners of a good with their shares; with shares of 0 bidders for it. */
export function partnership(shares: readonly Fraction[], types: Types = {}): ContinuousEnvironment {
  const agents = shares.map((share, i) => agent(`partner ${i + 1}`, types, [0, share]));
  const outcomes = shares.map((_, x) =>
    outcome(
      `to partner ${x + 1}`,
      shares.map((_, i) => (i === x ? 1 : 0)),
    ),
  );
  return environmentOf("partnership", agents, outcomes);
}

/** A public good that costs so much. */
export function publicGood(n: number, cost: Fraction, types: readonly Types[] = []): ContinuousEnvironment {
  const all = Array.from({ length: n }, (_, i) => i);
  const agents = all.map((i) => agent(`agent ${i + 1}`, types[i]));
  const outcomes = [
    outcome(
      "not built",
      all.map(() => 0),
    ),
    outcome(
      "built",
      all.map(() => 1),
      cost,
    ),
  ];
  return environmentOf("public good", agents, outcomes);
}
