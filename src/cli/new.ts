import { existsSync, statSync } from "node:fs";
import { type Command, Option } from "commander";
import { InputError } from "../fault/input-error.js";
import { startingFile, startingPoints } from "../instance/starting-file.js";
import { type SkeletonForm, skeletonForms, skeletonText } from "../mechanism/skeleton.js";
import { inFile } from "./file-fault.js";
import { loadInstance } from "./instance-file.js";
import { schemaReference } from "./schema-reference.js";
import { print } from "./terminal.js";
import { checkWritable, writeText } from "./writing.js";

interface NewFlags {
  out?: string;
  force?: boolean;
  form?: SkeletonForm;
}

const MECHANISM = "mechanism";

/** `mechlp new FAMILY`, `mechlp new explicit` and `mechlp new mechanism INSTANCE` */
export function addNewCommand(program: Command): void {
  program
    .command("new")
    .summary("Start a file: an instance, or a mechanism.")
    .description("Start a file: an instance of a family with every parameter, or a mechanism to fill in.")
    .argument("<what>", `a family (mechlp models lists them), ${startingPoints[0]}, or mechanism`)
    .argument("[instance]", "for a mechanism: the instance that it is for")
    .option("--out <file>", "write to a file instead of standard output (-)")
    .option("--force", "write over a file that is there")
    .addOption(
      new Option(
        "--form <form>",
        "of a mechanism (default: a row for each profile where there are few)",
      ).choices(skeletonForms),
    )
    .addHelpText(
      "after",
      "\nExamples:\n  mechlp new bilateral-trade --out trade.json\n  mechlp new mechanism trade.json --out m.json",
    )
    .action(async (what: string, path: string | undefined, given: NewFlags) => {
      const out = given.out === "-" ? undefined : given.out;
      const flags = { ...given, out };
      if (out !== undefined) checkFree(out, flags.force);
      const text = what === MECHANISM ? mechanismStart(path, flags) : instanceStart(what, path, flags);
      if (out === undefined) return print(text);
      await writeText(out, [text]);
      const next =
        what === MECHANISM ? `mechlp check ${path} ${out}` : `mechlp show ${out}, mechlp solve ${out}`;
      await print(`${out} written; what may stand in it is told under "$comment". Next: ${next}\n`);
    });
}

/** Throws InputError where a file would be lost. */
function checkFree(out: string, force = false): void {
  checkWritable(out);
  if (!force && existsSync(out) && statSync(out).isFile())
    throw new InputError(out, "a file that is there already", "another name, or --force to write over it");
}

function mechanismStart(path: string | undefined, { out, form }: NewFlags): string {
  if (path === undefined)
    throw new InputError("", "no instance that the mechanism is for", "mechlp new mechanism INSTANCE");
  const { environment, name, givenRule, question } = loadInstance(path);
  const own = question.allocation === "given" ? givenRule : undefined;
  const schema = schemaReference(out ?? "mechanism.json", MECHANISM);
  return inFile(path, () => skeletonText(environment, { name, own }, schema, form));
}

function instanceStart(what: string, path: string | undefined, { out, form }: NewFlags): string {
  if (path !== undefined)
    throw new InputError("", `"${path}" after ${what}`, "nothing, or mechlp new mechanism INSTANCE");
  if (form !== undefined) throw new InputError("--form", `${form} for an instance`, "a mechanism to lay out");
  return startingFile(what, schemaReference(out ?? "instance.json", "instance"));
}
