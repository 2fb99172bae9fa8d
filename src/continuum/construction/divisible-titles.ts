import type { ContinuousEnvironment, Surplus } from "../../environment/continuous-environment.js";
import { greatestValue } from "../../number/greatest-value.js";
import { PiecewisePolynomial } from "../../number/piecewise-polynomial.js";
import { PiecewiseQuotient } from "../../number/piecewise-quotient.js";
import { Polynomial } from "../../number/polynomial.js";
import { Rational } from "../../number/rational.js";
import { expectedSurplus } from "../interim/expected-surplus.js";
import type { Enclosure } from "../interim/surplus-on-mesh.js";
import { AffineForm } from "./affine-form.js";
import { affine, type Expression, ofType, sum } from "./expression.js";
import { NotCovered } from "./ground.js";
import { ranked } from "./ranked.js";
import { centre } from "./simplex.js";
import { SimplexPolynomial } from "./simplex-polynomial.js";

/** Cells of the mesh on which lump sums are enclosed. */
const CELLS = 16;
/** Places at which the surplus is looked at for each mean. */
const LOOKS = 16;
/** Cells on which expected surpluses are enclosed. */
const FINE = 40;

const MINUS_ONE = Rational.of(-1);
const HALF = Rational.of(1, 2);

/** A number that lies between two. */
export interface Between {
  readonly lower: Rational;
  readonly upper: Rational;
}

/** A function of profiles that lies between two. */
export interface EnclosedExpression {
  readonly below: Expression;
  readonly above: Expression;
}

/** M2 or M3 with `k = 1` where outcomes are a continuum: everything between two ends. */
export interface EnclosedTitle {
  readonly payoffs: readonly EnclosedExpression[];
  /** `E[S | t_i]`, and for each agent the constant that its expected payoff has besides. */
  readonly interim: readonly Enclosure[];
  readonly constants: readonly Between[];
  readonly meanSurplus: Between;
}

/**
 * M2 (title to the highest type) and M3 (to the lowest) with `k = 1` for two agents of uniform types and a symmetric surplus
 * that is known by values and tangents. The lump sum at a type is
 *
 *   `E[S(t, b)] - E[S(a, b)] / 2`, `a` and `b` being the types that lose against all up to `t`,
 *
 * Ke (8) and (9) integrated. With `a = end + x (t - end)`, `x` uniform on [0, 1], both means are convex in `t`: chords between
 * a mesh's nodes are above them, tangents below. A constant side payment makes both agents' most reluctant types gain equally;
 * `sidePayments: false` leaves it out. Throws NotCovered.
 */
export function divisibleTitle(
  environment: ContinuousEnvironment,
  title: "highest" | "lowest",
  { sidePayments = true } = {},
): EnclosedTitle {
  const { agents, surplus } = environment;
  const [{ density }] = agents;
  const isUniform = agents.every(
    (agent) =>
      agent.atoms.length === 0 &&
      agent.density.pieces.length === 1 &&
      agent.density.pieces[0].degree === 0 &&
      agent.density.from.equals(density.from) &&
      agent.density.to.equals(density.to),
  );
  if (agents.length !== 2) throw new NotCovered("there are not two agents");
  if (!isUniform)
    throw new NotCovered("with a continuum of outcomes uniform types of one interval are covered");
  if (!surplus.symmetric) throw new NotCovered("the surplus is not known to be symmetric");
  const high = title === "highest";
  const lumpSum = enclosedLumpSum(surplus, density.from, density.to, high);
  const { givenOwn, ...mean } = expectedSurplus(environment, FINE);
  const [lower, upper] = [roundedDown(mean.lower), roundedDown(mean.upper.negate()).negate()];
  const side = sidePayments
    ? sidePayment(environment, givenOwn)
    : { lower: Rational.ZERO, upper: Rational.ZERO };
  const sides = [side, { lower: side.upper.negate(), upper: side.lower.negate() }];
  const part = (of: PiecewisePolynomial, agent: number) => ofType(agent, PiecewiseQuotient.of(of), 2);
  const number = (value: Rational) => affine(AffineForm.constant(value, 2));
  const [whole, atMost] = [surplusBelow(surplus), surplusAbove(surplus)];
  const ends = (from: Expression, other: "below" | "above", end: "lower" | "upper") =>
    ranked(2, (agent, [higher, lowest]) => {
      const [winner, loser] = high ? [higher, lowest] : [lowest, higher];
      const own =
        winner === agent
          ? sum(from, [MINUS_ONE, part(lumpSum[other], loser)])
          : part(lumpSum[other === "below" ? "above" : "below"], loser);
      return sum(own, number(sides[agent][end]));
    });
  const below = ends(whole, "above", "lower");
  const above = ends(atMost, "below", "upper");
  return {
    payoffs: below.map((one, i) => ({ below: one, above: above[i] })),
    interim: givenOwn,
    // Who always loses expects the lump sum of its type, E[S(t, b)] - E S / 2.
    constants: sides.map((own) => ({
      lower: own.lower.subtract(upper.multiply(HALF)),
      upper: own.upper.subtract(lower.multiply(HALF)),
    })),
    meanSurplus: { lower, upper },
  };
}

/** Half of what the first agent's most reluctant type has to be paid more than the second one's; 0 where they are alike. */
function sidePayment({ agents }: ContinuousEnvironment, interim: readonly Enclosure[]): Between {
  const [first, second] = agents.map(({ outsideOption }) => outsideOption);
  if (first.minus(second).pieces.every(({ isZero }) => isZero))
    return { lower: Rational.ZERO, upper: Rational.ZERO };
  const width = Rational.of(1n, 10n ** 9n);
  const reluctance = agents.map(({ outsideOption }, i) => ({
    lower: greatestValue(outsideOption.minus(interim[i].above), width).lower,
    upper: greatestValue(outsideOption.minus(interim[i].below), width).upper,
  }));
  return {
    lower: roundedDown(reluctance[0].lower.subtract(reluctance[1].upper).multiply(HALF)),
    upper: roundedDown(reluctance[1].lower.subtract(reluctance[0].upper).multiply(HALF)).negate(),
  };
}

