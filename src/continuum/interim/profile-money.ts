import type { ContinuousEnvironment } from "../../environment/continuous-environment.js";
import { PiecewisePolynomial } from "../../number/piecewise-polynomial.js";
import { Polynomial } from "../../number/polynomial.js";
import { Rational } from "../../number/rational.js";
import { leastMaximum } from "./expected-maximum.js";
import { planeForms } from "./expected-surplus.js";
import type { PlaneForm } from "./upper-envelope.js";

/** The outside money of a Groves mechanism over all profiles: the infimum is at least `lower`, the supremum at most `upper`. */
export interface MoneyRange {
  readonly lower?: Rational;
  readonly upper?: Rational;
}

/**
 * For two agents and each type of one the least that the surplus leaves beyond the other's outside option:
 * `[t_2 -> min over t_1 (S - u_1), t_1 -> min over t_2 (S - u_2)]`.
 */
export function leastLeft(environment: ContinuousEnvironment): [PiecewisePolynomial, PiecewisePolynomial] {
  const [first, second] = environment.agents;
  const interval = ({ density }: typeof first) => [density.from, density.to] as const;
  return [
    leastMaximum(planeForms(environment, 1), interval(second), first.outsideOption),
    leastMaximum(planeForms(environment, 0), interval(first), second.outsideOption),
  ];
}

/** `S(t) - m_1(t_2) - m_2(t_1)`, both `m` affine by pieces. */
export function moneyBeyond(
  environment: ContinuousEnvironment,
  [m1, m2]: readonly [PiecewisePolynomial, PiecewisePolynomial],
): MoneyRange {
  const left = leastMaximum(planeForms(environment, 1), [m1.from, m1.to], m2).minus(m1);
  // On a rectangle between nodes S is convex and both m affine: the largest difference is at a corner.
  const corners = m2.nodes.flatMap((t1) =>
    m1.nodes.map((t2) => environment.surplus.above([t1, t2]).subtract(m1.at(t2)).subtract(m2.at(t1))),
  );
  return { lower: extreme(left, Rational.minimum), upper: corners.reduce(Rational.maximum) };
}

/** `(n - 1) S(t)` for every type of everybody. */
export function moneyOfConstants(environment: ContinuousEnvironment): MoneyRange {
  const { agents } = environment;
  const others = Rational.of(agents.length - 1);
  const least = leastSurplus(environment);
  return {
    ...(least && { lower: least.multiply(others) }),
    ...(agents.length <= 12 && { upper: largestSurplus(environment).multiply(others) }),
  };
}

/** At most the least surplus of all profiles; itself for two agents. */
function leastSurplus(environment: ContinuousEnvironment): Rational | undefined {
  const { agents, outcomes } = environment;
  if (!outcomes) return undefined;
  if (agents.length === 2) {
    const [{ density }, other] = agents;
    const nothing = PiecewisePolynomial.of(Polynomial.ZERO, other.density.from, other.density.to);
    const forms: PlaneForm[] = planeForms(environment, 0);
    return extreme(leastMaximum(forms, [density.from, density.to], nothing), Rational.minimum);
  }
  // The best of the outcomes at the worst profile for it.
  return outcomes
    .map(({ slopes, constants, cost }) =>
      Rational.sum([
        ...constants,
        cost.negate(),
        ...agents.map(({ density }, i) => slopes[i].multiply(slopes[i].sign > 0 ? density.from : density.to)),
      ]),
    )
    .reduce(Rational.maximum);
}

/** The surplus is convex, so largest at a corner. */
function largestSurplus({ agents, surplus }: ContinuousEnvironment): Rational {
  const corners = agents.reduce<Rational[][]>(
    (all, { density: { from, to } }) =>
      all.flatMap((types) => [
        [...types, from],
        [...types, to],
      ]),
    [[]],
  );
  return corners.map((types) => surplus.above(types)).reduce(Rational.maximum);
}

/** Of a function that is affine by pieces and continuous. */
function extreme(f: PiecewisePolynomial, choose: (a: Rational, b: Rational) => Rational): Rational {
  return f.nodes.map((x) => f.at(x)).reduce(choose);
}
