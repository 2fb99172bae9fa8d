import { expectations, expectedOutsideOptions, type SymmetricOutcomes } from "../environment/orbit-sums.js";
import { OrbitTable } from "../environment/orbit-table.js";
import {
  allClasses,
  efficientClasses,
  givenSymmetricRule,
  mixedRule,
  orderedRule,
  type SymmetricRule,
  symmetricOutcomes,
  uniformRule,
} from "../environment/symmetric-rule.js";
import { MutualInsurance } from "../mechanism/mutual-insurance.js";
import { Rational } from "../number/rational.js";
import { packIntegers, RationalVector } from "../number/rational-vector.js";
import type { Problem } from "../problem/problem.js";
import type { Solver } from "../solver/solver.js";
import { pricesOf, worthIn } from "./class-prices.js";
import { InterimValues } from "./interim-values.js";
import { OrbitChoices, type PricedRule, worthOf } from "./orbit-choices.js";
import type { Limits, Resolution } from "./resolution.js";
import { designPayments, type PaymentDesign } from "./rule-design.js";
import { type Mixture, type MixtureGoal, RuleMaster } from "./rule-master.js";
import { bestMixture } from "./rule-mixture.js";
import type { Size } from "./size.js";

type Found = Pick<Resolution, "mechanism" | "multipliers" | "shortfall" | "solver"> & {
  readonly size?: Size;
};

/** So many rules are tried by themselves, each made of the last one's multipliers, before mixtures are. */
const MOST_RULES_ALONE = 8;

/**
 * Exchangeable agents with private values where interim payments are all that matters (BN Prop. 2). A rule is summed over
 * orbits into what one agent may expect of it, and its best payments are shortest paths (theory, section 4). Where the rule is
 * left to the design, the multipliers of one rule's payments are prices, of which the best rule is read off orbit by orbit;
 * a rule that is best by its own multipliers is best. Where none is found so, mixtures of rules are searched.
 */
export async function resolveInterim(problem: Problem, solver: Solver, limits: Limits): Promise<Found> {
  const search = new InterimSearch(problem);
  const prescribed = prescribedRule(problem, search.table);
  if (!prescribed) return search.best(solver, limits);
  const outcomes = symmetricOutcomes(search.table, prescribed);
  return search.answer(prescribed, outcomes, search.design(outcomes));
}

/** The rule that the question settles; undefined where there may be a choice. */
function prescribedRule({ question, allowed }: Problem, table: OrbitTable): SymmetricRule | undefined {
  const { allocation, ties } = question;
  if (allocation === "given") return givenSymmetricRule((profile) => allowed.fixed(profile)!);
  if (allocation === "free" || ties === "optimise") return undefined;
  if (ties === "uniform") return uniformRule(efficientClasses(table));
  return orderedRule(efficientClasses(table), ties === "last");
}

class InterimSearch {
  readonly table: OrbitTable;
  private readonly outside: RationalVector;
  private readonly values: RationalVector;

  constructor(private readonly problem: Problem) {
    const { environment } = problem;
    this.table = OrbitTable.of(environment);
    this.outside = expectedOutsideOptions(this.table);
    this.values = new RationalVector(packIntegers(this.table.values.values), environment.moneyDenominator);
  }

  /** The best payments for a rule of which one agent expects these outcomes. */
  design({ chances, costs }: SymmetricOutcomes): PaymentDesign {
    const { environment } = this.problem;
    const own = InterimValues.ofClasses(this.table.values.count, chances, this.values, this.outside);
    const [marginal] = environment.prior.marginals;
    const cost = Rational.sum(costs.toRationals().map((one, type) => one.multiply(marginal.at(type))));
    const alike = environment.agents.map(() => own);
    return designPayments(this.problem, alike, cost);
  }

  answer(rule: SymmetricRule, { costs }: SymmetricOutcomes, { best, multipliers }: PaymentDesign): Found {
    const insured = this.problem.question.budget === "ex-post";
    const mechanism =
      best &&
      new MutualInsurance(this.table, rule, best.payments[0], insured ? costs : undefined, best.subsidy);
    return { mechanism, multipliers };
  }

  async best(solver: Solver, limits: Limits): Promise<Found> {
    const { problem, table } = this;
    const isFree = problem.question.allocation === "free";
    const choices = new OrbitChoices(table, isFree ? allClasses : efficientClasses(table));
    const rules: PricedRule[] = [];
    let covers = false;
    let next = choices.efficient();
    while (rules.length < MOST_RULES_ALONE && !rules.some((rule) => alike(rule, next))) {
      const rule = next;
      rules.push(rule);
      const outcomes = expectations(table, rule.totals);
      const design = this.design(outcomes);
      covers ||= design.surplus !== undefined && design.surplus.sign >= 0;
      const prices = pricesOf(table, design.multipliers, worthIn(problem, design.multipliers));
      next = choices.best(prices);
      if (worthOf(table, prices, next.totals) === worthOf(table, prices, rule.totals)) {
        return this.answer(rule.rule, outcomes, design);
      }
    }
    const goal = isFree && problem.question.objective === "max-gains" ? "gains" : "surplus";
    if (goal === "surplus" || !covers) {
      const found = await this.mixed(choices, rules, "surplus", solver, limits);
      if (goal === "surplus" || !found.mechanism) return found;
    }
    return this.mixed(choices, rules, goal, solver, limits);
  }

  /** The best mixture of rules that start with those given, to which it adds what it finds. */
  private async mixed(
    choices: OrbitChoices,
    rules: PricedRule[],
    goal: MixtureGoal,
    solver: Solver,
    limits: Limits,
  ): Promise<Found> {
    const master = new RuleMaster(this.problem, this.table, this.outside, goal, solver, limits);
    for (const rule of rules) master.add(rule);
    const { mixture, report } = await bestMixture(choices, master, limits);
    rules.push(...master.rules.slice(rules.length));
    const how = { solver: report, size: master.size };
    if (!mixture) return { ...how, shortfall: "the best mixture of rules was not found" };
    const { rule, outcomes } = this.mixture(master.rules, mixture);
    const design = this.design(outcomes);
    const found = this.answer(rule, outcomes, design);
    if (goal === "gains") return { ...found, multipliers: mixture.multipliers, ...how };
    if (design.trivial) return { ...found, ...how };
    // The mixture's own shortest paths are one of several, of which the mixture needs the right combination.
    const { incentive, participation } = mixture.multipliers;
    return { ...found, multipliers: { ...design.multipliers, incentive, participation }, ...how };
  }

  private mixture(rules: readonly PricedRule[], { weights }: Mixture) {
    const { table } = this;
    const parts = rules.flatMap(({ rule, totals }, k) =>
      weights[k].isZero ? [] : [{ weight: weights[k], rule, outcomes: expectations(table, totals) }],
    );
    const mean = (of: (outcomes: SymmetricOutcomes) => RationalVector) =>
      RationalVector.from(
        of(parts[0].outcomes)
          .toRationals()
          .map((_, k) =>
            Rational.sum(parts.map(({ weight, outcomes }) => weight.multiply(of(outcomes).at(k)))),
          ),
      );
    const outcomes = { chances: mean(({ chances }) => chances), costs: mean(({ costs }) => costs) };
    return { rule: mixedRule(parts), outcomes };
  }
}

function alike({ totals }: PricedRule, other: PricedRule): boolean {
  return (
    totals.chances.every((chance, k) => chance === other.totals.chances[k]) &&
    totals.costs.every((cost, type) => cost === other.totals.costs[type])
  );
}
