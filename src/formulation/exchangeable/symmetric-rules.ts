import type { OrbitTable } from "../../engine/orbits/orbit-table.js";
import {
  givenSymmetricRule,
  orderedRule,
  type SymmetricRule,
  uniformRule,
} from "../../engine/orbits/symmetric-rule.js";
import type { Problem } from "../../question/problem.js";

/** The rule that the question settles; undefined where there may be a choice. */
export function prescribedRule({ question, allowed }: Problem, table: OrbitTable): SymmetricRule | undefined {
  const { allocation, ties } = question;
  if (allocation === "given") return givenSymmetricRule((profile) => allowed.fixed(profile)!);
  if (allocation === "free" || ties === "optimise") return undefined;
  return ties === "uniform" ? uniformRule(table) : orderedRule(table, ties);
}
