import * as z from "zod";
import type { Environment } from "../environment/environment.js";
import type { AllocationRule, Lottery } from "../environment/lottery.js";
import { InputError, within } from "../fault/input-error.js";
import { parsedBy } from "../fault/parsed-by.js";
import { unknownName } from "../fault/unknown-name.js";
import { Rational } from "../number/rational.js";
import { rationalSchema } from "../number/rational-schema.js";
import type { RationalVector } from "../number/rational-vector.js";
import { RationalVectorBuilder } from "../number/rational-vector-builder.js";
import { LotteryTableBuilder } from "../space/lottery-table.js";
import { PlacedRows } from "./placed-rows.js";
import { StructuredMechanism } from "./structured-mechanism.js";
import { byAgent } from "./written-payments.js";

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

/** A row that has been read: labels and rationals. */
export type ReadRow = z.output<typeof profileRowSchema>;
type WrittenRow = z.output<typeof writtenRowSchema>;

/** A row as people may write it besides: types and payments by the agents' names. */
export const writtenRowSchema = profileRowSchema.extend({
  types: z
    .union(
      [
        profileRowSchema.shape.types,
        z.record(z.string(), z.union([z.string(), z.number()]).transform(String)),
      ],
      {
        error: "expected a list with a type for each agent, or an object of types by agent",
      },
    )
    .describe("Each agent's reported type: a list in the order of the agents, or an object by their names."),
  payments: z
    .union([profileRowSchema.shape.payments, z.record(z.string(), rationalSchema)], {
      error: "expected a list with a payment of each agent, or an object of payments by agent",
    })
    .describe(
      "From each agent to the designer, what an agent receives being negative: a list in the order of the agents, or an object by " +
        "their names.",
    ),
});

/**
 * Reads a mechanism row by row into flat tables. A row that is no row at all is refused at once; one that does not fit the
 * environment is kept in mind until the end, for a file may turn out to be for another instance altogether. Rows are in the
 * order of the profiles, those of a mechanism that people may have written in any.
 */
export class MechanismRows {
  private readonly lotteries: LotteryTableBuilder;
  private readonly payments: readonly RationalVectorBuilder[];
  private readonly subsidies: RationalVectorBuilder;
  private readonly outcomes: ReadonlyMap<string, number>;
  /** The types of the profile that is expected next. */
  private readonly types: Int32Array;
  private count = 0;
  /** Which profiles the rows are of, from the first that is not in its place. */
  private places: PlacedRows | undefined;
  private misfit: InputError | undefined;

  constructor(
    private readonly environment: Environment,
    private readonly given: AllocationRule | undefined,
    private readonly path: string,
    private readonly written = false,
  ) {
    const { agents, outcomes } = environment;
    // Tables grow with the rows: there may be more profiles than any file has.
    this.lotteries = new LotteryTableBuilder();
    this.payments = agents.map(() => new RationalVectorBuilder());
    this.subsidies = new RationalVectorBuilder();
    this.outcomes = new Map(outcomes.map((label, outcome) => [label, outcome]));
    this.types = new Int32Array(agents.length);
  }

  /** Takes the next row. Throws InputError (`profiles[k]…`) where its fields are not what a row has. */
  take(row: unknown): void {
    if (this.fits && !this.places && this.takeUsual(row as Partial<Record<keyof ReadRow, unknown>>)) {
      this.count++;
      return;
    }
    const schema = this.written ? writtenRowSchema : profileRowSchema;
    this.takeRead(within(`${this.path}[${this.count}]`, () => parsedBy(schema, row)));
  }

  /** Takes the next row, whose fields have been read. */
  takeRead(row: WrittenRow): void {
    try {
      if (this.fits) this.place(row, `${this.path}[${this.count}]`);
    } catch (fault) {
      if (!(fault instanceof InputError)) throw fault;
      this.misfit = fault;
    }
    this.count++;
  }

  /** Whether the rows so far fit, and there is a profile for the next one. */
  private get fits(): boolean {
    return this.misfit === undefined && this.count < this.environment.profiles.count;
  }

