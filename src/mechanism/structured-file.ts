import * as z from "zod";
import type { Environment } from "../environment/environment.js";
import type { AllocationRule } from "../environment/lottery.js";
import { InputError } from "../fault/input-error.js";
import { countText } from "../number/count-text.js";
import { orbitCount } from "../space/orbits.js";
import { slotStarts } from "../space/slots.js";
import { areAlike } from "../space/space.js";
import {
  outsideMoneySchema,
  outsideMoneyText,
  type PaymentLengths,
  paymentSchema,
  paymentText,
  readOutsideMoney,
  readPayment,
} from "./payments-file.js";
import { readRule, ruleSchema, ruleText } from "./rule-file.js";
import { StructuredMechanism } from "./structured-mechanism.js";

/** A mechanism by its parts; see `MechanismParts`. */
export const structuredMechanismSchema = z
  .strictObject({
    alike: z
      .boolean()
      .describe(
        "Agents may change places: the parts are for profiles with increasing types and stand for all others.",
      ),
    rule: ruleSchema,
    payments: z.array(paymentSchema).describe("One for each agent; one for all who are alike."),
    outsideMoney: outsideMoneySchema,
  })
  .describe("A mechanism by its parts.");

export type StructuredFile = z.output<typeof structuredMechanismSchema>;

/** Throws InputError (`path…`) for anything that does not fit the environment. */
export function readStructured(
  { alike, rule, payments, outsideMoney }: StructuredFile,
  environment: Environment,
  given: AllocationRule | undefined,
  path: string,
): StructuredMechanism {
  if (alike && !areAlike(environment))
    throw new InputError(`${path}.alike`, "true", "false, for exchanging agents changes the environment");
  const { agentCount, profiles } = environment;
  const own = alike ? 1 : agentCount;
  if (payments.length !== own)
    throw new InputError(`${path}.payments`, `${payments.length} payments`, `${own}`);
  const places = alike ? orbitCount(agentCount, profiles.sizes[0]) : profiles.count;
  const tables = [rule.kind, outsideMoney.kind, ...payments.map(({ kind }) => kind)];
  if (places > MOST_PLACES && tables.includes("table"))
    throw new InputError(
      path,
      `a table for ${countText(places)} profiles`,
      `at most ${countText(MOST_PLACES)}`,
    );
  return new StructuredMechanism(
    environment,
    {
      alike,
      rule: readRule(rule, { environment, hasGivenRule: given !== undefined, places }, `${path}.rule`),
      payments: payments.map((payment, i) => {
        const where = `${path}.payments[${i}]`;
        if (payment.kind === "menu") checkMenus(environment, alike, where);
        return readPayment(payment, lengths(environment, alike, i, payment.kind), where);
      }),
      money: readOutsideMoney(outsideMoney, places, `${path}.outsideMoney`),
    },
    given,
  );
}

/** Tables for more profiles, or orbits, than this are in no file. */
const MOST_PLACES = 50_000_000;

function lengths(environment: Environment, alike: boolean, i: number, kind: string): PaymentLengths {
  const { sizes, count } = environment.profiles;
  if (!alike) return { parts: sizes, menu: 2 * sizes[i] + 2, table: count };
  // There are as many slots as there are types in all orbits; they are counted only where that matters.
  const table = kind === "table" ? (slotStarts(environment).at(-1) ?? 0) : 0;
  return { parts: [sizes[0], sizes[0]], menu: 2 * sizes[0] + 2, table };
}

/** Menus are for two outcomes, and for single agents. */
function checkMenus({ outcomes }: Environment, alike: boolean, path: string): void {
  if (alike) throw new InputError(path, "a menu of alike agents", "a menu for each agent by itself");
  if (outcomes.length !== 2) throw new InputError(path, `a menu over ${outcomes.length} outcomes`, "two");
}

/** A mechanism's parts as a file has them. */
export function* structuredText(mechanism: StructuredMechanism, indent: string): Iterable<string> {
  const { alike, rule, payments, money, environment } = mechanism;
  const inner = `${indent}  `;
  yield `{\n${inner}"alike": ${alike},\n${inner}"rule": `;
  yield* ruleText(rule, environment, inner);
  yield `,\n${inner}"payments": [`;
  for (const [i, payment] of payments.entries()) {
    if (i > 0) yield ", ";
    yield* paymentText(payment, alike ? 2 : environment.agentCount, inner);
  }
  yield `],\n${inner}"outsideMoney": `;
  yield* outsideMoneyText(money, inner);
  yield `\n${indent}}`;
}

/** Whether a mechanism is nothing but amounts and lotteries, profile by profile. */
export function isTable({ alike, rule, payments, money }: StructuredMechanism): boolean {
  return (
    !alike &&
    rule.kind === "table" &&
    payments.every(({ kind }) => kind === "table") &&
    (money.kind === "table" || (money.kind === "constant" && money.amount.isZero))
  );
}
