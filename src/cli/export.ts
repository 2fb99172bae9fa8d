import { type Command, Option } from "commander";
import { checkDirectSize } from "../formulation/direct/direct-size.js";
import { directProgram } from "../formulation/direct.js";
import { jsonText } from "../lp/json-format.js";
import { lpText } from "../lp/lp-format.js";
import { mpsText } from "../lp/mps-format.js";
import type { Question } from "../problem/question.js";
import { checkWritable, inFile, writeText } from "./files.js";
import { loadInstance, poseFrom, withQuestionFlags } from "./instance-file.js";
import { print } from "./terminal.js";

const formats = { lp: lpText, mps: mpsText, json: jsonText } as const;

/** `mechlp export INSTANCE --format lp|mps|json` */
export function addExportCommand(program: Command): void {
  withQuestionFlags(
    program
      .command("export")
      .description("Write the direct linear program, for any other solver.")
      .argument("<instance>", "instance file"),
  )
    .addOption(new Option("--format <format>", "file format").choices(Object.keys(formats)).default("lp"))
    .option("--out <file>", "write to a file instead of standard output")
    .action(
      async (path: string, flags: Partial<Question> & { format: keyof typeof formats; out?: string }) => {
        if (flags.out) checkWritable(flags.out);
        const problem = poseFrom(path, loadInstance(path), flags);
        inFile(path, () => checkDirectSize(problem));
        const pieces = formats[flags.format](directProgram(problem).program);
        if (flags.out) await writeText(flags.out, pieces);
        else for (const piece of pieces) await print(piece);
      },
    );
}
