import type { z } from "zod";
import type { Environment } from "../../environment/environment.js";
import { InputError } from "../../environment/input-error.js";
import { schemaFault } from "../../environment/schema-fault.js";
import { Rational } from "../../number/rational.js";
import { rationalSchema } from "../../number/rational-schema.js";
import { parseRational } from "../../number/rational-text.js";
import { RationalVectorBuilder } from "../../number/rational-vector-builder.js";
import type { BudgetPrices, Multipliers } from "../multipliers.js";
import { EachOnce } from "./each-once.js";
import { LabelPositions } from "./label-positions.js";
import { incentiveSchema, type MultipliersFile, participationSchema } from "./multipliers-file.js";
import { PackedMultipliers } from "./packed-multipliers.js";

/** An entry with its labels; its weight may still be the text that denotes it. */
type Unweighed<Entry> = Omit<Entry, "weight"> & { readonly weight: Rational | string };
type Incentive = Unweighed<z.output<typeof incentiveSchema>>;
type Participation = Unweighed<z.output<typeof participationSchema>>;

/**
 * Reads multipliers entry by entry into flat columns. An entry that is none at all is refused at once; one that does not fit
 * the environment is kept in mind until the end, for a file may turn out to be for another instance altogether.
 */
export class MultiplierRows {
  private readonly labels: LabelPositions;
  private readonly incentives: Record<"agent" | "type" | "report" | "truth" | "reported", number[]> = {
    agent: [],
    type: [],
    report: [],
    truth: [],
    reported: [],
  };
  private readonly participations: Record<"agent" | "type" | "profile", number[]> = {
    agent: [],
    type: [],
    profile: [],
  };
  private readonly incentiveWeights = new RationalVectorBuilder();
  private readonly participationWeights = new RationalVectorBuilder();
  private readonly prices: RationalVectorBuilder;
  private misfit: InputError | undefined;

  constructor(private readonly environment: Environment) {
    this.labels = new LabelPositions(environment);
    this.prices = new RationalVectorBuilder();
  }

  /** Takes the next entry of `incentive`. Throws InputError where its fields are not what an entry has. */
  takeIncentive(entry: unknown, index: number): void {
    const path = `multipliers.incentive[${index}]`;
    const read = isUsual<Incentive>(entry, INCENTIVE) ? entry : parsed(incentiveSchema, entry, path);
    if (this.misfit) return;
    weigh(this.incentiveWeights, read.weight, incentiveSchema, entry, path);
    this.fit(() => this.placeIncentive(read, path));
  }

  /** Takes the next entry of `participation`. */
  takeParticipation(entry: unknown, index: number): void {
    const path = `multipliers.participation[${index}]`;
    const read = isUsual<Participation>(entry, PARTICIPATION)
      ? entry
      : parsed(participationSchema, entry, path);
    if (this.misfit) return;
    weigh(this.participationWeights, read.weight, participationSchema, entry, path);
    this.fit(() => this.placeParticipation(read, path));
  }

  /** Takes the price of the next profile. */
  takePrice(price: unknown, index: number): void {
    if (typeof price === "string" && this.prices.pushText(price)) return;
    if (price instanceof Rational) this.prices.push(price);
    else this.prices.push(parsed(rationalSchema, price, `multipliers.budget.prices[${index}]`));
  }

  /** The multipliers of all entries. Throws InputError for unknown labels, weights that are not positive, and repeated entries. */
  finish({ purpose, budget }: MultipliersFile): Multipliers {
    if (this.misfit) throw this.misfit;
    this.checkEachOnce();
    return new PackedMultipliers(
      purpose,
      { fields: this.incentives, weights: this.incentiveWeights.build() },
      { fields: this.participations, weights: this.participationWeights.build() },
      this.budget(budget),
    );
  }

  private checkEachOnce(): void {
    const { count, sizes } = this.environment.profiles;
    const types = Math.max(...sizes);
    const { agent, type, report, truth, reported } = this.incentives;
    const incentives = new EachOnce([sizes.length, types, types, count + 1, 2]);
    for (let k = 0; k < agent.length; k++) {
      const reports = reported[k] < 0 ? 0 : reported[k] === truth[k] ? 1 : 2 + reported[k];
      incentives.add(agent[k], type[k], report[k], truth[k] + 1, reports);
    }
    incentives.check((k) => `multipliers.incentive[${k}]`);
    const own = this.participations;
    const participations = new EachOnce([sizes.length, types + 1, count + 1]);
    for (let k = 0; k < own.agent.length; k++) {
      participations.add(own.agent[k], own.type[k] + 1, own.profile[k] + 1);
    }
    participations.check((k) => `multipliers.participation[${k}]`);
  }

