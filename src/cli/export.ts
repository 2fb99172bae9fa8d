import { type Command, Option } from "commander";
import { checkDirectSize } from "../formulation/direct/direct-size.js";
import { directProgram } from "../formulation/direct.js";
import { instanceText } from "../instance/written-out.js";
import { jsonText } from "../lp/json-format.js";
import { lpText } from "../lp/lp-format.js";
import { mpsText } from "../lp/mps-format.js";
import { inFile } from "./file-fault.js";
import { loadInstance, poseFrom, withQuestionFlags } from "./instance-file.js";
import { checkWritable, writeText } from "./writing.js";

const formats = { lp: lpText, mps: mpsText, json: jsonText } as const;

/** Not a program, but the instance with every number written out. */
const INSTANCE = "instance";

type Format = keyof typeof formats | typeof INSTANCE;

/** `mechlp export INSTANCE --format lp|mps|json|instance` */
export function addExportCommand(program: Command): void {
  withQuestionFlags(
    program
      .command("export")
      .summary("Write the linear program, or the instance, written out.")
      .description("Write the direct linear program, for any other solver; or the instance, written out.")
      .argument("<instance>", "instance file, - for standard input"),
  )
    .addOption(
      new Option("--format <format>", "of a linear program; or instance: the environment, every number of it")
        .choices([...Object.keys(formats), INSTANCE])
        .default("lp"),
    )
    .option("--out <file>", "write to a file (default: standard output)")
    .action(async (path: string, flags: { format: Format; out?: string }) => {
      if (flags.out) checkWritable(flags.out, path);
      const pieces = piecesOf(path, flags);
      await writeText(flags.out ?? "-", pieces);
    });
}

function piecesOf(path: string, flags: { format: Format }): Iterable<string> {
  const instance = loadInstance(path);
  const problem = poseFrom(path, instance, flags);
  if (flags.format === INSTANCE) return instanceText({ ...instance, question: problem.question });
  inFile(path, () => checkDirectSize(problem));
  return formats[flags.format](directProgram(problem).program);
}
