import type { Multipliers, Price, Prices } from "../certificate/multipliers.js";
import { expectedMoney, listed } from "../certificate/price-blocks.js";
import { Rational } from "../number/rational.js";
import { type IntegerVector, RationalVector } from "../number/rational-vector.js";
import type { Problem } from "../question/problem.js";
import { allowsSubsidy } from "../question/question.js";
import type { Space } from "../space/space.js";
import { type LargestPayments, largestPayments, treeFlow } from "./incentive-paths.js";
import type { InterimValues } from "./interim-values.js";

/** The best payments for what a rule is worth to agents, and what proves that there are no better ones. */
export interface PaymentDesign {
  /** Interim payments, by group of alike agents, and outside money; absent where no payments meet the requirements. */
  readonly best?: { readonly payments: readonly RationalVector[]; readonly subsidy: Rational };
  /** The largest payments beyond the expected cost; absent where nothing implements the rule. */
  readonly surplus?: Rational;
  /** What proves that no payments are larger; absent likewise. */
  readonly flow?: PaymentFlow;
  readonly multipliers: Multipliers;
  /** No requirement of an agent needs a price: the objective cannot be better, whatever the rule. */
  readonly isUnpriced: boolean;
}

/** Prices of incentives and participation whose payments cancel against a price of one for money; of alike agents, of any one. */
export interface PaymentFlow {
  readonly incentive: readonly Price[];
  readonly participation: readonly Price[];
}

/** The same as blocks of multipliers. */
export function flowPrices({ incentive, participation }: PaymentFlow): Prices[] {
  return [...listed("incentive", incentive), ...listed("participation", participation)];
}

/**
 * The largest payments of each agent by itself, their sum against the expected cost, and the probability flow that proves
 * it (theory, section 4). `values` is by group of the space.
 */
export function designPayments(
  problem: Problem,
  { groups, alike }: Space,
  values: readonly InterimValues[],
  cost: Rational,
): PaymentDesign {
  const { environment, question } = problem;
  const { marginals } = environment.prior;
  const marginalOf = (g: number) => marginals[groups[g].first];
  const graphs: LargestPayments[] = [];
  for (const [g, own] of values.entries()) {
    const graph = paymentsOf(problem, own);
    if ("cycle" in graph) {
      const prices = listed("incentive", cyclePrices(graph.cycle, alike ? undefined : g));
      return { multipliers: { purpose: "infeasibility", alike, prices }, isUnpriced: false };
    }
    graphs.push(graph);
  }
  const largest = graphs.map(({ payments }, g) => raised(problem, payments, values[g], marginalOf(g)));
  const revenue = Rational.sum(
    largest.map((payments, g) => marginalOf(g).dot(payments).multiply(Rational.of(groups[g].agents))),
  );
  const surplus = revenue.subtract(cost);
  const limited = question.ir !== "none";
  const short = limited && question.budget !== "none" && surplus.sign < 0;
  const exact = question.balance === "exact";
  const flow = paymentFlow(problem, graphs, alike);
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
