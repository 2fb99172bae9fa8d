import type { ContinuousAgent } from "../../environment/continuous-environment.js";
import { mergedNodes } from "../../number/piecewise-polynomial.js";
import { Polynomial } from "../../number/polynomial.js";
import { Rational } from "../../number/rational.js";

/**
 * A part of an agent's interval of types: the open interval between two neighbouring nodes, or, with `from` equal to `to`,
 * one type of positive probability.
 */
export interface Cell {
  readonly from: Rational;
  readonly to: Rational;
  readonly length: Rational;
  /** The probability of the cell. */
  readonly mass: Rational;
  /** The integral of the type over the cell. */
  readonly moment: Rational;
  /** On an interval: the density, and the distribution function. */
  readonly density: Polynomial;
  readonly distribution: Polynomial;
  /** The outside option, and its integral over the cell. */
  readonly outsideOption: Polynomial;
  readonly outsideMoment: Rational;
}

/** An agent's cells in increasing order. */
export interface Mesh {
  readonly from: Rational;
  readonly to: Rational;
  readonly cells: readonly Cell[];
}

/** So many cells of equal length, cut further where density or outside option change their form, and at atoms. */
export function meshOf(agent: ContinuousAgent, count: number): Mesh {
  const { density, atoms, outsideOption } = agent;
  const { from, to } = density;
  const step = to.subtract(from).divide(Rational.of(count));
  const equal = Array.from({ length: count + 1 }, (_, k) => from.add(step.multiply(Rational.of(k))));
  const nodes = mergedNodes([equal, density.nodes, outsideOption.nodes, atoms.map(({ type }) => type)]);
  const cells: Cell[] = [];
  let below = Rational.ZERO;
  nodes.forEach((node, k) => {
    const atom = atoms.find(({ type }) => type.equals(node));
    if (atom) {
      const value = outsideOption.at(node);
      cells.push({
        from: node,
        to: node,
        length: Rational.ZERO,
        mass: atom.probability,
        moment: atom.probability.multiply(node),
        density: Polynomial.ZERO,
        distribution: Polynomial.ZERO,
        outsideOption: Polynomial.constant(value),
        outsideMoment: atom.probability.multiply(value),
      });
      below = below.add(atom.probability);
    }
    if (k + 1 === nodes.length) return;
    const end = nodes[k + 1];
    const piece = density.pieces[density.pieceAt(node)];
    const outside = outsideOption.pieces[outsideOption.pieceAt(node)];
    const whole = piece.antiderivative();
    const mass = piece.integral(node, end);
    cells.push({
      from: node,
      to: end,
      length: end.subtract(node),
      mass,
      moment: piece.times(Polynomial.X).integral(node, end),
      density: piece,
      distribution: whole.plus(Polynomial.constant(below.subtract(whole.at(node)))),
      outsideOption: outside,
      outsideMoment: piece.times(outside).integral(node, end),
    });
    below = below.add(mass);
  });
  return { from, to, cells };
}

/** Where the outside option is held against utility, and what it is to be at least there: see `checkpoints`. */
export interface Checkpoint {
  readonly cell: number;
  /** The place within the cell, from 0 to 1. */
  readonly place: Rational;
  readonly required: Rational;
}

/**
 * Points such that a function which is affine on each cell and at least `required` at all of them is at least the outside option
 * everywhere: an affine function is at least a polynomial where it is at least its Bernstein coefficients. With an affine
 * outside option they are the cells' ends and nothing is lost.
 */
export function checkpoints(mesh: Mesh): Checkpoint[] {
  return mesh.cells.flatMap(({ from, to, outsideOption }, cell) => {
    if (from.equals(to)) return [{ cell, place: Rational.ZERO, required: outsideOption.at(from) }];
    const degree = Math.max(1, outsideOption.degree);
    return outsideOption
      .bernstein(from, to, degree)
      .map((required, k) => ({ cell, place: Rational.of(k, degree), required }))
      .slice(cell > 0 ? 1 : 0); // The cell before ends where this one begins.
  });
}
