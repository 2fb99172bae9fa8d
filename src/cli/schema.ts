import { join } from "node:path";
import type { Command } from "commander";
import { schemaFiles } from "../schemas.js";
import { print } from "./terminal.js";
import { writeText } from "./writing.js";

/** `mechlp schema`: the JSON Schemas of all files that the project reads. */
export function addSchemaCommand(program: Command): void {
  program
    .command("schema")
    .description("Write the JSON Schemas of all files, for editors.")
    .requiredOption("--out <folder>", "folder to write them to")
    .action(async ({ out }: { out: string }) => {
      for (const [name, text] of schemaFiles()) {
        await writeText(join(out, name), [text]);
        await print(`${join(out, name)}\n`);
      }
    });
}
