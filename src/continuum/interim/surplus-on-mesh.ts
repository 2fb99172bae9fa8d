import type { ContinuousEnvironment } from "../../environment/continuous-environment.js";
import { PiecewisePolynomial } from "../../number/piecewise-polynomial.js";
import { Polynomial } from "../../number/polynomial.js";
import { Rational } from "../../number/rational.js";
import { RationalSum } from "../../number/rational-sum.js";
import { expectationOf, partialExpectation, type TypeLaw } from "./type-law.js";

/** Two functions of an agent's type between which another one lies. */
export interface Enclosure {
  readonly below: PiecewisePolynomial;
  readonly above: PiecewisePolynomial;
}

/**
 * `E[S | t_i]` of every agent, enclosed by what the surplus is at the points of a mesh of equal cells; it closes with the square
 * of a cell's width. `S` is convex in all types together:
 *
 * - it is at least its tangent at any point, so that on a product of cells its mean is at least the tangent at the cells' mean
 *   types, and in the own type that tangent holds for all of the cell;
 * - it is at most the mean of its values at the corners of a product of cells, with the weights that interpolate each type.
 */
export function surplusOnMesh({ agents, surplus }: ContinuousEnvironment, cells: number): Enclosure[] {
  const meshes = agents.map((law) => new Mesh(law, cells));
  const values = sums(agents.length, cells);
  const slopes = sums(agents.length, cells);
  const tops = sums(agents.length, cells + 1);
  for (const { places, types, others } of products(meshes.map(({ cellMeans }) => cellMeans))) {
    const tangent = surplus.tangent(types);
    places.forEach((place, i) => {
      values[i][place].addProduct(others[i], tangent.value);
      slopes[i][place].addProduct(others[i], tangent.slopes[i]);
    });
  }
  for (const { places, types, others } of products(meshes.map(({ corners }) => corners))) {
    const value = surplus.above(types);
    places.forEach((place, i) => {
      tops[i][place].addProduct(others[i], value);
    });
  }
  return meshes.map(({ nodes, cellMeans }, i) => {
    const below = cellMeans.map(({ type }, place) => {
      const slope = slopes[i][place].value;
      return Polynomial.affine(values[i][place].value.subtract(slope.multiply(type)), slope);
    });
    const above = interpolated(
      nodes,
      tops[i].map(({ value }) => value),
    );
    return { below: new PiecewisePolynomial(nodes, below), above };
  });
}

/** How many times `surplusOnMesh` looks at the surplus. */
export function looksOnMesh(agents: number, cells: number): number {
  return (cells + 1) ** agents + cells ** agents;
}

function sums(agents: number, length: number): RationalSum[][] {
  return Array.from({ length: agents }, () => Array.from({ length }, () => new RationalSum()));
}

interface Weighted {
  readonly type: Rational;
  readonly weight: Rational;
}

/** One agent's interval in equal cells. */
class Mesh {
  readonly nodes: readonly Rational[];
  /** The mean type in each cell, the middle of one that is empty, and the probability of the cell. */
  readonly cellMeans: readonly Weighted[];
  /** The expected weights of the nodes when each type is a mean of the two nodes around it. */
  readonly corners: readonly Weighted[];

  constructor(law: TypeLaw, cells: number) {
    const { from, to } = law.density;
    const width = to.subtract(from).divide(Rational.of(cells));
    this.nodes = Array.from({ length: cells + 1 }, (_, k) => from.add(width.multiply(Rational.of(k))));
    const inCells = (f: Polynomial) => {
      const upTo = partialExpectation(f, law);
      const whole = expectationOf(PiecewisePolynomial.of(f, from, to), law);
      const below = [Rational.ZERO, ...this.nodes.slice(1, -1).map((x) => upTo.at(x)), whole];
      return below.slice(1).map((value, k) => value.subtract(below[k]));
    };
    const masses = inCells(Polynomial.ONE);
    const moments = inCells(Polynomial.X);
    const middle = (k: number) => this.nodes[k].add(width.divide(Rational.of(2)));
    this.cellMeans = masses.map((weight, k) => ({
      type: weight.isZero ? middle(k) : moments[k].divide(weight),
      weight,
    }));
    const right = masses.map((mass, k) => moments[k].subtract(mass.multiply(this.nodes[k])).divide(width));
    this.corners = this.nodes.map((type, k) => {
      const fromLeft = k > 0 ? right[k - 1] : Rational.ZERO;
      const fromRight = k < cells ? masses[k].subtract(right[k]) : Rational.ZERO;
      return { type, weight: fromLeft.add(fromRight) };
    });
  }
}

/** A point of a product of lists: the place in each, the types there, and for each list the product of the others' weights. */
interface ProductPoint {
  readonly places: readonly number[];
  readonly types: readonly Rational[];
  readonly others: readonly Rational[];
}

function* products(lists: readonly (readonly Weighted[])[]): Generator<ProductPoint> {
  const places = lists.map(() => 0);
  for (;;) {
    const at = places.map((place, j) => lists[j][place]);
    const others = at.map((_, i) =>
      at.reduce((product, { weight }, j) => (j === i ? product : product.multiply(weight)), Rational.ONE),
    );
    yield { places, types: at.map(({ type }) => type), others };
    let last = lists.length - 1;
    while (last >= 0 && ++places[last] === lists[last].length) places[last--] = 0;
    if (last < 0) return;
  }
}

function interpolated(nodes: readonly Rational[], values: readonly Rational[]): PiecewisePolynomial {
  const pieces = nodes.slice(1).map((end, k) => {
    const slope = values[k + 1].subtract(values[k]).divide(end.subtract(nodes[k]));
    return Polynomial.affine(values[k].subtract(slope.multiply(nodes[k])), slope);
  });
  return new PiecewisePolynomial(nodes, pieces);
}
