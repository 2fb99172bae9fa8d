import type { BasisInput, Highs, Basis as HighsBasis, HighsCallbackMap, Model } from "highs";
import type { FloatProgram } from "../lp/float-program.js";
import { forgetHighs, loadHighs } from "./highs-runtime.js";
import type { Basis, Solver, SolverOptions, SolverResult, Termination } from "./solver.js";
import { solveTrivially } from "./trivial-program.js";

const NAME = "highs";

/** The tightest that HiGHS keeps reliably: its floor is 1e-10, its default 1e-7. */
const FEASIBILITY_TOLERANCE = 1e-9;

/** HiGHS drops smaller coefficients; its default, 1e-9, would drop products of small probabilities. */
const SMALLEST_COEFFICIENT = 1e-12;

/** Seconds; the package takes no infinite option. */
const FOREVER = 1e9;

/** Iterations of simplex, and more of them for each row and column, that none takes that comes to an end. */
const [MOST_ITERATIONS, ITERATIONS_PER_LINE] = [10_000, 50];
const MOST_INTERIOR_ITERATIONS = 1000;

/** Rows to append to a session's model, scaled as a FloatProgram's are. */
export type FloatRows = Pick<
  FloatProgram,
  "rowCount" | "rowLower" | "rowUpper" | "rowStart" | "column" | "coefficient"
>;

/** A model that stays in HiGHS's memory: each solve starts from the last one's basis. */
export interface HighsSession {
  readonly rowCount: number;
  /** Appends rows over the model's columns; they enter the kept basis as basic. */
  addRows(rows: FloatRows): void;
  solve(options?: SolverOptions): SolverResult;
  /** Frees the model's memory, which garbage collection does not. May be called twice. */
  dispose(): void;
}

/** HiGHS through `highs`, compiled to WebAssembly: the default. `configureHighs` says where it is loaded from. */
export const highsSolver: Solver = {
  name: NAME,
  async solve(program, options) {
    const runtime = await loadHighs();
    const trivial = solveTrivially(program, identity(runtime));
    if (trivial) return trivial;
    let session: HighsSession | undefined;
    try {
      session = createSession(runtime, program);
      return session.solve(options);
    } catch (error) {
      return failure(runtime, error);
    } finally {
      session?.dispose();
    }
  },
};

/** Opens a session on a program. Throws SolverUnavailable when HiGHS cannot be loaded. */
export async function openHighsSession(program: FloatProgram): Promise<HighsSession> {
  return createSession(await loadHighs(), program);
}

function createSession(runtime: Highs, program: FloatProgram): HighsSession {
  const { columnCount } = program;
  let { rowCount } = program;
  const model = runtime.createModel({
    numCols: columnCount,
    numRows: rowCount,
    offset: program.offset,
    colCost: program.cost,
    colLower: program.columnLower,
    colUpper: program.columnUpper,
    rowLower: program.rowLower,
    rowUpper: program.rowUpper,
    matrix: matrixOf(columnCount, program),
  });
  return {
    get rowCount() {
      return rowCount;
    },
    addRows(rows) {
      model.addRows({ lower: rows.rowLower, upper: rows.rowUpper, matrix: matrixOf(columnCount, rows) });
      rowCount += rows.rowCount;
    },
    solve(options = {}) {
      try {
        return run(runtime, model, rowCount + columnCount, options);
      } catch (error) {
        return failure(runtime, error);
      }
    },
    dispose() {
      try {
        model.dispose();
      } catch {
        // After an abort the whole memory is gone with its runtime, and nothing is left to free.
        forgetHighs();
      }
    },
  };
}

function matrixOf(columnCount: number, rows: FloatRows) {
  return {
    format: "csr" as const,
    numRows: rows.rowCount,
    numCols: columnCount,
    starts: rows.rowStart,
    indices: rows.column,
    values: rows.coefficient,
  };
}

function run(runtime: Highs, model: Model, size: number, options: SolverOptions): SolverResult {
  const { modelStatus } = runtime.constants;
  if (options.basis) model.setBasis(toHighsBasis(options.basis));
  model.options.set({
    output_flag: false,
    primal_feasibility_tolerance: FEASIBILITY_TOLERANCE,
    dual_feasibility_tolerance: FEASIBILITY_TOLERANCE,
    small_matrix_value: SMALLEST_COEFFICIENT,
    presolve: "choose",
    solver: options.algorithm ?? "choose",
    run_crossover: options.crossover === false ? "off" : "on",
    time_limit: Math.min(options.timeLimit ?? FOREVER, FOREVER),
    ipm_iteration_limit: MOST_INTERIOR_ITERATIONS,
    simplex_iteration_limit: MOST_ITERATIONS + ITERATIONS_PER_LINE * size,
  });
  model.zeroAllClocks();
  const watch = watching(runtime, options);
  let status = firstStatus(runtime, model, options, watch);
  let iterations = iterationCount(model);

  const undecided = status === modelStatus.unboundedOrInfeasible;
  const withoutBasis = status === modelStatus.infeasible && !hasBasis(runtime, model);
  if (undecided || withoutBasis) {
    // Presolve found this, and presolve leaves no basis behind. Simplex on the whole model does.
    model.options.set({ presolve: "off", solver: "simplex" });
    const second = model.run(watch).modelStatus;
    iterations += iterationCount(model);
    // A second run cut short by the clock takes nothing back.
    if (DECIDED.has(TERMINATION[second] ?? "failed")) status = second;
  }
  return readResult(runtime, model, status, iterations);
}

