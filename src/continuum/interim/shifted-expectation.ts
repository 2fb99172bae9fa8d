import { simplified } from "../../number/piecewise-composition.js";
import { mergedNodes, PiecewisePolynomial } from "../../number/piecewise-polynomial.js";
import { Polynomial } from "../../number/polynomial.js";
import { Rational } from "../../number/rational.js";
import type { TypeLaw } from "./type-law.js";

/**
 * `y -> E[f(y + slope t)]` for a continuous `f`, wherever `f` is defined at all `y + slope t`: the convolution by which a sum
 * of independent types is integrated out one agent at a time.
 */
export function shiftedExpectation(
  f: PiecewisePolynomial,
  law: TypeLaw,
  slope: Rational,
): PiecewisePolynomial {
  if (slope.isZero) return f;
  const { density, atoms } = law;
  const ends = [density.from.multiply(slope), density.to.multiply(slope)].sort((a, b) => a.compare(b));
  const [from, to] = [f.from.subtract(ends[0]), f.to.subtract(ends[1])];
  const points = mergedNodes([density.nodes, atoms.map(({ type }) => type)]);
  const shifts = points.flatMap((t) => f.nodes.map((x) => x.subtract(slope.multiply(t))));
  const inside = shifts.filter((y) => y.compare(from) > 0 && y.compare(to) < 0);
  const nodes = mergedNodes([[from, to], inside]);
  const overlaps = new Overlaps(f, density, slope);
  const pieces = nodes.slice(1).map((end, k) => {
    const y = nodes[k].add(end).divide(TWO);
    const masses = atoms.map(({ type, probability }) => {
      const shift = slope.multiply(type);
      return f.pieces[f.pieceAt(y.add(shift))].ofAffine(shift, Rational.ONE).scaled(probability);
    });
    return [...overlaps.at(y), ...masses].reduce((sum, part) => sum.plus(part), Polynomial.ZERO);
  });
  return simplified(new PiecewisePolynomial(nodes, pieces));
}

/** The integral up to the lower limit of types and up to the upper one: each at a node of the density, or where a node of `f` is reached. */
type Limits = readonly (readonly [atNode: Polynomial, atShift: Polynomial])[];

/**
 * The integrals of `f(y + slope t)` times the density over the types for which one piece of each holds. The limits of such
 * types are a node of the density or a node of `f`, where `y + slope t` reaches it: four polynomials in `y` for each pair of pieces.
 */
class Overlaps {
  private readonly found = new Map<string, Limits>();

  constructor(
    private readonly f: PiecewisePolynomial,
    private readonly density: PiecewisePolynomial,
    private readonly slope: Rational,
  ) {}

  /** Over all pairs of pieces that meet at `y`. */
  *at(y: Rational): Generator<Polynomial> {
    const { f, density, slope } = this;
    const reached = (node: number) => f.nodes[node].subtract(y).divide(slope);
    for (let l = 0; l < density.pieces.length; l++) {
      if (density.pieces[l].isZero) continue;
      const [start, end] = [density.nodes[l], density.nodes[l + 1]];
      const ends = [start, end].map((t) => f.pieceAt(y.add(slope.multiply(t))));
      for (let k = Math.min(...ends); k <= Math.max(...ends); k++) {
        const [low, high] = slope.sign > 0 ? [k, k + 1] : [k + 1, k];
        const [lowest, highest] = [reached(low), reached(high)];
        const fromNode = lowest.compare(start) <= 0;
        const toNode = highest.compare(end) >= 0;
        const [lower, upper] = this.limits(k, l);
        yield upper[toNode ? 0 : 1].minus(lower[fromNode ? 0 : 1]);
      }
    }
  }

  private limits(k: number, l: number): Limits {
    const key = `${k} ${l}`;
    const known = this.found.get(key);
    if (known) return known;
    const { f, density, slope } = this;
    // f(y + s t) = sum over j of y^j f^(j)(s t) / j!
    const inY: Polynomial[] = [];
    let derivative = f.pieces[k];
    for (let j = 0; !derivative.isZero; j++) {
      inY.push(derivative.ofAffine(Rational.ZERO, slope).times(density.pieces[l]).antiderivative());
      derivative = derivative.derivative().scaled(Rational.of(1, j + 1));
    }
    const along = (power: number) => new Polynomial([...new Array(power).fill(Rational.ZERO), Rational.ONE]);
    const sum = (part: (whole: Polynomial) => Polynomial) =>
      inY.reduce((total, whole, j) => total.plus(along(j).times(part(whole))), Polynomial.ZERO);
    const atNode = (t: Rational) => sum((whole) => Polynomial.constant(whole.at(t)));
    const atShift = (x: Rational) =>
      sum((whole) => whole.ofAffine(x.divide(slope), Rational.of(-1).divide(slope)));
    const [low, high] = slope.sign > 0 ? [k, k + 1] : [k + 1, k];
    const limits: Limits = [
      [atNode(density.nodes[l]), atShift(f.nodes[low])],
      [atNode(density.nodes[l + 1]), atShift(f.nodes[high])],
    ];
    this.found.set(key, limits);
    return limits;
  }
}

const TWO = Rational.of(2);
