import type { SolverAPI } from "javascript-lp-solver";
import type { FloatProgram } from "../lp/float-program.js";
import { type Solver, type SolverResult, SolverUnavailable } from "./solver.js";
import { solveTrivially } from "./trivial-program.js";

/** The package does not tell its version to a program, so it stands here and a test compares. */
const IDENTITY = { name: "jslp", version: "1.0.3" };

/** Below this a number is zero to the package. Its default, 1e-8, is as loose as the answers it then rounds. */
const PRECISION = 1e-9;

/** Cells of the largest tableau accepted: a dense program of 500 x 500 takes some 5 s, one of 700 x 700 takes 14 s. */
export const LARGEST_TABLEAU = 250_000;

/**
 * The package gets stuck at degenerate vertices. Where it does, every inequality is relaxed by up to twice this,
 * each by another amount, which leaves no vertex degenerate; the answer is brought back to the true right-hand sides.
 */
const RELAXATION = 1e-6;

type Model = InstanceType<SolverAPI["Model"]>;
type Variable = ReturnType<Model["addVariable"]>;
type Constraint = ReturnType<Model["smallerThan"]>;

/**
 * javascript-lp-solver: a dense tableau in plain JavaScript, for small programs and without WebAssembly.
 * It reports no basis, and is refused programs whose tableau exceeds LARGEST_TABLEAU.
 */
export const javascriptLpSolver: Solver = {
  name: IDENTITY.name,
  async solve(program, options) {
    const { rows, columns } = tableauSize(program);
    // Compared this way round, so that NaN is refused too.
    if (!(rows * columns <= LARGEST_TABLEAU)) {
      throw new SolverUnavailable(
        `javascript-lp-solver keeps a dense tableau, and ${rows} x ${columns} is more than the ` +
          `${LARGEST_TABLEAU} cells it is given here. The solver "highs" takes this size.`,
      );
    }
    const library = await loadLibrary();
    const trivial = solveTrivially(program, IDENTITY);
    if (trivial) return trivial;
    const deadline = performance.now() + 1000 * (options?.timeLimit ?? Number.POSITIVE_INFINITY);
    const attempt = (relaxation: number): SolverResult => {
      try {
        return new Tableau(library, program, relaxation).solve(deadline);
      } catch (fault) {
        if (!(fault instanceof PivotsExceeded)) throw fault;
        const termination = performance.now() > deadline ? "interrupted" : "failed";
        return { ...NOTHING_KNOWN, termination, message: fault.message };
      }
    };
    const result = attempt(0);
    return result.termination === "failed" ? attempt(RELAXATION) : result;
  },
};

async function loadLibrary(): Promise<SolverAPI> {
  try {
    // Declared as CommonJS but loaded as an ES module: the default export sits one level higher than declared.
    const { default: library } = await import("javascript-lp-solver");
    return library as unknown as SolverAPI;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SolverUnavailable(
      `javascript-lp-solver cannot be loaded: ${reason}. Install it: npm install javascript-lp-solver`,
    );
  }
}

/** Rows and columns of the dense tableau that a program becomes, with its cost row and right-hand side. */
export function tableauSize(program: FloatProgram): { rows: number; columns: number } {
  let rows = 1;
  let columns = 1;
  for (let j = 0; j < program.columnCount; j++) {
    const below = Number.isFinite(program.columnLower[j]);
    const above = Number.isFinite(program.columnUpper[j]);
    if (program.columnLower[j] === program.columnUpper[j]) continue;
    columns += below || above ? 1 : 2;
    if (below && above) rows++;
  }
  for (let i = 0; i < program.rowCount; i++) {
    rows += Number(Number.isFinite(program.rowLower[i])) + Number(Number.isFinite(program.rowUpper[i]));
  }
  return { rows, columns };
}

/** A result without any vector. */
const NOTHING_KNOWN = {
  primal: undefined,
  dual: undefined,
  basis: undefined,
  objective: undefined,
  iterations: undefined,
  solver: IDENTITY,
};

class PivotsExceeded extends Error {}

/**
 * The program over non-negative variables. A column with a bound is counted from it, `x = shift + sign * u`,
 * and a free one is split, `x = u - v`: the package's own `unrestricted` calls feasible programs infeasible.
 */
class Tableau {
  private readonly model: Model;
  private readonly shift: Float64Array;
  private readonly parts: { readonly variable: Variable; readonly sign: number }[][] = [];
  private readonly atLeast: (Constraint | undefined)[] = [];
  private readonly atMost: (Constraint | undefined)[] = [];
  private readonly relaxed: { readonly constraint: Constraint; readonly by: number }[] = [];

  constructor(
    library: SolverAPI,
    private readonly program: FloatProgram,
    private readonly relaxation: number,
  ) {
    this.model = new library.Model(PRECISION, "program", library.branchAndCutService);
    // Its presolve takes the cost of a variable that it fixes out of the objective, and its search for cycles
    // cannot find one: only a pivot repeated at once would count.
    this.model.usePresolve = false;
    this.model.checkForCycles = false;
    this.shift = new Float64Array(program.columnCount);
    for (let j = 0; j < program.columnCount; j++) this.addColumn(j);
    for (let i = 0; i < program.rowCount; i++) this.addRow(i);
  }

