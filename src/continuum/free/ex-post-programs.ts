import { type LinearProgram, LinearProgramBuilder } from "../../lp/linear-program.js";
import { Rational } from "../../number/rational.js";
import type { Question } from "../../question/question.js";
import { addDeviations, type Deviations } from "./deviations.js";
import { AGENTS, type Agent, type TwoAgents } from "./two-agents.js";

type Entries = (readonly [column: number, coefficient: Rational])[];

/** Columns of a program for each product of cells: chances of outcomes. */
interface Allocation {
  readonly chances: readonly (readonly number[])[];
}

/** The program of mechanisms that are constant on products of cells, with gains that are affine there. */
export interface MechanismProgram extends Allocation {
  readonly program: LinearProgram;
  readonly base: readonly number[];
  /** For each product the columns of the first agent's gain at the mean types and its slopes. */
  readonly gains: readonly (readonly number[])[];
  readonly left?: readonly number[];
}

/** The program of the means of mechanisms over products of cells; only its prices are used. */
export interface MeansProgram extends Allocation {
  readonly program: LinearProgram;
  /** Rows, for each agent: gains against the envelope by cell; participation at checkpoints; what means leave open. */
  readonly envelope: readonly (readonly number[])[];
  readonly participation: readonly (readonly number[])[];
  readonly deviations: readonly Deviations[];
}

export function mechanismProgram(two: TwoAgents, question: Question): MechanismProgram {
  const lp = new LinearProgramBuilder("mechanisms on cells");
  const surplus = question.objective === "max-surplus";
  const chances = addChances(lp, two, !surplus);
  const interim = addInterim(lp, two, chances);
  const gains: number[][] = [];
  const left: number[] | undefined = question.balance === "no-deficit" ? [] : undefined;
  forProducts(two, (a, b, k) => {
    const columns = [lp.addColumn(), lp.addColumn(), lp.addColumn()];
    gains.push(columns);
    const cost = surplus ? two.mass(a, b).negate() : Rational.ZERO;
    left?.push(lp.addColumn(cost, { lower: Rational.ZERO }));
    for (const { first, second } of two.corners(a, b)) {
      const gain: Entries = [
        [columns[0], Rational.ONE],
        [columns[1], first.subtract(two.means[0][a])],
        [columns[2], second.subtract(two.means[1][b])],
      ];
      const outside = two.meshes[0].cells[a].outsideOption
        .at(first)
        .add(two.meshes[1].cells[b].outsideOption.at(second));
      lp.addRow(gain, Rational.ZERO, undefined);
      lp.addRow(
        [
          ...welfare(two, chances[k], first, second),
          ...negated(gain),
          ...(left ? [[left[k], MINUS_ONE] as const] : []),
        ],
        outside,
        undefined,
      );
    }
  });
  for (const i of AGENTS) {
    const other = (1 - i) as Agent;
    const others = two.meshes[other].cells;
    const rest = Rational.sum(others.map(({ outsideMoment }) => outsideMoment));
    two.meshes[i].cells.forEach(({ outsideOption }, own) => {
      const value = outsideOption.at(two.means[i][own]);
      const gain = others.flatMap(({ mass }, j): Entries => {
        const k = two.productOf(i, own, j);
        if (i === 0) return [[gains[k][0], mass]];
        const all = welfare(two, chances[k], two.means[0][j], two.means[1][own]);
        return [
          ...scaled(all, mass),
          [gains[k][0], mass.negate()],
          ...(left ? [[left[k], mass.negate()] as const] : []),
        ];
      });
      const outside = i === 0 ? Rational.ZERO : value.add(rest);
      const due = outside.subtract(value);
      lp.addRow([...gain, ...negated(envelope(two, interim, i, own))], due, due);
      const slope = outsideOption.coefficient(1);
      const change = others.map(({ mass }, j) => [gains[two.productOf(i, own, j)][1 + i], mass] as const);
      if (i === 0)
        lp.addRow([...change, ...negated(interimSlope(interim, i, own))], slope.negate(), slope.negate());
      else lp.addRow(change, Rational.ZERO, Rational.ZERO);
    });
    addRising(lp, two, interim, i);
  }
  return {
    program: lp.build(),
    chances,
    base: interim.utilities.map(([first]) => first),
    gains,
    ...(left && { left }),
  };
}

