import type { PiecewisePolynomial } from "../number/piecewise-polynomial.js";
import type { Polynomial } from "../number/polynomial.js";
import { Rational } from "../number/rational.js";

/**
 * An environment whose types are points of intervals: independent types, private values that are affine in the own type
 * whatever the outcome. Exact: every number is a fraction. (`Continuum` is what a grid's paper formulas know, in doubles.)
 */
export interface ContinuousEnvironment {
  readonly name: string;
  readonly description?: string;
  readonly agents: readonly ContinuousAgent[];
  /** The outcomes, where there are finitely many. */
  readonly outcomes?: readonly ContinuousOutcome[];
  readonly surplus: Surplus;
  /**
   * Where an outside option is no piecewise polynomial with fractions: the same environment with outside options that are at most the true
   * ones. Those of this environment are then at least the true ones. Absent where they are exact.
   */
  readonly roundedDown?: ContinuousEnvironment;
}

/** An agent whose types are all those of an interval. */
export interface ContinuousAgent {
  readonly name: string;
  /** The density of the types, on the interval of types; not negative. With the atoms it integrates to 1. */
  readonly density: PiecewisePolynomial;
  /** Types of positive probability; increasing, inside the interval. */
  readonly atoms: readonly Atom[];
  /** What staying out is worth to each type, on the interval of types; continuous. */
  readonly outsideOption: PiecewisePolynomial;
}

/** A type that has a probability of its own. */
export interface Atom {
  readonly type: Rational;
  readonly probability: Rational;
}

/** An outcome is worth `slopes[i] * type + constants[i]` to agent `i`. */
export interface ContinuousOutcome {
  readonly label: string;
  readonly slopes: readonly Rational[];
  readonly constants: readonly Rational[];
  /** Its resource cost. */
  readonly cost: Rational;
}

/**
 * The surplus of an efficient outcome, `S(t) = max_x sum_i v_i(x, t_i) - c(x)`, known from both sides at rational types.
 * As values are affine in types, `S` is convex.
 */
export interface Surplus {
  /** What it is, in a line that tells it from every other; where there are finitely many outcomes they do. */
  readonly formula?: string;
  /** Whether `S` is the same when any two agents' types change places; absent where that is not known. */
  readonly symmetric?: boolean;
  /** The polynomial of the highest type that `S` is, where it is one. */
  readonly highestType?: Polynomial;
  /** At least `S(types)`: itself where it is a fraction, else rounded upwards. */
  above(types: readonly Rational[]): Rational;
  /**
   * The surplus of one outcome that is efficient at these types (or nearly so, where efficient ones are no fractions):
   * for all types `t`, `S(t) >= value + sum_i slopes[i] (t_i - types[i])`.
   */
  tangent(types: readonly Rational[]): Tangent;
}

/** An affine function that the surplus is nowhere below: its value at a profile, and its slope in each agent's type. */
export interface Tangent {
  readonly value: Rational;
  readonly slopes: readonly Rational[];
}

/** The surplus where there are finitely many outcomes; of several efficient ones the first. */
export function finiteSurplus(outcomes: readonly ContinuousOutcome[]): Surplus {
  const fixed = outcomes.map(({ constants, cost }) => Rational.sum(constants).subtract(cost));
  const tangent = (types: readonly Rational[]): Tangent => {
    const worth = outcomes.map(({ slopes }, x) =>
      types.reduce((sum, type, i) => sum.add(slopes[i].multiply(type)), fixed[x]),
    );
    const best = worth.reduce((found, value, x) => (value.compare(worth[found]) > 0 ? x : found), 0);
    return { value: worth[best], slopes: outcomes[best].slopes };
  };
  return { above: (types) => tangent(types).value, tangent };
}
