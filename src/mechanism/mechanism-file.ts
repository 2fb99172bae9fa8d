import * as z from "zod";
import type { Environment } from "../environment/environment.js";
import type { AllocationRule } from "../environment/lottery.js";
import { InputError, shown, within } from "../fault/input-error.js";
import { parsedBy } from "../fault/parsed-by.js";
import { listed } from "../fault/unknown-name.js";
import { commentSchema } from "../json/comment.js";
import { exactDocument } from "../json/exact-document.js";
import { type LongLists, withoutLongLists } from "../json/long-lists.js";
import { Rational } from "../number/rational.js";
import type { Mechanism } from "./mechanism.js";
import { MechanismRows, profileRowSchema, writtenRowSchema } from "./mechanism-rows.js";
import { isTable, readStructured, structuredMechanismSchema, structuredText } from "./structured-file.js";
import { StructuredMechanism } from "./structured-mechanism.js";
import { readWrittenMechanism, writtenMechanismFields } from "./written-mechanism.js";

/** Which instance a file belongs to. */
export const instanceReferenceSchema = z.strictObject({
  name: z.string(),
  digest: z.string().describe("SHA-256 of the environment that the file belongs to."),
});

/** Every profile written out. */
export const profilesSchema = z.strictObject({
  profiles: z.array(profileRowSchema).describe("Every profile once, the last agent fastest."),
});

/** A mechanism as files have it: by its parts, or every profile written out. */
export const mechanismSchema = z.union([structuredMechanismSchema, profilesSchema]);

/** Which instance a mechanism is for, as far as its file says. */
const mayBelongSchema = z
  .union([z.string(), instanceReferenceSchema.partial()], {
    error: 'expected a name, or {"name": ..., "digest": ...}',
  })
  .optional()
  .describe(
    "The instance that the mechanism is for. A digest is checked; without one any instance will do that fits.",
  );

const heading = {
  $schema: z.string().optional().describe("For editors: where the JSON Schema of mechanisms lies."),
  $comment: commentSchema,
  name: z.string().optional(),
  description: z.string().optional().describe("What the mechanism is, in a line."),
  instance: mayBelongSchema,
};

const partsFileSchema = z.strictObject({
  ...heading,
  format: z.literal("mechlp-mechanism-2"),
  mechanism: structuredMechanismSchema,
});

const profilesFileSchema = z.strictObject({
  ...heading,
  format: z.literal("mechlp-mechanism-1").optional(),
  profiles: z.array(writtenRowSchema).describe("Every profile once, in any order."),
});

const writtenFileSchema = z.strictObject({ ...heading, ...writtenMechanismFields });

/**
 * What `check` reads: a mechanism by its parts, as the program writes it; every profile written out; or a rule and payments as
 * people write them. Of another file that has a `mechanism` in it, such as what `solve --json` prints, that is read.
 */
export const mechanismFileSchema = z.union([partsFileSchema, profilesFileSchema, writtenFileSchema]);

export type ProfileRow = z.input<typeof profileRowSchema>;

/** What a mechanism in a file is for. */
export interface MechanismSetting {
  readonly environment: Environment;
  readonly givenRule?: AllocationRule | undefined;
  readonly digest: string;
}

/** One profile as a file shows it. */
export function profileRow(environment: Environment, mechanism: Mechanism, profile: number): ProfileRow {
  const lottery = mechanism.lottery(profile);
  const subsidy = mechanism.subsidy(profile);
  const sure = lottery.length === 1 && lottery[0].probability.equals(Rational.ONE);
  return {
    types: environment.profiles.typesOf(profile).map((type, i) => environment.typeLabel(i, type)),
    outcome: sure
      ? environment.outcomes[lottery[0].outcome]
      : Object.fromEntries(
          lottery.map((entry) => [environment.outcomes[entry.outcome], `${entry.probability}`]),
        ),
    payments: environment.agents.map((_, i) => `${mechanism.payment(i, profile)}`),
    ...(subsidy.isZero ? {} : { subsidy: `${subsidy}` }),
  };
}

/** A mechanism file in pieces: by the mechanism's parts, or a line for each profile. */
export function* mechanismFileText(
  environment: Environment,
  mechanism: Mechanism,
  instance: { readonly name: string; readonly digest: string },
  how: "parts" | "profiles" = "profiles",
): Iterable<string> {
  const { name, digest } = instance;
  const isByParts = how === "parts" && mechanism instanceof StructuredMechanism;
  yield `{\n  "format": "mechlp-mechanism-${isByParts ? 2 : 1}",\n  "instance": ${JSON.stringify({ name, digest })},\n`;
  if (isByParts) {
    yield '  "mechanism": ';
    yield* structuredText(mechanism, "  ");
    yield "\n}\n";
    return;
  }
  yield '  "profiles": [\n';
  yield* profileLines(environment, mechanism);
  yield "  ]\n}\n";
}

