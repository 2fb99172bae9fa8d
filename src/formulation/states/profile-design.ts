import type { Multipliers, Paths, Price, Prices } from "../../certificate/multipliers.js";
import { expectedMoney, listed, UNPRICED } from "../../certificate/price-blocks.js";
import { constantMoney } from "../../mechanism/forms.js";
import type { OutsideMoney } from "../../mechanism/payments.js";
import { StructuredMechanism } from "../../mechanism/structured-mechanism.js";
import { plus, times } from "../../number/integer.js";
import { IntegerSum } from "../../number/integer-sum.js";
import { Rational } from "../../number/rational.js";
import { packIntegers, RationalVector } from "../../number/rational-vector.js";
import type { Problem } from "../../question/problem.js";
import { allowsSubsidy } from "../../question/question.js";
import type { Rule } from "../../space/rule.js";
import { Space } from "../../space/space.js";
import type { ChosenOutcomes } from "./chosen-outcomes.js";
import { largestProfilePayments, type ProfilePayments } from "./profile-paths.js";

/** The best that one rule can do, profile by profile. */
export interface ProfileDesign {
  readonly mechanism?: StructuredMechanism;
  readonly multipliers: Multipliers;
}

/** The generalised VCG payments of CE 3.3, and what they leave of the budget at each profile. */
export function designByProfile(problem: Problem, rule: Rule, chosen: ChosenOutcomes): ProfileDesign {
  const { environment, question, givenRule } = problem;
  const { count } = environment.profiles;
  const graphs: ProfilePayments[] = [];
  for (let agent = 0; agent < environment.agentCount; agent++) {
    const graph = largestProfilePayments(chosen, agent, question.ic !== "none");
    if ("cycle" in graph) return { multipliers: cycleMultipliers(problem, agent, graph.cycle) };
    graphs.push(graph);
  }
  const deficit = new Float64Array(count);
  for (let s = 0; s < count; s++) deficit[s] = chosen.cost(s);
  for (const { payments } of graphs) subtract(deficit, payments);

  const unit = environment.moneyDenominator * BigInt(chosen.shares);
  const handsBack = question.budget === "ex-post" && question.balance === "exact";
  const tables = graphs.map(({ payments }) =>
    handsBack ? lessShares(payments, deficit, unit, graphs.length) : new RationalVector(payments, unit),
  );
  const paths = graphs.map(({ parents }): Paths => ({ kind: "profiles", parents }));
  const mechanism = (money: OutsideMoney, lowered = Rational.ZERO) =>
    new StructuredMechanism(
      environment,
      {
        alike: false,
        rule,
        payments: tables.map((amounts) => ({ kind: "table", amounts: amounts.plus(lowered.negate()) })),
        money,
      },
      givenRule,
    );
  return leastMoney(problem, mechanism, paths, {
    expected: () => expectation(problem, deficit, unit),
    short: () => shortage(deficit),
  });
}

/** Payments less an equal share of what all of them together leave over at a profile. */
function lessShares(
  payments: Float64Array,
  deficit: Float64Array,
  unit: bigint,
  agents: number,
): RationalVector {
  const numerators = Array.from(payments, (amount, s) => {
    return plus(times(amount, agents), Math.min(0, deficit[s]));
  });
  return new RationalVector(packIntegers(numerators), unit * BigInt(agents));
}

/** What largest payments leave of the budget. */
interface Deficits {
  /** Cost less payments, in expectation. */
  expected(): Rational;
  /** At which profiles money is missing, and where most is. */
  short(): { readonly ranges: (readonly [number, number])[]; readonly worst: number | undefined };
}

/**
 * Largest payments, with the least outside money where they fall short of the budget, and what proves that no less will do: what
 * money is worth at a profile flows along the paths that bound payments.
 */
