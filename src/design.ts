import { InputError } from "./environment/input-error.js";
import { plansFor } from "./formulation/plan.js";
import type { Limits, Resolution } from "./formulation/resolution.js";
import { Rational } from "./number/rational.js";
import type { Problem } from "./problem/problem.js";
import { type Judgement, judge, surplusIsUnbounded } from "./proof/judgement.js";
import { type SolverName, solverByName } from "./solver/registry.js";

export interface DesignOptions extends Limits {
  /** The floating-point solver that proposes; HiGHS when absent. */
  readonly solver?: SolverName;
  /** Forces a formulation by its name; the smallest that applies when absent. */
  readonly formulation?: string;
  /** Told what is being done, in words, and what is known of the optimum by then. */
  readonly onStage?: (stage: string, interval?: Interval) => void;
}

/** Bounds of an optimum; absent where nothing is known on that side. */
export type Interval = Pick<Judgement, "lower" | "upper">;

/** A question's answer, with everything that proves it. */
export interface Design extends Judgement, Resolution {
  readonly problem: Problem;
  readonly auditMs: number;
}

/**
 * Walks the whole way from a problem to its answer: formulate, solve, recover, prove. The verdict rests on nothing but the
 * exact audit of the mechanism and the exact weak-duality bound of the multipliers.
 * Throws SolverUnavailable when the solver cannot be used, InputError when the problem is too large.
 */
export async function designFor(problem: Problem, options: DesignOptions = {}): Promise<Design> {
  const solver = solverByName(options.solver ?? "highs");
  const asked = bounded(problem);
  const started = performance.now();
  let design: Design | undefined;
  // A formulation may find that it cannot prove its answer; the next one then takes over.
  for (const formulation of plansFor(asked, options.formulation)) {
    const spent = (performance.now() - started) / 1000;
    const timeLimit = options.timeLimit && Math.max(0.001, options.timeLimit - spent);
    options.onStage?.(`solving by ${formulation.name}`, design ?? knownBeforehand(problem));
    const resolution = await formulation.resolve(asked, solver, { ...options, timeLimit }).catch((fault) => {
      // What an earlier formulation found stands even where a later one is too large.
      if (design && fault instanceof InputError) return undefined;
      throw fault;
    });
    if (!resolution) continue;
    options.onStage?.(`checking the answer by ${formulation.name}`, design ?? knownBeforehand(problem));
    const next = proven(problem, resolution);
    if (isSettled(next)) return next;
    design = design ? better(design, next) : next;
    if (options.timeLimit && spent > options.timeLimit) break;
  }
  if (!design) throw new Error("no formulation applies, though the direct one always should");
  return design;
}

/** Outside money never flows out. */
function knownBeforehand({ question }: Problem): Interval {
  const subsidised = question.objective === "min-subsidy" || question.objective === "min-worst-subsidy";
  return { lower: subsidised ? Rational.ZERO : undefined, upper: undefined };
}

function isSettled({ optimum, infeasible, unbounded }: Design): boolean {
  return optimum !== undefined || infeasible || unbounded;
}

/** Of two answers that are not settled, the one that knows more sides of the interval; the later one of equals. */
function better(before: Design, after: Design): Design {
  const sides = ({ lower, upper }: Interval) => (lower ? 1 : 0) + (upper ? 1 : 0);
  return sides(before) > sides(after) ? before : after;
}

function proven(problem: Problem, resolution: Resolution): Design {
  const started = performance.now();
  const { mechanism } = resolution;
  const unbounded = surplusIsUnbounded(problem.question);
  const multipliers =
    unbounded && resolution.multipliers?.purpose === "bound" ? undefined : resolution.multipliers;
  const judgement = judge(problem, mechanism, multipliers);
  return { ...resolution, multipliers, ...judgement, problem, auditMs: performance.now() - started };
}

/** Where surplus has no bound, any mechanism answers the question. */
function bounded(problem: Problem): Problem {
  if (!surplusIsUnbounded(problem.question)) return problem;
  return { ...problem, question: { ...problem.question, objective: "feasibility" } };
}
