import { type Command, Option } from "commander";
import { groundFor } from "../comparison/ground.js";
import type { Choice, Construction } from "../construction/construction.js";
import { constructionByName, constructions } from "../construction/registry.js";
import { InputError, shown } from "../fault/input-error.js";
import { unknownName } from "../fault/unknown-name.js";
import type { Instance } from "../instance/instance.js";
import { propertyReport } from "../measure/property-report.js";
import { asData } from "../mechanism/as-data.js";
import { mechanismFileText } from "../mechanism/mechanism-file.js";
import type { StructuredMechanism } from "../mechanism/structured-mechanism.js";
import { constructedDocument, constructedJson } from "../report/construct-text.js";
import { constructionJson, constructionsText, constructionText } from "../report/constructions-text.js";
import { mechanismFigures } from "../report/figures.js";
import { mechanismView } from "../report/mechanism-view.js";
import { constructedCsv } from "../report/report-csv.js";
import type { TieRule } from "../space/rule.js";
import { inFile } from "./file-fault.js";
import { loadInstance } from "./instance-file.js";
import { checkTabulated, printWithMechanism } from "./large-output.js";
import { UNDECIDED_END, withLimits } from "./limits.js";
import {
  checkOutput,
  type OutputFlags,
  printDocument,
  printNote,
  withExtentFlags,
  writeCsv,
  writeFigures,
} from "./output-flags.js";
import { outputName } from "./standard-streams.js";
import { print, terminalStyle } from "./terminal.js";
import { claimAnswer, watchedProgress } from "./watched.js";
import { checkWritable } from "./writing.js";
import { WrittenFiles } from "./written-files.js";

type Version = NonNullable<Choice["version"]>;

interface ConstructFlags extends OutputFlags {
  out?: string;
  version?: Version;
  option: Record<string, string>;
  ties?: TieRule;
}

/** `mechlp construct NAME INSTANCE`, and the list of names */
export function addConstructCommands(program: Command): void {
  const command = program
    .command("construct")
    .summary("Build a mechanism of the literature, and audit it.")
    .description("Build a mechanism of the literature on an instance, and audit it; alone, list them.")
    .argument("[name]", "a construction; mechlp constructions lists them")
    .argument("[instance]", "instance file, - for standard input");
  withLimits(withExtentFlags(command), UNDECIDED_END)
    .option("--out <file>", "write the mechanism")
    .addOption(
      new Option("--version <version>", "on the grid, or as for continuous types").choices([
        "exact",
        "formula",
      ]),
    )
    .option("--option <key=value>", "an option of the construction; may be repeated", keyAndValue, {})
    .addOption(new Option("--ties <rule>", "not as by the instance").choices(["first", "last", "uniform"]))
    .option("--all-payments", "also build more than a million payments")
    .option("--json", "print JSON, with the mechanism unless --out takes it")
    .action((name: string | undefined, path: string | undefined, flags: ConstructFlags) => {
      if (name === undefined) return list(undefined, flags);
      if (path !== undefined) return construct(constructionByName(name), path, flags);
      constructionByName(name);
      throw new InputError("", "no instance to construct on", "an instance file after the name");
    });
  program
    .command("constructions")
    .summary("The literature's mechanisms, or one of them explained.")
    .description("The literature's mechanisms, or one with its source and options.")
    .argument("[name]", "a construction; without it, the list")
    .option("--json", "print JSON")
    .action(list);
}

async function list(name: string | undefined, { json }: { json?: boolean }): Promise<void> {
  const style = terminalStyle();
  if (name === undefined) {
    const text = () => constructionsText(constructions, style);
    await print(json ? `${JSON.stringify(constructions.map(constructionJson))}\n` : text());
  } else {
    const one = constructionByName(name);
    await print(json ? `${JSON.stringify(constructionJson(one))}\n` : constructionText(one, style));
  }
}

async function construct(construction: Construction, path: string, flags: ConstructFlags): Promise<void> {
  const version = versionOf(construction, flags.version);
  checkOptions(construction, flags.option);
  if (flags.out) checkWritable(flags.out, path);
  const instance = loadInstance(path);
  const { environment } = instance;
  checkOutput(flags, environment, [path, flags.out]);
  const mechanism = inFile(path, () => {
    if (!flags.allPayments) checkTabulated(environment, "or --all-payments");
    watchedProgress.stage(`building ${construction.name}`);
    return build(construction, instance, { ...flags, version });
  });
  const constructed = {
    construction,
    version,
    options: flags.option,
    instance: instance.name,
    report: propertyReport(environment, mechanism, undefined, watchedProgress),
    view: mechanismView(mechanism),
  };
  claimAnswer();
  const files = new WrittenFiles();
  if (flags.out) await files.write("--out", flags.out, mechanismFileText(environment, mechanism, instance));
  if (!flags.json) {
    await printDocument(constructedDocument(constructed, flags), flags);
    if (flags.out && files.has("--out"))
      await printNote(`mechanism written to ${outputName(flags.out)}\n`, flags);
  } else if (flags.out) await print(`${JSON.stringify(constructedJson(constructed))}\n`);
  else await printWithMechanism(constructedJson(constructed), environment, mechanism, instance);
  await writeFigures(
    flags,
    () => constructedDocument(constructed, flags),
    () => mechanismFigures(constructed.view),
  );
  await writeCsv(flags, environment, (byProfile) => constructedCsv(constructed, byProfile));
  files.check();
}

/** Builds all payments at once: some conditions show only there. A fault in an option is reported under its flag. */
function build(
  construction: Construction,
  instance: Instance,
  { ties, version, option }: ConstructFlags & { version: Version },
): StructuredMechanism {
  const { allocation = "efficient", ties: asked = "first" } = instance.question;
  // Who says how ties are broken wants the efficient rule.
  const question = { allocation: ties ? ("efficient" as const) : allocation, ties: ties ?? asked };
  try {
    const mechanism = construction.build(groundFor(instance, question), { version, options: option });
    return asData(instance.environment, mechanism);
  } catch (fault) {
    if (!(fault instanceof InputError) || fault.path === "") throw fault;
    throw fault.at(`--option ${fault.path}`);
  }
}

function versionOf({ name, versions }: Construction, asked: Version | undefined): Version {
  if (asked === undefined) return versions[0];
  if (versions.includes(asked)) return asked;
  throw new InputError("--version", asked, `${versions.join(" or ")}, the only version of ${name}`);
}

function checkOptions({ name, options = {} }: Construction, given: Record<string, string>): void {
  const known = Object.keys(options);
  for (const key of Object.keys(given)) {
    if (known.includes(key)) continue;
    const accepted = known.length > 0 ? undefined : `none: ${name} has no options`;
    throw unknownName("--option", "option", key, known, accepted);
  }
}

function keyAndValue(text: string, before: Record<string, string>): Record<string, string> {
  const at = text.indexOf("=");
  if (at <= 0) throw new InputError("--option", shown(text), "key=value, such as price=1/2");
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
}
