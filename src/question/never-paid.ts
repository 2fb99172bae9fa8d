import * as z from "zod";
import { listed, unknownName } from "../fault/unknown-name.js";
import { Rational } from "../number/rational.js";
import type { Parameter } from "./parameter.js";
import { type Labels, type Requirement, whoIs } from "./requirement.js";

/** No positive transfers: the mechanism never pays these agents, `t_i(s) >= 0`. */
export const neverPaid: Parameter = {
  argument: "<agents>",
  meaning: "Agents whom the mechanism never pays: all, or names.",
  schema: z.union([z.literal("all"), z.array(z.string()).min(1)], {
    error: 'expected "all", or a list of agents',
  }),
  fromText: (text) => (text === "all" ? text : text.split(",")),
  requirements: (value, before, labels) => [...before, noTransfers(agentsOf(value, labels))],
  sentence: (value) =>
    value === "all" ? "no agent is ever paid" : `the mechanism never pays ${[value].flat().join(" or ")}`,
};

/** The places of agents, or undefined for all. */
function agentsOf(value: unknown, { agents }: Labels): readonly number[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const names = agents.map(({ name }) => name);
  return value.map((name: string) => {
    const place = names.indexOf(name);
    if (place < 0) throw unknownName("", "agent", name, names, `all, or some of ${listed(names)}`);
    return place;
  });
}

function noTransfers(agents: readonly number[] | undefined): Requirement {
  return {
    name: "no positive transfers",
    family: "transfers",
    when: "ex post",
    of: "agents",
    agents,
    terms: { payment: 1 },
    margin: Rational.ZERO,
    exact: false,
    label: (labels, { agent, profile }) =>
      `a payment of ${whoIs(labels, { agent })} that is not negative at ${labels.profileLabel(profile!)}`,
    clause: (labels, place) => `${whoIs(labels, place)} is not paid`,
  };
}
