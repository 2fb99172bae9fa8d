import type { Command } from "commander";
import { continuousInstanceText } from "../instance/continuous-written-out.js";
import { instanceText } from "../instance/written-out.js";
import { inFile } from "./file-fault.js";
import { loadContinuousInstance, loadInstance } from "./instance-file.js";
import { schemaReference } from "./schema-reference.js";
import { print } from "./terminal.js";
import { checkWritable, writeText } from "./writing.js";

/** `mechlp expand INSTANCE` */
export function addExpandCommand(program: Command): void {
  program
    .command("expand")
    .summary("Write an instance out, number by number, to be changed.")
    .description("Write a family's instance out, number by number, so that any of them can be changed.")
    .argument("<instance>", "instance file, - for standard input")
    .option("--continuum", "write out the intervals of types that the grid stands for")
    .option("--out <file>", "write to a file instead of standard output (-)")
    .action(async (path: string, flags: { out?: string; continuum?: boolean }) => {
      const out = flags.out === "-" ? undefined : flags.out;
      if (out !== undefined) checkWritable(out, path);
      const schema = schemaReference(out ?? "instance.json", "instance");
      const pieces = flags.continuum
        ? continuousPieces(path, schema)
        : instanceText(loadInstance(path), schema);
      if (out !== undefined) await writeText(out, pieces);
      else for (const piece of pieces) await print(piece);
    });
}

function continuousPieces(path: string, schema: string): readonly string[] {
  const instance = loadContinuousInstance(path);
  return [inFile(path, () => continuousInstanceText(instance, schema))];
}
