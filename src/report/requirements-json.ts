import * as z from "zod";
import type { RequirementFinding } from "../kernel/judged-mechanism.js";
import { numberJson, numberJsonSchema, present } from "./number-json.js";

export const requirementJsonSchema = z.strictObject({
  requirement: z.string(),
  holds: z.boolean().describe("Whether every one of its inequalities holds, exactly."),
  number: z.number().describe("How many inequalities it consists of."),
  binding: z.number().describe("How many of them hold with equality."),
  violation: numberJsonSchema.describe("How much the worst-off inequality misses by; 0 where it holds."),
  tightest: z.string().optional().describe("The inequality with the smallest slack, in labels."),
});

/** What was found of each requirement, for a machine. */
export function requirementsJson(
  findings: readonly RequirementFinding[],
): z.output<typeof requirementJsonSchema>[] {
  return findings.map(({ requirement, holds, requirements, binding, violation, worst }) => ({
    requirement,
    holds,
    number: requirements,
    binding,
    violation: numberJson(violation),
    ...present({ tightest: worst }),
  }));
}
