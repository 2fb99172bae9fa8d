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
/** Simplices to begin with; beyond it nothing is tried. */
const MOST_SIMPLICES = 5000;
/** An enclosure of a negative least value as narrow as this, relative to it, is narrow enough. */
const NARROW = Rational.of(1, 1000);

/**
 * Encloses the least value of an expression on a box, or proves that none is negative: on simplices on which it is one
 * quotient, from Bernstein coefficients, halving the simplex that is worst. Values on boundaries are limits from inside.
 * Undefined where there are too many simplices.
 */
export function leastValue(expression: Expression, box: Box): LeastValue | undefined {
  const settled = settledSimplices(expression, box);
  if (!settled) return undefined;
  const open = settled.map((simplex) => bounded(expression, simplex));
  const isZero = open.every(({ fraction }) => fraction.numerator.isZero);
  let found = open.map((part) => part.found).reduce(smaller);
  const enough = () => {
    const worst = open.reduce(lower);
    if (found.value.sign >= 0) return worst.below !== undefined && worst.below.sign >= 0;
    return (
      worst.below !== undefined &&
      found.value.subtract(worst.below).compare(found.value.absolute().multiply(NARROW)) <= 0
    );
  };
  for (let round = 0; round < MOST_HALVES && !enough(); round++) {
    const worst = open.indexOf(open.reduce(lower));
    const [first, second] = halves(open[worst].simplex).map((half) => bounded(expression, half));
    open[worst] = first;
    open.push(second);
    found = smaller(found, smaller(first.found, second.found));
  }
  return {
    above: open.reduce(lower).below,
    below: found.value,
    witness: found.value.sign < 0 ? profileNear(expression, box, found) : undefined,
    isZero,
  };
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

interface Bounded {
  readonly simplex: Simplex;
  readonly fraction: SimplexFraction;
  readonly below: Rational | undefined;
  readonly found: Found;
}

interface Found {
  readonly value: Rational;
  readonly types: readonly Rational[];
  readonly simplex: Simplex;
}

function bounded(expression: Expression, simplex: Simplex): Bounded {
  const fraction = expression.on(simplex);
  return { simplex, fraction, below: lowerBound(fraction), found: leastSample(fraction, simplex) };
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
): NonNullable<LeastValue["witness"]> {
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
  for (let weight = Rational.of(1, 4); ; weight = weight.multiply(Rational.of(1, 2))) {
    const near = accepted(between(types, middle, weight));
    if (near) return near;
  }
}

const ENOUGH = Rational.of(1, 2);
const LONGEST_DENOMINATOR = 64;

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
