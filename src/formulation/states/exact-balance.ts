import type { Multipliers, Price } from "../../certificate/multipliers.js";
import { expectedMoney, listed, UNPRICED } from "../../certificate/price-blocks.js";
import { constantMoney } from "../../mechanism/forms.js";
import { StructuredMechanism } from "../../mechanism/structured-mechanism.js";
import { Rational } from "../../number/rational.js";
import { RationalVector } from "../../number/rational-vector.js";
import type { Problem } from "../../question/problem.js";
import type { Rule } from "../../space/rule.js";
import { BalanceGraph } from "./balance-graph.js";
import type { ChosenOutcomes } from "./chosen-outcomes.js";
import type { ProfileDesign } from "./profile-design.js";

/**
 * Exact ex post balance between two agents (theory, section 5): the second pays what the first leaves of the cost, so that
 * every requirement bounds a difference of the first agent's payments at two profiles, or a payment itself. Shortest
 * paths from the root give payments; a negative cycle proves that there are none.
 */
export function balancedDesign(problem: Problem, rule: Rule, chosen: ChosenOutcomes): ProfileDesign {
  const { environment, question, givenRule } = problem;
  const graph = new BalanceGraph(chosen, question.ic !== "none");
  const cycle = graph.solve();
  if (cycle) return { multipliers: cycleMultipliers(problem, cycle) };
  const unit = environment.moneyDenominator * BigInt(chosen.shares);
  const first = graph.payments;
  const second = first.map((payment, s) => chosen.cost(s) - payment);
  const mechanism = new StructuredMechanism(
    environment,
    {
      alike: false,
      rule,
      payments: [first, second].map((own) => ({ kind: "table", amounts: new RationalVector(own, unit) })),
      money: constantMoney(Rational.ZERO),
    },
    givenRule,
  );
  // Exact balance leaves no surplus: every profile's price of money is minus its probability.
  const none = { ...UNPRICED, prices: expectedMoney(Rational.ONE.negate()) };
  return { mechanism, multipliers: question.objective === "max-surplus" ? none : UNPRICED };
}

/**
 * The requirements around a cycle of profiles, each of which bounds the first agent's payment at the next one, and prices of
 * money that carry payments from one agent to the other. The root stands for no payment at all.
 */
function cycleMultipliers({ environment }: Problem, cycle: readonly number[]): Multipliers {
  const { profiles } = environment;
  const root = profiles.count;
  const incentive: Price[] = [];
  const participation: Price[] = [];
  const prices = new Float64Array(profiles.count);
  const weight = Rational.ONE;
  cycle.forEach((from, k) => {
    const to = cycle[(k + 1) % cycle.length];
    if (from === root || to === root) {
      const [agent, profile] = from === root ? [0, to] : [1, from];
      participation.push({ agent, profile, weight });
      if (agent === 0) prices[profile] += 1;
      return;
    }
    // Along the first agent's types it is the first agent who would rather be where the arc comes from.
    const agent = profiles.typeOf(from, 1) === profiles.typeOf(to, 1) ? 0 : 1;
    const [truth, lie] = agent === 0 ? [to, from] : [from, to];
    const [type, report] = [profiles.typeOf(truth, agent), profiles.typeOf(lie, agent)];
    incentive.push({ agent, type, report, profile: truth, weight });
    if (agent !== 0) return;
    prices[truth] += 1;
    prices[lie] -= 1;
  });
  return {
    purpose: "infeasibility",
    alike: false,
    prices: [
      ...listed("incentive", incentive),
      ...listed("participation", participation),
      { kind: "profiles", on: "budget", weights: new RationalVector(prices, 1n) },
    ],
  };
}
