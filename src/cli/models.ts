import type { Command } from "commander";
import { families } from "../../models/index.js";
import { jsonSchema } from "../instance/json-schemas.js";
import { familiesText } from "../report/families-text.js";
import { print, terminalStyle } from "./terminal.js";

/** `mechlp models` */
export function addModelsCommand(program: Command): void {
  program
    .command("models")
    .description("The parametric families and their parameters.")
    .option("--json", "print their JSON Schemas")
    .action(async (flags: { json?: boolean }) => {
      const described = families.map((family) => ({
        name: family.familyName,
        summary: family.summary,
        source: family.source,
        parameters: jsonSchema(family.parameters, family.familyName),
      }));
      await print(flags.json ? `${JSON.stringify(described)}\n` : familiesText(described, terminalStyle()));
    });
}
