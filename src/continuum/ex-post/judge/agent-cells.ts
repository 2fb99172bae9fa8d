import type { ContinuousAgent } from "../../../environment/continuous-environment.js";
import type { PiecewisePolynomial } from "../../../number/piecewise-polynomial.js";
import { Polynomial } from "../../../number/polynomial.js";
import { lcm, Rational } from "../../../number/rational.js";
import type { AxisMap } from "./product-table.js";

/**
 * One agent's interval of types, cut into cells at nodes and each cell into equally wide fine cells. A function that is
 * affine on every fine cell is given by its values at the ends of the fine cells: at the fine nodes where it is continuous,
 * else at two `ends` of each fine cell, `2 k` and `2 k + 1`. Its expectations are linear in them, by three exact moments of
 * the prior on each fine cell. An atom at a node belongs to the cell on its right, one at the last node to the last cell.
 */
export interface AgentCells {
  readonly nodes: readonly Rational[];
  readonly fine: number;
  readonly fineNodes: readonly Rational[];
  /** A point of each fine cell near its mean type. */
  readonly centres: readonly Rational[];
  /** Probabilities of cells, and of fine cells. */
  readonly probability: AxisMap;
  readonly fineProbability: readonly Rational[];
  /** Ends to the expectation over each cell: not divided by its probability. */
  readonly endsToCells: AxisMap;
  readonly nodesToCells: AxisMap;
  readonly endsToMean: AxisMap;
  readonly nodesToMean: AxisMap;
  /** `E[f g]` is the sum over rows `r` of `f[r] (map g)[r]`, `f` by fine nodes and `g` by ends. */
  readonly productWithEnds: AxisMap;
  readonly productWithNodes: AxisMap;
  /** Values at nodes to values at fine nodes, affine between nodes. */
  readonly interpolated: AxisMap;
}

/** The nodes must begin and end where the types do. */
export function agentCells(
  { density, atoms }: ContinuousAgent,
  nodes: readonly Rational[],
  fine: number,
): AgentCells {
  const fineNodes = nodes.slice(1).flatMap((to, a) => {
    const step = to.subtract(nodes[a]).divide(Rational.of(fine));
    return Array.from({ length: fine }, (_, r) => nodes[a].add(step.multiply(Rational.of(r))));
  });
  fineNodes.push(nodes[nodes.length - 1]);
  const count = fineNodes.length - 1;

  const powers = [0, 1, 2].map((power) => cumulative(density, power));
  const values = powers.map((power) => fineNodes.map((x) => power.at(x)));
  const moments = Array.from({ length: count }, (_, k) =>
    values.map((value) => value[k + 1].subtract(value[k])),
  );
  for (const { type, probability } of atoms) {
    const of = moments[fineCellAt(fineNodes, type)];
    of[0] = of[0].add(probability);
    of[1] = of[1].add(probability.multiply(type));
    of[2] = of[2].add(probability.multiply(type).multiply(type));
  }
  // The moments of (type - left end) / width.
  const local = moments.map(([whole, first, second], k) => {
    const [left, width] = [fineNodes[k], fineNodes[k + 1].subtract(fineNodes[k])];
    const once = first.subtract(left.multiply(whole)).divide(width);
    const shifted = second.subtract(left.multiply(first.add(first).subtract(left.multiply(whole))));
    return [whole, once, shifted.divide(width).divide(width)] as const;
  });
  const denominator = local.flat().reduce((d, moment) => lcm(d, moment.denominator), 1n);
  const integers = local.map((moment) => moment.map((m) => m.numerator * (denominator / m.denominator)));

  const cells = nodes.length - 1;
  const range = (length: number) => Array.from({ length }, (_, k) => k);
  /** The weights of both ends of fine cell `k` in an expectation, at places `left` and `right`. */
  const weights = ([whole, once]: readonly bigint[], left: number, right: number) =>
    [[left, whole - once] as const, [right, once] as const] as const;
  const byEnds = (k: number) => weights(integers[k], 2 * k, 2 * k + 1);
  const byNodes = (k: number) => weights(integers[k], k, k + 1);
  const inCell = (a: number) => range(fine).map((r) => a * fine + r);
  const toCells = (of: typeof byEnds) => ({
    denominator,
    rows: range(cells).map((a) => merged(inCell(a).flatMap(of))),
  });
  const toMean = (of: typeof byEnds) => ({ denominator, rows: [merged(range(count).flatMap(of))] });
  /** The node `k` sees the fine cell on its left with its right end, and the other way about. */
  const products = (place: (cell: number, end: 0 | 1) => number): AxisMap => ({
    denominator,
    rows: range(count + 1).map((k) => {
      const row: [number, bigint][] = [];
      if (k > 0) {
        const [, once, twice] = integers[k - 1];
        row.push([place(k - 1, 0), once - twice], [place(k - 1, 1), twice]);
      }
      if (k < count) {
        const [whole, once, twice] = integers[k];
        row.push([place(k, 0), whole - 2n * once + twice], [place(k, 1), once - twice]);
      }
      return merged(row);
    }),
  });
  return {
    nodes,
    fine,
    fineNodes,
    centres: local.map(([whole, once], k) => {
      const share = whole.isZero ? HALF : coarsely(once.divide(whole));
      return fineNodes[k].add(fineNodes[k + 1].subtract(fineNodes[k]).multiply(share));
    }),
    probability: {
      denominator,
      rows: [range(cells).map((a) => [a, inCell(a).reduce((sum, k) => sum + integers[k][0], 0n)])],
    },
    fineProbability: local.map(([whole]) => whole),
    endsToCells: toCells(byEnds),
    nodesToCells: toCells(byNodes),
    endsToMean: toMean(byEnds),
    nodesToMean: toMean(byNodes),
    productWithEnds: products((cell, end) => 2 * cell + end),
    productWithNodes: products((cell, end) => cell + end),
    interpolated: {
      denominator: BigInt(fine),
      rows: range(count + 1).map((k) => {
        const [a, r] = [Math.floor(k / fine), k % fine];
        return r === 0
          ? [[a, BigInt(fine)]]
          : [
              [a, BigInt(fine - r)],
              [a + 1, BigInt(r)],
            ];
      }),
    },
  };
}

