import { type InterimOutcomes, interimOutcomes } from "../environment/interim-outcomes.js";
import type { KnownRule } from "../environment/known-rule.js";
import { InsuredMechanism } from "../mechanism/insured-mechanism.js";
import { Rational } from "../number/rational.js";
import { packIntegers, RationalVector } from "../number/rational-vector.js";
import type { Problem } from "../problem/problem.js";
import { allowsSubsidy, type Question } from "../problem/question.js";
import type {
  BudgetPrices,
  IncentiveMultiplier,
  Multipliers,
  ParticipationMultiplier,
} from "../proof/multipliers.js";
import { type LargestPayments, largestPayments, treeFlow } from "./incentive-paths.js";
import { InterimValues } from "./interim-values.js";

/** The best that one rule can do: a mechanism, multipliers, or both. */
export interface RuleDesign extends PaymentBounds {
  readonly mechanism?: InsuredMechanism;
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
  readonly multipliers: Multipliers;
  /** The multipliers price no requirement: the objective cannot be better, whatever the rule. */
  readonly trivial: boolean;
}

const NOTHING: Multipliers = {
  purpose: "bound",
  incentive: [],
  participation: [],
  budget: { kind: "none" },
};

/**
 * The best mechanism with a given rule where only interim payments matter (theory, section 4), insured by the first two
 * agents where the budget is ex post.
 */
export function designForRule(problem: Problem, rule: KnownRule): RuleDesign {
  const { environment, question } = problem;
  const interim = interimOutcomes(environment, rule);
  const values = environment.agents.map((_, i) => InterimValues.of(environment, i, rule, interim));
  const { best, multipliers, trivial } = designPayments(
    problem,
    values,
    mean(environment.prior.marginals[0], interim.costs),
  );
  const insurers =
    question.budget === "ex-post" ? { primary: 0, secondary: 1, predictedCosts: interim.costs } : undefined;
  const mechanism = best && new InsuredMechanism(environment, rule, best.payments, insurers, best.subsidy);
  return { mechanism, multipliers, trivial, interim };
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
    if ("cycle" in graph) return { multipliers: cycleMultipliers(agent, graph.cycle), trivial: false };
    graphs.push(graph);
    largest.push(
      twin < agent ? largest[twin] : raised(problem, graph.payments, values[agent], marginals[agent]),
    );
  }

  const revenue = Rational.sum(largest.map((payments, i) => mean(marginals[i], payments)));
  const surplus = revenue.subtract(cost);
  const limited = question.ir !== "none";
  const short = limited && question.budget !== "none" && surplus.sign < 0;
  const exact = question.balance === "exact";
  const flow = paymentFlow(problem, graphs);
  const flowing = (budget: BudgetPrices, purpose: Multipliers["purpose"] = "bound") => {
    return { ...flow, purpose, budget };
  };
  const priced = (scale: Rational) => budgetPrice(question, scale);
  if (short && !allowsSubsidy(question)) {
    return { multipliers: flowing(priced(Rational.ONE), "infeasibility"), trivial: false, surplus, flow };
  }

  const subsidy = short ? surplus.negate() : Rational.ZERO;
  const given = question.budget !== "none" && !short && (exact || !limited);
  const share = surplus.divide(Rational.of(environment.agentCount));
  const payments = given ? largest.map((own) => lowered(own, share)) : largest;
  const most = question.objective === "max-surplus";
  const balanced = most && exact && question.budget !== "none";
  const trivial = !short && (!most || balanced);
  const multipliers = short
    ? flowing(priced(Rational.ONE))
    : balanced
      ? { ...NOTHING, budget: priced(Rational.ONE.negate()) }
      : most
        ? flowing({ kind: "none" })
        : NOTHING;
  return { best: { payments, subsidy }, multipliers, trivial, surplus, flow };
}

/** The price of money in a budget, ex ante or at every profile in proportion to its probability. */
export function budgetPrice({ budget }: Question, scale: Rational): BudgetPrices {
  if (budget === "none") return { kind: "none" };
  return budget === "ex-ante" ? { kind: "expectation", price: scale } : { kind: "prior", scale };
}

function paymentsOf({ question }: Problem, values: InterimValues): ReturnType<typeof largestPayments> {
  const participates = question.ir === "interim";
  const root = values.outside.map((outside, type) => (participates ? values.at(type, type) - outside : 0n));
  if (question.ic !== "none") return largestPayments(values, root);
  return { payments: root, parents: new Int32Array(root.length).fill(-1) };
}

/** Payments as they are, or, where participation is asked only in expectation, raised until it binds. */
function raised(
  { question }: Problem,
  payments: readonly bigint[],
  values: InterimValues,
  marginal: RationalVector,
): RationalVector {
  const own = new RationalVector(packIntegers(payments), values.denominator);
  if (question.ir !== "ex-ante") return own;
  const room = payments.map((payment, type) => values.at(type, type) - values.outside[type] - payment);
  const least = mean(marginal, new RationalVector(packIntegers(room), values.denominator));
  return lowered(own, least.negate());
}

function lowered(payments: RationalVector, by: Rational): RationalVector {
  if (by.isZero) return payments;
  // The sum of both denominators' multiples keeps every entry an integer without reducing each.
  const denominator = payments.denominator * by.denominator;
  const amount = by.numerator * payments.denominator;
  const numerators = payments.numeratorsOver(denominator).map((numerator) => numerator - amount);
  return new RationalVector(packIntegers(numerators), denominator);
}

function mean(marginal: RationalVector, of: RationalVector): Rational {
  let total = 0n;
  for (let type = 0; type < of.length; type++) total += marginal.numeratorAt(type) * of.numeratorAt(type);
  return Rational.of(total, marginal.denominator * of.denominator);
}

/** Reports around the cycle gain together whatever is paid: nothing implements the rule. */
function cycleMultipliers(agent: number, cycle: readonly number[]): Multipliers {
  const incentive = cycle.map((type, k) => ({
    agent,
    type,
    report: cycle[(k + 1) % cycle.length],
    weight: Rational.ONE,
  }));
  return { ...NOTHING, purpose: "infeasibility", incentive };
}

/** The probability of every type flows to it from where its payment is bounded. */
function paymentFlow({ environment, question }: Problem, graphs: readonly LargestPayments[]): PaymentFlow {
  const incentive: IncentiveMultiplier[] = [];
  const participation: ParticipationMultiplier[] = [];
  graphs.forEach(({ parents }, agent) => {
    if (question.ir === "ex-ante") {
      participation.push({ agent, weight: Rational.ONE });
      return;
    }
    const marginal = environment.prior.marginals[agent];
    const mass = Array.from({ length: marginal.length }, (_, type) => marginal.numeratorAt(type));
    treeFlow(parents, mass).forEach((numerator, type) => {
      if (numerator === 0n) return;
      const weight = Rational.of(numerator, marginal.denominator);
      const report = parents[type];
      if (report < 0) participation.push({ agent, type, weight });
      else incentive.push({ agent, type, report, weight });
    });
  });
  return { incentive, participation };
}
