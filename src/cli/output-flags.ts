import { type Command, Option } from "commander";
import type { Environment } from "../environment/environment.js";
import { inert } from "../fault/inert-text.js";
import type { Figure } from "../figure/figure.js";
import type { CsvTable } from "../report/csv.js";
import type { Document } from "../report/document.js";
import { type Format, formats, latexDocument, markdownDocument } from "../report/markup-document.js";
import { textDocument } from "../report/text-document.js";
import { checkFolder, writeTables } from "./csv-folder.js";
import { checkTabulated, hasManyPayments, PAYMENTS_LEFT_OUT } from "./large-output.js";
import { writePictures } from "./pictures.js";
import { print, terminalScreen } from "./terminal.js";
import { report } from "./watched.js";
import { checkWritable } from "./writing.js";

/** How an answer is shown. */
export interface OutputFlags {
  json?: boolean;
  format?: Format;
  csv?: string;
  html?: string;
  svg?: string;
  brief?: boolean;
  draw?: boolean;
  allTypes?: boolean;
  allProfiles?: boolean;
  fractions?: boolean;
  allPayments?: boolean;
}

/** Adds what all commands that report of mechanisms share. */
export function withOutputFlags(command: Command): Command {
  return command
    .addOption(
      new Option("--format <format>", "of the report (default: text)").choices(formats).conflicts("json"),
    )
    .option("--csv <folder>", "also write the tables for a spreadsheet, numbers exact and as decimals")
    .option("--html <file>", "also write a page with pictures, which needs nothing else")
    .option("--svg <folder>", "also write the pictures");
}

/** Adds how much of a mechanism is shown. */
export function withExtentFlags(command: Command): Command {
  return withOutputFlags(command)
    .option("--draw", "draw what is chosen and what types expect, in text")
    .option("--all-types", "show every type, however many there are")
    .option("--fractions", "show fractions in tables, not decimals")
    .option("--all-profiles", "show what happens at every profile, however many there are");
}

/** Refuses, before any work is done, what could not be shown or written in the end, or would take the place of the command's `others` files. */
export function checkOutput(
  flags: OutputFlags,
  environment: Environment,
  others: readonly (string | undefined)[],
): void {
  checkFiles(flags, others);
  if (flags.allProfiles && !flags.allPayments) checkTabulated(environment, "or --all-payments");
}

/** The same of files alone. */
export function checkFiles(flags: OutputFlags, others: readonly (string | undefined)[]): void {
  const taken = others.filter((path) => path !== undefined);
  if (flags.html !== undefined) checkWritable(flags.html, ...taken);
  const all = flags.html === undefined ? taken : [...taken, flags.html];
  if (flags.csv !== undefined) checkFolder(flags.csv, all);
  if (flags.svg !== undefined) checkFolder(flags.svg, all);
}

/** Prints a report in the format that is asked for. */
export async function printDocument(document: Document, { format = "text" }: OutputFlags): Promise<void> {
  if (format === "latex") await print(latexDocument(document));
  else if (format === "markdown") await print(markdownDocument(document));
  else await print(textDocument(document, terminalScreen()));
}

/** Writes tables to the folder that is asked for; says what was written and what was not. */
export async function writeCsv(
  flags: OutputFlags,
  environment: Environment,
  tablesOf: (byProfile: boolean) => readonly CsvTable[],
): Promise<void> {
  const { csv, allPayments } = flags;
  if (csv === undefined) return;
  const tooMany = hasManyPayments(environment) && allPayments !== true;
  await writeCsvTables(flags, csv, tablesOf(!tooMany), tooMany ? `profiles.csv ${PAYMENTS_LEFT_OUT}\n` : "");
}

/** Writes tables to a folder, and says so. */
export async function writeCsvTables(
  flags: OutputFlags,
  folder: string,
  tables: readonly CsvTable[],
  leftOut = "",
): Promise<void> {
  const words = await writeTables(folder, tables);
  report({ kind: "written", flag: "--csv" });
  await printNote(`${words}\n${leftOut}`, flags);
}

/** Writes the page and the pictures that are asked for, and says so. Figures are made only then. */
export async function writeFigures(
  flags: OutputFlags,
  documentOf: () => Document,
  figuresOf: () => readonly Figure[],
): Promise<void> {
  if (flags.html === undefined && flags.svg === undefined) return;
  const words = await writePictures(flags, documentOf, figuresOf());
  for (const flag of ["--html", "--svg"] as const)
    if (flags[flag === "--html" ? "html" : "svg"] !== undefined) report({ kind: "written", flag });
  for (const word of words) await printNote(`${word}\n`, flags);
}

/** A word on files, after a report for a reader; what is read by a machine or pasted into a document is not to be spoilt by it. */
export async function printNote(text: string, { json, format = "text" }: OutputFlags): Promise<void> {
  if (json || format !== "text") process.stderr.write(inert(text));
  else await print(text);
}
