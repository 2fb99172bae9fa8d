import { LinearProgramBuilder, nonzeroCount } from "../../lp/linear-program.js";
import { Rational } from "../../number/rational.js";
import type { RationalVector } from "../../number/rational-vector.js";
import type { Solver } from "../../solver/solver.js";
import type { PaymentFlow } from "../payment-design.js";
import { GrowingProgram } from "../program/growing-program.js";
import type { Limits } from "../resolution.js";
import type { ExpectedRule, RuleDesigns } from "../rule-design.js";
import type { Size } from "../size.js";
import { type Misreport, neededMisreports } from "./needed-misreports.js";
import type { Prices } from "./virtual-values.js";

/** What mixtures of rules are to make the most of: payments beyond cost; or gains, with payments that cover the cost. */
export type MixtureGoal = "surplus" | "gains";

/** A rule with the row that it adds to the master. */
export interface RuleRow {
  readonly rule: ExpectedRule;
  readonly entries: readonly (readonly [column: number, coefficient: Rational])[];
  readonly least: Rational;
}

/** Prices of the requirements, and the mixture of rules that they are exactly the prices of. */
export interface Mixture {
  readonly weights: readonly Rational[];
  readonly prices: Prices;
}

/** Rules of which every type expects the same are the same to every agent. */
export function signature({ outcomes: [{ chances, costs }] }: ExpectedRule): string {
  return `${chances.toRationals().join()} ${costs.toRationals().join()}`;
}

/**
 * The mixtures of rules of exchangeable agents under Bayesian IC and interim IR, by their linear program's dual. With `V_j(b|a)`
 * what rule `j` is worth to a type, `C_j` its expected cost and `G_j` its gains, the program is
 *
 *     maximise   n sum_a p(a) T(a) - sum_j w_j C_j                    (surplus), or
 *     maximise   sum_j w_j G_j   with   n sum_a p(a) T(a) >= sum_j w_j C_j   (gains)
 *     subject to T(a) <= T(b) + sum_j w_j (V_j(a|a) - V_j(b|a)),  T(a) <= sum_j w_j V_j(a|a) - U(a),  sum_j w_j = 1,  w >= 0.
 *
 * Its dual has the prices of one agent's requirements as columns, and the bound, which is minimised. Every rule is a row: what the
 * prices make of it, its Lagrangian, is no more than the bound. So a rule that the prices make more of is a row that they violate.
 */
export class RuleMaster {
  readonly rules: ExpectedRule[] = [];
  readonly growing: GrowingProgram;
  private readonly known = new Set<string>();
  /** The first columns: IC of a type against a report. */
  private readonly incentives: readonly Misreport[];
  private readonly types: readonly number[];
  private readonly firstParticipation: number;
  /** The price of money; it is 1 where surplus is the goal. */
  private readonly price: number | undefined;
  private readonly bound: number;
  private readonly firstRule: number;

  constructor(
    private readonly designs: RuleDesigns,
    readonly goal: MixtureGoal,
    solver: Solver,
    limits: Limits,
  ) {
    const [group] = designs.space.groups;
    this.types = Array.from({ length: group.types }, (_, type) => type);
    this.incentives = [...neededMisreports(group)];
    const builder = new LinearProgramBuilder(designs.problem.environment.name);
    const atLeastZero = { lower: Rational.ZERO };
    for (const _ of this.incentives) builder.addColumn(Rational.ZERO, atLeastZero);
    this.firstParticipation = builder.columnCount;
    for (const _ of this.types) builder.addColumn(Rational.ZERO, atLeastZero);
    this.price = goal === "gains" ? builder.addColumn(Rational.ZERO, atLeastZero) : undefined;
    this.bound = builder.addColumn(Rational.ONE);
    this.addPayments(builder);
    this.firstRule = builder.rowCount;
    this.growing = new GrowingProgram(builder, solver, limits);
  }

