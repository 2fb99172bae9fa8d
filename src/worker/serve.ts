import type { Known } from "../best-known.js";
import { bounded, designFor } from "../design.js";
import { Design, designData } from "../design-data.js";
import { plansFor } from "../formulation/plan.js";
import type { Progress, StopSignal } from "../progress/progress.js";
import { throttled } from "../progress/throttled.js";
import { highsSolver } from "../solver/highs.js";
import { configureHighs } from "../solver/highs-runtime.js";
import { type Solver, SolverUnavailable } from "../solver/solver.js";
import { faultData } from "./fault-data.js";
import { problemFromData, type Reply, type Request } from "./messages.js";
import { ownPort } from "./port.js";

/**
 * Answers the questions that `design` of `mechlp/worker` sends to this script, which has to be a worker's. HiGHS is there; other
 * solvers are those that are given:
 *
 *     import { serve } from "mechlp/worker/serve";
 *     import { glpk } from "mechlp/glpk";
 *     serve([glpk]);
 */
export function serve(solvers: readonly Solver[] = []): void {
  const port = ownPort();
  const say = (reply: Reply) => port.post(reply);
  port.listen((message) => {
    answer(message as Request, [highsSolver, ...solvers], say).catch((fault) =>
      say({ kind: "fault", fault: faultData(fault) }),
    );
  });
}

async function answer(
  request: Request,
  solvers: readonly Solver[],
  say: (reply: Reply) => void,
): Promise<void> {
  if (request.highs) configureHighs(request.highs);
  const solver = solvers.find(({ name }) => name === request.solver);
  if (!solver) {
    throw new SolverUnavailable(
      `The worker has no solver "${request.solver}". Give it a script of your own that says serve([${request.solver}]), ` +
        "as the option worker: () => new Worker(…).",
    );
  }
  const problem = problemFromData(request.problem);
  const { timeLimit, formulation } = request;
  const posed = bounded(problem);
  const [first] = plansFor(posed, formulation);
  const begun = { formulation: first.name, size: first.size(posed) };
  say({ kind: "begun", ...begun });
  const onKnown = (known: Known) => {
    const design = new Design({ ...known, ...begun, problem, timing: NO_TIMING, auditMs: 0 });
    say({ kind: "known", design: designData(design) });
  };
  const design = await designFor(problem, {
    solver,
    timeLimit,
    formulation,
    signal: request.stop && signalOf(request.stop),
    progress: request.wantsProgress ? progressOf(say) : undefined,
    onKnown: request.wantsKnown ? onKnown : undefined,
  });
  say({ kind: "answer", design: designData(design) });
}

const NO_TIMING = { formulateMs: 0, solveMs: 0, exactMs: 0 };

/** Memory that is shared: busy work would hear no message. */
function signalOf(stop: Int32Array): StopSignal {
  return {
    get aborted() {
      return Atomics.load(stop, 0) !== 0;
    },
  };
}

function progressOf(say: (reply: Reply) => void): Progress {
  return throttled({
    stage: (words) => say({ kind: "stage", words }),
    done: (count, of) => say({ kind: "done", count, of }),
  });
}
