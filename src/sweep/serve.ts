import { configureHighs, type HighsConfiguration } from "../solver/highs-runtime.js";
import { ownPort } from "../worker/port.js";
import { type Evaluated, evaluate } from "./evaluate.js";
import type { PointTask } from "./plan.js";
import type { Found } from "./result.js";

/** What a worker is sent: a point's task, and how HiGHS is found where that is other than before. */
export interface PointRequest {
  readonly task: PointTask;
  readonly highs?: HighsConfiguration;
}

/** What a worker says: that it is there, what is proved of its point by now, and in the end what became of it. */
export type PointReply = "ready" | { readonly known: Found } | Evaluated;

/**
 * Evaluates the points that `sweep` of `mechlp/sweep` sends to this script, which has to be a worker's:
 *
 *     import { servePoints } from "mechlp/sweep/serve";
 *     servePoints();
 */
export function servePoints(): void {
  const port = ownPort();
  const say = (reply: PointReply) => port.post(reply);
  port.listen((message) => {
    const { task, highs } = message as PointRequest;
    if (highs) configureHighs(highs);
    void evaluate(task, (known) => say({ known })).then(say);
  });
  say("ready");
}
