import { Rational } from "../../number/rational.js";
import type { Expression, SimplexFraction } from "./expression.js";
import { type Box, between, centre, cutAlong, halves, type Simplex, simplicesOf } from "./simplex.js";

/** What is proved of the greatest lower bound of an expression on a box. */
export interface LeastValue {
  /** No value is below it; undefined where none is known. */
  readonly above: Rational | undefined;
  /** Values come as near to it as one likes. */
  readonly below: Rational;
  /** If that is negative, a profile off all boundaries with a negative value, in short fractions. */
  readonly witness: { readonly value: Rational; readonly types: readonly Rational[] } | undefined;
  /** Whether the expression is 0 everywhere but on boundaries. */
  readonly isZero: boolean;
}

/** Halves that are looked at before the enclosure is left as it is. */
const MOST_HALVES = 600;
/** And after a negative value was found, to say how negative values are at most. */
const MORE_HALVES = 100;
/** Simplices to begin with; beyond it nothing is tried. */
const MOST_SIMPLICES = 5000;
/** An enclosure of a negative least value as narrow as this, relative to it, is narrow enough. */
const NARROW = 1 / 200;

/**
 * Encloses the least value of an expression on a box, or proves that none is negative: on simplices on which it is one
 * quotient, from Bernstein coefficients, halving the simplex that is worst. Values on boundaries are limits from inside.
 * Where the expression itself is known from two sides, `upper` is the other one. Undefined where there are too many simplices.
 */
export function leastValue(expression: Expression, box: Box, upper = expression): LeastValue | undefined {
  const settled = settledSimplices(expression, box);
  if (!settled) return undefined;
  const bounded = (simplex: Simplex) => boundsOn(simplex, expression, upper);
  const open = settled.map(bounded);
  const isZero = open.every(({ isZero }) => isZero);
  let found = open.map((part) => part.found).reduce(smaller);
  let refuted = 0;
  for (let round = 0; round < MOST_HALVES; round++) {
    // Which one is halved proves nothing, so doubles may choose it.
    const worst = open.reduce((k, part, j) => (part.order < open[k].order ? j : k), 0);
    const least = found.value.toNumber();
    if (
      least >= 0
        ? !isNegative(open[worst])
        : ++refuted > MORE_HALVES || least - open[worst].order <= -least * NARROW
    )
      break;
    const [first, second] = split(open[worst], bounded);
    open[worst] = first;
    open.push(second);
    found = smaller(found, smaller(first.found, second.found));
  }
  return {
    above: open.reduce(lower).below,
    below: found.value,
    witness: found.value.sign < 0 ? profileNear(upper, box, found) : undefined,
    isZero,
  };
}

/**
 * The halves of a simplex. Where it is 0 at a corner, small copies of it there are no better than itself, but narrow ones may
 * be: so that corner is left whole, if that is the better way.
 */
function split(part: Bounded, bounded: (simplex: Simplex) => Bounded): readonly [Bounded, Bounded] {
  const [first, second] = halves(part.simplex)!.map(bounded);
  const others = part.simplex.corners.flatMap((_, k) => (part.isZeroAt[k] ? [] : [k]));
  const across = others.length < part.simplex.corners.length ? halves(part.simplex, others) : undefined;
  if (!across) return [first, second];
  const [left, right] = across.map(bounded);
  return lower(lower(first, second), lower(left, right)).below === lower(first, second).below
    ? [left, right]
    : [first, second];
}

/** Simplices that fill the box, on each of which the expression is one quotient; undefined where there are too many. */
export function settledSimplices(expression: Expression, box: Box): Simplex[] | undefined {
  const settled: Simplex[] = [];
  const rest = simplicesOf(box);
  for (let simplex = rest.pop(); simplex; simplex = rest.pop()) {
    if (settled.length + rest.length > MOST_SIMPLICES) return undefined;
    const form = expression.crossing(simplex);
    if (form) rest.push(...cutAlong(simplex, form));
    else settled.push(simplex);
  }
  return settled;
}

function isNegative({ below }: Bounded): boolean {
  return below === undefined || below.sign < 0;
}

interface Bounded {
  readonly simplex: Simplex;
  readonly isZero: boolean;
  readonly isZeroAt: readonly boolean[];
  readonly below: Rational | undefined;
  /** The same as a double. */
  readonly order: number;
  readonly found: Found;
}