  /** The mechanism of all rows. Throws InputError for wrong labels, order, or numbers of entries. */
  finish(): StructuredMechanism {
    const { environment } = this;
    const { count } = environment.profiles;
    if (this.misfit) throw this.misfit;
    if (this.count !== count) {
      const missing = this.count < count ? `, none of ${environment.profileLabel(this.firstMissing())}` : "";
      throw new InputError(this.path, `${this.count} profiles${missing}`, `${count}, every profile once`);
    }
    const lotteries = this.lotteries.build();
    const table = (amounts: RationalVector) =>
      ({ kind: "table", amounts: this.places?.sorted(amounts) ?? amounts }) as const;
    return new StructuredMechanism(
      environment,
      {
        alike: false,
        rule: { kind: "table", lotteries: this.places?.sortedLotteries(lotteries) ?? lotteries },
        payments: this.payments.map((own) => table(own.build())),
        money: table(this.subsidies.build()),
      },
      this.given,
    );
  }

  private firstMissing(): number {
    return this.places?.firstMissing() ?? this.count;
  }

  /** Takes a row as it is mostly written, with everything in its place; false, and nothing taken, for any other. */
  private takeUsual(row: Partial<Record<keyof ReadRow, unknown>>): boolean {
    const { environment, types, payments } = this;
    if (
      typeof row !== "object" ||
      row === null ||
      !Array.isArray(row.types) ||
      !Array.isArray(row.payments)
    ) {
      return false;
    }
    for (const field in row) if (!FIELDS.has(field)) return false;
    const choice = this.outcomes.get(row.outcome as string);
    if (typeof row.outcome !== "string" || choice === undefined) return false;
    if (row.types.length !== types.length || row.payments.length !== payments.length) return false;
    for (let i = 0; i < types.length; i++) {
      if (row.types[i] !== environment.agents[i].types[types[i]]) return false;
    }
    // A text that is no number ends all reading, so that numbers taken before it do no harm.
    for (let i = 0; i < payments.length; i++) if (!pushed(payments[i], row.payments[i])) return false;
    if (!pushed(this.subsidies, row.subsidy === undefined ? Rational.ZERO : row.subsidy)) return false;
    this.lotteries.pushSure(choice);
    this.step();
    return true;
  }

  /** Throws InputError for labels or numbers of entries that do not fit. */
  private place(row: WrittenRow, path: string): void {
    const names = this.environment.agents.map(({ name }) => name);
    const types = byAgent(row.types, names, `${path}.types`);
    const payments = byAgent(row.payments, names, `${path}.payments`);
    this.placeTypes(types, `${path}.types`);
    this.lotteries.push(this.lottery(row.outcome, path));
    payments.forEach(([payment], i) => {
      this.payments[i].push(payment);
    });
    this.subsidies.push(row.subsidy ?? Rational.ZERO);
    this.step();
  }

  /** Sees to it that the row is of the profile that is expected, or remembers of which it is. */
  private placeTypes(types: readonly (readonly [label: string, path: string])[], path: string): void {
    const { agents, profiles } = this.environment;
    const expected = agents.map((agent, i) => agent.types[this.types[i]]);
    if (!this.places && types.every(([label], i) => label === expected[i])) return;
    if (!this.written) {
      const found = types.map(([label]) => label).join(", ");
      throw new InputError(path, found, `${expected.join(", ")} at this place`);
    }
    const own = types.map(([label, where], i) => {
      const type = agents[i].types.indexOf(label);
      if (type >= 0) return type;
      throw unknownName(where, `type of ${agents[i].name}`, label, agents[i].types);
    });
    this.places ??= new PlacedRows(this.count);
    const profile = profiles.profileOf(own);
    const before = this.places.place(profile);
    if (before === undefined) return;
    const found = `${this.environment.profileLabel(profile)} again, as in ${this.path}[${before}]`;
    throw new InputError(path, found, "every profile once");
  }

  private lottery(outcome: ReadRow["outcome"], path: string): Lottery {
    const entries =
      typeof outcome === "string" ? [[outcome, Rational.ONE] as const] : Object.entries(outcome);
    return entries.map(([label, probability]) => {
      const known = this.outcomes.get(label);
      if (known !== undefined) return { outcome: known, probability };
      throw unknownName(`${path}.outcome`, "outcome", label, this.environment.outcomes);
    });
  }

  private step(): void {
    const { types } = this;
    const { sizes } = this.environment.profiles;
    for (let i = types.length - 1; i >= 0 && ++types[i] === sizes[i]; i--) types[i] = 0;
  }
}

const FIELDS: ReadonlySet<string> = new Set(Object.keys(profileRowSchema.shape));

/** Adds a number as it stands in a document; false where it is none. */
function pushed(vector: RationalVectorBuilder, value: unknown): boolean {
  if (typeof value === "string") return vector.pushText(value);
  if (value instanceof Rational) vector.push(value);
  else if (typeof value === "number") return vector.pushText(String(value));
  else return false;
  return true;
}
