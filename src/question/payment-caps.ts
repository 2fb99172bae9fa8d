import * as z from "zod";
import { listed, unknownName } from "../fault/unknown-name.js";
import { Rational } from "../number/rational.js";
import { EXPECTED_NUMBER, rationalSchema } from "../number/rational-schema.js";
import { parseRational } from "../number/rational-text.js";
import type { Parameter, ParameterValue } from "./parameter.js";
import { type Labels, type Requirement, whoIs } from "./requirement.js";

const amountSchema = rationalSchema.transform(String);

/** Caps on payments: no agent ever pays more than its cap, `t_i(s) <= c_i`. */
export const paymentCaps: Parameter = {
  argument: "<amounts>",
  meaning: "The most that agents ever pay: an amount for all, or amounts by agent, such as ann=1/2,bob=1.",
  schema: z.union([amountSchema, z.record(z.string(), amountSchema)], {
    error: `${EXPECTED_NUMBER}, or amounts by agent`,
  }),
  fromText: (text) => {
    if (!text.includes("=")) return text;
    return Object.fromEntries(
      text.split(",").map((part) => {
        const at = part.lastIndexOf("=");
        return [part.slice(0, at), part.slice(at + 1)];
      }),
    );
  },
  requirements: (value, before, labels) => [...before, ...capsOf(value, labels)],
  sentence: (value) =>
    typeof value === "string"
      ? `no agent ever pays more than ${value}`
      : Object.entries(value)
          .map(([agent, cap]) => `${agent} never pays more than ${cap}`)
          .join(", "),
};

/** One requirement for each cap. */
function capsOf(value: ParameterValue, { agents }: Labels): Requirement[] {
  if (typeof value === "string") return [capped(undefined, value)];
  const names = agents.map(({ name }) => name);
  return Object.entries(value).map(([name, cap]) => {
    const place = names.indexOf(name);
    if (place < 0) throw unknownName("", "agent", name, names, `some of ${listed(names)}`);
    return capped([place], cap);
  });
}

function capped(agents: readonly number[] | undefined, cap: string): Requirement {
  return {
    name: "payment cap",
    family: "cap",
    when: "ex post",
    of: "agents",
    agents,
    terms: { payment: -1 },
    margin: parseRational(cap) ?? Rational.ZERO,
    exact: false,
    label: (labels, { agent, profile }) =>
      `a payment of ${whoIs(labels, { agent })} up to ${cap} at ${labels.profileLabel(profile!)}`,
    clause: (labels, place) => `${whoIs(labels, place)} pays at most ${cap}`,
  };
}
