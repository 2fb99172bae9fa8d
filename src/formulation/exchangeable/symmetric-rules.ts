import type { OrbitTable } from "../../environment/orbits/orbit-table.js";
import {
  efficientClasses,
  givenSymmetricRule,
  orderedRule,
  type SymmetricRule,
  uniformRule,
} from "../../environment/orbits/symmetric-rule.js";
import type { Problem } from "../../problem/problem.js";

/** The rule that the question settles; undefined where there may be a choice. */
export function prescribedRule({ question, allowed }: Problem, table: OrbitTable): SymmetricRule | undefined {
  const { allocation, ties } = question;
  if (allocation === "given") return givenSymmetricRule((profile) => allowed.fixed(profile)!);
  if (allocation === "free" || ties === "optimise") return undefined;
  if (ties === "uniform") return uniformRule(efficientClasses(table));
  return orderedRule(efficientClasses(table), ties === "last");
}
