import { planOf } from "../sweep/plan.js";
import { pointsCsv } from "../sweep/report-csv.js";
import { sweepFigures } from "../sweep/report-figures.js";
import { sweepDocument } from "../sweep/report-text.js";
import { type Head, type Result, resultSchema } from "../sweep/result.js";
import { Summary } from "../sweep/summary.js";
import { checkFolder, writeTables } from "./csv-folder.js";
import { printDocument, printNote, writeFigures } from "./output-flags.js";
import { withResults } from "./results-lines.js";
import type { SweepFlags } from "./sweep-flags.js";
import { pointsOf } from "./sweep-spec.js";
import { checkWritable } from "./writing.js";

/** Tables and pictures of what a sweep has found, whole or as far as it is. */
export async function reportResults(path: string, flags: SweepFlags): Promise<void> {
  const { html, csv, svg } = flags;
  if (html !== undefined) checkWritable(html, path);
  for (const folder of [csv, svg])
    if (folder !== undefined) checkFolder(folder, [path, ...(html === undefined ? [] : [html])]);
  let summary: Summary | undefined;
  // The specification is on the first line, before any result.
  const take = (result: Result, { specification }: Head) => {
    summary ??= new Summary(planOf(specification));
    summary.add(result);
  };
  await withResults(path, take, async ({ head, index }, file) => {
    const found = summary ?? new Summary(planOf(head.specification));
    const document = () => sweepDocument(found, head);
    await printDocument(document(), flags);
    await writeFigures(flags, document, () => sweepFigures(found));
    if (csv === undefined) return;
    function* results(): Iterable<Result> {
      for (const point of pointsOf(head.points))
        if (index.has(point)) yield resultSchema.parse(JSON.parse(index.lineOf(point, file)));
    }
    await printNote(`${await writeTables(csv, [pointsCsv(found.plan, results())])}\n`, flags);
  });
}
