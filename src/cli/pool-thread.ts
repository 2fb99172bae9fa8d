import { parentPort } from "node:worker_threads";
import type { ClaimFinding } from "../claim/finding.js";
import type { Cell } from "../comparison/question-table.js";
import type { AskedQuestion } from "../question/question.js";

/** A claim to be tested. */
export interface ClaimJob {
  readonly kind: "claim";
  readonly id: string;
  readonly quick: boolean;
}

/** A cell of a table to be solved, of the instance in a document. */
export interface CellJob {
  readonly kind: "cell";
  readonly document: unknown;
  readonly name: string;
  readonly continuous: boolean;
  readonly cells: number | undefined;
  readonly question: AskedQuestion;
  readonly cell: Cell;
}

export type Job = ClaimJob | CellJob;

/** A cell's answer, its numbers as texts; or why there is none. */
export type CellOutcome =
  | { readonly notCovered: string }
  | {
      readonly verdict: "possible" | "impossible" | "undecided";
      readonly infeasible: boolean;
      readonly lower?: string;
      readonly upper?: string;
    };

export type Outcome<Own extends Job> = Own extends ClaimJob ? ClaimFinding : CellOutcome;

/** Does every job that comes, in a thread of the pool. */
export function doJobs(): void {
  parentPort!.on("message", async (job: Job) => {
    parentPort!.postMessage(job.kind === "claim" ? await tested(job) : await solved(job));
  });
}

async function tested({ id, quick }: ClaimJob): Promise<ClaimFinding> {
  const { entries, findingOf } = await import("../claim/ledger.js");
  return findingOf(entries.find((entry) => entry.claim.id === id)!.claim, { quick });
}

async function solved({ document, name, continuous, cells, question, cell }: CellJob): Promise<CellOutcome> {
  const { cellAnswer } = await import("../comparison/answered-table.js");
  const { tableSubject } = await import("./table-subject.js");
  const subject = tableSubject(document, name, continuous);
  const answer = await cellAnswer(subject, question, cell, { ...(cells !== undefined && { cells }) });
  if ("notCovered" in answer) return answer;
  const { verdict, infeasible, lower, upper } = answer;
  return { verdict, infeasible, ...(lower && { lower: `${lower}` }), ...(upper && { upper: `${upper}` }) };
}
