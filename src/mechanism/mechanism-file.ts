import * as z from "zod";
import type { Environment } from "../environment/environment.js";
import type { AllocationRule } from "../environment/lottery.js";
import { InputError } from "../fault/input-error.js";
import { schemaFault } from "../fault/schema-fault.js";
import { exactDocument } from "../json/exact-document.js";
import { type LongLists, withoutLongLists } from "../json/long-lists.js";
import { Rational } from "../number/rational.js";
import type { Mechanism } from "./mechanism.js";
import { MechanismRows, profileRowSchema } from "./mechanism-rows.js";
import { isTable, readStructured, structuredMechanismSchema, structuredText } from "./structured-file.js";
import { StructuredMechanism } from "./structured-mechanism.js";

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

export const mechanismFileSchema = z.union([
  z.strictObject({
    $schema: z.string().optional(),
    format: z.literal("mechlp-mechanism-2"),
    instance: instanceReferenceSchema,
    mechanism: structuredMechanismSchema,
  }),
  z.strictObject({
    $schema: z.string().optional(),
    format: z.literal("mechlp-mechanism-1"),
    instance: instanceReferenceSchema,
    profiles: z.array(profileRowSchema).describe("Every profile once, the last agent fastest."),
  }),
]);

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

/** Reads a parsed mechanism file. Throws InputError when it is for another instance, or anything in it is at fault. */
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

function read(
  document: (lists: LongLists) => unknown,
  { environment, givenRule, digest }: MechanismSetting,
): StructuredMechanism {
  const rows = new MechanismRows(environment, givenRule, "profiles");
  const head = document(new Map([["profiles", (row: unknown) => rows.take(row)]]));
  const parsed = mechanismFileSchema.safeParse(head);
  if (!parsed.success) throw schemaFault(parsed.error, head, mechanismFileSchema);
  checkDigest(parsed.data.instance, digest);
  return "mechanism" in parsed.data
    ? readStructured(parsed.data.mechanism, environment, givenRule, "mechanism")
    : rows.finish();
}

/** Throws InputError where a file belongs to another instance. */
export function checkDigest(reference: z.output<typeof instanceReferenceSchema>, digest: string): void {
  if (reference.digest === digest) return;
  throw new InputError(
    "instance.digest",
    `the digest of another instance, "${reference.name}" (${reference.digest.slice(0, 12)}…)`,
    `${digest.slice(0, 12)}…, the digest of this one`,
  );
}
