import type { PricedRule } from "../../space/rule.js";
import type { Limits, SolverReport } from "../resolution.js";
import type { ExpectedRule, RuleDesigns } from "../rule-design.js";
import type { Mixture, RuleMaster } from "./rule-master.js";
import { bestRule, lagrangian } from "./virtual-values.js";

/** How the search for a mixture ended. */
export interface MixtureSearch {
  /** The best mixture, proved so by its prices; absent where the search had to stop. */
  readonly mixture?: Mixture;
  readonly report: SolverReport;
}

/** A row that a float solution violates by less than this, relative to the bound, is left to exact prices. */
const WORTHWHILE = 1e-9;
/** Rules are priced half way between the master's solution and the best prices so far, which need far fewer rules. */
const HALF = 0.5;
/** Virtual values of proposed prices are rounded to so many bits, so that their sums are machine integers. */
const PROPOSED_BITS = 44;

/**
 * Generates rules: the master's prices turn into the rule that makes the most of them at every orbit, which enters the master
 * until no rule is better than those that are there. Solvers propose prices; the last word is said by exact ones.
 */
export async function bestMixture(
  designs: RuleDesigns,
  among: PricedRule["among"],
  master: RuleMaster,
  limits: Limits,
): Promise<MixtureSearch> {
  const { growing, rules } = master;
  const end = performance.now() + 1000 * (limits.timeLimit ?? Number.POSITIVE_INFINITY);
  const generation = new FloatGeneration(designs, among, master);
  let exactPivots = 0;
  const report = () => ({ ...growing.report, iterations: growing.iterations, exactPivots });
  try {
    while (!limits.signal?.aborted && performance.now() < end) {
      const { termination, primal } = await growing.propose();
      if (termination === "optimal" && primal && generation.addRule(primal)) continue;
      const outcome = growing.exactly();
      exactPivots += outcome.pivots;
      if (outcome.status !== "optimal") break;
      const prices = master.prices(outcome.primal);
      const found = designs.expected(bestRule(designs.space, among, prices));
      const worth = (rule: ExpectedRule) => lagrangian(designs.space, prices, rule);
      const most = worth(found);
      if (rules.some((rule) => worth(rule).equals(most))) {
        return { mixture: { weights: master.weights(outcome.dual), prices }, report: report() };
      }
      master.add(master.rowOf(found));
    }
    return { report: report() };
  } finally {
    growing.dispose();
  }
}

/** Finds rules at prices in floats. */
class FloatGeneration {
  /** The prices of the least Lagrangian bound so far. */
  private best: { readonly prices: Float64Array; readonly bound: number } | undefined;

  constructor(
    private readonly designs: RuleDesigns,
    private readonly among: PricedRule["among"],
    private readonly master: RuleMaster,
  ) {}

  /** Adds a rule that a solution of the master leaves out; whether there is one worth while. */
  addRule(primal: Float64Array): boolean {
    const { best } = this;
    if (best && this.addRuleAt(half(primal, best.prices), primal)) return true;
    return this.addRuleAt(primal, primal);
  }

  private addRuleAt(prices: Float64Array, primal: Float64Array): boolean {
    const { designs, among, master } = this;
    const proposed = master.proposedPrices(prices);
    if (!proposed) return false;
    const row = master.rowOf(designs.expected(bestRule(designs.space, among, proposed, PROPOSED_BITS)));
    const bound = master.boundIn(prices) - master.slack(row, prices);
    if (!this.best || bound < this.best.bound) this.best = { prices, bound };
    const violation = -master.slack(row, primal);
    if (!(violation > WORTHWHILE * (1 + Math.abs(master.boundIn(primal)))) || master.has(row.rule)) {
      return false;
    }
    master.add(row);
    return true;
  }
}

function half(primal: Float64Array, best: Float64Array): Float64Array {
  return primal.map((price, k) => HALF * price + (1 - HALF) * best[k]);
}
