import type { Multipliers, Price, Prices } from "../certificate/multipliers.js";
import { expectedMoney, listed } from "../certificate/price-blocks.js";
import { interimOutcomes } from "../engine/interim-outcomes.js";
import { type KnownRule, ruleOf } from "../engine/known-rule.js";
import { type Frame, insured, interimPaid, steadyGains } from "../mechanism/forms.js";
import type { StructuredMechanism } from "../mechanism/structured-mechanism.js";
import { Rational } from "../number/rational.js";
import { type IntegerVector, RationalVector } from "../number/rational-vector.js";
import { inExpectation } from "../question/in-expectation.js";
import type { Problem } from "../question/problem.js";
import { allowsSubsidy } from "../question/question.js";
import { type LargestPayments, largestPayments, treeFlow } from "./incentive-paths.js";
import { InterimValues } from "./interim-values.js";

/** The best that one rule can do: a mechanism, multipliers, or both. */
export interface RuleDesign extends Pick<PaymentDesign, "multipliers" | "isUnpriced"> {
  readonly mechanism?: StructuredMechanism;
}

/** The best payments for what a rule is worth to agents, and what proves that there are no better ones. */
export interface PaymentDesign {
  /** Interim payments, for each agent, and outside money; absent where no payments meet the requirements. */
  readonly best?: { readonly payments: readonly RationalVector[]; readonly subsidy: Rational };
  /** The largest payments beyond the expected cost; absent where nothing implements the rule. */
  readonly surplus?: Rational;
  /** What proves that no payments are larger; absent likewise. */
  readonly flow?: PaymentFlow;
  readonly multipliers: Multipliers;
  /** No requirement of an agent needs a price: the objective cannot be better, whatever the rule. */
  readonly isUnpriced: boolean;
}

/** Prices of incentives and participation whose payments cancel against a price of one for money. */
export interface PaymentFlow {
  readonly incentive: readonly Price[];
  readonly participation: readonly Price[];
}

/** The same as blocks of multipliers. */
export function flowPrices({ incentive, participation }: PaymentFlow): Prices[] {
  return [...listed("incentive", incentive), ...listed("participation", participation)];
}

/**
 * The best mechanism with a given rule where only interim payments matter (theory, section 4), insured by the first two
 * agents where the budget is ex post. Participation at every profile, where the budget is not, is met by gains that are the same
 * at all of them: it then asks no more than participation in expectation.
 */
export function designForRule(problem: Problem, rule: KnownRule): RuleDesign {
  const { environment, question, givenRule: given } = problem;
  const interim = interimOutcomes(environment, rule);
  const values = environment.agents.map((_, i) => InterimValues.of(environment, i, rule, interim));
  const [{ costs }] = interim.expected;
  const cost = environment.prior.marginals[0].dot(costs);
  const asked = inExpectation(problem);
  const { best, multipliers, isUnpriced } = designPayments(asked, values, cost);
  if (!best) return { multipliers, isUnpriced };
  const frame: Frame = { environment, given, rule: ruleOf(rule), subsidy: best.subsidy };
  const mechanism =
    asked !== problem
      ? steadyGains(
          frame,
          best.payments.map((payments, i) => values[i].gainsBeyond(payments)),
        )
      : question.budget === "ex-post"
        ? insured(frame, best.payments, costs)
        : interimPaid(frame, best.payments);
  return { mechanism, multipliers, isUnpriced };
}

/**
 * The largest payments of each agent by itself, their sum against the expected cost, and the probability flow that proves
 * it (theory, section 4). Agents who share their values object are alike: where all do, prices are told of one of them.
 */
export function designPayments(
  problem: Problem,
  values: readonly InterimValues[],
  cost: Rational,
  alike = false,
): PaymentDesign {
  const { environment, question } = problem;
  const { marginals } = environment.prior;
  const graphs: LargestPayments[] = [];
  const largest: RationalVector[] = [];
  for (let agent = 0; agent < values.length; agent++) {
    const twin = values.indexOf(values[agent]);
    const graph = twin < agent ? graphs[twin] : paymentsOf(problem, values[agent]);
    if ("cycle" in graph) {
      const incentive = cyclePrices(graph.cycle, alike ? undefined : agent);
      const multipliers = {
        purpose: "infeasibility",
        alike,
        prices: listed("incentive", incentive),
      } as const;
      return { multipliers, isUnpriced: false };
    }
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
  const flow = paymentFlow(problem, alike ? graphs.slice(0, 1) : graphs, alike);
  const flowing = (money: Rational, purpose: Multipliers["purpose"] = "bound") => ({
    multipliers: { purpose, alike, prices: [...flowPrices(flow), ...expectedMoney(money)] },
    isUnpriced: false,
  });
  if (short && !allowsSubsidy(question)) return { ...flowing(Rational.ONE, "infeasibility"), surplus, flow };

  const subsidy = short ? surplus.negate() : Rational.ZERO;
  const isGiven = question.budget !== "none" && !short && (exact || !limited);
  const share = surplus.divide(Rational.of(environment.agentCount));
  const payments = isGiven ? largest.map((own) => own.plus(share.negate())) : largest;
  const most = question.objective === "max-surplus";
  const balanced = most && exact && question.budget !== "none";
  // With exact balance there is no surplus to be had; without it, or a deficit, nothing is to be proved.
  const unpriced = (money: Rational) => ({
    multipliers: { purpose: "bound", alike, prices: expectedMoney(money) } as const,
    isUnpriced: true,
  });
  const proof = short
    ? flowing(Rational.ONE)
    : balanced
      ? unpriced(Rational.ONE.negate())
      : most
        ? flowing(Rational.ZERO)
        : unpriced(Rational.ZERO);
  return { best: { payments, subsidy }, surplus, flow, ...proof };
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
function cyclePrices(cycle: readonly number[], agent: number | undefined): Price[] {
  return cycle.map((type, k) => ({
    agent,
    type,
    report: cycle[(k + 1) % cycle.length],
    weight: Rational.ONE,
  }));
}

/** The probability of every type flows to it from where its payment is bounded. */
function paymentFlow(
  { environment, question }: Problem,
  graphs: readonly LargestPayments[],
  alike: boolean,
): PaymentFlow {
  const incentive: Price[] = [];
  const participation: Price[] = [];
  graphs.forEach(({ parents }, i) => {
    const agent = alike ? undefined : i;
    if (question.ir === "ex-ante") {
      participation.push({ agent, weight: Rational.ONE });
      return;
    }
    const { numerators, denominator } = environment.prior.marginals[i];
    const flow = new RationalVector(treeFlow(parents, numerators), denominator);
    for (let type = 0; type < flow.length; type++) {
      const weight = flow.at(type);
      if (weight.isZero) continue;
      if (parents[type] < 0) participation.push({ agent, type, weight });
      else incentive.push({ agent, type, report: parents[type], weight });
    }
  });
  return { incentive, participation };
}