/** Enclosures of a function on an interval by functions that are continuous, and affine between the points. */
export interface AffineEnclosure {
  readonly below: readonly Rational[];
  readonly above: readonly Rational[];
}

/** The same function on both sides where it is continuous and affine between the points already. */
export function affineEnclosure(f: PiecewisePolynomial, points: readonly Rational[]): AffineEnclosure {
  const values = points.map((x) => f.at(x));
  const [drops, rises]: Rational[][] = [[], []];
  for (let k = 0; k + 1 < points.length; k++) {
    const [from, to] = [points[k], points[k + 1]];
    const slope = values[k + 1].subtract(values[k]).divide(to.subtract(from));
    const chord = Polynomial.affine(values[k].subtract(slope.multiply(from)), slope);
    let [drop, rise] = [Rational.ZERO, Rational.ZERO];
    for (let p = f.pieceAt(from); p < f.pieces.length && f.nodes[p].compare(to) < 0; p++) {
      const difference = f.pieces[p].minus(chord);
      if (difference.isZero) continue;
      const [start, end] = [Rational.maximum(from, f.nodes[p]), Rational.minimum(to, f.nodes[p + 1])];
      for (const c of difference.bernstein(start, end)) {
        if (c.sign > 0) rise = Rational.maximum(rise, c);
        else drop = Rational.maximum(drop, c.negate());
      }
    }
    drops.push(drop);
    rises.push(rise);
  }
  const largestBeside = (of: readonly Rational[], k: number) =>
    Rational.maximum(of[k - 1] ?? Rational.ZERO, of[k] ?? Rational.ZERO);
  return {
    below: values.map((value, k) => value.subtract(largestBeside(drops, k))),
    above: values.map((value, k) => value.add(largestBeside(rises, k))),
  };
}

function cumulative(density: PiecewisePolynomial, power: number): PiecewisePolynomial {
  const factor = new Polynomial([...new Array<Rational>(power).fill(Rational.ZERO), Rational.ONE]);
  return density.map((piece) => piece.times(factor)).antiderivative();
}

function fineCellAt(points: readonly Rational[], type: Rational): number {
  let [low, high] = [0, points.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (points[middle].compare(type) <= 0) low = middle;
    else high = middle;
  }
  return low;
}

/** A near fraction of a small denominator: any point of the cell will do. */
function coarsely(share: Rational): Rational {
  return Rational.of((share.numerator * 64n) / share.denominator, 64n);
}

/** Weights of the same index added up. */
function merged(row: readonly (readonly [number, bigint])[]): (readonly [number, bigint])[] {
  const sums = new Map<number, bigint>();
  for (const [index, weight] of row) sums.set(index, (sums.get(index) ?? 0n) + weight);
  return [...sums];
}

const HALF = Rational.of(1, 2);
