import { BestKnown, type Known } from "./best-known.js";
import { Design } from "./design-data.js";
import { InputError } from "./fault/input-error.js";
import { boundsAtHand } from "./formulation/bounds-at-hand.js";
import type { Candidate } from "./formulation/candidate.js";
import type { Formulation, FormulationName } from "./formulation/formulation.js";
import { plansFor } from "./formulation/plan.js";
import type { Limits, Resolution } from "./formulation/resolution.js";
import { type Judgement, judge, surplusIsUnbounded } from "./kernel/judgement.js";
import { stopReason } from "./progress/progress.js";
import type { ProvedAnswer } from "./proved-answer.js";
import { asked, type Problem } from "./question/problem.js";
import { type SolverName, solverByName } from "./solver/registry.js";

export type { Known } from "./best-known.js";
export type { Design } from "./design-data.js";

export interface DesignOptions extends Omit<Limits, "offer"> {
  /** The floating-point solver that proposes; HiGHS when absent. */
  readonly solver?: SolverName;
  /** Forces a formulation by its name; the smallest that applies when absent. */
  readonly formulation?: FormulationName;
  /** Told of what is known beforehand, and of every tighter bound that is proved on the way. */
  readonly onKnown?: (known: Known) => void;
}

/**
 * Walks the whole way from a problem to its answer: formulate, solve, recover, prove. The verdict rests on nothing but the
 * exact audit of the mechanism and the exact weak-duality bound of the multipliers. Where the work is cut short, the answer is
 * the tightest interval that was proved by then.
 * Throws SolverUnavailable when the solver cannot be used, InputError when the problem is too large.
 */
export async function designFor(problem: Problem, options: DesignOptions = {}): Promise<Design> {
  return new Design(await walked(problem, options));
}

async function walked(problem: Problem, options: DesignOptions): Promise<ProvedAnswer> {
  const solver = solverByName(options.solver ?? "highs");
  const posed = bounded(problem);
  const { progress, signal } = options;
  const known = new BestKnown(posed, options.onKnown);
  const started = performance.now();
  const elapsed = () => (performance.now() - started) / 1000;
  const isOver = () =>
    signal?.aborted === true || (options.timeLimit !== undefined && elapsed() > options.timeLimit);
  let design: ProvedAnswer | undefined;
  let atHand = false;
  // A formulation may find that it cannot prove its answer; the next one then takes over.
  for (const formulation of plansFor(posed, options.formulation)) {
    progress?.stage(`solving by ${formulation.name}`);
    if (!atHand && mayTakeLong(formulation, posed)) {
      atHand = true;
      for await (const candidate of boundsAtHand(posed, solver)) known.offer(candidate);
    }
    const timeLimit = options.timeLimit && Math.max(0.001, options.timeLimit - elapsed());
    // A bound on the way takes time; it is worth that only where there is none at hand.
    const offer = known.answer.multipliers ? undefined : (candidate: Candidate) => known.offer(candidate);
    const limits = { timeLimit, signal, progress, offer };
    try {
      for await (const resolution of formulation.resolve(posed, solver, limits)) {
        progress?.stage(`checking the answer by ${formulation.name}`);
        design = proven(problem, resolution);
        if (isSettled(design)) return design;
        known.offer(design);
        if (isOver()) break;
        progress?.stage(`solving by ${formulation.name}`);
      }
    } catch (fault) {
      // What an earlier formulation found stands even where a later one is too large.
      if (!design || !(fault instanceof InputError)) throw fault;
    }
    if (isOver()) break;
  }
  if (!design) throw new Error("no formulation applies, though the direct one always should");
  const stopped = signal?.aborted ? stopReason(signal) : isOver() && `time limit of ${options.timeLimit} s`;
  const best = withBestKnown(design, known);
  if (isSettled(best)) return best;
  return { ...best, shortfall: stopped || best.shortfall || NO_BEST_RULE };
}

/** Answers that are whole, of which none is best: only how ties are broken can be at fault. */
const NO_BEST_RULE = "none of the rules that were tried is best everywhere";

/** Fewer coefficients than this are solved in a moment. */
const FEWEST_THAT_TAKE_LONG = 100_000;

function mayTakeLong(formulation: Formulation, problem: Problem): boolean {
  return formulation.programs === true && formulation.size(problem).nonzeros >= FEWEST_THAT_TAKE_LONG;
}

/** An answer that is not settled, with the tightest bounds that were proved on the way, and what proves them. */
function withBestKnown(design: ProvedAnswer, known: BestKnown): ProvedAnswer {
  if (surplusIsUnbounded(design.problem)) return design;
  const { mechanism, multipliers, ...judgement } = known.answer;
  return { ...design, ...judgement, mechanism, multipliers };
}

function isSettled({ optimum, infeasible, unbounded }: Judgement): boolean {
  return optimum !== undefined || infeasible || unbounded;
}

function proven(problem: Problem, resolution: Resolution): ProvedAnswer {
  const started = performance.now();
  const { mechanism } = resolution;
  const unbounded = surplusIsUnbounded(problem);
  const multipliers =
    unbounded && resolution.multipliers?.purpose === "bound" ? undefined : resolution.multipliers;
  const judgement = judge(problem, mechanism, multipliers);
  return { ...resolution, multipliers, ...judgement, problem, auditMs: performance.now() - started };
}

/** Where surplus has no bound, any mechanism answers the question. */
function bounded(problem: Problem): Problem {
  if (!surplusIsUnbounded(problem)) return problem;
  return asked(problem, { objective: "feasibility" });
}
