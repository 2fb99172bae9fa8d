import type { Command } from "commander";
import { readMechanismText } from "../mechanism/mechanism-file.js";
import { checkJson, checkText } from "../report/check-report.js";
import { inFile, readChunks } from "./files.js";
import { loadInstance, poseFrom, withQuestionFlags } from "./instance-file.js";
import { UNDECIDED_END, withLimits } from "./limits.js";
import { print, terminalStyle } from "./terminal.js";
import { watchedProgress } from "./watched.js";

/** `mechlp check INSTANCE MECHANISM` */
export function addCheckCommand(program: Command): void {
  withLimits(
    withQuestionFlags(
      program
        .command("check")
        .summary("Audit any mechanism, from the definitions.")
        .description("Audit any mechanism, property by property, from the definitions.")
        .argument("<instance>", "instance file, - for standard input")
        .argument("<mechanism>", "mechanism file: one that the program wrote, or one of your own"),
    ),
    UNDECIDED_END,
  )
    .option("--json", "print one JSON object")
    .action(async (path: string, mechanismPath: string, flags: { json?: boolean }) => {
      const instance = loadInstance(path);
      const problem = poseFrom(path, instance, flags);
      const mechanism = inFile(mechanismPath, () => readMechanismText(readChunks(mechanismPath), instance));
      const text = flags.json
        ? `${JSON.stringify(checkJson(problem, mechanism, instance.name, watchedProgress))}\n`
        : checkText(problem, mechanism, instance.name, terminalStyle(), watchedProgress);
      await print(text);
    });
}
