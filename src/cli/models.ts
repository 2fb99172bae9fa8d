import type { Command } from "commander";
import type { Family } from "../../models/family.js";
import { families, familyByName } from "../../models/index.js";
import { jsonSchema } from "../instance/json-schemas.js";
import { type FamilyDescription, familiesText, familyText } from "../report/families-text.js";
import { print, terminalStyle } from "./terminal.js";

/** `mechlp models [NAME]` */
export function addModelsCommand(program: Command): void {
  program
    .command("models")
    .description("The parametric families, or one with its parameters.")
    .argument("[name]", "a family; without it, the list")
    .option("--json", "print JSON, with the JSON Schema of the parameters")
    .action(async (name: string | undefined, { json }: { json?: boolean }) => {
      const style = terminalStyle();
      if (name === undefined) {
        const all = families.map(describe);
        await print(json ? `${JSON.stringify(all)}\n` : familiesText(all, style));
      } else {
        const one = describe(familyByName(name));
        await print(json ? `${JSON.stringify(one)}\n` : familyText(one, style));
      }
    });
}

function describe(family: Family): FamilyDescription {
  const { familyName: name, summary, about, source, example } = family;
  const parameters = jsonSchema(family.parameters, name);
  return { name, summary, about, source, parameters, example: { model: name, ...example } };
}
