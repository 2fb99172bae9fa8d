import { closeSync, openSync } from "node:fs";
import { InputError } from "../fault/input-error.js";
import { countText, plural } from "../number/count-text.js";
import type { Head } from "../sweep/result.js";
import { Tally } from "../sweep/tally.js";
import { inFile } from "./file-fault.js";
import { checkSame, linesInOrder } from "./results-file.js";
import { type ReadResults, withResults } from "./results-lines.js";
import type { SweepFlags } from "./sweep-flags.js";
import { pointsOf } from "./sweep-spec.js";
import { print } from "./terminal.js";
import { checkWritable, writeText } from "./writing.js";

/** Missing points that a message names. */
const MOST_NAMED = 5;

/** Joins the results of all shards of a sweep: the same file as if there had been but one. */
export async function mergeResults(paths: readonly string[], { out }: SweepFlags): Promise<void> {
  if (out === undefined) throw new InputError("--out", "nothing", "a file for all results together");
  checkWritable(out, ...paths);
  const tally = new Tally();
  const parts: { readonly path: string; readonly results: ReadResults }[] = [];
  for (const path of paths)
    await withResults(
      path,
      (result) => tally.add(result),
      (results) => {
        if (parts.length > 0)
          inFile(path, () => checkSame(whole(parts[0].results.head), whole(results.head)));
        parts.push({ path, results });
      },
    );
  const { head } = parts[0].results;
  const missing: number[] = [];
  let absent = 0;
  for (const point of pointsOf(head.points)) {
    const place = parts.findIndex(({ results }) => results.index.has(point));
    if (place >= 0) continue;
    absent++;
    if (missing.length < MOST_NAMED) missing.push(point);
  }
  if (absent > 0)
    throw new InputError(
      "--merge",
      `files without ${countText(absent)} of ${plural(head.points, "point")} (${missing.join(", ")}${absent > missing.length ? ", …" : ""})`,
      "those of all shards, each to its end",
    );
  const files = parts.map(({ path }) => openSync(path, "r"));
  try {
    const lineOf = (point: number) => {
      const place = parts.findIndex(({ results }) => results.index.has(point));
      return parts[place].results.index.lineOf(point, files[place]);
    };
    await writeText(out, linesInOrder(whole(head), pointsOf(head.points), lineOf), { synced: true });
  } finally {
    for (const file of files) closeSync(file);
  }
  await print(`${tally}\nwritten to ${out}\n`);
}

function whole({ shard: _, ...head }: Head): Head {
  return head;
}
