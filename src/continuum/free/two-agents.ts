import type { ContinuousEnvironment, ContinuousOutcome } from "../../environment/continuous-environment.js";
import { Polynomial } from "../../number/polynomial.js";
import { Rational } from "../../number/rational.js";
import { type Checkpoint, checkpoints, type Mesh, meshOf } from "./mesh.js";
import type { PointWeight } from "./price.js";
import { excess, levelled, type VirtualCell } from "./virtual-values.js";

/** Two agents, as `0` and `1`. */
export type Agent = 0 | 1;
export const AGENTS: readonly Agent[] = [0, 1];

/** An environment of two agents, cut into products of cells; `a` is a cell of the first, `b` one of the second. */
export class TwoAgents {
  readonly meshes: readonly [Mesh, Mesh];
  readonly outcomes: readonly ContinuousOutcome[];
  readonly checkpoints: readonly (readonly Checkpoint[])[];
  /** The mean type of each cell. */
  readonly means: readonly (readonly Rational[])[];
  /** For each cell the mean of the outside option. */
  readonly outsideMeans: readonly (readonly Rational[])[];
  readonly range: readonly (readonly [Rational, Rational])[];

  constructor(
    readonly environment: ContinuousEnvironment,
    cells: number,
  ) {
    const [first, second] = environment.agents;
    this.meshes = [meshOf(first, cells), meshOf(second, cells)];
    this.outcomes = environment.outcomes ?? [];
    this.checkpoints = this.meshes.map(checkpoints);
    this.means = this.meshes.map((mesh) => mesh.cells.map(({ moment, mass }) => moment.divide(mass)));
    this.outsideMeans = this.meshes.map((mesh) =>
      mesh.cells.map(({ outsideMoment, mass }) => outsideMoment.divide(mass)),
    );
    this.range = AGENTS.map((i) => {
      const slopes = this.outcomes.map((outcome) => outcome.slopes[i]);
      return [slopes.reduce(Rational.minimum), slopes.reduce(Rational.maximum)];
    });
  }

  /** How many cells agent `i` has. */
  size(i: Agent): number {
    return this.meshes[i].cells.length;
  }

  /** The number of a product of cells: the second agent's cell runs fastest. */
  product(a: number, b: number): number {
    return a * this.size(1) + b;
  }

  get productCount(): number {
    return this.size(0) * this.size(1);
  }

  /** The product of agent `i`'s cell `own` and the other's cell `other`. */
  productOf(i: Agent, own: number, other: number): number {
    return i === 0 ? this.product(own, other) : this.product(other, own);
  }

  mass(a: number, b: number): Rational {
    return this.meshes[0].cells[a].mass.multiply(this.meshes[1].cells[b].mass);
  }

  /** What an outcome is worth to both, less its cost. */
  welfare(x: number, first: Rational, second: Rational): Rational {
    const { slopes, constants, cost } = this.outcomes[x];
    return slopes[0]
      .multiply(first)
      .add(slopes[1].multiply(second))
      .add(constants[0])
      .add(constants[1])
      .subtract(cost);
  }

  /** The four corners of a product of cells, with the probabilities under which the mean types are the cells' own. */
  corners(a: number, b: number): { first: Rational; second: Rational; weight: Rational }[] {
    const ends = [this.endsOf(0, a), this.endsOf(1, b)];
    return ends[0].flatMap((first) =>
      ends[1].map((second) => ({
        first: first.type,
        second: second.type,
        weight: first.weight.multiply(second.weight),
      })),
    );
  }

  private endsOf(i: Agent, cell: number): PointWeight[] {
    const { from, to, length } = this.meshes[i].cells[cell];
    const mean = this.means[i][cell];
    return [
      { type: from, weight: to.subtract(mean).divide(length) },
      { type: to, weight: mean.subtract(from).divide(length) },
    ];
  }
}

/** Weights on one agent's utility: a density on its types, constant on cells, less weights at single types of the same sum. */
export interface UtilityWeights {
  readonly onCells: readonly Rational[];
  readonly atTypes: readonly PointWeight[];
}

/** By how much the density's total exceeds that of the weights at types; a bound needs 0. */
export function imbalance(mesh: Mesh, { onCells, atTypes }: UtilityWeights): Rational {
  const total = Rational.sum(onCells.map((weight, a) => weight.multiply(mesh.cells[a].mass)));
  return total.subtract(Rational.sum(atTypes.map(({ weight }) => weight)));
}

/**
 * With `U(t) = U(start) + integral of A up to t`, the weights at types minus the density, applied to `U`, are
 * `integral of A h` for `h(s) = (weights at types beyond s) - (density's integral beyond s)`. Added to it, cell by cell, is
 * `own[a] (s - mean type) f(s)`: what the type itself is worth, as far as it is to be averaged.
 */
export function utilityCells(
  mesh: Mesh,
  { onCells, atTypes }: UtilityWeights,
  own: (cell: number) => Rational,
): VirtualCell[] {
  let beyond = Rational.ZERO;
  const cells: VirtualCell[] = [];
  for (let a = mesh.cells.length - 1; a >= 0; a--) {
    const { from, to, mass, moment, density: f, distribution } = mesh.cells[a];
    const met = Rational.sum(atTypes.filter(({ type }) => type.compare(to) >= 0).map(({ weight }) => weight));
    const inside = distribution.scaled(onCells[a]);
    const shift = met.subtract(beyond).subtract(inside.at(to));
    const deviation = Polynomial.affine(moment.divide(mass).negate(), Rational.ONE);
    const density = inside.plus(Polynomial.constant(shift)).plus(f.times(deviation).scaled(own(a)));
    cells.unshift({ total: density.integral(from, to), density });
    beyond = beyond.add(onCells[a].multiply(mass));
  }
  return cells;
}

/**
 * The terms in `A`, cell by cell: values `score` so that for every `A` that does not decrease
 * `integral of A h <= sum over cells of score * integral of A dF + excess`. Whatever the shifts, that holds; good ones pool types
 * where `h` would have `A` fall.
 */
export function pooledScores(
  mesh: Mesh,
  virtual: readonly VirtualCell[],
  shifts: readonly Rational[],
  range: readonly [Rational, Rational],
  level: Rational | undefined,
): { scores: Rational[]; excess: Rational } {
  const pooled = virtual.map(({ total }, a) => total.add(shifts[a]).divide(mesh.cells[a].mass));
  const scores = level ? levelled(mesh, virtual, pooled, level) : pooled;
  return { scores, excess: excess(mesh, virtual, scores, ...range) };
}