export function leastMoney(
  { environment, question }: Problem,
  mechanism: (money: OutsideMoney, lowered?: Rational) => StructuredMechanism,
  paths: readonly Paths[],
  deficits: Deficits,
): ProfileDesign {
  const along = (money: readonly Prices[], purpose: Multipliers["purpose"] = "bound"): Multipliers => {
    return { purpose, alike: false, prices: [...money, { kind: "paths", paths }] };
  };
  const nothing = constantMoney(Rational.ZERO);
  // Payments are worth something by themselves where they are the objective.
  const free = question.objective === "max-surplus" ? along([]) : UNPRICED;
  // What is paid in expectation is the cost, so that there is no surplus.
  const none = { ...UNPRICED, prices: expectedMoney(Rational.ONE.negate()) };
  const balanced = question.objective === "max-surplus" ? none : UNPRICED;
  if (question.budget === "none") return { mechanism: mechanism(nothing), multipliers: free };
  if (question.budget === "ex-ante") {
    const missing = deficits.expected();
    if (missing.sign > 0) {
      const money = expectedMoney(Rational.ONE);
      if (!allowsSubsidy(question)) return { multipliers: along(money, "infeasibility") };
      return { mechanism: mechanism(constantMoney(missing)), multipliers: along(money) };
    }
    if (question.balance === "no-deficit") return { mechanism: mechanism(nothing), multipliers: free };
    const share = missing.negate().divide(Rational.of(environment.agentCount));
    return { mechanism: mechanism(nothing, share), multipliers: balanced };
  }
  const { ranges, worst } = deficits.short();
  if (worst === undefined) {
    return { mechanism: mechanism(nothing), multipliers: question.balance === "exact" ? balanced : free };
  }
  const alone = listed("budget", [{ profile: worst, weight: Rational.ONE }]);
  if (!allowsSubsidy(question)) return { multipliers: along(alone, "infeasibility") };
  const where: Prices = { kind: "ranges", on: "budget", weight: Rational.ONE, ranges };
  const isWorst = question.objective === "min-worst-subsidy";
  return { mechanism: mechanism({ kind: "missing" }), multipliers: along(isWorst ? alone : [where]) };
}

/** Of a deficit at every profile, over `unit`. */
function expectation({ environment }: Problem, deficit: Float64Array, unit: bigint): Rational {
  const space = Space.of(environment);
  const total = new IntegerSum();
  space.rows(({ first, from, to, lead, spread }) => {
    const sum = new IntegerSum();
    for (let b = from; b < to; b++) sum.add(times(spread[b], deficit[first + b]));
    total.add(times(lead, sum.value));
  });
  return Rational.of(total.value, space.whole * unit);
}

function shortage(deficit: Float64Array): ReturnType<Deficits["short"]> {
  const ranges = new Ranges();
  let worst: number | undefined;
  for (let s = 0; s < deficit.length; s++) {
    if (!(deficit[s] > 0)) continue;
    ranges.add(s);
    if (worst === undefined || deficit[s] > deficit[worst]) worst = s;
  }
  return { ranges: ranges.all, worst };
}

/** Profiles that come one after the other, as ranges. */
export class Ranges {
  readonly all: [from: number, to: number][] = [];

  add(profile: number): void {
    const last = this.all[this.all.length - 1];
    if (last && last[1] === profile) last[1]++;
    else this.all.push([profile, profile + 1]);
  }
}

function subtract(from: Float64Array, amounts: Float64Array): void {
  for (let s = 0; s < from.length; s++) from[s] -= amounts[s];
}

function cycleMultipliers({ environment }: Problem, agent: number, cycle: readonly number[]): Multipliers {
  const { profiles } = environment;
  const incentive = cycle.map((profile, k): Price => {
    const type = profiles.typeOf(profile, agent);
    const report = profiles.typeOf(cycle[(k + 1) % cycle.length], agent);
    return { agent, type, report, profile, weight: Rational.ONE };
  });
  return { purpose: "infeasibility", alike: false, prices: listed("incentive", incentive) };
}
