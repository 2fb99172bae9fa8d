import * as z from "zod";
import type { Environment } from "../environment/environment.js";
import type { AllocationRule, Lottery } from "../environment/lottery.js";
import { InputError } from "../fault/input-error.js";
import { schemaFault } from "../fault/schema-fault.js";
import { Rational } from "../number/rational.js";
import { rationalSchema } from "../number/rational-schema.js";
import { RationalVectorBuilder } from "../number/rational-vector-builder.js";
import { LotteryTableBuilder } from "../space/lottery-table.js";
import { StructuredMechanism } from "./structured-mechanism.js";

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

/**
 * Reads a mechanism row by row into flat tables. A row that is no row at all is refused at once; one that does not fit the
 * environment is kept in mind until the end, for a file may turn out to be for another instance altogether.
 */
export class MechanismRows {
  private readonly lotteries: LotteryTableBuilder;
  private readonly payments: readonly RationalVectorBuilder[];
  private readonly subsidies: RationalVectorBuilder;
  private readonly outcomes: ReadonlyMap<string, number>;
  /** The types of the profile that is expected next. */
  private readonly types: Int32Array;
  private count = 0;
  private misfit: InputError | undefined;

  constructor(
    private readonly environment: Environment,
    private readonly given: AllocationRule | undefined,
    private readonly path: string,
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
    if (this.fits && this.takeUsual(row as Partial<Record<keyof ReadRow, unknown>>)) {
      this.count++;
      return;
    }
    const parsed = profileRowSchema.safeParse(row);
    if (parsed.success) this.takeRead(parsed.data);
    else throw schemaFault(parsed.error, row, profileRowSchema).within(`${this.path}[${this.count}]`);
  }

  /** Takes the next row, whose fields have been read. */
  takeRead(row: ReadRow): void {
    if (this.fits) this.place(row, `${this.path}[${this.count}]`);
    this.count++;
  }

  /** Whether the rows so far fit, and there is a profile for the next one. */
  private get fits(): boolean {
    return this.misfit === undefined && this.count < this.environment.profiles.count;
  }

  /** The mechanism of all rows. Throws InputError for wrong labels, order, or numbers of entries. */
  finish(): StructuredMechanism {
    const { count } = this.environment.profiles;
    if (this.count !== count) {
      throw new InputError(this.path, `${this.count} profiles`, `${count}, every profile once`);
    }
    if (this.misfit) throw this.misfit;
    return new StructuredMechanism(
      this.environment,
      {
        alike: false,
        rule: { kind: "table", lotteries: this.lotteries.build() },
        payments: this.payments.map((own) => ({ kind: "table", amounts: own.build() })),
        money: { kind: "table", amounts: this.subsidies.build() },
      },
      this.given,
    );
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

  private place(row: ReadRow, path: string): void {
    const { environment, types } = this;
    const expected = environment.agents.map((agent, i) => agent.types[types[i]]);
    if (row.types.length !== expected.length || row.types.some((label, i) => label !== expected[i])) {
      this.misfit = new InputError(
        `${path}.types`,
        row.types.join(", "),
        `${expected.join(", ")} at this place`,
      );
      return;
    }
    if (row.payments.length !== environment.agentCount) {
      this.misfit = new InputError(
        `${path}.payments`,
        `${row.payments.length} payments`,
        `${environment.agentCount}, one for each agent`,
      );
      return;
    }
    const lottery = this.lottery(row.outcome, path);
    if (!lottery) return;
    this.lotteries.push(lottery);
    row.payments.forEach((payment, i) => {
      this.payments[i].push(payment);
    });
    this.subsidies.push(row.subsidy ?? Rational.ZERO);
    this.step();
  }

  private lottery(outcome: ReadRow["outcome"], path: string): Lottery | undefined {
    const entries =
      typeof outcome === "string" ? [[outcome, Rational.ONE] as const] : Object.entries(outcome);
    const lottery: Lottery[number][] = [];
    for (const [label, probability] of entries) {
      const known = this.outcomes.get(label);
      if (known === undefined) {
        this.misfit = new InputError(
          `${path}.outcome`,
          `the unknown outcome "${label}"`,
          `one of ${this.environment.outcomes.join(", ")}`,
        );
        return undefined;
      }
      lottery.push({ outcome: known, probability });
    }
    return lottery;
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
