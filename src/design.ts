import { BestKnown, type Known } from "./best-known.js";
import { Design } from "./design-data.js";
import { InputError, shown } from "./fault/input-error.js";
import { boundsAtHand } from "./formulation/bounds-at-hand.js";
import type { Candidate } from "./formulation/candidate.js";
import type { Formulation, FormulationName } from "./formulation/formulation.js";
import { plansFor } from "./formulation/plan.js";
import type { Limits, Resolution } from "./formulation/resolution.js";
import { type Judgement, judge, surplusIsUnbounded } from "./kernel/judgement.js";
import { giveWay } from "./progress/give-way.js";
import { stopReason } from "./progress/progress.js";
import type { ProvedAnswer } from "./proved-answer.js";
import { asked, type Problem } from "./question/problem.js";
import { highsSolver } from "./solver/highs.js";
import type { Solver } from "./solver/solver.js";

export type { Known } from "./best-known.js";
export type { Design } from "./design-data.js";

/** Which solver proposes, which formulation, when to stop, and who is told. */
export interface DesignOptions extends Omit<Limits, "offer"> {
  /** The floating-point solver that proposes: `glpk` of `mechlp/glpk`, `jslp` of `mechlp/jslp`; HiGHS when absent. */
  readonly solver?: Solver;
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
  return new Design(await sparing(await walked(problem, options), options));
}

/**
 * Where no outside money is expected, a mechanism may still take some at profiles of probability zero, which cost nothing. Then
 * another one is looked for, that takes none there either, or a proof that there is none.
 */
async function sparing(found: ProvedAnswer, { solver, timeLimit, signal, progress }: DesignOptions) {
  const { problem, optimum, mostMoney } = found;
  const isExpected = problem.question.objective === "min-subsidy";
  if (!isExpected || !optimum?.isZero || !mostMoney || mostMoney.isZero) return found;
  const none = asked(problem, { objective: "feasibility" });
  const { mechanism, multipliers, verdict } = await walked(none, { solver, timeLimit, signal, progress });
  if (verdict === "possible") return proven(problem, { ...found, mechanism });
  if (verdict !== "impossible") return found;
  return proven(problem, { ...found, multipliers: { ...multipliers!, purpose: "money" } });
}

async function walked(problem: Problem, options: DesignOptions): Promise<ProvedAnswer> {
  const solver = solverOf(options);
  const posed = bounded(problem);
  const { progress, signal } = options;
  const known = new BestKnown(problem, options.onKnown);
  const started = performance.now();
  const elapsed = () => (performance.now() - started) / 1000;
  const isOver = () =>
    signal?.aborted === true || (options.timeLimit !== undefined && elapsed() > options.timeLimit);
  const isSmall = posed.environment.profiles.count <= MOST_IN_A_MOMENT;
  let isAtHand = false;
  const lookAtHand = async () => {
    if (isAtHand) return;
    isAtHand = true;
    progress?.stage("looking for bounds at hand");
    for await (const candidate of boundsAtHand(posed, solver)) {
      known.offer(candidate);
      await giveWay();
      if (isSettled(known.answer)) return;
      if (!isSmall && isOver()) return;
    }
  };
  let design: ProvedAnswer | undefined;
  let tooLarge: InputError | undefined;
  // A formulation may find that it cannot prove its answer; the next one then takes over.
  for (const formulation of plansFor(posed, options.formulation)) {
    if (mayTakeLong(formulation, posed)) {
      await lookAtHand();
      const isEnough = options.formulation === undefined && isSettled(known.answer);
      if (isEnough || isOver()) break;
    }
    progress?.stage(`solving by ${formulation.name}`);
    await giveWay();
    const timeLimit = options.timeLimit && Math.max(0.001, options.timeLimit - elapsed());
    // A bound on the way takes time; it is worth that only where there is none at hand.
    const offer = known.answer.multipliers ? undefined : (candidate: Candidate) => known.offer(candidate);
    const limits = { timeLimit, signal, progress, offer };
    try {
      for await (const resolution of formulation.resolve(posed, solver, limits)) {
        progress?.stage(`checking the answer by ${formulation.name}`);
        await giveWay();
        design = proven(problem, resolution);
        if (isSettled(design)) return design;
        known.offer(design);
        if (isOver()) break;
        progress?.stage(`solving by ${formulation.name}`);
      }
    } catch (fault) {
      if (!(fault instanceof InputError) || fault.path !== "") throw fault;
      tooLarge = fault;
    }
    if (isOver()) break;
  }
  if (isSmall || !isOver()) await lookAtHand();
  const { mechanism, multipliers, verdict, lower, upper } = known.answer;
  // What is at hand, or was found by an earlier formulation, stands even where a later one is too large.
  const saysNothing = verdict === "undecided" && !(lower && upper);
  if (tooLarge && !design && (saysNothing || options.formulation !== undefined)) throw tooLarge;
  const best = proven(problem, { ...(design ?? AT_HAND), mechanism, multipliers });
  if (isSettled(best)) return { ...best, shortfall: undefined };
  const stopped = signal?.aborted ? stopReason(signal) : isOver() && `time limit of ${options.timeLimit} s`;
  const large = tooLarge && `too large: ${tooLarge.found}`;
  return { ...best, shortfall: stopped || best.shortfall || large || NO_BEST_RULE };
}

/** A solver is a value, not a name, so that a page carries only those that it imports. */
function solverOf({ solver = highsSolver }: DesignOptions): Solver {
  if (typeof solver?.solve === "function") return solver;
  throw new InputError(
    "solver",
    shown(solver),
    'a solver: highs of "mechlp", glpk of "mechlp/glpk" or jslp of "mechlp/jslp"',
  );
}

/** What there is before any formulation has been solved. */
const AT_HAND: Resolution = {
  formulation: "bounds at hand",
  size: { rows: 0, columns: 0, nonzeros: 0 },
  timing: { formulateMs: 0, solveMs: 0, exactMs: 0 },
};

/** Bounds of fewer profiles are looked for to the end, whatever the time. */
const MOST_IN_A_MOMENT = 10_000;

/** Answers that are whole, of which none is best: only how ties are broken can be at fault. */
const NO_BEST_RULE = "none of the rules that were tried is best everywhere";

/** Fewer coefficients than this are solved in a moment. */
const FEWEST_THAT_TAKE_LONG = 40_000;

function mayTakeLong(formulation: Formulation, problem: Problem): boolean {
  return formulation.programs === true && formulation.size(problem).nonzeros >= FEWEST_THAT_TAKE_LONG;
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
export function bounded(problem: Problem): Problem {
  if (!surplusIsUnbounded(problem)) return problem;
  return asked(problem, { objective: "feasibility" });
}
