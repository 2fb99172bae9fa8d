import type { Command } from "commander";
import { instanceText } from "../instance/written-out.js";
import { loadInstance } from "./instance-file.js";
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
    .option("--out <file>", "write to a file instead of standard output (-)")
    .addHelpText("after", "\nExample:\n  mechlp expand instances/public-good-three-5.json --out good.json")
    .action(async (path: string, flags: { out?: string }) => {
      const out = flags.out === "-" ? undefined : flags.out;
      if (out !== undefined) checkWritable(out, path);
      const pieces = instanceText(loadInstance(path), schemaReference(out ?? "instance.json", "instance"));
      if (out !== undefined) await writeText(out, pieces);
      else for (const piece of pieces) await print(piece);
    });
}
