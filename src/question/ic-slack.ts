import { InputError } from "../fault/input-error.js";
import { Rational } from "../number/rational.js";
import { rationalSchema } from "../number/rational-schema.js";
import { parseRational } from "../number/rational-text.js";
import type { Parameter } from "./parameter.js";

/** Epsilon-incentives: no misreport gains more than the slack, where without it none gains anything. */
export const icSlack: Parameter = {
  argument: "<amount>",
  meaning: "What a misreport may gain at most; 0 when absent.",
  schema: rationalSchema.transform(String),
  fromText: (text) => text,
  requirements: (value, before) => {
    const margin = parseRational(String(value)) ?? Rational.ZERO;
    if (margin.sign < 0) throw new InputError("", `the negative slack ${margin}`, "an amount of 0 or more");
    return before.map((requirement) => (requirement.against ? { ...requirement, margin } : requirement));
  },
  sentence: (value) => `but for gains of up to ${value}`,
  amends: "incentive",
};