export function meansProgram(two: TwoAgents, question: Question): MeansProgram {
  const lp = new LinearProgramBuilder("means of mechanisms");
  const surplus = question.objective === "max-surplus";
  const chances = addChances(lp, two, true);
  const interim = addInterim(lp, two, chances);
  const gains: number[][] = [];
  forProducts(two, (a, b, k) => {
    const cost = surplus ? two.mass(a, b) : Rational.ZERO;
    gains.push(AGENTS.map(() => lp.addColumn(cost, { lower: Rational.ZERO })));
    const outside = two.outsideMeans[0][a].add(two.outsideMeans[1][b]);
    lp.addRow(
      [
        ...welfare(two, chances[k], two.means[0][a], two.means[1][b]),
        ...gains[k].map((column) => [column, MINUS_ONE] as const),
      ],
      outside,
      question.balance === "exact" ? outside : undefined,
    );
  });
  const deviations = AGENTS.map((i) =>
    addDeviations(
      lp,
      two.meshes[i],
      (own) => interimSlope(interim, i, own),
      two.range[i],
      (own) => two.meshes[i].cells[own].mass,
    ),
  );
  const envelopeRows: number[][] = [];
  const participation: number[][] = [];
  for (const i of AGENTS) {
    const others = two.meshes[1 - i].cells;
    envelopeRows.push(
      two.meshes[i].cells.map((_, own) => {
        const due = two.outsideMeans[i][own].negate();
        const gain = others.map(({ mass }, j) => [gains[two.productOf(i, own, j)][i], mass] as const);
        const rent = [deviations[i].rent[own], MINUS_ONE] as const;
        return lp.addRow([...gain, rent, ...negated(envelope(two, interim, i, own))], due, due);
      }),
    );
    participation.push(
      two.checkpoints[i].map(({ cell, place, required }) =>
        lp.addRow(
          utility(interim, i, cell, place.multiply(two.meshes[i].cells[cell].length)),
          required,
          undefined,
        ),
      ),
    );
  }
  return { program: lp.build(), chances, envelope: envelopeRows, participation, deviations };
}

function forProducts(two: TwoAgents, visit: (a: number, b: number, product: number) => void): void {
  for (let a = 0; a < two.size(0); a++) {
    for (let b = 0; b < two.size(1); b++) visit(a, b, two.product(a, b));
  }
}

function addChances(lp: LinearProgramBuilder, two: TwoAgents, counted: boolean): number[][] {
  const chances: number[][] = [];
  forProducts(two, (a, b) => {
    const columns = two.outcomes.map((_, x) => {
      const worth = two.welfare(x, two.means[0][a], two.means[1][b]).multiply(two.mass(a, b));
      return lp.addColumn(counted ? worth.negate() : Rational.ZERO, { lower: Rational.ZERO });
    });
    chances.push(columns);
    lp.addRow(
      columns.map((column) => [column, Rational.ONE]),
      Rational.ONE,
      Rational.ONE,
    );
  });
  return chances;
}

function addRising(lp: LinearProgramBuilder, two: TwoAgents, interim: Interim, i: Agent): number[] {
  return two.meshes[i].cells
    .slice(1)
    .map((_, cell) =>
      lp.addRow(
        [...interimSlope(interim, i, cell + 1), ...negated(interimSlope(interim, i, cell))],
        Rational.ZERO,
        undefined,
      ),
    );
}

function welfare(two: TwoAgents, chances: readonly number[], first: Rational, second: Rational): Entries {
  return chances.map((column, x) => [column, two.welfare(x, first, second)]);
}

/** Columns of what agents expect, which keep rows short: by agent the slopes on cells, and the utilities where cells start. */
interface Interim {
  readonly slopes: readonly (readonly number[])[];
  readonly utilities: readonly (readonly number[])[];
}

function addInterim(
  lp: LinearProgramBuilder,
  two: TwoAgents,
  chances: readonly (readonly number[])[],
): Interim {
  const slopes = AGENTS.map((i) =>
    two.meshes[i].cells.map((_, own) => {
      const slope = lp.addColumn();
      const mean = two.meshes[1 - i].cells.flatMap(({ mass }, j) =>
        chances[two.productOf(i, own, j)].map(
          (column, x) => [column, mass.multiply(two.outcomes[x].slopes[i])] as const,
        ),
      );
      lp.addRow([[slope, MINUS_ONE], ...mean], Rational.ZERO, Rational.ZERO);
      return slope;
    }),
  );
  const utilities = AGENTS.map((i) => {
    const columns = [lp.addColumn()];
    two.meshes[i].cells.slice(1).forEach((_, a) => {
      const next = lp.addColumn();
      const rise = [slopes[i][a], two.meshes[i].cells[a].length] as const;
      lp.addRow([[next, MINUS_ONE], [columns[a], Rational.ONE], rise], Rational.ZERO, Rational.ZERO);
      columns.push(next);
    });
    return columns;
  });
  return { slopes, utilities };
}

/** The expected slope of agent `i`'s value on one of its cells. */
function interimSlope({ slopes }: Interim, i: Agent, own: number): Entries {
  return [[slopes[i][own], Rational.ONE]];
}

/** Utility so far beyond the start of a cell, by the envelope. */
function utility({ slopes, utilities }: Interim, i: Agent, cell: number, beyond: Rational): Entries {
  return [
    [utilities[i][cell], Rational.ONE],
    [slopes[i][cell], beyond],
  ];
}

/** Utility at the mean type of a cell, by the envelope. */
function envelope(two: TwoAgents, interim: Interim, i: Agent, cell: number): Entries {
  return utility(interim, i, cell, two.means[i][cell].subtract(two.meshes[i].cells[cell].from));
}

function scaled(entries: Entries, factor: Rational): Entries {
  return entries.map(([column, coefficient]) => [column, coefficient.multiply(factor)]);
}

function negated(entries: Entries): Entries {
  return scaled(entries, MINUS_ONE);
}

const MINUS_ONE = Rational.of(-1);
