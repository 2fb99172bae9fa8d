import { LinearProgramBuilder, nonzeroCount } from "../../lp/linear-program.js";
import { Rational } from "../../number/rational.js";
import type { RationalVector } from "../../number/rational-vector.js";
import type { Solver } from "../../solver/solver.js";
import { type Misreport, neededMisreports } from "../../space/one-dimension.js";
import type { Group } from "../../space/space.js";
import type { PaymentFlow } from "../payment-design.js";
import { GrowingProgram } from "../program/growing-program.js";
import type { Limits } from "../resolution.js";
import type { ExpectedRule, RuleDesigns } from "../rule-design.js";
import type { Size } from "../size.js";
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
export function signature({ outcomes }: ExpectedRule): string {
  return outcomes
    .map(({ chances, costs }) => `${chances.toRationals().join()} ${costs.toRationals().join()}`)
    .join(" ");
}

/** Where the prices on an agent's requirements stand among the columns; of alike agents, any one's. */
interface OwnColumns {
  readonly group: Group;
  /** IC of a type against a report, from the first column on. */
  readonly incentives: readonly Misreport[];
  readonly firstIncentive: number;
  /** IR by type. */
  readonly firstParticipation: number;
}

/**
 * The mixtures of rules under Bayesian IC, or none, and interim IR, by their linear program's dual. With `V_ij(b|a)` what rule
 * `j` is worth to a type of agent `i`, `C_j` its expected cost and `G_j` its gains, the program is
 *
 *     maximise   sum_i sum_a p_i(a) T_i(a) - sum_j w_j C_j                    (surplus), or
 *     maximise   sum_j w_j G_j   with   sum_i sum_a p_i(a) T_i(a) >= sum_j w_j C_j   (gains)
 *     subject to T_i(a) <= T_i(b) + sum_j w_j (V_ij(a|a) - V_ij(b|a)),  T_i(a) <= sum_j w_j V_ij(a|a) - U_i(a),  sum_j w_j = 1,  w >= 0.
 *
 * Agents who are alike have one `T`. Its dual has the prices of each agent's requirements as columns, and the bound, which is
 * minimised. Every rule is a row: what the prices make of it, its Lagrangian, is no more than the bound. So a rule that the
 * prices make more of is a row that they violate.
 */
export class RuleMaster {
  readonly rules: ExpectedRule[] = [];
  readonly growing: GrowingProgram;
  private readonly known = new Set<string>();
  private readonly own: readonly OwnColumns[];
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
    const { environment, question } = designs.problem;
    const builder = new LinearProgramBuilder(environment.name);
    const addPrices = (count: number) => {
      const first = builder.columnCount;
      for (let k = 0; k < count; k++) builder.addColumn(Rational.ZERO, { lower: Rational.ZERO });
      return first;
    };
    this.own = designs.space.groups.map((group) => {
      const incentives = question.ic === "none" ? [] : [...neededMisreports(group)];
      const firstIncentive = addPrices(incentives.length);
      return { group, incentives, firstIncentive, firstParticipation: addPrices(group.types) };
    });
    this.price = goal === "gains" ? addPrices(1) : undefined;
    this.bound = builder.addColumn(Rational.ONE);
    for (const columns of this.own) this.addPayments(builder, columns);
    this.firstRule = builder.rowCount;
    this.growing = new GrowingProgram(builder, solver, limits);
  }

  /** The coefficient of `T(a)` is what the objective and the budget make of it. */
  private addPayments(builder: LinearProgramBuilder, columns: OwnColumns): void {
    const { group, incentives, firstIncentive, firstParticipation } = columns;
    const entries = Array.from({ length: group.types }, (_, type): [number, Rational][] => [
      [firstParticipation + type, Rational.ONE],
    ]);
    incentives.forEach(({ type, report }, k) => {
      entries[type].push([firstIncentive + k, Rational.ONE]);
      entries[report].push([firstIncentive + k, Rational.ONE.negate()]);
    });
    const marginal = this.designs.problem.environment.prior.marginals[group.first];
    entries.forEach((own, type) => {
      const p = marginal.at(type);
      if (this.price !== undefined) own.push([this.price, p.negate()]);
      const sum = this.price === undefined ? p : Rational.ZERO;
      builder.addRow(own, sum, sum);
    });
  }

  /** A rule's row: the bound is no less than its Lagrangian. */
  rowOf(rule: ExpectedRule): RuleRow {
    const { marginals } = this.designs.problem.environment.prior;
    const entries: [number, Rational][] = [[this.bound, Rational.ONE]];
    const gains: Rational[] = [];
    this.own.forEach(({ group, incentives, firstIncentive, firstParticipation }, g) => {
      const values = rule.values[g];
      const agents = BigInt(group.agents);
      const together = (numerator: bigint) => Rational.of(agents * numerator, values.denominator);
      const truthful = Array.from({ length: group.types }, (_, type) => values.at(type, type));
      incentives.forEach(({ type, report }, k) => {
        entries.push([firstIncentive + k, together(values.at(report, type) - truthful[type])]);
      });
      truthful.forEach((worth, type) => {
        entries.push([firstParticipation + type, together(values.outside.numeratorAt(type) - worth)]);
        gains.push(together(worth).multiply(marginals[group.first].at(type)));
      });
    });
    if (this.price === undefined) return { rule, entries, least: rule.cost.negate() };
    entries.push([this.price, rule.cost]);
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
    const { alike } = this.designs.space;
    const flow: PaymentFlow = {
      incentive: this.own.flatMap(({ group, incentives, firstIncentive }) => {
        const agent = alike ? undefined : group.first;
        return incentives
          .map((pair, k) => ({ agent, ...pair, weight: at(firstIncentive + k) }))
          .filter(isPositive);
      }),
      participation: this.own.flatMap(({ group, firstParticipation }) => {
        const agent = alike ? undefined : group.first;
        const prices = Array.from({ length: group.types }, (_, type) => {
          return { agent, type, weight: at(firstParticipation + type) };
        });
        return prices.filter(isPositive);
      }),
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
