import { z } from "zod";
import type { Environment } from "../environment/environment.js";
import { InputError } from "../environment/input-error.js";
import { rationalSchema } from "../number/rational-schema.js";
import { RationalVector } from "../number/rational-vector.js";
import type {
  BudgetPrices,
  IncentiveMultiplier,
  Multipliers,
  ParticipationMultiplier,
} from "./multipliers.js";

const profileSchema = z.array(z.string()).describe("One type for each agent.");
const weightSchema = rationalSchema.describe("Positive.");

const incentiveSchema = z.strictObject({
  agent: z.string(),
  type: z.string().describe("The true type."),
  report: z.string().describe("The type that it might report."),
  truth: profileSchema.optional().describe("Ex post and dominant-strategy IC: the true profile."),
  reported: profileSchema
    .optional()
    .describe("Dominant-strategy IC: the reports when the agent tells the truth."),
  weight: weightSchema,
});

const participationSchema = z.strictObject({
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

/** Multipliers as a file shows them. */
export function multipliersJson(
  environment: Environment,
  multipliers: Multipliers,
): z.input<typeof multipliersSchema> {
  const labels = (profile: number) =>
    environment.profiles.typesOf(profile).map((type, i) => environment.typeLabel(i, type));
  return {
    purpose: multipliers.purpose,
    incentive: multipliers.incentive.map(({ agent, type, report, truth, reported, weight }) => ({
      agent: environment.agents[agent].name,
      type: environment.typeLabel(agent, type),
      report: environment.typeLabel(agent, report),
      ...(truth === undefined ? {} : { truth: labels(truth) }),
      ...(reported === undefined ? {} : { reported: labels(reported) }),
      weight: `${weight}`,
    })),
    participation: multipliers.participation.map(({ agent, type, profile, weight }) => ({
      agent: environment.agents[agent].name,
      ...(type === undefined ? {} : { type: environment.typeLabel(agent, type) }),
      ...(profile === undefined ? {} : { profile: labels(profile) }),
      weight: `${weight}`,
    })),
    budget: budgetJson(multipliers.budget),
  };
}

function budgetJson(budget: BudgetPrices): z.input<typeof budgetSchema> {
  switch (budget.kind) {
    case "none":
      return { kind: "none" };
    case "expectation":
      return { kind: "expectation", price: `${budget.price}` };
    case "prior":
      return { kind: "prior", scale: `${budget.scale}` };
    case "profile":
      return { kind: "profile", prices: budget.prices.toRationals().map(String) };
  }
}

/** Multipliers of a file. Throws InputError for unknown labels, weights that are not positive, and repeated entries. */
export function multipliersOfFile(file: MultipliersFile, environment: Environment): Multipliers {
  const labels = new Labels(environment);
  const seen = new Set<string>();
  const once = (path: string, ...requirement: (number | undefined)[]) => {
    const key = requirement.join(" ");
    if (seen.has(key))
      throw new InputError(path, "a multiplier on a requirement that has one already", "each once");
    seen.add(key);
  };
  const incentive = file.incentive.map((entry, k): IncentiveMultiplier => {
    const path = `multipliers.incentive[${k}]`;
    const agent = labels.agent(entry.agent, path);
    const type = labels.type(agent, entry.type, `${path}.type`);
    const report = labels.type(agent, entry.report, `${path}.report`);
    const truth = entry.truth && labels.profile(entry.truth, `${path}.truth`);
    const reported = entry.reported && labels.profile(entry.reported, `${path}.reported`);
    once(path, 0, agent, type, report, truth, reported);
    return { agent, type, report, truth, reported, weight: positive(entry.weight, path) };
  });
  const participation = file.participation.map((entry, k): ParticipationMultiplier => {
    const path = `multipliers.participation[${k}]`;
    const agent = labels.agent(entry.agent, path);
    const type = entry.type === undefined ? undefined : labels.type(agent, entry.type, `${path}.type`);
    const profile = entry.profile && labels.profile(entry.profile, `${path}.profile`);
    if (type !== undefined && profile !== undefined) {
      throw new InputError(
        path,
        "both a type and a profile",
        "one of them, or neither for ex ante participation",
      );
    }
    once(path, 1, agent, type, profile);
    return { agent, type, profile, weight: positive(entry.weight, path) };
  });
  const { budget } = file;
  const { count } = environment.profiles;
  if (budget.kind === "profile" && budget.prices.length !== count) {
    throw new InputError(
      "multipliers.budget.prices",
      `${budget.prices.length} prices`,
      `${count}, one for each profile`,
    );
  }
  return {
    purpose: file.purpose,
    incentive,
    participation,
    budget:
      budget.kind === "profile" ? { kind: "profile", prices: RationalVector.from(budget.prices) } : budget,
  };
}

function positive<Weight extends { readonly sign: number }>(weight: Weight, path: string): Weight {
  if (weight.sign <= 0) throw new InputError(`${path}.weight`, `${weight}`, "a positive weight");
  return weight;
}

/** Where labels stand; every label of an environment is unique in its list. */
class Labels {
  private readonly agents: ReadonlyMap<string, number>;
  private readonly types: readonly ReadonlyMap<string, number>[];

  constructor(private readonly environment: Environment) {
    this.agents = new Map(environment.agents.map((agent, i) => [agent.name, i]));
    this.types = environment.agents.map((agent) => new Map(agent.types.map((label, type) => [label, type])));
  }

  agent(name: string, path: string): number {
    return known(this.agents, name, `${path}.agent`, "the name of an agent");
  }

  type(agent: number, label: string, path: string): number {
    return known(this.types[agent], label, path, `a type of ${this.environment.agents[agent].name}`);
  }

  profile(labels: readonly string[], path: string): number {
    const { agentCount, profiles } = this.environment;
    if (labels.length !== agentCount)
      throw new InputError(path, `${labels.length} types`, `${agentCount}, one for each agent`);
    return profiles.profileOf(labels.map((label, i) => this.type(i, label, `${path}[${i}]`)));
  }
}

function known(
  positions: ReadonlyMap<string, number>,
  label: string,
  path: string,
  accepted: string,
): number {
  const position = positions.get(label);
  if (position === undefined) throw new InputError(path, `"${label}"`, accepted);
  return position;
}
