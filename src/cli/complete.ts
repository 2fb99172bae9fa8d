import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Complete } from "@bomb.sh/tab";
import tab from "@bomb.sh/tab/commander";
import type { Command } from "commander";
import { families } from "../../models/index.js";
import { entries } from "../claim/ledger.js";
import { constructions } from "../construction/registry.js";
import { BASH_COMPLETION } from "./bash-completion.js";
import { catalogueNames } from "./catalogue-folder.js";
import { print } from "./terminal.js";

/** A value, and what it is. */
type Values = readonly (readonly [value: string, about: string])[];

const named = (names: readonly string[]): Values => names.map((name) => [name, ""]);
const familyNames = () => named(families.map(({ familyName }) => familyName));
const constructionNames = () => named(constructions.map(({ name }) => name));

/** What arguments may be, by command and argument. All others are files. */
const ARGUMENTS: Readonly<Record<string, Readonly<Record<string, () => Values>>>> = {
  models: { name: familyNames },
  new: { what: () => [...familyNames(), ...named(["explicit", "mechanism"])] },
  constructions: { name: constructionNames },
  construct: { name: constructionNames },
  compare: { names: constructionNames },
  reproduce: { claims: () => entries.map(({ claim }) => [claim.id, claim.about]) },
  catalogue: { words: () => named(catalogueNames()) },
};

/** `mechlp complete SHELL`: a script by which a shell completes commands, flags, their choices, files and the names of the literature. */
export function addCompleteCommand(program: Command): void {
  const root = tab(program);
  const described = program.commands.find((command) => command.name() === "complete")!;
  described
    .summary("Completion of commands, flags and names, for shells.")
    .description(
      "Prints a script by which a shell completes commands, flags and their choices, files, families, constructions, claims and the catalogue.",
    );
  if (process.argv[3] === "bash") described.action(() => print(BASH_COMPLETION));
  for (const command of program.commands) {
    const own = root.commands.get(command.name());
    if (!own) continue;
    own.description = command.summary() || command.description();
    for (const [name, argument] of own.arguments)
      argument.handler = offering(ARGUMENTS[command.name()]?.[name] ?? files);
    for (const { long, flags, argChoices } of command.options) {
      const option = own.options.get(long?.slice(2) ?? "");
      if (option && !argChoices && /<(?:file|folder)>/.test(flags)) option.handler = offering(files);
    }
  }
}

function offering(values: () => Values): (complete: Complete) => void {
  return (complete) => {
    for (const [value, about] of values()) complete(value, about);
  };
}

/** What the word that is being written may go on to be: files and folders beside it, and instances of the catalogue. */
function files(): Values {
  const begun = process.argv.at(-1) ?? "";
  if (begun.startsWith("catalogue:")) return named(catalogueNames().map((name) => `catalogue:${name}`));
  const folder = begun.endsWith("/") ? begun : dirname(begun);
  const there = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
  const shown = there.filter(({ name }) => !name.startsWith("."));
  return named([
    ...shown.map((one) => `${join(folder, one.name)}${one.isDirectory() ? "/" : ""}`),
    ...(begun.includes("/") ? [] : ["catalogue:"]),
  ]);
}
