import { efficientOutcomes } from "../../environment/efficiency.js";
import type { Environment } from "../../environment/environment.js";
import type { KnownRule } from "../../environment/known-rule.js";
import type { MenuMechanism } from "../../mechanism/menu-mechanism.js";
import { RuledMechanism } from "../../mechanism/ruled-mechanism.js";
import { Rational } from "../../number/rational.js";
import { packIntegers, RationalVector } from "../../number/rational-vector.js";
import type { Problem } from "../../problem/problem.js";
import { allowsSubsidy } from "../../problem/question.js";
import type { BudgetPrices, Multipliers } from "../../proof/multipliers.js";
import { TreeMultipliers } from "../../proof/states/tree-multipliers.js";
import type { ChosenOutcomes } from "./chosen-outcomes.js";
import { largestStatePayments, type StatePayments, stateFlow } from "./state-paths.js";

/** The best that one rule can do, state by state. */
export interface StateDesign {
  readonly mechanism?: RuledMechanism | MenuMechanism;
  readonly multipliers: Multipliers;
  /** No other way of breaking ties does better by these multipliers; always so where ties are not left to the design. */
  readonly bestAtTies: boolean;
}

export const NOTHING: Multipliers = {
  purpose: "bound",
  incentive: [],
  participation: [],
  budget: { kind: "none" },
};

/** The prior over one denominator, in machine integers. */
export function probabilities({ prior, profiles }: Environment): { mass: Float64Array; total: bigint } {
  const mass = new Float64Array(profiles.count);
  if (prior.kind === "joint") {
    const total = prior.marginals[0].denominator;
    for (let s = 0; s < profiles.count; s++) {
      const { numerator, denominator } = prior.probability(s);
      mass[s] = Number(numerator * (total / denominator));
    }
    return { mass, total };
  }
  const own = prior.marginals.map((marginal) => marginal.numerators as Float64Array);
  const last = profiles.agentCount - 1;
  const types = new Int32Array(last);
  for (let s = 0; s < profiles.count; ) {
    let others = 1;
    for (let i = 0; i < last; i++) others *= own[i][types[i]];
    for (let b = 0; b < own[last].length; b++) mass[s++] = others * own[last][b];
    for (let i = last - 1; i >= 0 && ++types[i] === profiles.sizes[i]; i--) types[i] = 0;
  }
  return { mass, total: prior.marginals.reduce((product, { denominator }) => product * denominator, 1n) };
}