interface Found {
  readonly value: Rational;
  readonly types: readonly Rational[];
  readonly simplex: Simplex;
}

function boundsOn(simplex: Simplex, expression: Expression, upper: Expression): Bounded {
  const fraction = expression.on(simplex);
  const above = upper === expression ? fraction : upper.on(simplex);
  const below = lowerBound(fraction);
  return {
    simplex,
    isZero: fraction.numerator.isZero && above.numerator.isZero,
    isZeroAt: simplex.corners.map((_, k) => fraction.numerator.atCorner(k).isZero),
    below,
    order: below ? below.toNumber() : Number.NEGATIVE_INFINITY,
    found: leastSample(above, simplex),
  };
}

/** A quotient with a positive denominator is a mean of the quotients of Bernstein coefficients. */
function lowerBound({ numerator, denominator }: SimplexFraction): Rational | undefined {
  const degree = Math.max(numerator.degree, denominator.degree);
  const [above, below] = [numerator.raisedTo(degree), denominator.raisedTo(degree)];
  if (below.isZero || !below.hasNoNegative) return undefined;
  for (const key of above.keys)
    if (above.coefficient(key).sign < 0 && below.coefficient(key).isZero) return undefined;
  return Array.from(below.keys, (key) => above.coefficient(key).divide(below.coefficient(key))).reduce(
    Rational.minimum,
  );
}

/** The least value at the corners and in the middle. */
function leastSample({ numerator, denominator }: SimplexFraction, simplex: Simplex): Found {
  const middle = {
    value: valueAtCentre(numerator).divide(valueAtCentre(denominator)),
    types: centre(simplex),
  };
  const corners = simplex.corners.flatMap((types, k) => {
    const below = denominator.atCorner(k);
    return below.isZero ? [] : [{ value: numerator.atCorner(k).divide(below), types }];
  });
  return corners.reduce<Found>((a, b) => smaller(a, { ...b, simplex }), { ...middle, simplex });
}

function smaller<T extends { readonly value: Rational }>(a: T, b: T): T {
  return b.value.compare(a.value) < 0 ? b : a;
}

function lower(a: Bounded, b: Bounded): Bounded {
  if (!a.below || !b.below) return a.below ? b : a;
  return b.below.compare(a.below) < 0 ? b : a;
}

/** A profile off all boundaries at which the value is at least half as low as the limit that was found, in fractions as short as can be. */
function profileNear(
  expression: Expression,
  box: Box,
  { value, types, simplex }: Found,
): LeastValue["witness"] {
  const wanted = value.multiply(ENOUGH);
  const accepted = (point: readonly Rational[]) => {
    if (point.some((x, i) => x.compare(box[i].from) < 0 || x.compare(box[i].to) > 0)) return undefined;
    const there = expression.at(point);
    return there && there.compare(wanted) <= 0 ? { value: there, types: point } : undefined;
  };
  for (let denominator = 1; denominator <= LONGEST_DENOMINATOR; denominator++) {
    const scale = Rational.of(denominator);
    const near = accepted(types.map((x) => nearestInteger(x.multiply(scale)).divide(scale)));
    if (near) return near;
  }
  const middle = centre(simplex);
  let weight = Rational.ONE;
  for (let k = 0; k < CLOSEST; k++) {
    const near = accepted(between(types, middle, weight));
    if (near) return near;
    weight = weight.multiply(Rational.of(1, 2));
  }
  return undefined;
}

const ENOUGH = Rational.of(1, 2);
const LONGEST_DENOMINATOR = 64;
/** How often the way to a limit is halved. */
const CLOSEST = 60;

function nearestInteger(x: Rational): Rational {
  const doubled = 2n * x.numerator + x.denominator;
  const twice = 2n * x.denominator;
  const floor = doubled / twice - (doubled % twice < 0n ? 1n : 0n);
  return Rational.of(floor);
}

function valueAtCentre(polynomial: SimplexFraction["numerator"]): Rational {
  const total = Rational.sum(Array.from(polynomial.keys, (key) => polynomial.coefficient(key)));
  return total.divide(Rational.of(BigInt(polynomial.corners) ** BigInt(polynomial.degree)));
}
