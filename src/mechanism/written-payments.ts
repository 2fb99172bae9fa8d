import * as z from "zod";
import type { Environment } from "../environment/environment.js";
import type { AllocationRule } from "../environment/lottery.js";
import { InputError } from "../fault/input-error.js";
import { unknownName } from "../fault/unknown-name.js";
import { countText } from "../number/count-text.js";
import { Rational } from "../number/rational.js";
import { rationalSchema } from "../number/rational-schema.js";
import { RationalSum } from "../number/rational-sum.js";
import { RationalVector } from "../number/rational-vector.js";
import { RationalVectorBuilder } from "../number/rational-vector-builder.js";
import type { OutsideMoney, Payment } from "./payments.js";
import { profileLevels, readNumber, readTable, type Written, writtenTableSchema } from "./written-table.js";

const EXPECTED_PAYMENT =
  'expected an amount, "zero", {"byType": ...}, {"byOutcome": ...} or {"byProfile": ...}';

/** What one agent pays, as people write it. */
const writtenPaymentSchema = z.union(
  [
    z.literal("zero"),
    rationalSchema.describe("The same amount at every profile."),
    z.strictObject({
      byType: writtenTableSchema.describe("An amount for each own type: a list, or an object by label."),
    }),
    z.strictObject({
      byOutcome: writtenTableSchema.describe(
        "An amount for each outcome: a list, or an object by label. At lotteries its mean.",
      ),
    }),
    z.strictObject({
      byProfile: writtenTableSchema.describe(
        "An amount at every profile: lists within lists, or objects by the types' labels, one level for each agent.",
      ),
    }),
  ],
  { error: EXPECTED_PAYMENT },
);

type WrittenPayment = z.output<typeof writtenPaymentSchema>;

/** What every agent pays. */
export const writtenPaymentsSchema = z
  .union([z.literal("zero"), z.array(writtenPaymentSchema), z.record(z.string(), writtenPaymentSchema)], {
    error: 'expected "zero", a list with a payment for each agent, or an object of payments by agent',
  })
  .describe("From each agent to the designer; what an agent receives is a negative payment.");

/** Money that comes from outside. */
export const writtenMoneySchema = z
  .union(
    [
      z.literal("missing").describe("Whatever payments leave uncovered of the cost at the profile."),
      rationalSchema.describe("The same amount at every profile."),
      z.strictObject({ byProfile: writtenTableSchema.describe("An amount at every profile.") }),
    ],
    { error: 'expected an amount, "missing" or {"byProfile": ...}' },
  )
  .describe("Outside money that enters the budget; 0 when absent.");

/** Throws InputError (`payments…`) for payments that do not fit. */
export function readWrittenPayments(
  payments: z.output<typeof writtenPaymentsSchema>,
  environment: Environment,
  rule: AllocationRule,
): Payment[] {
  const { agents } = environment;
  if (payments === "zero") return agents.map(() => constant(Rational.ZERO, environment));
  const names = agents.map(({ name }) => name);
  const own = byAgent(payments, names, "payments");
  return own.map(([payment, path], i) => readPayment(payment, i, environment, rule, path));
}

/** A list in the order of the agents, or an object by their names, as one entry with its path for each. Throws InputError. */
export function byAgent<Entry>(
  given: readonly Entry[] | Readonly<Record<string, Entry>>,
  names: readonly string[],
  path: string,
): (readonly [entry: Entry, path: string])[] {
  if (Array.isArray(given)) {
    if (given.length !== names.length)
      throw new InputError(
        path,
        `${given.length} ${path.split(".").at(-1)}`,
        `${names.length}, one for each agent`,
      );
    return given.map((entry: Entry, i) => [entry, `${path}[${i}]`]);
  }
  const named = given as Readonly<Record<string, Entry>>;
  const unknown = Object.keys(named).find((name) => !names.includes(name));
  if (unknown !== undefined) throw unknownName(path, "agent", unknown, names);
  return names.map((name) => {
    if (!Object.hasOwn(named, name))
      throw new InputError(path, `nothing for ${name}`, "an entry for each agent");
    return [named[name], `${path}[${JSON.stringify(name)}]`];
  });
}

function readPayment(
  payment: WrittenPayment,
  i: number,
  environment: Environment,
  rule: AllocationRule,
  path: string,
): Payment {
  const { outcomes, profiles } = environment;
  if (payment === "zero") return constant(Rational.ZERO, environment);
  if (payment instanceof Rational) return constant(payment, environment, i);
  if ("byType" in payment) {
    const level = profileLevels(environment)[i];
    const amounts = readTable(payment.byType, [level], readNumber, `${path}.byType`);
    return ofOwnType(RationalVector.from(amounts), environment, i);
  }
  if ("byOutcome" in payment) {
    const level = { what: "outcome", labels: outcomes };
    const prices = readTable(payment.byOutcome, [level], readNumber, `${path}.byOutcome`);
    if (profiles.count > MOST_LOTTERIES) {
      throw new InputError(
        `${path}.byOutcome`,
        `amounts by outcome at ${countText(profiles.count)} profiles`,
        `at most ${countText(MOST_LOTTERIES)} profiles`,
      );
    }
    const amounts = new RationalVectorBuilder(profiles.count);
    for (let s = 0; s < profiles.count; s++) {
      const mean = new RationalSum();
      for (const { outcome, probability } of rule(s)) mean.addProduct(probability, prices[outcome]);
      amounts.push(mean.value);
    }
    return { kind: "table", amounts: amounts.build() };
  }
  return { kind: "table", amounts: byProfile(payment.byProfile, environment, `${path}.byProfile`) };
}

/** Payments by outcome are worked out for no more profiles. */
const MOST_LOTTERIES = 5_000_000;

function byProfile(written: Written, environment: Environment, path: string): RationalVector {
  return RationalVector.from(readTable(written, profileLevels(environment), readNumber, path));
}

function constant(amount: Rational, environment: Environment, i = 0): Payment {
  const { agents } = environment;
  if (amount.isZero)
    return { kind: "sum", byType: agents.map(() => undefined), onCost: Rational.ZERO, onValue: false };
  return ofOwnType(RationalVector.from(agents[i].types.map(() => amount)), environment, i);
}

function ofOwnType(amounts: RationalVector, { agents }: Environment, i: number): Payment {
  const byType = agents.map((_, j) => (i === j ? amounts : undefined));
  return { kind: "sum", byType, onCost: Rational.ZERO, onValue: false };
}

/** Throws InputError (`outsideMoney…`) for money that does not fit. */
export function readWrittenMoney(
  money: z.output<typeof writtenMoneySchema> | undefined,
  environment: Environment,
): OutsideMoney {
  if (money === "missing") return { kind: "missing" };
  if (money === undefined || money instanceof Rational)
    return { kind: "constant", amount: money ?? Rational.ZERO };
  return { kind: "table", amounts: byProfile(money.byProfile, environment, "outsideMoney.byProfile") };
}
