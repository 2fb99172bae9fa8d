import { writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { textTable } from "../src/report/text-table.js";
import { version } from "../src/version.js";
import { type Comparison, measure, type Outcome } from "./comparison.js";
import { exactComparisons } from "./exact-comparisons.js";
import { exchangeableComparisons } from "./exchangeable-comparisons.js";
import { flowComparisons } from "./flow-comparisons.js";
import { pathComparisons } from "./path-comparisons.js";
import { peerComparisons } from "./peer-comparisons.js";

if (process.argv[2] === "sweep") {
  const { sweepBenchmark } = await import("./sweep.js");
  await sweepBenchmark(process.argv[3]);
  process.exit();
}

/** Every line of the benchmark, in the order of the table. */
const comparisons: readonly Comparison[] = [
  ...pathComparisons,
  ...flowComparisons,
  ...exchangeableComparisons,
  ...exactComparisons,
  ...peerComparisons,
];

const only =
  process.argv.indexOf("--only") < 0 ? undefined : process.argv[process.argv.indexOf("--only") + 1];
const chosen = comparisons.filter(({ name }) => only === undefined || name === only);
if (chosen.length === 0) {
  process.stderr.write(`no comparison "${only}"; one of ${comparisons.map(({ name }) => name).join(", ")}\n`);
  process.exit(2);
}

const outcomes: Outcome[] = [];
for (const comparison of chosen) {
  process.stderr.write(`${comparison.name} …\n`);
  const outcome = await measure(comparison);
  if (outcome) outcomes.push(outcome);
  else process.stderr.write(`${comparison.name}: left out, the peer is not on this machine\n`);
}

const headings = ["name", "what", "against", "ours", "theirs", "figure", "target", "met"];
const rows = outcomes.map(({ comparison, ours, theirs, figure, met }) => [
  comparison.name,
  comparison.what,
  comparison.against,
  milliseconds(ours),
  milliseconds(theirs),
  figureText(comparison, figure),
  targetText(comparison),
  met === undefined ? "" : met ? "yes" : "no",
]);
process.stdout.write(`${textTable(headings, rows).join("\n")}\n`);

if (only === undefined) {
  const file = join(dirname(fileURLToPath(import.meta.url)), "../../bench/RESULTS.md");
  writeFileSync(file, document());
  process.stdout.write("\nwritten to bench/RESULTS.md\n");
}

function milliseconds(ms: number | undefined): string {
  return ms === undefined ? "" : `${ms.toPrecision(3)} ms`;
}

function figureText({ target }: Comparison, figure: number | undefined): string {
  if (figure === undefined) return "";
  if (target.kind === "at most") return `${figure.toPrecision(3)} ${target.unit}`.trim();
  return `${figure.toPrecision(3)} times ${target.kind === "slower" ? "slower" : "faster"}`;
}

function targetText({ target }: Comparison): string {
  switch (target.kind) {
    case "faster":
      return `at least ${target.factor} times faster`;
    case "slower":
      return `at most ${target.factor} times slower`;
    case "at most":
      return `at most ${target.value} ${target.unit}`.trim();
    case "none":
      return "";
  }
}

function document(): string {
  const processor = cpus()[0]?.model ?? "an unknown processor";
  const memory = (totalmem() / 2 ** 30).toFixed(0);
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    "# Benchmark results",
    "",
    "Written by `npm run bench`. Medians of at least five runs; every run checks that the answers are equal and ours proven.",
    "Losses stand beside the rest.",
    "",
    `mechlp ${version}, Node ${process.version}, ${processor}, ${cpus().length} processors, ${memory} GiB, ` +
      `${process.platform} ${process.arch}, ${new Date().toISOString().slice(0, 10)}`,
    "",
    line(headings),
    line(headings.map(() => "---")),
    ...rows.map(line),
    "",
    "## What the lines compare",
    "",
    ...outcomes.map(({ comparison, note }) => `- **${comparison.name}**: ${note}.`),
    "",
  ].join("\n");
}
