import { type InterimOutcomes, interimOutcomes } from "../environment/interim-outcomes.js";
import type { KnownRule } from "../environment/known-rule.js";
import { InsuredMechanism } from "../mechanism/insured-mechanism.js";
import { Rational } from "../number/rational.js";
import { type IntegerVector, RationalVector } from "../number/rational-vector.js";
import type { Problem } from "../problem/problem.js";
import { allowsSubsidy } from "../problem/question.js";
import { InterimTreeMultipliers } from "../proof/interim-tree-multipliers.js";
import type { BudgetPrices, Multipliers } from "../proof/multipliers.js";
import { type LargestPayments, largestPayments, treeFlow } from "./incentive-paths.js";
import { InterimValues } from "./interim-values.js";

/** The best that one rule can do: a mechanism, multipliers, or both. */
export interface RuleDesign {
  readonly mechanism?: InsuredMechanism;
  readonly multipliers: InterimTreeMultipliers;
  readonly interim: InterimOutcomes;
}

/**
 * The best mechanism with a given rule where only interim payments matter (theory, section 4): the largest payments of
 * each agent by itself, their sum against the expected cost, and the probability flow that proves it.
 */
export function designForRule(problem: Problem, rule: KnownRule): RuleDesign {
  const { environment, question } = problem;
  const { marginals } = environment.prior;
  const interim = interimOutcomes(environment, rule);
  const values = environment.agents.map((_, i) => InterimValues.of(environment, i, rule, interim));
  const graphs: LargestPayments[] = [];
  for (let agent = 0; agent < environment.agentCount; agent++) {
    const graph = paymentsOf(problem, values[agent]);
    if ("cycle" in graph) {
      return { multipliers: cycleMultipliers(problem, agent, graph.cycle), interim };
    }
    graphs.push(graph);
  }

  const largest = graphs.map(({ payments }, i) => raised(problem, payments, values[i], marginals[i]));
  const cost = marginals[0].dot(interim.costs);
  const revenue = Rational.sum(largest.map((payments, i) => marginals[i].dot(payments)));
  const surplus = revenue.subtract(cost);
  const limited = question.ir !== "none";
  const short = limited && question.budget !== "none" && surplus.sign < 0;
  const exact = question.balance === "exact";
  const flow = (budget: BudgetPrices, purpose: Multipliers["purpose"] = "bound") =>
    flowMultipliers(problem, graphs, budget, purpose);
  const priced = (scale: Rational): BudgetPrices =>
    question.budget === "ex-ante" ? { kind: "expectation", price: scale } : { kind: "prior", scale };
  if (short && !allowsSubsidy(question)) {
    return { multipliers: flow(priced(Rational.ONE), "infeasibility"), interim };
  }

  const subsidy = short ? surplus.negate() : Rational.ZERO;
  const given = question.budget !== "none" && !short && (exact || !limited);
  const share = surplus.divide(Rational.of(environment.agentCount));
  const payments = given ? largest.map((own) => own.plus(share.negate())) : largest;
  const insurers =
    question.budget === "ex-post" ? { primary: 0, secondary: 1, predictedCosts: interim.costs } : undefined;
  const mechanism = new InsuredMechanism(environment, rule, payments, insurers, subsidy);
  const most = question.objective === "max-surplus";
  const balanced = most && exact && question.budget !== "none";
  if (short) return { mechanism, multipliers: flow(priced(Rational.ONE)), interim };
  if (most && !balanced) return { mechanism, multipliers: flow({ kind: "none" }), interim };
  // With exact balance there is no surplus to be had; otherwise nothing is to be proved.
  const budget: BudgetPrices = balanced ? priced(Rational.ONE.negate()) : { kind: "none" };
  return { mechanism, multipliers: new InterimTreeMultipliers("bound", [], budget), interim };
}

function paymentsOf({ question }: Problem, values: InterimValues): ReturnType<typeof largestPayments> {
  const root = question.ir === "interim" ? values.participationGains() : new Float64Array(values.typeCount);
  if (question.ic !== "none") return largestPayments(values, root);
  return { payments: root, parents: new Int32Array(root.length).fill(-1) };
}

/** Payments as they are, or, where participation is asked only in expectation, raised until it binds. */
function raised(
  { question }: Problem,
  payments: IntegerVector,
  values: InterimValues,
  marginal: RationalVector,
): RationalVector {
  const own = new RationalVector(payments, values.denominator);
  if (question.ir !== "ex-ante") return own;
  const gains = new RationalVector(values.participationGains(), values.denominator);
  return own.plus(marginal.dot(gains).subtract(marginal.dot(own)));
}

/** Reports around the cycle gain together whatever is paid: nothing implements the rule. */
function cycleMultipliers(problem: Problem, agent: number, cycle: readonly number[]): InterimTreeMultipliers {
  const trees = problem.environment.profiles.sizes.map((size, i) => {
    const parents = new Int32Array(size).fill(-1);
    const flow = new Float64Array(size);
    cycle.forEach((type, k) => {
      if (i !== agent) return;
      parents[type] = cycle[(k + 1) % cycle.length];
      flow[type] = 1;
    });
    return { parents, flow: new RationalVector(flow, 1n) };
  });
  return new InterimTreeMultipliers("infeasibility", trees, { kind: "none" });
}

/** The probability of every type flows to it from where its payment is bounded. */
function flowMultipliers(
  { environment, question }: Problem,
  graphs: readonly LargestPayments[],
  budget: BudgetPrices,
  purpose: Multipliers["purpose"],
): InterimTreeMultipliers {
  const trees = graphs.map(({ parents }, agent) => {
    if (question.ir === "ex-ante") return undefined;
    const { numerators, denominator } = environment.prior.marginals[agent];
    return { parents, flow: new RationalVector(treeFlow(parents, numerators), denominator) };
  });
  return new InterimTreeMultipliers(purpose, trees, budget);
}
