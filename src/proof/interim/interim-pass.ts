import type { Environment } from "../../environment/environment.js";
import type { TieRule } from "../../environment/known-rule.js";
import { type InterimPass, scanPass } from "./interim-scan.js";
import { sortedPass } from "./interim-sorted-pass.js";

/**
 * Undefined where an integer of the pass might not be exact in a double, or values and outside options depend on more
 * than the own type.
 */
export function interimPass(environment: Environment, ties: TieRule): InterimPass | undefined {
  const shares = ties === "uniform" ? factorial(environment.outcomes.length) : 1;
  if (environment.prior.kind !== "independent" || !isExact(environment, shares)) return undefined;
  const { costs, outcomes } = environment;
  if (outcomes.length === 2 && !costs.dependsOnProfile) return sortedPass(environment, ties, shares);
  return scanPass(environment, ties, shares);
}

function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1);
}

/** All sums stay below the whole probability times the greatest money, and those are safe integers. */
function isExact({ prior, values, costs, outsideOptions }: Environment, shares: number): boolean {
  let whole = shares;
  for (const { numerators, denominator } of prior.marginals) {
    if (!(numerators instanceof Float64Array)) return false;
    whole *= Number(denominator);
  }
  let money = 1;
  for (const table of [...values, costs, ...outsideOptions]) {
    if (!(table.entries.numerators instanceof Float64Array)) return false;
    let most = 0;
    for (const numerator of table.entries.numerators) most = Math.max(most, Math.abs(numerator));
    money += most;
  }
  const ownTypeAlone = [...values, ...outsideOptions].every((table) => !table.dependsOnProfile);
  return ownTypeAlone && whole * money <= Number.MAX_SAFE_INTEGER;
}