  /** The coefficient of `T(a)` is what the objective and the budget make of it. */
  private addPayments(builder: LinearProgramBuilder): void {
    const [marginal] = this.designs.problem.environment.prior.marginals;
    for (const type of this.types) {
      const entries: [number, Rational][] = [[this.firstParticipation + type, Rational.ONE]];
      this.incentives.forEach((pair, k) => {
        if (pair.type === type) entries.push([k, Rational.ONE]);
        if (pair.report === type) entries.push([k, Rational.ONE.negate()]);
      });
      const p = marginal.at(type);
      if (this.price !== undefined) entries.push([this.price, p.negate()]);
      const sum = this.price === undefined ? p : Rational.ZERO;
      builder.addRow(entries, sum, sum);
    }
  }

  /** A rule's row: the bound is no less than its Lagrangian. */
  rowOf(rule: ExpectedRule): RuleRow {
    const { environment } = this.designs.problem;
    const [values] = rule.values;
    const [marginal] = environment.prior.marginals;
    const [worth, outside] = [values.at.bind(values), values.outside];
    const agents = BigInt(environment.agentCount);
    const together = (numerator: bigint) => Rational.of(agents * numerator, values.denominator);
    const entries: [number, Rational][] = [[this.bound, Rational.ONE]];
    this.incentives.forEach(({ type, report }, k) => {
      entries.push([k, together(worth(report, type) - worth(type, type))]);
    });
    for (const type of this.types) {
      const lost = together(outside.numeratorAt(type) - worth(type, type));
      entries.push([this.firstParticipation + type, lost]);
    }
    if (this.price === undefined) return { rule, entries, least: rule.cost.negate() };
    entries.push([this.price, rule.cost]);
    const gains = this.types.map((type) => together(worth(type, type)).multiply(marginal.at(type)));
    return { rule, entries, least: Rational.sum(gains).subtract(rule.cost) };
  }

  /** Whether a rule that brings the same is there. */
  has(rule: ExpectedRule): boolean {
    return this.known.has(signature(rule));
  }

  add({ rule, entries, least }: RuleRow): void {
    this.rules.push(rule);
    this.known.add(signature(rule));
    this.growing.addRow(entries, least);
  }

  /** By how much the bound exceeds a rule's Lagrangian, in floats. */
  slack({ entries, least }: RuleRow, primal: Float64Array): number {
    let slack = -least.toNumber();
    for (const [column, factor] of entries) slack += factor.toNumber() * primal[column];
    return slack;
  }

  /** The bound in a float solution. */
  boundIn(primal: Float64Array): number {
    return primal[this.bound];
  }

  get size(): Size {
    const { program } = this.growing;
    return { rows: program.rowCount, columns: program.columnCount, nonzeros: nonzeroCount(program) };
  }

  /** Fractions near the prices that a solver proposes. */
  proposedPrices(primal: Float64Array): Prices | undefined {
    if (!primal.every(Number.isFinite)) return undefined;
    return this.pricesFrom((column) => Rational.of(BigInt(Math.round(primal[column] * FINENESS)), UNIT));
  }

  /** What an exact solution of the program prices: every agent's requirements, and money. */
  prices(primal: RationalVector): Prices {
    return this.pricesFrom((column) => primal.at(column));
  }

  private pricesFrom(at: (column: number) => Rational): Prices {
    const flow: PaymentFlow = {
      incentive: this.incentives.map((pair, k) => ({ ...pair, weight: at(k) })).filter(isPositive),
      participation: this.types
        .map((type) => ({ type, weight: at(this.firstParticipation + type) }))
        .filter(isPositive),
    };
    if (this.price === undefined) return { flow, money: Rational.ONE, gains: Rational.ZERO };
    return { flow, money: at(this.price), gains: Rational.ONE };
  }

  /** The mixture that attains the bound. */
  weights(dual: RationalVector): Rational[] {
    return this.rules.map((_, k) => dual.at(this.firstRule + k));
  }
}

function isPositive({ weight }: { readonly weight: Rational }): boolean {
  return weight.sign > 0;
}

/** Prices in floats are rounded to multiples of one over this. */
const FINENESS = 2 ** 80;
const UNIT = BigInt(FINENESS);
