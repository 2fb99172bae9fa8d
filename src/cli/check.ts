import type { Command } from "commander";
import { readMechanismText } from "../mechanism/mechanism-file.js";
import { checkDocument, checked, checkJson } from "../report/check-report.js";
import { mechanismFigures } from "../report/figures.js";
import { checkCsv } from "../report/report-csv.js";
import { inFile } from "./file-fault.js";
import { loadInstance, poseFrom, withQuestionFlags } from "./instance-file.js";
import { UNDECIDED_END, withLimits } from "./limits.js";
import {
  checkOutput,
  type OutputFlags,
  printDocument,
  withExtentFlags,
  writeCsv,
  writeFigures,
} from "./output-flags.js";
import { readChunks } from "./reading.js";
import { print } from "./terminal.js";
import { watchedProgress } from "./watched.js";

/** `mechlp check INSTANCE MECHANISM` */
export function addCheckCommand(program: Command): void {
  const command = withQuestionFlags(
    program
      .command("check")
      .summary("Audit any mechanism, from the definitions.")
      .description("Audit any mechanism, property by property, from the definitions.")
      .argument("<instance>", "instance file, - for standard input")
      .argument("<mechanism>", "mechanism file: one that the program wrote, or one of your own"),
  );
  withLimits(withExtentFlags(command), UNDECIDED_END)
    .option("--all-payments", "show and write more than a million payments, profile by profile")
    .option("--json", "print one JSON object")
    .option("--exit-code", "exit with 1 when the mechanism fails")
    .action(async (path: string, mechanismPath: string, flags: OutputFlags & { exitCode?: boolean }) => {
      const instance = loadInstance(path);
      const problem = poseFrom(path, instance, flags);
      checkOutput(flags, instance.environment, [path, mechanismPath]);
      const mechanism = inFile(mechanismPath, () => readMechanismText(readChunks(mechanismPath), instance));
      const found = checked(problem, mechanism, instance.name, watchedProgress);
      if (flags.exitCode && !found.findings.every(({ holds }) => holds)) process.exitCode = 1;
      if (flags.json) await print(`${JSON.stringify(checkJson(found))}\n`);
      else await printDocument(checkDocument(found, flags), flags);
      await writeFigures(
        flags,
        () => checkDocument(found, flags),
        () => mechanismFigures(found.view),
      );
      await writeCsv(flags, instance.environment, (byProfile) => checkCsv(found, byProfile));
    });
}
