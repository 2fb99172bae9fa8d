import { type Command, Option } from "commander";
import { InputError } from "../fault/input-error.js";
import { faultIn } from "./file-fault.js";
import { withOutputFlags } from "./output-flags.js";
import { isStandard } from "./standard-streams.js";
import { dryRun } from "./sweep-dry-run.js";
import { type SweepFlags, shard, whole } from "./sweep-flags.js";
import { mergeResults } from "./sweep-merge.js";
import { reportResults } from "./sweep-report.js";
import { runSweep } from "./sweep-run.js";
import { planIn } from "./sweep-spec.js";

/** `mechlp sweep SPEC.json` */
export function addSweepCommand(program: Command): void {
  const command = program
    .command("sweep")
    .summary("A thousand questions, on all cores or machines.")
    .description(
      "Answers a question at every point of a specification; the same command goes on where it was stopped.",
    )
    .argument("<files...>", "a specification; for --report and --merge, results")
    .option("--out <file>", "results (default: beside the specification)")
    .option("--shard <k/n>", "only every n-th point from the k-th on", shard)
    .option("--concurrency <count>", "workers (default: one for each processor)", whole("--concurrency"))
    .option("--proofs <folder>", "also write each point's instance and answer file")
    .option("--queue <url>", "leave it to `mechlp worker`: redis://HOST:6379")
    .option("--dry-run", "how many points, and how long they may take")
    .option("--merge", "join the results of all shards under --out");
  withOutputFlags(command)
    .addOption(
      new Option("--report", "tables and pictures of results").conflicts([
        "merge",
        "dryRun",
        "queue",
        "shard",
        "out",
        "proofs",
      ]),
    )
    .action(async (files: string[], flags: SweepFlags) => {
      if (flags.report) return reportResults(onlyOne(files, "results"), flags);
      checkReportFlags(flags);
      if (flags.merge) return mergeResults(files, flags);
      const path = onlyOne(files, "specification");
      const plan = planIn(path);
      try {
        if (flags.dryRun) await dryRun(plan, flags);
        else await runSweep(plan, outOf(path, flags), flags);
      } catch (fault) {
        throw fault instanceof InputError && OF_FILES.test(fault.path) ? fault : faultIn(path, fault);
      }
    });
}

/** Paths of faults that are in no specification. */
const OF_FILES = /^--/;

function onlyOne(files: readonly string[], what: string): string {
  if (files.length === 1) return files[0];
  throw new InputError("", `${files.length} files`, `one ${what} file`);
}

function checkReportFlags({ csv, html, svg, format }: SweepFlags): void {
  for (const [flag, value] of Object.entries({
    "--csv": csv,
    "--html": html,
    "--svg": svg,
    "--format": format,
  }))
    if (value !== undefined) throw new InputError(flag, `${value} without --report`, "--report with it");
}

/** Where results go where nothing else is said. */
function outOf(path: string, { out, shard }: SweepFlags): string {
  if (out !== undefined && !isStandard(out)) return out;
  if (out !== undefined || isStandard(path))
    throw new InputError(
      "--out",
      out === undefined ? "nothing" : "standard output",
      "a file, from which a sweep goes on",
    );
  const part = shard ? `.${shard.number}-of-${shard.of}` : "";
  return `${path.replace(/\.json$/, "")}${part}.results.jsonl`;
}