/** A mechanism within another file: a table a line for each profile, any other by its parts. */
export function* mechanismText(mechanism: StructuredMechanism, indent: string): Iterable<string> {
  if (!isTable(mechanism)) {
    yield* structuredText(mechanism, indent);
    return;
  }
  yield `{\n${indent}  "profiles": [\n`;
  yield* profileLines(mechanism.environment, mechanism);
  yield `${indent}  ]\n${indent}}`;
}

/** The rows of `profiles`, a line each. */
function* profileLines(environment: Environment, mechanism: Mechanism): Iterable<string> {
  const { count } = environment.profiles;
  for (let s = 0; s < count; s++) {
    yield `    ${JSON.stringify(profileRow(environment, mechanism, s))}${s + 1 < count ? "," : ""}\n`;
  }
}

/**
 * Reads a parsed mechanism file, or the mechanism in another file that has one. Throws InputError when it is for another instance,
 * or anything in it is at fault.
 */
export function readMechanism(json: unknown, setting: MechanismSetting): StructuredMechanism {
  return read((lists) => withoutLongLists(json, lists), setting);
}

/** The same from chunks of the file's text; of rows no more than one is in memory at a time. */
export function readMechanismText(
  chunks: Iterable<Uint8Array>,
  setting: MechanismSetting,
): StructuredMechanism {
  return read((lists) => exactDocument(chunks, lists), setting);
}

function read(document: (lists: LongLists) => unknown, setting: MechanismSetting): StructuredMechanism {
  const { environment, givenRule } = setting;
  const tables = ["profiles", "mechanism.profiles"].map(
    (path) => [path, new MechanismRows(environment, givenRule, path, true)] as const,
  );
  const takers = tables.map(([path, rows]) => [path, (row: unknown) => rows.take(row)] as const);
  const { content, path } = contentOf(document(new Map(takers)), setting);
  const fields = Object.keys(content);
  if (fields.includes("profiles")) return tables[path === "" ? 0 : 1][1].finish();
  if (fields.includes("alike")) {
    const parts = within(path, () => parsedBy(structuredMechanismSchema, content));
    return readStructured(parts, environment, givenRule, path || "mechanism");
  }
  return within(path, () => {
    if (fields.includes("rule") || fields.includes("payments"))
      return readWrittenMechanism(parsedBy(writtenFileSchema, content), environment, givenRule);
    throw new InputError(
      "",
      `no mechanism among the fields ${listed(fields) || "(none)"}`,
      '"rule" and "payments", or "profiles", or a "mechanism" that has them',
    );
  });
}

/** The mechanism in a document, and where it lies: the document itself, or what it has under `mechanism`. */
function contentOf(document: unknown, setting: MechanismSetting): { content: object; path: string } {
  let content = document;
  for (let path = ""; ; path = path === "" ? "mechanism" : `${path}.mechanism`) {
    if (typeof content !== "object" || content === null || Array.isArray(content))
      throw new InputError(path, shown(content), "an object: a mechanism");
    const { format, instance, mechanism, profiles } = content as Readonly<Record<string, unknown>>;
    within(path, () => {
      if (format === "mechlp-mechanism-2") parsedBy(partsFileSchema, content);
      else if (profiles !== undefined) parsedBy(profilesFileSchema, content);
    });
    checkBelonging(instance, setting);
    if (mechanism === undefined) return { content, path };
    content = mechanism;
  }
}

/** Throws InputError where a file says that it belongs to another instance. */
function checkBelonging(instance: unknown, setting: MechanismSetting): void {
  const { name, digest } = Object(instance) as Readonly<Record<string, unknown>>;
  if (typeof digest !== "string") return;
  try {
    checkDigest({ name: String(name ?? ""), digest }, setting.digest);
  } catch (fault) {
    if (!(fault instanceof InputError)) throw fault;
    const how =
      "`mechlp show INSTANCE` prints it whole, and a mechanism without a digest is for any instance that it fits";
    throw new InputError(fault.path, fault.found, `${fault.accepted} (${how})`);
  }
}

/** Throws InputError where a file belongs to another instance. */
export function checkDigest(reference: z.output<typeof instanceReferenceSchema>, digest: string): void {
  if (reference.digest === digest) return;
  const name = reference.name === "" ? "" : `, "${reference.name}"`;
  throw new InputError(
    "instance.digest",
    `the digest of another instance${name} (${reference.digest.slice(0, 12)}…)`,
    `${digest.slice(0, 12)}…, the digest of this one`,
  );
}
