import {
  expectations,
  expectedOutsideOptions,
  type OrbitTotals,
  type SymmetricOutcomes,
} from "../../engine/orbits/orbit-sums.js";
import { OrbitTable } from "../../engine/orbits/orbit-table.js";
import { mixedRule, type SymmetricRule } from "../../engine/orbits/symmetric-rule.js";
import { type Frame, insuredAlike, interimPaidAlike, steadyGainsAlike } from "../../mechanism/forms.js";
import type { StructuredMechanism } from "../../mechanism/structured-mechanism.js";
import { Rational } from "../../number/rational.js";
import { packIntegers, RationalVector } from "../../number/rational-vector.js";
import { inExpectation } from "../../question/in-expectation.js";
import type { Problem } from "../../question/problem.js";
import { InterimValues } from "../interim-values.js";
import { designPayments, type PaymentDesign, type PaymentFlow } from "../rule-design.js";
import { keptByType, pricesOf, worthOf } from "./class-prices.js";
import type { SummedRule } from "./orbit-choices.js";

/** A rule with its best payments. */
export interface SymmetricDesign extends PaymentDesign {
  readonly rule: SymmetricRule;
  readonly outcomes: SymmetricOutcomes;
  readonly values: InterimValues;
}

const NO_FLOW: PaymentFlow = { incentive: [], participation: [] };

/** What rules of exchangeable agents are worth where interim payments are all that matters. */
export class SymmetricDesigns {
  /** With participation in expectation where it asks no more at every profile. */
  readonly problem: Problem;
  readonly table: OrbitTable;
  /** `U(a)`, by type. */
  readonly outside: RationalVector;
  private readonly values: RationalVector;

  constructor(private readonly asked: Problem) {
    const { environment } = asked;
    this.problem = inExpectation(asked);
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
    return { rule, outcomes, values: own, ...designPayments(problem, alike, this.mean(costs), true) };
  }

  designOf({ rule, totals }: SummedRule): SymmetricDesign {
    return this.design(rule, expectations(this.table, totals));
  }

  designOfMixture(parts: readonly { readonly weight: Rational; readonly of: SummedRule }[]): SymmetricDesign {
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
  mechanism({ rule, outcomes, values, best }: SymmetricDesign): StructuredMechanism | undefined {
    if (!best) return undefined;
    const { environment, question, givenRule: given } = this.asked;
    const [payments] = best.payments;
    const frame: Frame = { environment, given, rule: rule.rule, subsidy: best.subsidy };
    if (this.asked !== this.problem) return steadyGainsAlike(frame, values.gainsBeyond(payments));
    return question.budget === "ex-post"
      ? insuredAlike(frame, payments, outcomes.costs)
      : interimPaidAlike(frame, payments);
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
