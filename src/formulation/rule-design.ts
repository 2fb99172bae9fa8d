import { type InterimOutcomes, interimOutcomes } from "../environment/interim-outcomes.js";
import type { KnownRule } from "../environment/known-rule.js";
import { InsuredMechanism } from "../mechanism/insured-mechanism.js";
import { SteadyGainsMechanism } from "../mechanism/steady-gains-mechanism.js";
import { Rational } from "../number/rational.js";
import { type IntegerVector, RationalVector } from "../number/rational-vector.js";
import { inExpectation } from "../problem/in-expectation.js";
import type { Problem } from "../problem/problem.js";
import { allowsSubsidy, type Question } from "../problem/question.js";
import { type InterimTree, InterimTreeMultipliers } from "../proof/interim/interim-tree-multipliers.js";
import type { BudgetPrices, Multipliers } from "../proof/multipliers.js";
import { type LargestPayments, largestPayments, treeFlow } from "./incentive-paths.js";
import { InterimValues } from "./interim-values.js";

/** The best that one rule can do: a mechanism, multipliers, or both. */
export interface RuleDesign extends PaymentBounds {
  readonly mechanism?: InsuredMechanism | SteadyGainsMechanism;
  readonly interim: InterimOutcomes;
}

/** The best payments for what a rule is worth to agents, and what proves that there are no better ones. */
export interface PaymentDesign extends PaymentBounds {
  /** Interim payments, for each agent, and outside money; absent where no payments meet the requirements. */
  readonly best?: { readonly payments: readonly RationalVector[]; readonly subsidy: Rational };
  /** The largest payments beyond the expected cost; absent where nothing implements the rule. */
  readonly surplus?: Rational;
  /** What proves that no payments are larger; absent likewise. */
  readonly flow?: PaymentFlow;
}

/** Prices of incentives and participation whose payments cancel against a price of one for money. */
export type PaymentFlow = Pick<Multipliers, "incentive" | "participation">;

interface PaymentBounds {
  /** Without trees where they price no requirement: the objective cannot be better, whatever the rule. */
  readonly multipliers: InterimTreeMultipliers;
}

/**
 * The best mechanism with a given rule where only interim payments matter (theory, section 4), insured by the first two
 * agents where the budget is ex post. Participation at every profile, where the budget is not, is met by gains that are the same
 * at all of them: it then asks no more than participation in expectation.
 */
export function designForRule(problem: Problem, rule: KnownRule): RuleDesign {
  const { environment, question } = problem;
  const interim = interimOutcomes(environment, rule);
  const values = environment.agents.map((_, i) => InterimValues.of(environment, i, rule, interim));
  const cost = environment.prior.marginals[0].dot(interim.costs);
  const asked = inExpectation(problem);
  const { best, multipliers } = designPayments(asked, values, cost);
  if (asked !== problem) {
    const gains = best?.payments.map((payments, i) => values[i].gainsBeyond(payments));
    const mechanism = gains && new SteadyGainsMechanism(environment, rule, gains, best!.subsidy);
    return { mechanism, multipliers, interim };
  }
  const insurers =
    question.budget === "ex-post" ? { primary: 0, secondary: 1, predictedCosts: interim.costs } : undefined;
  const mechanism = best && new InsuredMechanism(environment, rule, best.payments, insurers, best.subsidy);
  return { mechanism, multipliers, interim };
}

/**
 * The largest payments of each agent by itself, their sum against the expected cost, and the probability flow that proves
 * it (theory, section 4). Agents who share their values object are alike.
 */
export function designPayments(
  problem: Problem,
  values: readonly InterimValues[],
  cost: Rational,
): PaymentDesign {
  const { environment, question } = problem;
  const { marginals } = environment.prior;
  const graphs: LargestPayments[] = [];
  const largest: RationalVector[] = [];
  for (let agent = 0; agent < values.length; agent++) {
    const twin = values.indexOf(values[agent]);
    const graph = twin < agent ? graphs[twin] : paymentsOf(problem, values[agent]);
    if ("cycle" in graph) return { multipliers: cycleMultipliers(problem, agent, graph.cycle) };
    graphs.push(graph);
    largest.push(
      twin < agent ? largest[twin] : raised(problem, graph.payments, values[agent], marginals[agent]),
    );
  }

  const revenue = Rational.sum(largest.map((payments, i) => marginals[i].dot(payments)));
  const surplus = revenue.subtract(cost);
  const limited = question.ir !== "none";
  const short = limited && question.budget !== "none" && surplus.sign < 0;
  const exact = question.balance === "exact";
  const trees = paymentTrees(problem, graphs);
  const flowing = (budget: BudgetPrices, purpose: Multipliers["purpose"] = "bound") =>
    new InterimTreeMultipliers(purpose, trees, budget);
  const flow = flowing({ kind: "none" });
  const priced = (scale: Rational) => budgetPrice(question, scale);
  if (short && !allowsSubsidy(question)) {
    return { multipliers: flowing(priced(Rational.ONE), "infeasibility"), surplus, flow };
  }

  const subsidy = short ? surplus.negate() : Rational.ZERO;
  const given = question.budget !== "none" && !short && (exact || !limited);
  const share = surplus.divide(Rational.of(environment.agentCount));
  const payments = given ? largest.map((own) => own.plus(share.negate())) : largest;
  const most = question.objective === "max-surplus";
  const balanced = most && exact && question.budget !== "none";
  // With exact balance there is no surplus to be had; without it, or a deficit, nothing is to be proved.
  const unpriced = (budget: BudgetPrices) => new InterimTreeMultipliers("bound", [], budget);
  const multipliers = short
    ? flowing(priced(Rational.ONE))
    : balanced
      ? unpriced(priced(Rational.ONE.negate()))
      : most
        ? flow
        : unpriced({ kind: "none" });
  return { best: { payments, subsidy }, multipliers, surplus, flow };
}

/** The price of money in a budget, ex ante or at every profile in proportion to its probability. */
export function budgetPrice({ budget }: Question, scale: Rational): BudgetPrices {
  if (budget === "none") return { kind: "none" };
  return budget === "ex-ante" ? { kind: "expectation", price: scale } : { kind: "prior", scale };
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
function paymentTrees(
  { environment, question }: Problem,
  graphs: readonly LargestPayments[],
): (InterimTree | undefined)[] {
  const trees = new Map<LargestPayments, InterimTree>();
  return graphs.map((graph, agent) => {
    if (question.ir === "ex-ante") return undefined;
    const { numerators, denominator } = environment.prior.marginals[agent];
    const { parents } = graph;
    const known = trees.get(graph);
    const tree = known ?? { parents, flow: new RationalVector(treeFlow(parents, numerators), denominator) };
    trees.set(graph, tree);
    return tree;
  });
}