/** The generalised VCG payments of CE 3.3, and what they leave of the budget at each profile. */
export function designByState(problem: Problem, rule: KnownRule, chosen: ChosenOutcomes): StateDesign {
  const { environment, question } = problem;
  const { count } = environment.profiles;
  const graphs: StatePayments[] = [];
  for (let agent = 0; agent < environment.agentCount; agent++) {
    const graph = largestStatePayments(chosen, agent, question.ic !== "none");
    if ("cycle" in graph) {
      return { multipliers: cycleMultipliers(problem, agent, graph.cycle), bestAtTies: !isOpen(problem) };
    }
    graphs.push(graph);
  }
  const deficit = new Float64Array(count);
  for (let s = 0; s < count; s++) deficit[s] = chosen.cost(s);
  for (const { payments } of graphs) subtract(deficit, payments);

  const { mass, total } = probabilities(environment);
  const unit = environment.moneyDenominator * BigInt(chosen.shares);
  const flows = (mass: Float64Array, denominator: bigint, budget: BudgetPrices, bound = true) => {
    const trees = graphs.map(({ parents }, agent) => ({
      parents,
      flow: stateFlow(chosen, agent, parents, mass),
    }));
    const purpose = bound ? "bound" : "infeasibility";
    const dominant = question.ic === "dominant";
    const multipliers = new TreeMultipliers(environment, purpose, dominant, trees, denominator, budget);
    // Costs count wherever payments do, so the mass is their price as well.
    return { multipliers, bestAtTies: !isOpen(problem) || isBest(chosen, rule, trees, mass) };
  };
  const priced = (prices: Float64Array, denominator: bigint): BudgetPrices => ({
    kind: "profile",
    prices: new RationalVector(prices, denominator),
  });
  const mechanism = (subsidies?: RationalVector, lowered = Rational.ZERO) =>
    new RuledMechanism(
      environment,
      rule,
      graphs.map(({ payments }) => new RationalVector(payments, unit).plus(lowered.negate())),
      subsidies,
    );
  const everywhere = (value: Rational) =>
    new RationalVector(packIntegers(new Array<bigint>(count).fill(value.numerator)), value.denominator);
  const unpriced = { multipliers: NOTHING, bestAtTies: true };
  const most = question.objective === "max-surplus";

  if (question.budget === "ex-ante") {
    let expected = 0n;
    for (let s = 0; s < count; s++) expected += BigInt(mass[s]) * BigInt(deficit[s]);
    const missing = Rational.of(expected, total * unit);
    const price = (price: Rational): BudgetPrices => ({ kind: "expectation", price });
    if (missing.sign > 0) {
      if (!allowsSubsidy(question)) return flows(mass, total, price(Rational.ONE), false);
      return { mechanism: mechanism(everywhere(missing)), ...flows(mass, total, price(Rational.ONE)) };
    }
    const exact = question.balance === "exact";
    const share = missing.negate().divide(Rational.of(environment.agentCount));
    const balanced = mechanism(undefined, exact ? share : undefined);
    if (!most) return { mechanism: balanced, ...unpriced };
    if (!exact) return { mechanism: balanced, ...flows(mass, total, { kind: "none" }) };
    const multipliers = { ...NOTHING, budget: price(Rational.ONE.negate()) };
    return { mechanism: balanced, multipliers, bestAtTies: true };
  }

  let worst = 0;
  for (let s = 1; s < count; s++) if (deficit[s] > deficit[worst]) worst = s;
  const short = question.budget === "ex-post" && deficit[worst] > 0;
  if (!short) {
    return { mechanism: mechanism(), ...(most ? flows(mass, total, { kind: "none" }) : unpriced) };
  }
  const worstAlone = new Float64Array(count);
  worstAlone[worst] = 1;
  if (!allowsSubsidy(question)) return flows(worstAlone, 1n, priced(worstAlone, 1n), false);
  const covering = new Float64Array(count);
  for (let s = 0; s < count; s++) if (deficit[s] > 0) covering[s] = deficit[s];
  const subsidised = mechanism(new RationalVector(covering, unit));
  if (question.objective === "min-worst-subsidy") {
    return { mechanism: subsidised, ...flows(worstAlone, 1n, priced(worstAlone, 1n)) };
  }
  const missed = new Float64Array(count);
  for (let s = 0; s < count; s++) if (deficit[s] > 0) missed[s] = mass[s];
  return { mechanism: subsidised, ...flows(missed, total, priced(missed, total)) };
}

function subtract(from: Float64Array, amounts: Float64Array): void {
  for (let s = 0; s < from.length; s++) from[s] -= amounts[s];
}

function isOpen({ question }: Problem): boolean {
  return question.allocation === "efficient" && question.ties === "optimise";
}

function cycleMultipliers(
  { environment, question }: Problem,
  agent: number,
  cycle: readonly number[],
): Multipliers {
  const { profiles } = environment;
  const incentive = cycle.map((truth, k) => {
    const type = profiles.typeOf(truth, agent);
    const report = profiles.typeOf(cycle[(k + 1) % cycle.length], agent);
    const entry = { agent, type, report, truth, weight: Rational.ONE };
    return question.ic === "dominant" ? { ...entry, reported: truth } : entry;
  });
  return { ...NOTHING, purpose: "infeasibility", incentive };
}

/** Whether at every tied profile the multipliers like no other efficient outcome better than what the rule chooses. */
function isBest(
  chosen: ChosenOutcomes,
  rule: KnownRule,
  trees: readonly { readonly parents: Int32Array; readonly flow: Float64Array }[],
  mass: Float64Array,
): boolean {
  const { environment, tied } = chosen;
  const { profiles, values, costs } = environment;
  return tied.every((s) => {
    const outcomes = efficientOutcomes(environment, s);
    const worths = outcomes.map((x) => mass[s] * (costs.numerator(0, s, x) as number));
    trees.forEach(({ parents, flow }, agent) => {
      const own = profiles.typeOf(s, agent);
      const stride = profiles.strides[agent];
      const add = (type: number, truth: number, amount: number) => {
        for (let k = 0; k < outcomes.length; k++) {
          worths[k] += amount * (values[agent].numerator(type, truth, outcomes[k]) as number);
        }
      };
      add(own, s, -flow[s]);
      for (let type = 0, truth = s - own * stride; type < profiles.sizes[agent]; type++, truth += stride) {
        if (parents[truth] === own && flow[truth] !== 0) add(type, truth, flow[truth]);
      }
    });
    if (rule.kind !== "efficient" || rule.ties === "uniform") return worths.every((own) => own === worths[0]);
    const own = rule.ties === "first" ? worths[0] : worths[worths.length - 1];
    return worths.every((other) => own <= other);
  });
}
