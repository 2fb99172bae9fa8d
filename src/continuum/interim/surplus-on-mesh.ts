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
 *   types, and in the own type the tangent at the middle of a cell holds for all of the cell;
 * - it is at most the mean of its values at the corners of a product of cells, with the weights that interpolate each type.
 */
export function surplusOnMesh({ agents, surplus }: ContinuousEnvironment, cells: number): Enclosure[] {
  const meshes = agents.map((law) => new Mesh(law, cells));
  return agents.map((_, i) => {
    const others = meshes.map((mesh, j) => (j === i ? undefined : mesh));
    const below = meshes[i].middles.map((type) => {
      const value = new RationalSum();
      const slope = new RationalSum();
      for (const { types, weight } of products(
        others.map((mesh) => mesh?.cellMeans ?? [{ type, weight: ONE }]),
      )) {
        const tangent = surplus.tangent(types);
        value.addProduct(weight, tangent.value);
        slope.addProduct(weight, tangent.slopes[i]);
      }
      return Polynomial.affine(value.value.subtract(slope.value.multiply(type)), slope.value);
    });
    const above = meshes[i].nodes.map((type) => {
      const value = new RationalSum();
      for (const { types, weight } of products(
        others.map((mesh) => mesh?.corners ?? [{ type, weight: ONE }]),
      ))
        value.addProduct(weight, surplus.above(types));
      return value.value;
    });
    const { nodes } = meshes[i];
    return { below: new PiecewisePolynomial(nodes, below), above: interpolated(nodes, above) };
  });
}

/** How many times `surplusOnMesh` looks at the surplus. */
export function looksOnMesh(agents: number, cells: number): number {
  return agents * ((cells + 1) ** agents + cells ** agents);
}

interface Weighted {
  readonly type: Rational;
  readonly weight: Rational;
}

/** One agent's interval in equal cells. */
class Mesh {
  readonly nodes: readonly Rational[];
  readonly middles: readonly Rational[];
  /** The mean type in each cell that is not empty, and the probability of the cell. */
  readonly cellMeans: readonly Weighted[];
  /** The expected weights of the nodes when each type is a mean of the two nodes around it. */
  readonly corners: readonly Weighted[];

  constructor(law: TypeLaw, cells: number) {
    const { from, to } = law.density;
    const width = to.subtract(from).divide(Rational.of(cells));
    this.nodes = Array.from({ length: cells + 1 }, (_, k) => from.add(width.multiply(Rational.of(k))));
    this.middles = this.nodes.slice(1).map((node) => node.subtract(width.divide(Rational.of(2))));
    const inCells = (f: Polynomial) => {
      const upTo = partialExpectation(f, law);
      const whole = expectationOf(PiecewisePolynomial.of(f, from, to), law);
      const below = [Rational.ZERO, ...this.nodes.slice(1, -1).map((x) => upTo.at(x)), whole];
      return below.slice(1).map((value, k) => value.subtract(below[k]));
    };
    const masses = inCells(Polynomial.ONE);
    const moments = inCells(Polynomial.X);
    this.cellMeans = masses.flatMap((weight, k) =>
      weight.isZero ? [] : [{ type: moments[k].divide(weight), weight }],
    );
    const right = masses.map((mass, k) => moments[k].subtract(mass.multiply(this.nodes[k])).divide(width));
    this.corners = this.nodes.map((type, k) => {
      const fromLeft = k > 0 ? right[k - 1] : Rational.ZERO;
      const fromRight = k < cells ? masses[k].subtract(right[k]) : Rational.ZERO;
      return { type, weight: fromLeft.add(fromRight) };
    });
  }
}

/** All ways to take one of each list, with the product of weights. */
function* products(
  lists: readonly (readonly Weighted[])[],
): Generator<{ types: Rational[]; weight: Rational }> {
  if (lists.length === 0) {
    yield { types: [], weight: ONE };
    return;
  }
  const rest = [...products(lists.slice(1))];
  for (const { type, weight } of lists[0]) {
    if (weight.isZero) continue;
    for (const tail of rest) yield { types: [type, ...tail.types], weight: weight.multiply(tail.weight) };
  }
}

function interpolated(nodes: readonly Rational[], values: readonly Rational[]): PiecewisePolynomial {
  const pieces = nodes.slice(1).map((end, k) => {
    const slope = values[k + 1].subtract(values[k]).divide(end.subtract(nodes[k]));
    return Polynomial.affine(values[k].subtract(slope.multiply(nodes[k])), slope);
  });
  return new PiecewisePolynomial(nodes, pieces);
}

const ONE = Rational.ONE;
