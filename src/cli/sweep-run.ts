import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../fault/input-error.js";
import { plural } from "../number/count-text.js";
import type { Plan } from "../sweep/plan.js";
import { type Evaluators, type FinishedPoint, finishedPoints } from "../sweep/sweep.js";
import { reason } from "./file-fault.js";
import { pointWorkers } from "./point-workers.js";
import { ResultsFile } from "./results-file.js";
import { takeAlone } from "./sole-use.js";
import type { SweepFlags } from "./sweep-flags.js";
import { SweepProgress } from "./sweep-progress.js";
import { headOf, pointsOf } from "./sweep-spec.js";
import { print } from "./terminal.js";
import { SIGNALS, writeText } from "./writing.js";

/** Seconds that points in hand may take once the sweep is to end. */
const GRACE = 1.5;
/** By the signal that ended the work, as shells have it. */
const EXIT_INTERRUPTED = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** Evaluates all points that a results file does not have yet. */
export async function runSweep(plan: Plan, out: string, flags: SweepFlags): Promise<void> {
  const { shard, proofs } = flags;
  if (proofs !== undefined) makeFolder(proofs);
  const file = ResultsFile.open(out, headOf(plan, shard));
  const stop = new AbortController();
  const interrupted = onSignals(() => stop.abort());
  let progress: SweepProgress | undefined;
  let evaluators: Evaluators | undefined;
  try {
    await takeAlone(out);
    const all = pointsOf(plan.count, shard);
    const of = shard ? Math.ceil((plan.count - shard.number + 1) / shard.of) : plan.count;
    const before = file.count;
    if (before < of) {
      evaluators = await evaluatorsFor(plan, out, flags);
      progress = new SweepProgress(() => ({
        done: file.count,
        of,
        failed: file.tally.counts.failed,
        note: evaluators?.note?.(),
      }));
      const missing = filtered(all, (point) => !file.has(point));
      const options = { signal: stop.signal, grace: GRACE, proofs: proofs !== undefined };
      for await (const point of finishedPoints(plan, missing, evaluators, options)) {
        if (proofs !== undefined) await writeProof(proofs, point);
        await file.add(point.result, point.kept);
      }
    }
    await file.settled();
    progress?.end();
    if (file.count < of) {
      process.stderr.write(
        `mechlp: interrupted; ${file.count} of ${plural(of, "point")} are in ${out}, and the same command goes on from there\n`,
      );
      process.exitCode = EXIT_INTERRUPTED[interrupted.by() ?? "SIGINT"];
      return;
    }
    await file.sort(pointsOf(plan.count, shard));
    const known = before === of ? "all were there" : `written to ${out}`;
    await print(`${file.tally}\n${known}; mechlp sweep --report ${out}\n`);
  } finally {
    progress?.end();
    await evaluators?.end();
    interrupted.end();
    file.close();
  }
}

/** Workers of this machine, or those that wait at a queue. */
async function evaluatorsFor(
  plan: Plan,
  out: string,
  { queue, concurrency }: SweepFlags,
): Promise<Evaluators> {
  if (queue === undefined) return pointWorkers(concurrency);
  const { queuedEvaluators } = await import("./queued-evaluators.js");
  return queuedEvaluators(queue, plan, out);
}

/** Writes a point's instance and its answer file, under the name that is its key. */
async function writeProof(folder: string, { result, instance, proof }: FinishedPoint): Promise<void> {
  if ("failure" in result || proof === undefined) return;
  const name = (what: string) => join(folder, `${result.key}.${what}.json`);
  await writeText(name("instance"), [`${JSON.stringify(instance)}\n`], { synced: true });
  await writeText(name("answer"), [proof], { synced: true });
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (fault) {
    throw new InputError("--proofs", `${folder}: ${reason(fault)}`, "a folder that can be made");
  }
}

function* filtered(points: Iterable<number>, keeps: (point: number) => boolean): Iterable<number> {
  for (const point of points) if (keeps(point)) yield point;
}

/** Asks for an end at the first signal; the second one does not wait. */
function onSignals(ask: () => void) {
  let by: (typeof SIGNALS)[number] | undefined;
  const hear = (signal: (typeof SIGNALS)[number]) => {
    if (by !== undefined) process.exit(EXIT_INTERRUPTED[signal]);
    by = signal;
    ask();
  };
  for (const signal of SIGNALS) process.on(signal, hear);
  return {
    by: () => by,
    end() {
      for (const signal of SIGNALS) process.removeListener(signal, hear);
    },
  };
}
