import { FloatProgramBuilder } from "../../lp/float-program-builder.js";
import { Rational } from "../../number/rational.js";
import type { SolverOptions } from "../../solver/solver.js";
import { canonicalPlace } from "./alike-agents.js";
import type { CellMeans, TypeWeights } from "./judge/lower-bound.js";
import { forEachPlace, inDoubles } from "./judge/product-table.js";
import { proposal } from "./proposal.js";

/**
 * Weights of types that prove a large lower bound: the program LOW of docs/theory.md, in floats. Alike agents have the same
 * weights. Undefined where the solver has no answer.
 */
export async function proposedWeights(
  means: CellMeans,
  groups: readonly number[],
  mayLeaveMoney: boolean,
  options: SolverOptions,
): Promise<TypeWeights[] | undefined> {
  const { cells, surplusAbove, surplusBelow, outside } = means;
  const program = new FloatProgramBuilder();
  const [above, below] = [inDoubles(surplusAbove), inDoubles(surplusBelow)];
  const worth = outside.map(inDoubles);
  const money = moneyUnit(means);
  const total: [number, number][][] = groups.map(() => []);
  // Column numbers; alike agents share them.
  const densities: number[][] = [];
  const atoms: number[][] = [];
  groups.forEach((group, i) => {
    const isFirst = group === i;
    densities.push(
      isFirst ? means.probability[i].map(() => program.addColumn(0, 0, Infinity)) : densities[group],
    );
    atoms.push(isFirst ? means.interimAbove[i].map(() => program.addColumn(0, 0, Infinity)) : atoms[group]);
    means.interimAbove[i].forEach((interim, v) => {
      program.addCost(atoms[i][v], interim.toNumber() / money);
      total[i].push([atoms[i][v], 1]);
    });
    densities[i].forEach((column, a) => {
      total[i].push([column, means.probability[i][a].toNumber()]);
    });
  });
  const joint = new Map<string, number>();
  forEachPlace(cells, (place, c) => {
    const surplus = (above[c] + below[c]) / 2 / money;
    const gains = worth.reduce((left, table) => left - table[c] / money, surplus);
    place.forEach((a, i) => {
      program.addCost(densities[i][a], surplus - worth[i][c] / money);
    });
    const key = canonicalPlace(place, groups);
    const known = joint.get(key);
    if (known !== undefined) {
      program.addCost(known, -gains);
      return;
    }
    const column = program.addColumn(-gains, 0, mayLeaveMoney ? 1 : Infinity);
    joint.set(key, column);
    for (const density of new Set(place.map((a, i) => densities[i][a])))
      program.addRow(
        [
          [column, 1],
          [density, -1],
        ],
        -Infinity,
        0,
      );
  });
  groups.forEach((group, i) => {
    if (group === i) program.addRow(total[i], 1, 1);
  });
  const primal = await proposal(program, options);
  if (!primal) return undefined;
  return groups.map((_, i) => {
    const largest = Math.max(...densities[i].map((k) => primal[k]), ...atoms[i].map((k) => primal[k]));
    const rounded = (column: number) =>
      Rational.of(Math.max(0, Math.round((primal[column] / largest) * WEIGHT_UNIT)) || 0);
    return { density: densities[i].map(rounded), atoms: atoms[i].map(rounded) };
  });
}

/** Weights are whole numbers up to this one. */
const WEIGHT_UNIT = 2 ** 20;

/** What money is measured in, so that a solver's tolerances mean something: the largest expected surplus of a cell, or of all. */
export function moneyUnit({
  surplusAbove,
  interimAbove,
}: Pick<CellMeans, "surplusAbove" | "interimAbove">): number {
  const interim = interimAbove.flat().map((w) => Math.abs(w.toNumber()));
  const all = surplusAbove.values.reduce((sum, value) => sum + value, 0n);
  return Math.max(...interim, Math.abs(Rational.of(all, surplusAbove.denominator).toNumber())) || 1;
}
