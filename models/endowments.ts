import * as z from "zod";
import { InputError } from "../src/fault/input-error.js";
import { Rational } from "../src/number/rational.js";
import { rationalSchema } from "../src/number/rational-schema.js";

/** A parameter: what each agent owns of one unit. */
export const endowmentsSchema = z
  .array(rationalSchema)
  .optional()
  .describe(
    "What each agent owns, summing to 1; staying out, it consumes that. When absent nobody owns anything (outside option 0).",
  );

/** Throws InputError (`endowments…`) unless there is one for each agent, none negative, summing to 1. */
export function checkEndowments(endowments: readonly Rational[] | undefined, agents: number): void {
  if (!endowments) return;
  if (endowments.length !== agents) {
    throw new InputError("endowments", `${endowments.length} endowments`, `${agents}, one for each agent`);
  }
  endowments.forEach((endowment, i) => {
    if (endowment.sign < 0) {
      throw new InputError(`endowments[${i}]`, `the negative endowment ${endowment}`, "a number >= 0");
    }
  });
  const total = Rational.sum(endowments);
  if (!total.equals(Rational.ONE)) {
    throw new InputError("endowments", `endowments that sum to ${total}`, "a sum of exactly 1");
  }
}
