import type { Environment } from "../environment/environment.js";
import { type AllocationRule, certain } from "../environment/lottery.js";
import type { Mechanism } from "../mechanism/mechanism.js";
import { Rational } from "../number/rational.js";
import { RationalSum } from "../number/rational-sum.js";
import type { Construction } from "./construction.js";
import { generalisedVcg } from "./generalised-vcg.js";
import { optionNumbers } from "./option-text.js";
import { type ProvisionView, provisionView } from "./provision-view.js";

/** Provide the good when every agent's value is at least its pivotal valuation, `thresholds[i]` (CE Def. 12). */
export function thresholdRule(
  environment: Environment,
  view: ProvisionView,
  thresholds: readonly Rational[],
): AllocationRule {
  return (profile) => {
    const provided = environment.agents.every(
      (_, agent) => view.value(agent, profile).compare(thresholds[agent]) >= 0,
    );
    return certain(provided ? view.provided : view.without);
  };
}

/**
 * A threshold contribution rule with the generalised VCG payments: where the good is provided, each agent pays the
 * least value at which it still would be, hence at least its threshold; thresholds that sum to the cost or more leave
 * no deficit at any profile (CE Thm 9; any number of agents). Ex post IC where raising an own type never lowers
 * anybody's value. Throws InputError unless the instance is a public good, or naming a cycle of misreports where
 * values are such that the rule is not implementable.
 */
export function thresholdContribution(environment: Environment, thresholds: readonly Rational[]): Mechanism {
  const view = provisionView("threshold-contribution", environment);
  return generalisedVcg(environment, thresholdRule(environment, view, thresholds));
}

/**
 * The thresholds that sum to the cost and give the largest expected welfare `E f (V - c)`. All but the last are values
 * that occur: raising a threshold to the next value of its agent excludes nobody and relaxes the last one, which only
 * adds profiles with `V >= c`.
 *
 * With two agents and increasing differences no deterministic ex post IC and individually rational rule without deficit
 * does better, on any grid. (For such a rule let `v_1` be least at X and `v_2` at Y where it provides. Increasing
 * differences rule out that Y has both a lower first and a higher second type than X, so it provides at (Y's first type,
 * X's second), where the agents pay at most `v_1(X) + v_2(Y)`: these are thresholds that cover the cost.) With private
 * values the same holds for any number of agents.
 */
export function bestThresholds(environment: Environment, view: ProvisionView): Rational[] {
  const { profiles, prior, agents } = environment;
  const everywhere = Array.from({ length: profiles.count }, (_, s) => s);
  const values = agents.map((_, agent) => everywhere.map((s) => view.value(agent, s)));
  const gains = everywhere.map((s) =>
    prior.probability(s).multiply(Rational.sum(values.map((of) => of[s])).subtract(view.cost)),
  );
  let best: { gain: Rational; thresholds: Rational[] } | undefined;
  const search = (thresholds: Rational[], rest: readonly number[], left: Rational) => {
    const agent = thresholds.length;
    if (agent === agents.length - 1) {
      const total = new RationalSum();
      for (const s of rest) if (values[agent][s].compare(left) >= 0) total.add(gains[s]);
      const gain = total.value;
      if (!best || gain.compare(best.gain) > 0) best = { gain, thresholds: [...thresholds, left] };
      return;
    }
    for (const threshold of distinctValues(rest.map((s) => values[agent][s]))) {
      const above = rest.filter((s) => values[agent][s].compare(threshold) >= 0);
      search([...thresholds, threshold], above, left.subtract(threshold));
    }
  };
  search([], everywhere, view.cost);
  return best!.thresholds;
}

function distinctValues(values: readonly Rational[]): Rational[] {
  const byText = new Map(values.map((value) => [value.toString(), value]));
  return [...byText.values()].sort((a, b) => a.compare(b));
}

export const thresholdContributionConstruction: Construction = {
  name: "threshold-contribution",
  summary: "A public good if every value reaches its threshold.",
  about:
    "The public good is provided when every agent's value reaches its threshold; thresholds cover the cost.",
  source: "Chung and Ely 2006, Definition 12 and Theorem 9",
  example: "public-good-three-5",
  versions: ["exact"],
  options: {
    thresholds:
      "one for each agent, separated by commas (default: those that sum to the cost with the largest expected welfare)",
  },
  build: ({ environment }, { options }) => {
    const view = provisionView("threshold-contribution", environment);
    const thresholds =
      optionNumbers(options, "thresholds", environment.agentCount) ?? bestThresholds(environment, view);
    return thresholdContribution(environment, thresholds);
  },
};
