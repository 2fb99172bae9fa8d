import type { LinearProgramBuilder } from "../../lp/linear-program.js";
import { Polynomial } from "../../number/polynomial.js";
import { lowerBoundOn, upperBoundOn } from "../../number/polynomial-bound.js";
import { Rational } from "../../number/rational.js";
import type { Cell, Mesh } from "./mesh.js";

type Entries = readonly (readonly [column: number, coefficient: Rational])[];

/** Columns and rows by which a program of means allows for slopes that vary within cells. */
export interface Deviations {
  /** By cell: how much `E[t A(t)]` and `E[utility beyond the cell's start]` exceed what the mean of `A` gives. */
  readonly worth: readonly number[];
  readonly rent: readonly number[];
  /** Rows by cell: the mean of `A` is at most `A` at the cell's end, and at least `A` at its start. */
  readonly atEnd: readonly number[];
  readonly atStart: readonly number[];
}

/**
 * For a function `A` that does not decrease and rises by `r` over a cell, `integral of A w` differs from the mean of `A` times
 * `integral of w` by `r` times a number between the least and the greatest value of `integral from s of (w - mean of w)`.
 * `gain` is what a unit of `worth` adds to the objective.
 */
export function addDeviations(
  lp: LinearProgramBuilder,
  mesh: Mesh,
  slope: (cell: number) => Entries,
  [least, greatest]: readonly [Rational, Rational],
  gain: (cell: number) => Rational,
): Deviations {
  const { cells } = mesh;
  const nodes = Array.from({ length: cells.length + 1 }, () =>
    lp.addColumn(Rational.ZERO, { lower: least, upper: greatest }),
  );
  const between = (cell: Cell, k: number, weight: Polynomial, cost: Rational) => {
    const column = lp.addColumn(cost);
    const [low, high] = spreadOf(cell, weight);
    const rise = (factor: Rational): Entries => [
      [nodes[k + 1], factor],
      [nodes[k], factor.negate()],
    ];
    lp.addRow([[column, Rational.ONE], ...rise(low.negate())], Rational.ZERO, undefined);
    lp.addRow([[column, Rational.ONE], ...rise(high.negate())], undefined, Rational.ZERO);
    return column;
  };
  const row = (k: number, node: number, sign: Rational) =>
    lp.addRow(
      [[nodes[node], sign], ...slope(k).map(([c, a]) => [c, a.multiply(sign).negate()] as const)],
      Rational.ZERO,
      undefined,
    );
  return {
    worth: cells.map((cell, k) => between(cell, k, cell.density.times(Polynomial.X), gain(k).negate())),
    rent: cells.map((cell, k) => {
      const beyond = Polynomial.constant(cell.distribution.at(cell.to)).minus(cell.distribution);
      return between(cell, k, beyond, Rational.ZERO);
    }),
    atEnd: cells.map((_, k) => row(k, k + 1, Rational.ONE)),
    atStart: cells.map((_, k) => row(k, k, MINUS_ONE)),
  };
}

/** The least and the greatest value of `integral from s to the end of (weight - its mean)`, over the cell's probability. */
function spreadOf({ from, to, mass, density }: Cell, weight: Polynomial): readonly [Rational, Rational] {
  const mean = weight.integral(from, to).divide(mass);
  const inner = weight.minus(density.scaled(mean)).antiderivative();
  const beyond = Polynomial.constant(inner.at(to)).minus(inner).scaled(Rational.ONE.divide(mass));
  return [lowerBoundOn(beyond, from, to), upperBoundOn(beyond, from, to)];
}

const MINUS_ONE = Rational.of(-1);
