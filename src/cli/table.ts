import type { Command } from "commander";
import { implicationsFor, questionOf } from "../comparison/answered-table.js";
import { type CellAnswer, cells, QuestionTable } from "../comparison/question-table.js";
import { InputError } from "../fault/input-error.js";
import { toRational } from "../number/rational-text.js";
import { posed } from "../question/problem.js";
import { htmlDocument } from "../report/html-document.js";
import { tableCsv, tableJson } from "../report/table-json.js";
import { tableDocument } from "../report/table-text.js";
import { checkFolder, writeTables } from "./csv-folder.js";
import { inFile } from "./file-fault.js";
import { instanceReader } from "./instance-file.js";
import { withLimits } from "./limits.js";
import { printDocument, printNote } from "./output-flags.js";
import type { CellOutcome } from "./pool-thread.js";
import { tableSubject } from "./table-subject.js";
import { print } from "./terminal.js";
import { inThreads } from "./thread-pool.js";
import { report, watchedProgress } from "./watched.js";
import { checkWritable } from "./writing.js";
import { writtenText } from "./written-text.js";

interface TableFlags {
  json?: boolean;
  csv?: string;
  html?: string;
  continuum?: boolean;
  cells?: number;
}

/** `mechlp table INSTANCE` */
export function addTableCommand(program: Command): void {
  const command = program
    .command("table")
    .summary("What every combination of requirements costs.")
    .description(
      "Incentives, participation and budget in every combination, and with one of them dropped: possible, or the least outside money, each proved; what follows from others is not solved.",
    )
    .argument("<instance>", "instance file, - for standard input");
  withLimits(command, "with exit status 3")
    .option("--continuum", "for all types that the grid stands for")
    .option("--cells <number>", "with --continuum: cells of each agent's types", whole)
    .option("--csv <folder>", "also write the table for a spreadsheet")
    .option("--html <file>", "also write a page that needs nothing else")
    .option("--json", "print one JSON object")
    .action(async (path: string, flags: TableFlags) => {
      const { json, csv, html, continuum: continuous = false, cells: mesh } = flags;
      if (mesh !== undefined && !continuous)
        throw new InputError("--cells", "a mesh without --continuum", "--continuum beside it");
      if (csv !== undefined) checkFolder(csv, [path]);
      if (html !== undefined) checkWritable(html, path);
      const { document, name: fileName } = instanceReader(path);
      const { name, question, ...subject } = inFile(path, () => {
        const read = tableSubject(document, fileName, continuous);
        checkQuestion(read);
        return read;
      });
      const table = new QuestionTable(implicationsFor(subject, question));
      let known = 0;
      await inThreads(
        () => {
          const cell = table.next();
          return (
            cell && {
              kind: "cell" as const,
              document,
              name: fileName,
              continuous,
              cells: mesh,
              question,
              cell,
            }
          );
        },
        ({ cell }, outcome) => {
          table.record(cell, answerOf(outcome));
          known = table.entries.filter(
            ({ how, verdict }) => how !== "implied" || verdict !== "undecided",
          ).length;
          watchedProgress.stage(`filling the table, ${known} of ${table.entries.length} cells`);
        },
      );
      const told = tableDocument(table.entries, name, continuous);
      if (json) await print(`${JSON.stringify(tableJson(table.entries, name, continuous))}\n`);
      else await printDocument(told, {});
      if (html !== undefined) await writtenText(html, "--html", htmlDocument(told, []), flags);
      if (csv !== undefined) {
        const words = await writeTables(csv, [tableCsv(table.entries)]);
        report({ kind: "written", flag: "--csv" });
        await printNote(`${words}\n`, flags);
      }
    });
}

function whole(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= 1000) return value;
  throw new InputError("--cells", `"${text}"`, "a whole number from 1 to 1000");
}

/** Fails before any work is done where the instance's own question fits no cell. */
function checkQuestion(subject: ReturnType<typeof tableSubject>): void {
  if ("environment" in subject)
    for (const cell of cells)
      posed(subject.environment, questionOf(cell, subject.question), subject.givenRule);
}

function answerOf(outcome: CellOutcome): CellAnswer | { readonly notCovered: string } {
  if ("notCovered" in outcome) return outcome;
  const { verdict, infeasible, lower, upper } = outcome;
  const ends = { ...(lower && { lower: toRational(lower) }), ...(upper && { upper: toRational(upper) }) };
  return { verdict, infeasible, ...ends };
}
