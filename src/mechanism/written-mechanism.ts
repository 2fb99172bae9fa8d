import * as z from "zod";
import type { Environment } from "../environment/environment.js";
import type { AllocationRule } from "../environment/lottery.js";
import { lotteries } from "../space/lotteries.js";
import { folded } from "./folded.js";
import { StructuredMechanism } from "./structured-mechanism.js";
import {
  readWrittenMoney,
  readWrittenPayments,
  writtenMoneySchema,
  writtenPaymentsSchema,
} from "./written-payments.js";
import { readWrittenRule, writtenRuleSchema } from "./written-rule.js";

/** What a mechanism written by hand says: a rule, payments, and outside money where there is any. */
export const writtenMechanismFields = {
  rule: writtenRuleSchema,
  ties: z
    .enum(["first", "last", "uniform"])
    .optional()
    .describe("Which of equally efficient outcomes an efficient rule chooses; the first when absent."),
  payments: writtenPaymentsSchema,
  outsideMoney: writtenMoneySchema.optional(),
};

export type WrittenMechanism = z.output<z.ZodObject<typeof writtenMechanismFields>>;

/** Throws InputError for anything that does not fit the environment. */
export function readWrittenMechanism(
  { rule: writtenRule, ties, payments, outsideMoney }: WrittenMechanism,
  environment: Environment,
  given: AllocationRule | undefined,
): StructuredMechanism {
  const rule = readWrittenRule(writtenRule, ties, environment, given !== undefined);
  const chosen = lotteries(environment, rule, given, false);
  const parts = {
    alike: false,
    rule,
    payments: readWrittenPayments(payments, environment, chosen),
    money: readWrittenMoney(outsideMoney, environment),
  };
  return new StructuredMechanism(environment, folded(environment, parts), given);
}
