import type { Command } from "commander";
import { InputError } from "../fault/input-error.js";
import { type CatalogueEntry, catalogueEntry, mentions } from "../instance/catalogue-entry.js";
import { exactDocument } from "../json/exact-document.js";
import { catalogueJson, entriesText, entryText } from "../report/entries-text.js";
import { catalogueName, catalogueNames, fileOf } from "./catalogue-folder.js";
import { inFile } from "./file-fault.js";
import { readChunks } from "./reading.js";
import { print, terminalStyle } from "./terminal.js";

/** `mechlp catalogue [NAME | WORD...]` */
export function addCatalogueCommand(program: Command): void {
  program
    .command("catalogue")
    .summary("Instances from the literature: list, filter, explain.")
    .description(
      "The instances that come with the program, or those that mention every word; of a name, all that its head says. Wherever a command takes an instance file, catalogue:NAME is one.",
    )
    .argument("[words...]", "a name, or words to be found in names, descriptions, sources and questions")
    .option("--json", "print JSON")
    .action(async (words: string[], { json }: { json?: boolean }) => {
      const all = catalogueNames();
      const named = words.length === 1 ? all.filter((name) => name === words[0]) : [];
      const entries = (named.length > 0 ? named : all).map(read);
      const shown = named.length > 0 ? entries : entries.filter((entry) => mentions(entry, words));
      if (shown.length === 0) {
        if (words.length === 1) catalogueName(words[0]);
        throw new InputError("", `no instance that mentions ${words.join(" and ")}`, "other words, or none");
      }
      const style = terminalStyle();
      if (json) await print(`${JSON.stringify(shown.map(catalogueJson))}\n`);
      else await print(shown.length === 1 ? entryText(shown[0], style) : entriesText(shown, style));
    });
}

function read(name: string): CatalogueEntry {
  const file = fileOf(name);
  return inFile(file, () => catalogueEntry(exactDocument(readChunks(file)), name));
}