function enclosedLumpSum(surplus: Surplus, from: Rational, to: Rational, high: boolean): Enclosure {
  const width = to.subtract(from).divide(Rational.of(CELLS));
  const nodes = Array.from({ length: CELLS + 1 }, (_, k) => from.add(width.multiply(Rational.of(k))));
  const end = high ? to : from;
  const [own, both] = ([1, 2] as const).map((drawn) =>
    nodes.map((type) => shortened(means(surplus, type, end, drawn), high)),
  );
  const pieces = nodes.slice(1).map((_, k) => {
    const chord = (list: readonly Mean[]) => {
      const slope = list[k + 1].above.subtract(list[k].above).divide(width);
      return Polynomial.affine(list[k].above.subtract(slope.multiply(nodes[k])), slope);
    };
    // The tangent at the node nearer to the end at which the own type and all that lose meet: there it is exact.
    const near = high ? k + 1 : k;
    const tangent = (list: readonly Mean[]) =>
      Polynomial.affine(list[near].below.subtract(list[near].slope.multiply(nodes[near])), list[near].slope);
    return {
      below: tangent(own).minus(chord(both).scaled(HALF)),
      above: chord(own).minus(tangent(both).scaled(HALF)),
    };
  });
  return {
    below: new PiecewisePolynomial(
      nodes,
      pieces.map(({ below }) => below),
    ),
    above: new PiecewisePolynomial(
      nodes,
      pieces.map(({ above }) => above),
    ),
  };
}

/** A mean that lies between two numbers, and a slope of it at the lower one as the type moves. */
interface Mean {
  readonly below: Rational;
  readonly above: Rational;
  readonly slope: Rational;
}

/**
 * In fractions that are short: the bounds outwards, and the slope so that the tangent is lower on the side on which it is
 * used, which is that of types that are further from the end.
 */
function shortened({ below, above, slope }: Mean, high: boolean): Mean {
  const steep = high ? roundedDown(slope.negate()).negate() : roundedDown(slope);
  return { below: roundedDown(below), above: roundedDown(above.negate()).negate(), slope: steep };
}

/** At most the number, by less than 2^-40; the number itself where its denominator is short. */
function roundedDown(value: Rational): Rational {
  const { numerator, denominator } = value;
  if (denominator <= UNIT) return value;
  const scaled = numerator * UNIT;
  return Rational.of(scaled / denominator - (scaled % denominator < 0n ? 1n : 0n), UNIT);
}

const UNIT = 2n ** 40n;

/** Of `S(type, b)`, or where both types are drawn of `S(a, b)`, for types drawn uniformly between an end and the type. */
function means(surplus: Surplus, type: Rational, end: Rational, drawn: 1 | 2): Mean {
  const at = (share: Rational) => end.add(share.multiply(type.subtract(end)));
  const middles = Array.from({ length: LOOKS }, (_, k) => Rational.of(2 * k + 1, 2 * LOOKS));
  const weight = Rational.of(1n, BigInt(LOOKS) ** BigInt(drawn));
  const pairs = (shares: readonly Rational[]) =>
    drawn === 1
      ? shares.map((share) => [Rational.ONE, share])
      : shares.flatMap((first) => shares.map((second) => [first, second]));
  // Tangents in the middles of cells, whose means over the cells are their values there.
  const tangents = pairs(middles).map((shares) => ({ shares, ...surplus.tangent(shares.map(at)) }));
  const corners = Array.from({ length: LOOKS + 1 }, (_, k) => Rational.of(k, LOOKS));
  const weightOf = (share: Rational) => (share.isZero || share.equals(Rational.ONE) ? HALF : Rational.ONE);
  const above = pairs(corners).map((shares) => {
    const value = surplus.above(shares.map(at));
    return (drawn === 1 ? shares.slice(1) : shares).reduce(
      (sofar, share) => sofar.multiply(weightOf(share)),
      value,
    );
  });
  return {
    below: Rational.sum(tangents.map(({ value }) => value)).multiply(weight),
    above: Rational.sum(above).multiply(weight),
    slope: Rational.sum(
      tangents.map(({ shares, slopes }) => slopes[0].multiply(shares[0]).add(slopes[1].multiply(shares[1]))),
    ).multiply(weight),
  };
}

/** The tangent in the middle of a simplex is below the surplus on all of it. */
function surplusBelow(surplus: Surplus): Expression {
  return {
    crossing: () => undefined,
    on: (simplex) => {
      const middle = centre(simplex);
      const { value, slopes } = surplus.tangent(middle);
      const values = simplex.corners.map((corner) =>
        corner.reduce((total, x, i) => total.add(slopes[i].multiply(x.subtract(middle[i]))), value),
      );
      return fraction(SimplexPolynomial.ofCorners(values));
    },
    at: (types) => surplus.tangent(types).value,
  };
}

/** The affine function through its values at the corners is above the surplus. */
function surplusAbove(surplus: Surplus): Expression {
  return {
    crossing: () => undefined,
    on: ({ corners }) =>
      fraction(SimplexPolynomial.ofCorners(corners.map((corner) => surplus.above(corner)))),
    at: (types) => surplus.above(types),
  };
}

function fraction(numerator: SimplexPolynomial) {
  return { numerator, denominator: SimplexPolynomial.constant(Rational.ONE, numerator.corners) };
}