/**
 * Where simplex breaks down on numbers far apart, or goes round for ever, HiGHS's interior point often does not, and crossover leaves a
 * basis.
 */
function firstStatus(
  runtime: Highs,
  model: Model,
  { algorithm, signal }: SolverOptions,
  watch: HighsCallbackMap,
): number {
  const first = () => {
    try {
      return model.run(watch).modelStatus;
    } catch (fault) {
      // Anything else may mean that the WebAssembly instance is gone.
      if (algorithm === "ipm" || signal?.aborted || !messageOf(fault).includes(RUN_FAILED)) throw fault;
      return undefined;
    }
  };
  const status = first();
  const goesRound = status === runtime.constants.modelStatus.iterationLimit && algorithm !== "ipm";
  if (status !== undefined && !goesRound) return status;
  model.clearSolver();
  model.options.set({ solver: "ipm" });
  return model.run(watch).modelStatus;
}

/** What the package says where HiGHS itself reports that it could not go on. */
const RUN_FAILED = "failed with HiGHS status";

/** HiGHS asks at every iteration whether to go on. */
function watching(runtime: Highs, { progress, signal }: SolverOptions): HighsCallbackMap {
  if (!progress && !signal) return {};
  const { simplexInterrupt, ipmInterrupt } = runtime.constants.callbackType;
  const look = (iterations: number | undefined, of: string, event: { interrupt(): void }): undefined => {
    // Crossover counts -1 where it has nothing to count.
    if (iterations !== undefined && iterations >= 0) progress?.done(iterations, of);
    if (signal?.aborted) event.interrupt();
  };
  return {
    [simplexInterrupt]: (event) => look(event.data.simplex_iteration_count, "simplex iterations", event),
    [ipmInterrupt]: (event) => look(event.data.ipm_iteration_count, "interior-point iterations", event),
  };
}

function readResult(runtime: Highs, model: Model, status: number, iterations: number): SolverResult {
  const known = runtime.constants.solutionStatus;
  const solution = model.getSolution();
  const hasPrimal = model.info.get("primal_solution_status") !== known.none;
  const hasDual = model.info.get("dual_solution_status") !== known.none;
  return {
    termination: TERMINATION[status] ?? "failed",
    message: STATUS_NAME[status] ?? `model status ${status}`,
    primal: hasPrimal ? solution.colValue : undefined,
    dual: hasDual ? solution.rowDual : undefined,
    basis: hasBasis(runtime, model) ? fromHighsBasis(model.getBasis()) : undefined,
    objective: hasPrimal ? model.getObjectiveValue() : undefined,
    iterations,
    solver: identity(runtime),
  };
}

/** HiGHS's model statuses by their codes, in its own words. */
const STATUS_NAME = [
  "Not Set",
  "Load error",
  "Model error",
  "Presolve error",
  "Solve error",
  "Postsolve error",
  "Empty",
  "Optimal",
  "Infeasible",
  "Primal infeasible or unbounded",
  "Unbounded",
  "Bound on objective reached",
  "Target for objective reached",
  "Time limit reached",
  "Iteration limit reached",
  "Unknown",
  "Solution limit reached",
  "Interrupted by user",
];

const TERMINATION: Readonly<Record<number, Termination>> = {
  7: "optimal",
  8: "infeasible",
  9: "infeasible-or-unbounded",
  10: "unbounded",
  13: "interrupted",
  14: "failed",
  17: "interrupted",
};

const DECIDED: ReadonlySet<Termination> = new Set(["optimal", "infeasible", "unbounded"]);

function iterationCount(model: Model): number {
  let total = 0;
  for (const kind of ["simplex", "ipm", "crossover"]) {
    // HiGHS counts -1 where it has nothing to count.
    total += Math.max(0, Number(model.info.get(`${kind}_iteration_count`)));
  }
  return total;
}

function hasBasis(runtime: Highs, model: Model): boolean {
  return model.info.get("basis_validity") === runtime.constants.basisValidity.valid;
}

/** HiGHS numbers lower, basic, upper and zero as BasisStatus does; 4, "nonbasic", only marks an invalid basis. */
function fromHighsBasis(basis: HighsBasis): Basis {
  return { column: Uint8Array.from(basis.colStatus), row: Uint8Array.from(basis.rowStatus) };
}

function toHighsBasis(basis: Basis): BasisInput {
  return { colStatus: Int32Array.from(basis.column), rowStatus: Int32Array.from(basis.row) };
}

function identity(runtime: Highs): SolverResult["solver"] {
  return { name: NAME, version: runtime.version.string };
}

/** An exception may mean that the WebAssembly instance aborted, so the next solve loads a fresh one. */
function failure(runtime: Highs, error: unknown): SolverResult {
  forgetHighs();
  return {
    termination: "failed",
    message: messageOf(error),
    primal: undefined,
    dual: undefined,
    basis: undefined,
    objective: undefined,
    iterations: undefined,
    solver: identity(runtime),
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
