import { toFloatProgram } from "../lp/float-program.js";
import type { LinearProgram } from "../lp/linear-program.js";
import type { Basis, SolverResult } from "../solver/solver.js";
import { BasisStatus } from "../solver/solver.js";
import { nonbasicStatus, submatrix } from "./basis-system.js";
import { type IntegerProgram, isFixed } from "./integer-program.js";
import { PrimeField } from "./modular-arithmetic.js";
import { factorise } from "./sparse-lu-modular.js";

/**
 * What a float counts as equal, relative to the terms of the sum. It only guides the choice of a
 * starting basis, which exact pivots then judge.
 */
const CLOSE = 1e-7;

/** The statuses of all variables to start from: the proposed basis, else one built around the proposed values. */
export function startingBasis(
  source: LinearProgram,
  program: IntegerProgram,
  proposal: SolverResult | undefined,
  checkpoint: () => void,
): Uint8Array {
  const { columnCount, rowCount } = program;
  const basis = proposal?.basis;
  if (basis && basis.column.length === columnCount && basis.row.length === rowCount) {
    return fromBasis(program, basis);
  }
  const primal = proposal?.primal;
  if (primal && primal.length === columnCount && primal.every(Number.isFinite)) {
    const dual = proposal.dual;
    const usable = dual && dual.length === rowCount && dual.every(Number.isFinite);
    return crashBasis(program, primal, usable ? inIntegerUnits(source, dual) : undefined, checkpoint);
  }
  return logicalBasis(program);
}

/** Every logical basic, every column at a bound: the one that its cost prefers. */
function logicalBasis(program: IntegerProgram): Uint8Array {
  const { columnCount } = program;
  return Uint8Array.from({ length: program.variableCount }, (_, v) => {
    if (v >= columnCount) return BasisStatus.BASIC;
    return nonbasicStatus(program, v, program.cost[v] < 0 ? BasisStatus.AT_UPPER : BasisStatus.AT_LOWER);
  });
}

function fromBasis(program: IntegerProgram, basis: Basis): Uint8Array {
  return Uint8Array.from({ length: program.variableCount }, (_, v) => {
    const status = v < program.columnCount ? basis.column[v] : basis.row[v - program.columnCount];
    return status === BasisStatus.BASIC ? status : nonbasicStatus(program, v, status);
  });
}

/** A float solver's duals, which refer to its scaled rows, as duals of the IntegerProgram's rows. */
function inIntegerUnits(source: LinearProgram, dual: Float64Array): Float64Array {
  const { rowScale } = toFloatProgram(source);
  return dual.map((y, i) => (y * rowScale[i]) / Number(source.rowDenominator[i]));
}

/**
 * `inside`: strictly between its bounds, so basic at a vertex. `priced`: at a bound, with a dual that says so.
 * `undecided`: at a bound, but perhaps basic and degenerate.
 */
type Standing = "inside" | "priced" | "undecided";

/**
 * A basis around float values: columns strictly between their bounds are basic, rows with a price are tight, and an
 * elimination modulo a prime decides among the rest, so that the basis is nonsingular.
 */