  private budget(budget: MultipliersFile["budget"]): BudgetPrices {
    if (budget.kind !== "profile") return budget;
    const { count } = this.environment.profiles;
    if (this.prices.length !== count) {
      throw new InputError(
        "multipliers.budget.prices",
        `${this.prices.length} prices`,
        `${count}, one for each profile`,
      );
    }
    return { kind: "profile", prices: this.prices.build() };
  }

  private placeIncentive(entry: Incentive, path: string): void {
    const { labels, incentives } = this;
    const agent = labels.agent(entry.agent, path);
    incentives.agent.push(agent);
    incentives.type.push(labels.type(agent, entry.type, path, ".type"));
    incentives.report.push(labels.type(agent, entry.report, path, ".report"));
    incentives.truth.push(entry.truth ? labels.profile(entry.truth, path, ".truth") : -1);
    incentives.reported.push(entry.reported ? labels.profile(entry.reported, path, ".reported") : -1);
    checkPositive(this.incentiveWeights, entry.weight, path);
  }

  private placeParticipation(entry: Participation, path: string): void {
    const { labels, participations } = this;
    const agent = labels.agent(entry.agent, path);
    if (entry.type !== undefined && entry.profile !== undefined) {
      throw new InputError(
        path,
        "both a type and a profile",
        "one of them, or neither for ex ante participation",
      );
    }
    participations.agent.push(agent);
    participations.type.push(entry.type === undefined ? -1 : labels.type(agent, entry.type, path, ".type"));
    participations.profile.push(entry.profile ? labels.profile(entry.profile, path, ".profile") : -1);
    checkPositive(this.participationWeights, entry.weight, path);
  }

  private fit(place: () => void): void {
    try {
      place();
    } catch (fault) {
      if (!(fault instanceof InputError)) throw fault;
      this.misfit = fault;
    }
  }
}

/** An entry of `incentive` by itself, in labels. Throws InputError where its fields are not what an entry has. */
export function readIncentive(entry: unknown, path: string): z.output<typeof incentiveSchema> {
  const weight = isUsual<Incentive>(entry, INCENTIVE) ? numberOf(entry.weight) : undefined;
  return weight ? { ...(entry as Incentive), weight } : parsed(incentiveSchema, entry, path);
}

/** An entry of `participation` by itself. */
export function readParticipation(entry: unknown, path: string): z.output<typeof participationSchema> {
  const weight = isUsual<Participation>(entry, PARTICIPATION) ? numberOf(entry.weight) : undefined;
  return weight ? { ...(entry as Participation), weight } : parsed(participationSchema, entry, path);
}

function numberOf(weight: Rational | string): Rational | undefined {
  return weight instanceof Rational ? weight : parseRational(weight);
}

/** The fields of an entry: texts, or lists of texts. */
interface Fields {
  readonly texts: readonly string[];
  readonly optionalTexts: readonly string[];
  readonly lists: readonly string[];
}

const INCENTIVE: Fields = {
  texts: ["agent", "type", "report"],
  optionalTexts: [],
  lists: ["truth", "reported"],
};
const PARTICIPATION: Fields = { texts: ["agent"], optionalTexts: ["type"], lists: ["profile"] };

/** Whether an entry is as it is mostly written, so that no schema need look at it. */
function isUsual<Entry>(entry: unknown, { texts, optionalTexts, lists }: Fields): entry is Entry {
  if (typeof entry !== "object" || entry === null) return false;
  const fields = entry as Record<string, unknown>;
  let known = 1;
  if (typeof fields["weight"] !== "string" && !(fields["weight"] instanceof Rational)) return false;
  for (const text of texts) {
    if (typeof fields[text] !== "string") return false;
    known++;
  }
  for (const text of optionalTexts) {
    if (!(text in fields)) continue;
    if (typeof fields[text] !== "string") return false;
    known++;
  }
  for (const list of lists) {
    if (!(list in fields)) continue;
    const labels = fields[list];
    if (!Array.isArray(labels) || !labels.every((label) => typeof label === "string")) return false;
    known++;
  }
  return Object.keys(fields).length === known;
}

/** A value read by its schema, whose faults it throws as InputError. */
export function parsed<Schema extends z.ZodType>(
  schema: Schema,
  entry: unknown,
  path: string,
): z.output<Schema> {
  const result = schema.safeParse(entry);
  if (result.success) return result.data;
  throw schemaFault(result.error, entry, schema).within(path);
}

/** Adds a weight. Throws InputError, in the schema's words, where it is no number. */
function weigh(
  weights: RationalVectorBuilder,
  weight: Rational | string,
  schema: z.ZodType,
  entry: unknown,
  path: string,
): void {
  if (weight instanceof Rational) weights.push(weight);
  else if (!weights.pushText(weight)) parsed(schema, entry, path);
}

function checkPositive(weights: RationalVectorBuilder, weight: Rational | string, path: string): void {
  if (weights.lastSign <= 0) throw new InputError(`${path}.weight`, `${weight}`, "a positive weight");
}
