import type { GLPK as SynchronousGlpk } from "glpk.js/node";
import type { FloatProgram } from "../lp/float-program.js";
import { type Solver, type SolverOptions, type SolverResult, SolverUnavailable } from "./solver.js";
import { solveTrivially } from "./trivial-program.js";

const NAME = "glpk";

type Result = ReturnType<SynchronousGlpk["solve"]>;
type Program = Parameters<SynchronousGlpk["solve"]>[0];
type RunOptions = Exclude<Parameters<SynchronousGlpk["solve"]>[1], number>;

/** What this file uses of GLPK: in a browser it runs in a worker and answers with a promise. */
type Glpk = Omit<SynchronousGlpk, "solve" | "write"> & {
  solve(program: Program, options: RunOptions): Result | Promise<Result>;
};

/** GLPK through `glpk.js`. It answers with duals but without a basis, and its tolerance is fixed at 1e-7. */
export const glpkSolver: Solver = {
  name: NAME,
  async solve(program, options = {}) {
    const glpk = await loadGlpk();
    const trivial = solveTrivially(program, identity(glpk));
    if (trivial) return trivial;
    try {
      return await run(glpk, program, options);
    } catch (error) {
      // An abort leaves the WebAssembly instance unusable, so the next solve loads a fresh one.
      loading = undefined;
      return { ...EMPTY, termination: "failed", message: messageOf(error), solver: identity(glpk) };
    }
  },
};

let loading: Promise<Glpk> | undefined;

function loadGlpk(): Promise<Glpk> {
  loading ??= (async (): Promise<Glpk> => {
    const inNode = typeof process !== "undefined" && process.versions?.node !== undefined;
    if (inNode) return (await import("glpk.js/node")).default();
    return (await import("glpk.js")).default();
  })().catch((error) => {
    loading = undefined;
    throw new SolverUnavailable(
      `GLPK cannot be loaded: ${messageOf(error)}. It is optional, for its licence is GPL-3.0: npm install glpk.js`,
    );
  });
  return loading;
}

async function run(glpk: Glpk, program: FloatProgram, options: SolverOptions): Promise<SolverResult> {
  const model = toGlpk(glpk, program);
  const started = performance.now();
  const patience = patienceWith(program);
  const limit = Math.min(options.timeLimit ?? Number.POSITIVE_INFINITY, patience);
  const remaining = () => limit - (performance.now() - started) / 1000;
  const solve = (presol: boolean) =>
    glpk.solve(model, {
      presol,
      msglev: glpk.GLP_MSG_OFF,
      // Whole milliseconds, and not zero: GLPK would take zero for "at once".
      tmlim: Math.max(1, Math.ceil(remaining() * 1000)) / 1000,
    });
  let { result } = await solve(true);
  // Presolve that proves infeasibility or unboundedness leaves the status undefined; simplex says which.
  if (result.status === glpk.GLP_UNDEF && remaining() > 0) ({ result } = await solve(false));
  const outOfTime = remaining() <= 0;
  const message = limit === patience ? `no end after ${Math.round(patience)} s` : "time limit reached";
  const late = { termination: limit === patience ? "failed" : "interrupted", message } as const;
  return readResult(glpk, program, result, outOfTime ? late : undefined);
}

/**
 * Seconds after which GLPK, which may go round in circles for ever and cannot be asked to stop, is not waited for: far more than
 * it takes where it comes to an end.
 */
function patienceWith({ rowCount, columnCount, coefficient }: FloatProgram): number {
  return 2 + ((rowCount + columnCount) * coefficient.length) / 5e6;
}

function readResult(
  glpk: Glpk,
  program: FloatProgram,
  result: Result["result"],
  late: Pick<SolverResult, "termination" | "message"> | undefined,
): SolverResult {
  const solver = identity(glpk);
  switch (result.status) {
    case glpk.GLP_OPT:
      return {
        termination: "optimal",
        message: "solution is optimal",
        primal: Float64Array.from({ length: program.columnCount }, (_, j) => result.vars[`x${j}`]),
        dual: Float64Array.from({ length: program.rowCount }, (_, i) => result.dual?.[`r${i}`] ?? Number.NaN),
        basis: undefined,
        objective: result.z + program.offset,
        iterations: undefined,
        solver,
      };
    case glpk.GLP_NOFEAS:
      return { ...EMPTY, termination: "infeasible", message: "no feasible solution exists", solver };
    case glpk.GLP_UNBND:
      return { ...EMPTY, termination: "unbounded", message: "solution is unbounded", solver };
    default:
      return {
        ...EMPTY,
        ...(late ?? { termination: "failed", message: `solution status ${result.status}` }),
        solver,
      };
  }
}

const EMPTY = {
  primal: undefined,
  dual: undefined,
  basis: undefined,
  objective: undefined,
  iterations: undefined,
};

function toGlpk(glpk: Glpk, program: FloatProgram): Program {
  const bounds = (lower: number, upper: number) => {
    const [lb, ub] = [Number.isFinite(lower) ? lower : 0, Number.isFinite(upper) ? upper : 0];
    if (lower === upper) return { type: glpk.GLP_FX, lb, ub };
    if (lower === Number.NEGATIVE_INFINITY) {
      return { type: upper === Number.POSITIVE_INFINITY ? glpk.GLP_FR : glpk.GLP_UP, lb, ub };
    }
    return { type: upper === Number.POSITIVE_INFINITY ? glpk.GLP_LO : glpk.GLP_DB, lb, ub };
  };
  const names = Array.from({ length: program.columnCount }, (_, j) => `x${j}`);
  return {
    name: "program",
    // Every column is listed here, for GLPK knows columns only by their mention. It has no constant term.
    objective: {
      direction: glpk.GLP_MIN,
      name: "cost",
      vars: names.map((name, j) => ({ name, coef: program.cost[j] })),
    },
    subjectTo: Array.from({ length: program.rowCount }, (_, i) => {
      const vars: { name: string; coef: number }[] = [];
      for (let k = program.rowStart[i]; k < program.rowStart[i + 1]; k++) {
        vars.push({ name: names[program.column[k]], coef: program.coefficient[k] });
      }
      return { name: `r${i}`, vars, bnds: bounds(program.rowLower[i], program.rowUpper[i]) };
    }),
    bounds: names.map((name, j) => ({ name, ...bounds(program.columnLower[j], program.columnUpper[j]) })),
  };
}

function identity(glpk: Glpk): SolverResult["solver"] {
  return { name: NAME, version: glpk.version };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
