import { z } from "zod";
import type { Environment } from "../environment/environment.js";
import { InputError } from "../environment/input-error.js";
import type { Lottery } from "../environment/lottery.js";
import { schemaFault } from "../environment/schema-fault.js";
import { Rational } from "../number/rational.js";
import { rationalSchema } from "../number/rational-schema.js";
import { RationalVector } from "../number/rational-vector.js";
import { type Mechanism, tableMechanism } from "./mechanism.js";

/** One profile of a mechanism, in labels and exact fractions. */
export const profileRowSchema = z.strictObject({
  types: z.array(z.union([z.string(), z.number()]).transform(String)).describe("Each agent's reported type."),
  outcome: z
    .union([z.string(), z.record(z.string(), rationalSchema)], {
      error: "expected an outcome, or probabilities by outcome",
    })
    .describe("The outcome chosen, or probabilities by outcome."),
  payments: z.array(rationalSchema).describe("From each agent to the designer."),
  subsidy: rationalSchema.optional().describe("Outside money that enters the budget; 0 when absent."),
});

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
  const parsed = mechanismFileSchema.safeParse(json);
  if (!parsed.success) throw schemaFault(parsed.error, json, mechanismFileSchema);
  if (parsed.data.instance.digest !== digest) {
    throw new InputError(
      "instance.digest",
      `the digest of another instance, "${parsed.data.instance.name}" (${parsed.data.instance.digest.slice(0, 12)}…)`,
      `${digest.slice(0, 12)}…, the digest of this one`,
    );
  }
  return mechanismOfRows(environment, parsed.data.profiles);
}

/** A mechanism from the rows of a file. Throws InputError (`listPath[k]…`) for wrong labels, order or numbers of entries. */
export function mechanismOfRows(
  environment: Environment,
  rows: readonly z.output<typeof profileRowSchema>[],
  listPath = "profiles",
): Mechanism {
  const { count } = environment.profiles;
  if (rows.length !== count)
    throw new InputError(listPath, `${rows.length} profiles`, `${count}, every profile once`);
  const positions = new Map(environment.outcomes.map((label, outcome) => [label, outcome]));
  const lotteries = rows.map((row, s): Lottery => {
    const path = `${listPath}[${s}]`;
    const expected = environment.profiles.typesOf(s).map((type, i) => environment.typeLabel(i, type));
    if (row.types.length !== expected.length || row.types.some((label, i) => label !== expected[i])) {
      throw new InputError(`${path}.types`, row.types.join(", "), `${expected.join(", ")} at this place`);
    }
    if (row.payments.length !== environment.agentCount) {
      throw new InputError(
        `${path}.payments`,
        `${row.payments.length} payments`,
        `${environment.agentCount}, one for each agent`,
      );
    }
    const entries =
      typeof row.outcome === "string" ? [[row.outcome, Rational.ONE] as const] : Object.entries(row.outcome);
    return entries.map(([label, probability]) => {
      const outcome = positions.get(label);
      if (outcome === undefined) {
        throw new InputError(
          `${path}.outcome`,
          `the unknown outcome "${label}"`,
          `one of ${environment.outcomes.join(", ")}`,
        );
      }
      return { outcome, probability };
    });
  });
  return tableMechanism({
    lotteries,
    payments: environment.agents.map((_, i) => RationalVector.from(rows.map((row) => row.payments[i]))),
    subsidies: RationalVector.from(rows.map((row) => row.subsidy ?? Rational.ZERO)),
  });
}
