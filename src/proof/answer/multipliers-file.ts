import { z } from "zod";
import type { Environment } from "../../environment/environment.js";
import { rationalSchema } from "../../number/rational-schema.js";
import { type BudgetPrices, incentivesOf, type Multipliers, participationsOf } from "../multipliers.js";

const profileSchema = z.array(z.string()).describe("One type for each agent.");
const weightSchema = rationalSchema.describe("Positive.");

export const incentiveSchema = z.strictObject({
  agent: z.string(),
  type: z.string().describe("The true type."),
  report: z.string().describe("The type that it might report."),
  truth: profileSchema.optional().describe("Ex post and dominant-strategy IC: the true profile."),
  reported: profileSchema
    .optional()
    .describe("Dominant-strategy IC: the reports when the agent tells the truth."),
  weight: weightSchema,
});

export const participationSchema = z.strictObject({
  agent: z.string(),
  type: z.string().optional().describe("Interim IR."),
  profile: profileSchema.optional().describe("Ex post IR."),
  weight: weightSchema,
});

const budgetSchema = z.union([
  z.strictObject({ kind: z.literal("none") }),
  z.strictObject({ kind: z.literal("expectation"), price: rationalSchema }),
  z.strictObject({
    kind: z.literal("prior"),
    scale: rationalSchema.describe("Price at a profile over its probability."),
  }),
  z.strictObject({
    kind: z.literal("profile"),
    prices: z.array(rationalSchema).describe("One for each profile."),
  }),
]);

/** Multipliers in labels. */
export const multipliersSchema = z.strictObject({
  purpose: z.enum(["bound", "infeasibility"]),
  incentive: z.array(incentiveSchema),
  participation: z.array(participationSchema),
  budget: budgetSchema,
});

export type MultipliersFile = z.output<typeof multipliersSchema>;

/** Multipliers as a file shows them, in pieces: a line for each, so that millions never stand in memory as text. */
export function* multipliersText(environment: Environment, multipliers: Multipliers): Iterable<string> {
  const labels = (profile: number) =>
    environment.profiles.typesOf(profile).map((type, i) => environment.typeLabel(i, type));
  yield `{\n    "purpose": "${multipliers.purpose}",\n    "incentive": [`;
  yield* lines(incentivesOf(multipliers), ({ agent, type, report, truth, reported, weight }) => ({
    agent: environment.agents[agent].name,
    type: environment.typeLabel(agent, type),
    report: environment.typeLabel(agent, report),
    ...(truth === undefined ? {} : { truth: labels(truth) }),
    ...(reported === undefined ? {} : { reported: labels(reported) }),
    weight: `${weight}`,
  }));
  yield '],\n    "participation": [';
  yield* lines(participationsOf(multipliers), ({ agent, type, profile, weight }) => ({
    agent: environment.agents[agent].name,
    ...(type === undefined ? {} : { type: environment.typeLabel(agent, type) }),
    ...(profile === undefined ? {} : { profile: labels(profile) }),
    weight: `${weight}`,
  }));
  yield '],\n    "budget": ';
  yield* budgetText(multipliers.budget);
  yield "\n  }";
}

/** The items of a list, a line for each. */
function* lines<Item>(items: Iterable<Item>, shown: (item: Item) => object): Iterable<string> {
  let before = "\n      ";
  for (const item of items) {
    yield before + JSON.stringify(shown(item));
    before = ",\n      ";
  }
}

function* budgetText(budget: BudgetPrices): Iterable<string> {
  switch (budget.kind) {
    case "none":
      yield '{ "kind": "none" }';
      return;
    case "expectation":
      yield `{ "kind": "expectation", "price": "${budget.price}" }`;
      return;
    case "prior":
      yield `{ "kind": "prior", "scale": "${budget.scale}" }`;
      return;
    case "profile":
      yield '{ "kind": "profile", "prices": [';
      for (let s = 0; s < budget.prices.length; s++) {
        yield `${s > 0 ? "," : ""}${s % 16 === 0 ? "\n      " : " "}"${budget.prices.at(s)}"`;
      }
      yield "] }";
  }
}
