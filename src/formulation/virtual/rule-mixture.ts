import type { PricedRule } from "../../space/rule.js";
import { grow, type OptimalOutcome, type Separator } from "../program/grow.js";
import type { Limits, SolverReport } from "../resolution.js";
import type { ExpectedRule, RuleDesigns } from "../rule-design.js";
import type { Mixture, RuleMaster } from "./rule-master.js";
import { bestRule, lagrangian } from "./virtual-values.js";

/** How the search for a mixture ended. */
export interface MixtureSearch {
  /** Absent where there was not even time for the rules that are there. */
  readonly mixture?: Mixture;
  /** The mixture is the best, proved so by its prices. */
  readonly isBest: boolean;
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
  const { outcome, isOver, solver } = await grow(
    master.growing,
    new MissingRules(designs, among, master),
    limits,
  );
  if (outcome.status !== "optimal") return { isBest: false, report: solver };
  return {
    mixture: { weights: master.weights(outcome.dual), prices: master.prices(outcome.primal) },
    isBest: !isOver,
    report: solver,
  };
}

/** The rules that are not in the master yet. */
class MissingRules implements Separator {
  /** The prices of the least Lagrangian bound so far. */
  private best: { readonly prices: Float64Array; readonly bound: number } | undefined;

  constructor(
    private readonly designs: RuleDesigns,
    private readonly among: PricedRule["among"],
    private readonly master: RuleMaster,
  ) {}

  near(primal: Float64Array): boolean {
    const { best } = this;
    if (best && this.addRuleAt(half(primal, best.prices), primal)) return true;
    return this.addRuleAt(primal, primal);
  }

  exactly({ primal }: OptimalOutcome): boolean {
    const { designs, among, master } = this;
    const prices = master.prices(primal);
    const found = designs.expected(bestRule(designs.space, among, prices));
    const worth = (rule: ExpectedRule) => lagrangian(designs.space, prices, rule);
    const most = worth(found);
    if (master.rules.some((rule) => worth(rule).equals(most))) return false;
    master.add(master.rowOf(found));
    return true;
  }

  /** Adds the best rule at some prices, if a solution of the master leaves it out by enough. */
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
