import {
  expectations,
  expectedOutsideOptions,
  type OrbitTotals,
  type SymmetricOutcomes,
} from "../../environment/orbits/orbit-sums.js";
import { OrbitTable } from "../../environment/orbits/orbit-table.js";
import { mixedRule, type SymmetricRule } from "../../environment/orbits/symmetric-rule.js";
import { MutualInsurance } from "../../mechanism/mutual-insurance.js";
import { Rational } from "../../number/rational.js";
import { packIntegers, RationalVector } from "../../number/rational-vector.js";
import type { Problem } from "../../problem/problem.js";
import { InterimValues } from "../interim-values.js";
import { designPayments, type PaymentDesign, type PaymentFlow } from "../rule-design.js";
import { keptByType, pricesOf, worthOf } from "./class-prices.js";
import type { PricedRule } from "./orbit-choices.js";

/** A rule with its best payments. */
export interface SymmetricDesign extends PaymentDesign {
  readonly rule: SymmetricRule;
  readonly outcomes: SymmetricOutcomes;
}

const NO_FLOW: PaymentFlow = { incentive: [], participation: [] };

/** What rules of exchangeable agents are worth where interim payments are all that matters. */
export class SymmetricDesigns {
  readonly table: OrbitTable;
  /** `U(a)`, by type. */
  readonly outside: RationalVector;
  private readonly values: RationalVector;

  constructor(readonly problem: Problem) {
    const { environment } = problem;
    this.table = OrbitTable.of(environment);
    this.outside = expectedOutsideOptions(this.table);
    this.values = new RationalVector(packIntegers(this.table.values.values), environment.moneyDenominator);
  }

  /** The best payments for a rule of which one agent expects these outcomes. */
  design(rule: SymmetricRule, outcomes: SymmetricOutcomes): SymmetricDesign {
    const { problem, table } = this;
    const { environment } = problem;
    const { chances, costs } = outcomes;
    const own = InterimValues.ofClasses(table.values.count, chances, this.values, this.outside);
    const alike = environment.agents.map(() => own);
    return { rule, outcomes, ...designPayments(problem, alike, this.mean(costs)) };
  }

  designOf({ rule, totals }: PricedRule): SymmetricDesign {
    return this.design(rule, expectations(this.table, totals));
  }

  designOfMixture(parts: readonly { readonly weight: Rational; readonly of: PricedRule }[]): SymmetricDesign {
    const positive = parts.filter(({ weight }) => !weight.isZero);
    const rule = mixedRule(positive.map(({ weight, of }) => ({ weight, rule: of.rule })));
    const expected = positive.map(({ weight, of }) => ({ weight, ...expectations(this.table, of.totals) }));
    const mixed = (of: (outcomes: SymmetricOutcomes) => RationalVector) => {
      const entries = Array.from({ length: of(expected[0]).length }, (_, k) =>
        Rational.sum(expected.map((outcomes) => outcomes.weight.multiply(of(outcomes).at(k)))),
      );
      return RationalVector.from(entries);
    };
    return this.design(rule, {
      chances: mixed(({ chances }) => chances),
      costs: mixed(({ costs }) => costs),
    });
  }

  /** Of a design with payments. */
  mechanism({ rule, outcomes, best }: SymmetricDesign): MutualInsurance | undefined {
    if (!best) return undefined;
    const insured = this.problem.question.budget === "ex-post";
    const costs = insured ? outcomes.costs : undefined;
    return new MutualInsurance(this.table, rule, best.payments[0], costs, best.subsidy);
  }

  /** An upper bound of payments beyond cost, for a rule; the bound is attained where the flow runs along its binding arcs. */
  surplusBound(flow: PaymentFlow, totals: OrbitTotals): Rational {
    const { table } = this;
    const worth = worthOf(table, pricesOf(table, flow, Rational.ONE, Rational.ZERO), totals);
    const kept = keptByType(table, flow).map((weight, type) => weight.multiply(this.beyondOutside(type)));
    return worth.add(Rational.sum(kept).multiply(Rational.of(table.environment.agentCount)));
  }

  /** A rule's expected gains, up to a constant. */
  gains(totals: OrbitTotals): Rational {
    const { table } = this;
    return worthOf(table, pricesOf(table, NO_FLOW, Rational.ZERO, Rational.ONE), totals);
  }

  /** By how much the base class is worth more to a type than its outside option. */
  private beyondOutside(type: number): Rational {
    const { count, base } = this.table.values;
    return this.values.at(type * count + base).subtract(this.outside.at(type));
  }

  private mean(of: RationalVector): Rational {
    const [marginal] = this.problem.environment.prior.marginals;
    return Rational.sum(of.toRationals().map((one, type) => one.multiply(marginal.at(type))));
  }
}