  private addColumn(j: number): void {
    const lower = this.program.columnLower[j];
    const upper = this.program.columnUpper[j];
    const cost = this.program.cost[j];
    const part = (sign: number) => ({ variable: this.model.addVariable(sign * cost), sign });
    if (Number.isFinite(lower)) {
      this.shift[j] = lower;
      this.parts[j] = lower === upper ? [] : [part(1)];
      if (lower < upper && Number.isFinite(upper)) {
        this.smallerThan(upper - lower).addTerm(1, this.parts[j][0].variable);
      }
    } else if (Number.isFinite(upper)) {
      this.shift[j] = upper;
      this.parts[j] = [part(-1)];
    } else {
      this.parts[j] = [part(1), part(-1)];
    }
  }

  private addRow(i: number): void {
    const { rowStart, column, coefficient, rowLower, rowUpper } = this.program;
    let constant = 0;
    for (let k = rowStart[i]; k < rowStart[i + 1]; k++) constant += coefficient[k] * this.shift[column[k]];
    const finite = Number.isFinite;
    this.atLeast[i] = finite(rowLower[i]) ? this.greaterThan(rowLower[i] - constant) : undefined;
    this.atMost[i] = finite(rowUpper[i]) ? this.smallerThan(rowUpper[i] - constant) : undefined;
    for (let k = rowStart[i]; k < rowStart[i + 1]; k++) {
      for (const { variable, sign } of this.parts[column[k]]) {
        this.atLeast[i]?.addTerm(sign * coefficient[k], variable);
        this.atMost[i]?.addTerm(sign * coefficient[k], variable);
      }
    }
  }

  private greaterThan(side: number): Constraint {
    const by = this.nextRelaxation();
    const constraint = this.model.greaterThan(side - by);
    this.relaxed.push({ constraint, by });
    return constraint;
  }

  private smallerThan(side: number): Constraint {
    const by = this.nextRelaxation();
    const constraint = this.model.smallerThan(side + by);
    this.relaxed.push({ constraint, by });
    return constraint;
  }

  /** Multiples of the golden ratio spread evenly over [0, 1) and do not repeat. */
  private nextRelaxation(): number {
    return this.relaxation * (1 + ((this.relaxed.length * 0.618033988749895) % 1));
  }

  /**
   * The package pivots for ever when it cycles and knows no limit of its own, so its pivots are counted: beyond what
   * any honest run needs, or after the time limit (milliseconds), PivotsExceeded is thrown.
   */
  private limitPivots(deadline: number): void {
    const { tableau } = this.model;
    const pivot = tableau.pivot.bind(tableau);
    const { rows, columns } = tableauSize(this.program);
    let left = 200 + 3 * (rows + columns);
    tableau.pivot = (row, column) => {
      if (left-- <= 0) throw new PivotsExceeded("pivoting in circles");
      if (performance.now() > deadline) throw new PivotsExceeded("time limit");
      pivot(row, column);
    };
  }

  solve(deadline: number): SolverResult {
    this.limitPivots(deadline);
    const { feasible, bounded } = this.model.solve();
    if (!feasible) return { ...NOTHING_KNOWN, termination: "infeasible", message: "feasible: false" };
    if (!bounded) return { ...NOTHING_KNOWN, termination: "unbounded", message: "bounded: false" };
    if (!this.atOptimum() || !this.withdrawRelaxation()) {
      return { ...NOTHING_KNOWN, termination: "failed", message: "stopped pivoting at a degenerate vertex" };
    }
    const primal = this.readPrimal();
    let objective = this.program.offset;
    for (let j = 0; j < primal.length; j++) objective += this.program.cost[j] * primal[j];
    return {
      ...NOTHING_KNOWN,
      termination: "optimal",
      message: "feasible: true, bounded: true",
      primal,
      dual: this.readDual(),
      objective,
    };
  }

  /** The package gives up on a degenerate vertex after some pivots and then calls it optimal; the cost row knows. */
  private atOptimum(): boolean {
    const { matrix, width } = this.model.tableau;
    for (let column = 1; column < width; column++) if (!(matrix[column] <= PRECISION)) return false;
    return true;
  }

  /** Takes the relaxations out of the right-hand sides again; false when the vertex is then infeasible. */
  private withdrawRelaxation(): boolean {
    const { matrix, width, height, rhsColumn, rowByVarIndex, colByVarIndex } = this.model.tableau;
    if (this.relaxation === 0) return true;
    for (const { constraint, by } of this.relaxed) {
      const { index } = constraint.slack;
      const column = colByVarIndex[index];
      if (column > 0) {
        for (let row = 1; row < height; row++)
          matrix[row * width + rhsColumn] -= matrix[row * width + column] * by;
      } else {
        matrix[rowByVarIndex[index] * width + rhsColumn] -= by;
      }
    }
    for (let row = 1; row < height; row++) if (!(matrix[row * width + rhsColumn] >= -PRECISION)) return false;
    return true;
  }

  /** Read from the tableau, for the package's own answer is rounded and leaves out zeros. */
  private readPrimal(): Float64Array {
    const { matrix, width, rhsColumn, rowByVarIndex } = this.model.tableau;
    return this.shift.map((shift, j) => {
      let value = shift;
      for (const { variable, sign } of this.parts[j]) {
        const row = rowByVarIndex[variable.index];
        if (row > 0) value += sign * matrix[row * width + rhsColumn];
      }
      return value;
    });
  }

  /** A row's dual is the reduced cost of its slack, in the cost row of a maximisation of `-cost`. */
  private readDual(): Float64Array {
    const { matrix, colByVarIndex } = this.model.tableau;
    const reduced = (constraint: Constraint | undefined) => {
      const column = constraint ? colByVarIndex[constraint.slack.index] : -1;
      return column > 0 ? matrix[column] : 0;
    };
    return Float64Array.from(this.atLeast, (atLeast, i) => reduced(this.atMost[i]) - reduced(atLeast));
  }
}
