import { type Command, Option } from "commander";
import { compare, namedVersions } from "../comparison/compare.js";
import { convergence, onGrid } from "../comparison/convergence.js";
import { InputError, shown } from "../fault/input-error.js";
import { DEFAULT_COMPARISON_LIMIT } from "../measure/property-report.js";
import { compareJson } from "../report/compare-json.js";
import { compareDocument, convergenceSections } from "../report/compare-text.js";
import { comparisonFigures, convergenceFigures } from "../report/comparison-figures.js";
import { compareCsv } from "../report/report-csv.js";
import { compareEveryType } from "./compare-continuum.js";
import { faultIn, inFile } from "./file-fault.js";
import { loadInstance, poseFrom, withQuestionFlags } from "./instance-file.js";
import { checkTabulated } from "./large-output.js";
import { UNDECIDED_END, withLimits } from "./limits.js";
import {
  checkOutput,
  type OutputFlags,
  printDocument,
  withOutputFlags,
  writeCsv,
  writeFigures,
} from "./output-flags.js";
import { print } from "./terminal.js";
import { watchedProgress } from "./watched.js";

interface CompareFlags extends OutputFlags {
  grids?: number[];
  checkLimit: number;
  continuum?: boolean;
}

/** `mechlp compare INSTANCE [NAMES...]` */
export function addCompareCommand(program: Command): void {
  const command = withQuestionFlags(
    program
      .command("compare")
      .summary("The optimum beside the literature's mechanisms.")
      .description(
        "The linear program's optimum beside every construction that applies, property by property.",
      )
      .argument("<instance>", "instance file, - for standard input")
      .argument("[names...]", "constructions (default: all), as m1, or m1:formula"),
  );
  withLimits(withOutputFlags(command), UNDECIDED_END)
    .option("--grids <points>", "how violations vanish on grids of, say, 10,20,40 points", gridSizes)
    .option(
      "--check-limit <comparisons>",
      "leave out checks that compare more reports than this at single profiles, mechanism by mechanism",
      wholeNumber,
      DEFAULT_COMPARISON_LIMIT,
    )
    .addOption(
      new Option("--continuum", "for all types that the grid stands for, with proofs").conflicts([
        "grids",
        "csv",
        "html",
        "svg",
      ]),
    )
    .option("--json", "print one JSON object")
    .action(async (path: string, names: string[], flags: CompareFlags) => {
      names.forEach(namedVersions);
      if (flags.continuum) return await compareEveryType(path, names, flags);
      const instance = loadInstance(path);
      const { question } = poseFrom(path, instance, flags);
      checkOutput(flags, instance.environment, [path]);
      const { grids, json, checkLimit } = flags;
      const options = { comparisonLimit: checkLimit, progress: watchedProgress };
      const refuse = (fault: unknown) => Promise.reject(faultIn(path, fault));
      inFile(path, () => {
        checkTabulated(instance.environment);
        for (const points of grids ?? []) checkTabulated(onGrid(instance, points).environment);
      });
      const comparison = await compare(instance, question, names, options).catch(refuse);
      const converging =
        grids && (await convergence(instance, grids, question, names, options).catch(refuse));
      const document = () => [
        ...compareDocument(comparison, instance.name),
        ...(converging ? convergenceSections(converging) : []),
      ];
      if (json) await print(`${JSON.stringify(compareJson(comparison, instance.name, converging))}\n`);
      else {
        await printDocument(document(), flags);
      }
      await writeFigures(flags, document, () => [
        ...comparisonFigures(comparison),
        ...(converging ? convergenceFigures(converging) : []),
      ]);
      await writeCsv(flags, instance.environment, () => compareCsv(comparison));
    });
}

function gridSizes(text: string): number[] {
  const accepted = "whole numbers of points, at least two of them and increasing, such as 10,20,40";
  const sizes = text.split(",").map(Number);
  const increasing = sizes.every((size, k) => Number.isSafeInteger(size) && size > (sizes[k - 1] ?? 0));
  if (!increasing || sizes.length < 2) throw new InputError("--grids", shown(text), accepted);
  return sizes;
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new InputError("--check-limit", shown(text), "a whole number of comparisons");
}
