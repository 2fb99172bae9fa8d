import * as z from "zod";
import { InputError } from "../fault/input-error.js";
import type { Rational } from "../number/rational.js";
import { rationalSchema } from "../number/rational-schema.js";
import type { RationalVector } from "../number/rational-vector.js";
import { readVector, vectorSchema, vectorText } from "../number/vector-file.js";
import type { OutsideMoney, Payment } from "./payments.js";

/** What an agent pays; see `Payment`. */
export const paymentSchema = z
  .union([
    z.strictObject({
      kind: z.literal("sum"),
      byType: z.array(z.union([vectorSchema, z.null()])).describe("By agent; null for nothing."),
      onCost: rationalSchema.describe("Share of the cost of what is chosen."),
      onValue: z
        .boolean()
        .describe("Whether what is chosen is paid for at its value beyond the outside option."),
    }),
    z.strictObject({
      kind: z.literal("menu"),
      prices: vectorSchema.describe(
        "At 2 * cut + outcome; cut is how many of the agent's types get outcome 0.",
      ),
    }),
    z.strictObject({ kind: z.literal("table"), amounts: vectorSchema.describe("At every profile.") }),
  ])
  .describe("What an agent pays, as data.");

/** Outside money; see `OutsideMoney`. */
export const outsideMoneySchema = z.union([
  z.strictObject({ kind: z.literal("constant"), amount: rationalSchema }),
  z.strictObject({ kind: z.literal("missing") }),
  z.strictObject({ kind: z.literal("table"), amounts: vectorSchema }),
]);

export type PaymentFile = z.output<typeof paymentSchema>;
export type OutsideMoneyFile = z.output<typeof outsideMoneySchema>;

/** How long the vectors of a payment must be. */
export interface PaymentLengths {
  /** Of the parts of a sum. */
  readonly parts: readonly number[];
  readonly menu: number;
  readonly table: number;
}

/** Throws InputError (`path…`) for a payment that does not fit. */
export function readPayment(
  file: PaymentFile,
  { parts, menu, table }: PaymentLengths,
  path: string,
): Payment {
  switch (file.kind) {
    case "sum": {
      const { byType, onCost, onValue } = file;
      if (byType.length !== parts.length)
        throw new InputError(`${path}.byType`, `${byType.length} parts`, `${parts.length}`);
      const vectors = byType.map((own, j) =>
        own === null ? undefined : readVector(own, parts[j], `${path}.byType[${j}]`),
      );
      return { kind: "sum", byType: vectors, onCost, onValue };
    }
    case "menu":
      return { kind: "menu", prices: readVector(file.prices, menu, `${path}.prices`) };
    case "table":
      return { kind: "table", amounts: readVector(file.amounts, table, `${path}.amounts`) };
  }
}

/** Throws InputError (`path…`) for money that does not fit. */
export function readOutsideMoney(file: OutsideMoneyFile, places: number, path: string): OutsideMoney {
  if (file.kind !== "table") return file;
  return { kind: "table", amounts: readVector(file.amounts, places, `${path}.amounts`) };
}

/** A payment as a file has it; `parts` is how many a sum has. */
export function* paymentText(payment: Payment, parts: number, indent: string): Iterable<string> {
  const inner = `${indent}  `;
  if (payment.kind !== "sum") {
    const [name, vector] =
      payment.kind === "menu"
        ? (["prices", payment.prices] as const)
        : (["amounts", payment.amounts] as const);
    yield* withVector(payment.kind, name, vector, indent);
    return;
  }
  const { byType, onCost, onValue } = payment;
  yield `{\n${inner}"kind": "sum",\n${inner}"byType": [`;
  for (let j = 0; j < parts; j++) {
    if (j > 0) yield ", ";
    const part = byType[j];
    if (part) yield* vectorText(part, inner);
    else yield "null";
  }
  yield `],\n${inner}"onCost": "${onCost}",\n${inner}"onValue": ${onValue}\n${indent}}`;
}

export function* outsideMoneyText(money: OutsideMoney, indent: string): Iterable<string> {
  if (money.kind === "constant") yield constantText(money.amount);
  else if (money.kind === "missing") yield '{ "kind": "missing" }';
  else yield* withVector("table", "amounts", money.amounts, indent);
}

function constantText(amount: Rational): string {
  return `{ "kind": "constant", "amount": "${amount}" }`;
}

function* withVector(kind: string, name: string, vector: RationalVector, indent: string): Iterable<string> {
  yield `{ "kind": "${kind}", "${name}": `;
  yield* vectorText(vector, indent);
  yield " }";
}