function crashBasis(
  program: IntegerProgram,
  primal: Float64Array,
  dual: Float64Array | undefined,
  checkpoint: () => void,
): Uint8Array {
  const { columnCount, rowCount, variableCount } = program;
  const values = new Float64Array(variableCount);
  const size = new Float64Array(variableCount);
  values.set(primal);
  primal.forEach((x, j) => {
    size[j] = Math.max(1, Math.abs(x));
  });
  const { start, index, value } = program.rows;
  for (let i = 0; i < rowCount; i++) {
    for (let k = start[i]; k < start[i + 1]; k++) {
      const term = Number(value[k]) * primal[index[k]];
      values[columnCount + i] += term;
      size[columnCount + i] = Math.max(size[columnCount + i], Math.abs(term), Math.abs(Number(value[k])));
    }
  }
  const nearest = Uint8Array.from(values, (_, v) => nearestBound(program, v, values[v]));
  const priced = dual ? pricedVariables(program, dual) : undefined;
  const standing = (v: number): Standing => {
    const gap = Math.abs(values[v] - boundValue(program, v, nearest[v]));
    if (!(gap <= CLOSE * size[v])) return "inside";
    if (isFixed(program, v)) return "priced";
    return priced?.[v] ? "priced" : "undecided";
  };
  const rows: number[] = [];
  const rowClass: number[] = [];
  for (let i = 0; i < rowCount; i++) {
    const stands = standing(columnCount + i);
    if (stands === "inside") continue;
    rows.push(i);
    rowClass.push(stands === "priced" ? 0 : 1);
  }
  const columns: number[] = [];
  const columnClass: number[] = [];
  for (let j = 0; j < columnCount; j++) {
    const stands = standing(j);
    if (stands === "priced") continue;
    columns.push(j);
    columnClass.push(stands === "inside" ? 0 : 1);
  }
  const matrix = submatrix(program.rows, Int32Array.from(rows), Int32Array.from(columns), columnCount);
  const field = PrimeField.below();
  const factors = factorise(
    {
      rowCount: rows.length,
      columnCount: columns.length,
      start: matrix.start,
      index: matrix.index,
      value: Float64Array.from(matrix.value, (entry: number | bigint) => field.reduceInteger(entry)),
    },
    field,
    {
      rowClass: Uint8Array.from(rowClass),
      columnClass: Uint8Array.from(columnClass),
      stages: [
        { rowClass: 0, columnClass: 0 },
        { rowClass: 1, columnClass: 0 },
        { rowClass: 0, columnClass: 1 },
      ],
    },
    checkpoint,
  );
  const status = nearest;
  for (let i = 0; i < rowCount; i++) status[columnCount + i] = BasisStatus.BASIC;
  for (const k of factors.pivotRow) {
    const logical = columnCount + rows[k];
    status[logical] = nearestBound(program, logical, values[logical]);
  }
  for (const k of factors.pivotColumn) status[columns[k]] = BasisStatus.BASIC;
  return status;
}

/** The variables whose reduced cost under the float duals is not nearly zero. */
function pricedVariables(program: IntegerProgram, dual: Float64Array): Uint8Array {
  const { columnCount, rowCount, rows } = program;
  const costDenominator = Number(program.costDenominator);
  const reduced = new Float64Array(columnCount);
  const size = new Float64Array(columnCount);
  for (let j = 0; j < columnCount; j++) {
    reduced[j] = Number(program.cost[j]) / costDenominator;
    size[j] = Math.abs(reduced[j]);
  }
  let largestDual = 0;
  for (let i = 0; i < rowCount; i++) {
    const y = dual[i];
    largestDual = Math.max(largestDual, Math.abs(y));
    for (let k = rows.start[i]; k < rows.start[i + 1]; k++) {
      const term = Number(rows.value[k]) * y;
      reduced[rows.index[k]] -= term;
      size[rows.index[k]] = Math.max(size[rows.index[k]], Math.abs(term));
    }
  }
  return Uint8Array.from({ length: program.variableCount }, (_, v) => {
    if (v < columnCount) return Math.abs(reduced[v]) > CLOSE * size[v] ? 1 : 0;
    return Math.abs(dual[v - columnCount]) > CLOSE * largestDual ? 1 : 0;
  });
}

function boundValue(program: IntegerProgram, variable: number, status: number): number {
  const bound = status === BasisStatus.AT_UPPER ? program.upper[variable] : program.lower[variable];
  return bound === undefined ? Number.NaN : Number(bound) / Number(program.boundDenominator);
}

function nearestBound(program: IntegerProgram, variable: number, value: number): number {
  const toLower = Math.abs(value - boundValue(program, variable, BasisStatus.AT_LOWER));
  const toUpper = Math.abs(value - boundValue(program, variable, BasisStatus.AT_UPPER));
  return nonbasicStatus(program, variable, toUpper < toLower ? BasisStatus.AT_UPPER : BasisStatus.AT_LOWER);
}
