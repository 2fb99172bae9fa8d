import { pricesOf, worthNumerator } from "./class-prices.js";
import type { OrbitChoices, PricedRule } from "./orbit-choices.js";
import type { Limits, SolverReport } from "./resolution.js";
import type { Mixture, RuleMaster } from "./rule-master.js";

/** How the search for a mixture ended. */
export interface MixtureSearch {
  /** The best mixture, proved so by its prices; absent where the search had to stop. */
  readonly mixture?: Mixture;
  readonly report: SolverReport;
}

/** A rule that a float solution's prices make more of by less than this, relative to all, is left to exact prices. */
const WORTHWHILE = 1e-9;

/**
 * Generates rules: the master's prices turn into the rule that makes the most of them at every orbit, which enters the master
 * until no rule is better than those that are there. Solvers propose prices; the last word is said by exact ones.
 */
export async function bestMixture(
  choices: OrbitChoices,
  master: RuleMaster,
  limits: Limits,
): Promise<MixtureSearch> {
  const { growing, rules } = master;
  const { table } = choices;
  const end = limits.timeLimit === undefined ? undefined : performance.now() + 1000 * limits.timeLimit;
  let pivots = 0;
  const report = () => ({
    ...growing.report,
    iterations: growing.iterations,
    exactPivots: pivots,
  });
  try {
    for (;;) {
      if (limits.signal?.aborted || (end !== undefined && performance.now() > end))
        return { report: report() };
      const proposal = await growing.propose();
      const proposed = proposal.termination === "optimal" ? master.proposedPrices(proposal) : undefined;
      if (proposed) {
        const found = choices.best(proposed);
        const worth = (rule: PricedRule) => Number(worthNumerator(table, proposed, rule.totals));
        const most = Math.max(...rules.map(worth));
        if (worth(found) - most > WORTHWHILE * Math.abs(most)) {
          master.add(found);
          continue;
        }
      }
      const outcome = growing.exactly();
      pivots += outcome.pivots;
      if (outcome.status !== "optimal") return { report: report() };
      const { flow, money } = master.prices(outcome.primal);
      const prices = pricesOf(table, flow, money, master.gains);
      const found = choices.best(prices);
      const worth = (rule: PricedRule) => worthNumerator(table, prices, rule.totals);
      if (rules.every((rule) => worth(rule) < worth(found))) {
        master.add(found);
        continue;
      }
      return { mixture: { weights: master.weights(outcome.dual), flow, money }, report: report() };
    }
  } finally {
    growing.dispose();
  }
}
