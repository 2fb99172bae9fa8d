import { z } from "zod";
import type { Environment } from "../environment/environment.js";
import { InputError } from "../environment/input-error.js";
import { schemaFault } from "../environment/schema-fault.js";
import { exactDocument } from "../json/exact-document.js";
import { type LongLists, withoutLongLists } from "../json/long-lists.js";
import { Rational } from "../number/rational.js";
import type { Mechanism } from "./mechanism.js";
import { MechanismRows, profileRowSchema } from "./mechanism-rows.js";

/** Which instance a file belongs to. */
export const instanceReferenceSchema = z.strictObject({
  name: z.string(),
  digest: z.string().describe("SHA-256 of the environment that the file belongs to."),
});

export const mechanismFileSchema = z.strictObject({
  $schema: z.string().optional(),
  format: z.literal("mechlp-mechanism-1"),
  instance: instanceReferenceSchema,
  profiles: z.array(profileRowSchema).describe("Every profile once, the last agent fastest."),
});

export type ProfileRow = z.input<typeof profileRowSchema>;

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

/** A mechanism file in pieces, one line for each profile, so that a large one never stands in memory as a whole. */
export function* mechanismFileText(
  environment: Environment,
  mechanism: Mechanism,
  instance: { readonly name: string; readonly digest: string },
): Iterable<string> {
  const { name, digest } = instance;
  yield `{\n  "format": "mechlp-mechanism-1",\n  "instance": ${JSON.stringify({ name, digest })},\n  "profiles": [\n`;
  yield* profileLines(environment, mechanism);
  yield "  ]\n}\n";
}

/** The rows of `profiles`, a line each. */
export function* profileLines(environment: Environment, mechanism: Mechanism): Iterable<string> {
  const { count } = environment.profiles;
  for (let s = 0; s < count; s++) {
    yield `    ${JSON.stringify(profileRow(environment, mechanism, s))}${s + 1 < count ? "," : ""}\n`;
  }
}

/** Reads a parsed mechanism file. Throws InputError when it is for another instance, or anything in it is at fault. */
export function readMechanism(json: unknown, environment: Environment, digest: string): Mechanism {
  return read((lists) => withoutLongLists(json, lists), environment, digest);
}

/** The same from chunks of the file's text; besides the tables, no more than a row is in memory at a time. */
export function readMechanismText(
  chunks: Iterable<Uint8Array>,
  environment: Environment,
  digest: string,
): Mechanism {
  return read((lists) => exactDocument(chunks, lists), environment, digest);
}

function read(document: (lists: LongLists) => unknown, environment: Environment, digest: string): Mechanism {
  const rows = new MechanismRows(environment, "profiles");
  const head = document(new Map([["profiles", (row: unknown) => rows.take(row)]]));
  const parsed = mechanismFileSchema.safeParse(head);
  if (!parsed.success) throw schemaFault(parsed.error, head, mechanismFileSchema);
  checkDigest(parsed.data.instance, digest);
  return rows.finish();
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
