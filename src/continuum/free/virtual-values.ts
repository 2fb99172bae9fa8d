import { Polynomial } from "../../number/polynomial.js";
import { upperBoundOn } from "../../number/polynomial-bound.js";
import { Rational } from "../../number/rational.js";
import type { Mesh } from "./mesh.js";
import type { PointWeight } from "./price.js";

/**
 * What an agent's interim slope `A(t) = E[a(x) | t]` is worth, as a density `h` on its types: the designer's objective, with a
 * budget priced at `money`, is `integral of A h` plus what does not depend on `A`. With the weight `value` on what outcomes are
 * worth, and `M` the distribution function of the weights on participation (Myerson 1981 has all of it at one end),
 *
 *     h(t) = (value + money) t f(t) + money (F(t) - M(t)).
 */
export interface VirtualCell {
  /** The integral of `h` over the cell. */
  readonly total: Rational;
  /** `h` on an interval; 0 for an atom, which has only its total. */
  readonly density: Polynomial;
}

/** `participation` is absent where it does not matter or holds in expectation only: then `M = F`. */
export function virtualCells(
  mesh: Mesh,
  value: Rational,
  money: Rational,
  participation: readonly PointWeight[] | undefined,
): VirtualCell[] {
  const ownWorth = value.add(money);
  return mesh.cells.map((cell) => {
    const { from, to, density, distribution } = cell;
    if (from.equals(to)) return { total: ownWorth.multiply(cell.moment), density: Polynomial.ZERO };
    let h = density.times(Polynomial.X).scaled(ownWorth);
    if (participation) {
      const met = Rational.sum(
        participation.filter(({ type }) => type.compare(from) <= 0).map(({ weight }) => weight),
      );
      h = h.plus(distribution.minus(Polynomial.constant(met)).scaled(money));
    }
    return { total: h.integral(from, to), density: h };
  });
}

/**
 * Virtual values, one for each cell and not decreasing: the totals over the masses, averaged over neighbouring cells where they
 * would decrease (Myerson's ironing, by pooling adjacent violators).
 */
export function ironed(mesh: Mesh, totals: readonly Rational[]): Rational[] {
  const blocks: { total: Rational; mass: Rational; cells: number }[] = [];
  mesh.cells.forEach(({ mass }, k) => {
    let last = { total: totals[k], mass, cells: 1 };
    for (
      let before = blocks[blocks.length - 1];
      before && before.total.multiply(last.mass).compare(last.total.multiply(before.mass)) > 0;
      before = blocks[blocks.length - 1]
    ) {
      last = {
        total: before.total.add(last.total),
        mass: before.mass.add(last.mass),
        cells: before.cells + last.cells,
      };
      blocks.pop();
    }
    blocks.push(last);
  });
  // A block of probability 0 gets the value of a neighbour.
  const positive = blocks.filter(({ mass }) => mass.sign > 0);
  let next = 0;
  return blocks.flatMap(({ mass, cells }) => {
    const block = positive[Math.min(next, positive.length - 1)];
    if (mass.sign > 0) next++;
    return new Array<Rational>(cells).fill(block.total.divide(block.mass));
  });
}

/**
 * How much more than with the values `scores`, constant on cells, `integral of A h` can be: for every function `A` that does not
 * decrease and lies between `least` and `greatest`,
 *
 *     integral of A h  <=  sum over cells of score * integral of A dF  +  excess.
 *
 * With `D(s)` the integral of `h - score f` from `s` to the end, the difference is `A(start) D(start) + integral of D dA`, and
 * `A` rises by `greatest - A(start)` at most.
 */
export function excess(
  mesh: Mesh,
  virtual: readonly VirtualCell[],
  scores: readonly Rational[],
  least: Rational,
  greatest: Rational,
): Rational {
  let above = Rational.ZERO;
  let most = Rational.ZERO;
  for (let k = mesh.cells.length - 1; k >= 0; k--) {
    const { from, to, mass, density } = mesh.cells[k];
    if (!from.equals(to)) {
      const inner = virtual[k].density.minus(density.scaled(scores[k])).antiderivative();
      const beyond = Polynomial.constant(above.add(inner.at(to))).minus(inner);
      most = Rational.maximum(most, upperBoundOn(beyond, from, to));
    }
    above = above.add(virtual[k].total).subtract(scores[k].multiply(mass));
    most = Rational.maximum(most, above);
  }
  return least.multiply(above).add(greatest.subtract(least).multiply(most));
}

/**
 * The largest `D` within each cell beyond its values at the cell's ends: what averaging over the cell leaves open. Sorted; levels
 * that are worth trying are among them.
 */
export function deviations(mesh: Mesh, virtual: readonly VirtualCell[]): Rational[] {
  return mesh.cells
    .flatMap(({ from, to, mass, density }, k) => {
      if (from.equals(to) || mass.isZero) return [];
      const mean = virtual[k].total.divide(mass);
      const inner = virtual[k].density.minus(density.scaled(mean)).antiderivative();
      return [upperBoundOn(Polynomial.constant(inner.at(to)).minus(inner), from, to)];
    })
    .sort((a, b) => a.compare(b));
}

/**
 * Scores that keep the excess down to `greatest - least` times `level`, unless `h / f` has no limit at an end: where `D` would be
 * larger within a cell, the cell's score is raised, and those before it are lowered again. That costs little where an agent wins
 * nothing anyway; a density that vanishes at an end needs it. Any scores are valid: `excess` says what they prove.
 */
export function levelled(
  mesh: Mesh,
  virtual: readonly VirtualCell[],
  scores: readonly Rational[],
  level: Rational,
): Rational[] {
  const result = [...scores];
  // D at the end of the cell with the scores as given, and as they become.
  let plain = Rational.ZERO;
  let above = Rational.ZERO;
  for (let k = mesh.cells.length - 1; k >= 0; k--) {
    const { from, to, mass, density } = mesh.cells[k];
    const { total } = virtual[k];
    if (!from.equals(to) && mass.sign > 0) {
      const antiderivative = virtual[k].density.antiderivative();
      const worth = Polynomial.constant(above.subtract(level).add(antiderivative.at(to))).minus(
        antiderivative,
      );
      const whole = density.antiderivative();
      const beyond = Polynomial.constant(whole.at(to)).minus(whole);
      result[k] = scores[k].add(above.subtract(plain).divide(mass));
      if (upperBoundOn(worth.minus(beyond.scaled(result[k])), from, to).sign > 0) {
        const degree = Math.max(worth.degree, beyond.degree);
        const chances = beyond.bernstein(from, to, degree);
        worth.bernstein(from, to, degree).forEach((coefficient, c) => {
          if (chances[c].sign > 0) result[k] = Rational.maximum(result[k], coefficient.divide(chances[c]));
        });
      }
    }
    plain = plain.add(total).subtract(scores[k].multiply(mass));
    above = above.add(total).subtract(result[k].multiply(mass));
  }
  return result;
}
