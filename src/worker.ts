/**
 * `design` in a worker of its own, in browsers and in Node: the page stays alive, and a signal to stop ends any work at once.
 *
 *     import { bilateralTrade } from "mechlp";
 *     import { design } from "mechlp/worker";
 *     const model = bilateralTrade({ buyer: { points: 10 }, seller: { points: 10 } });
 *     const answer = await design(model, {}, { signal: AbortSignal.timeout(1000) });
 *
 * @module mechlp/worker
 */
import type { Model } from "../models/family.js";
import { BestKnown, type Known } from "./best-known.js";
import type { DesignOptions } from "./design.js";
import { Design, type DesignData, designFromData } from "./design-data.js";
import type { design as designHere } from "./index.js";
import { surplusIsUnbounded } from "./kernel/judgement.js";
import { stopReason } from "./progress/progress.js";
import { type Problem, posed } from "./question/problem.js";
import { highsSolver } from "./solver/highs.js";
import { faultFromData } from "./worker/fault-data.js";
import { problemData, type Reply, type Request } from "./worker/messages.js";
import type { AnyWorker } from "./worker/port.js";
import { freeThread, Thread } from "./worker/threads.js";

/** As for `design` of `mechlp`, and where the worker comes from. */
export interface WorkerDesignOptions extends DesignOptions {
  /**
   * Starts a worker whose script calls `serve` of `mechlp/worker/serve`: for solvers beside HiGHS, and where the script that comes
   * with mechlp cannot be found at its address. It answers one question and is ended then; without this option a worker that has
   * answered waits for the next question.
   */
  readonly worker?: () => AnyWorker;
}

/** Milliseconds between looks at the signal and the clock. */
const LOOK = 20;
/** Milliseconds in which the worker may end by itself, with all that it knows, once its work is to stop. */
const GRACE = { signal: 100, "time limit": 500 };

/**
 * As `design` of `mechlp`: the same question, options and answer, and errors of the same classes. A signal to stop is answered
 * within a quarter of a second, with what was proved by then.
 */
export function design(
  model: Model,
  question: Parameters<typeof designHere>[1] = {},
  options: WorkerDesignOptions = {},
): Promise<Design> {
  return designFor(posed(model.environment, question, model.givenRule), options);
}

/** The same for a problem that has been posed. */
export async function designFor(problem: Problem, options: WorkerDesignOptions = {}): Promise<Design> {
  const { progress, onKnown, worker } = options;
  const watch = new Watch(options);
  let known = new BestKnown(problem, undefined).answer;
  let begun = NOTHING_BEGUN;
  const cutShort = (): Design => {
    const shortfall = isSettled(known) ? undefined : watch.reason;
    const timing = { formulateMs: 0, solveMs: watch.elapsed, exactMs: 0 };
    return new Design({ ...known, ...begun, problem, timing, shortfall, auditMs: 0 });
  };
  if (watch.isOver()) return cutShort();
  const request = requestFor(problem, options);
  const own = worker && new Thread(worker());
  const thread = own ?? freeThread();
  let answered = false;
  let clock: ReturnType<typeof setInterval> | undefined;
  try {
    return await new Promise<Design>((resolve, reject) => {
      const hear = (reply: Reply) => {
        switch (reply.kind) {
          case "begun":
            begun = { formulation: reply.formulation, size: reply.size };
            break;
          case "stage":
            progress?.stage(reply.words);
            break;
          case "done":
            progress?.done(reply.count, reply.of);
            break;
          case "known": {
            const design = designFromData(reply.design, problem);
            // Where surplus has no bound another question is answered on the way.
            if (!surplusIsUnbounded(problem)) known = knownOf(design);
            onKnown?.(knownOf(design));
            break;
          }
          case "answer":
            answered = true;
            resolve(designFromData(watch.explained(reply.design), problem));
            break;
          case "fault":
            answered = true;
            reject(faultFromData(reply.fault));
        }
      };
      clock = setInterval(() => {
        if (!watch.isOver()) return;
        if (request.stop) Atomics.store(request.stop, 0, 1);
        if (!request.stop || watch.isPatienceOver()) resolve(cutShort());
      }, LOOK);
      thread.ask(request, hear, reject);
    });
  } finally {
    clearInterval(clock);
    if (answered && !own) thread.rest();
    else thread.end();
  }
}

function requestFor(problem: Problem, options: WorkerDesignOptions): Omit<Request, "highs"> {
  const { solver = highsSolver, timeLimit, formulation, progress, onKnown, signal } = options;
  return {
    problem: problemData(problem),
    solver: solver.name,
    timeLimit,
    formulation,
    wantsProgress: progress !== undefined,
    wantsKnown: onKnown !== undefined || signal !== undefined || timeLimit !== undefined,
    // Pages have it only where they are isolated from others; without it the worker is ended at once.
    stop: typeof SharedArrayBuffer === "undefined" ? undefined : new Int32Array(new SharedArrayBuffer(4)),
  };
}

/** Looks at the signal and the clock for the worker, which may be too busy to. */
class Watch {
  private readonly started = performance.now();
  /** Why and when the work was first seen to have to stop. */
  private end: { readonly why: keyof typeof GRACE; readonly at: number } | undefined;

  constructor(private readonly limits: Pick<WorkerDesignOptions, "signal" | "timeLimit">) {}

  /** Milliseconds. */
  get elapsed(): number {
    return performance.now() - this.started;
  }

  isOver(): boolean {
    if (this.end) return true;
    const { signal, timeLimit = Number.POSITIVE_INFINITY } = this.limits;
    if (signal?.aborted) this.end = { why: "signal", at: this.elapsed };
    else if (this.elapsed > timeLimit * 1000) this.end = { why: "time limit", at: this.elapsed };
    return this.end !== undefined;
  }

  isPatienceOver(): boolean {
    return this.end !== undefined && this.elapsed > this.end.at + GRACE[this.end.why];
  }

  get reason(): string | undefined {
    const { signal, timeLimit } = this.limits;
    if (this.end?.why === "signal" && signal) return stopReason(signal);
    return this.end && `time limit of ${timeLimit} s`;
  }

  /** The worker's answer, with the reason for its end in the caller's words: the worker knew of the end, but not why. */
  explained(design: DesignData): DesignData {
    return this.end && design.shortfall !== undefined ? { ...design, shortfall: this.reason } : design;
  }
}

const NOTHING_BEGUN: Pick<Design, "formulation" | "size"> = {
  formulation: "none",
  size: { rows: 0, columns: 0, nonzeros: 0 },
};

function knownOf(design: Design): Known {
  const { verdict, infeasible, contradiction, unbounded, lower, upper, optimum, findings } = design;
  const { mechanism, multipliers } = design;
  return {
    verdict,
    infeasible,
    contradiction,
    unbounded,
    lower,
    upper,
    optimum,
    findings,
    mechanism,
    multipliers,
  };
}

function isSettled({ optimum, infeasible, unbounded }: Known): boolean {
  return optimum !== undefined || infeasible || unbounded;
}
