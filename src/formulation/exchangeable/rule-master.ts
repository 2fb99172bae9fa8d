import type { OrbitPrices } from "../../engine/orbits/orbit-prices.js";
import type { OrbitTable } from "../../engine/orbits/orbit-table.js";
import { LinearProgramBuilder, nonzeroCount } from "../../lp/linear-program.js";
import { Rational } from "../../number/rational.js";
import type { RationalVector } from "../../number/rational-vector.js";
import type { Problem } from "../../question/problem.js";
import type { Solver } from "../../solver/solver.js";
import { GrowingProgram } from "../program/growing-program.js";
import type { Limits } from "../resolution.js";
import type { PaymentFlow } from "../rule-design.js";
import type { Size } from "../size.js";
import { neededMisreports } from "./needed-misreports.js";
import { type SummedRule, signature } from "./orbit-choices.js";
import type { SymmetricDesigns } from "./symmetric-designs.js";

/** What mixtures of rules are to make the most of: payments beyond cost; or gains, with payments that cover the cost. */
export type MixtureGoal = "surplus" | "gains";

/** A rule with the row that it adds to the master. */
export interface RuleRow {
  readonly rule: SummedRule;
  readonly entries: readonly (readonly [column: number, coefficient: Rational])[];
  readonly least: Rational;
}

/** Prices of the requirements, and the mixture of rules that they are exactly the prices of. */
export interface Mixture {
  readonly weights: readonly Rational[];
  readonly flow: PaymentFlow;
  /** The price of money. */
  readonly money: Rational;
}

/**
 * The mixtures of rules of exchangeable agents under Bayesian IC and interim IR, by their linear program's dual. With `V_j(b|a)`
 * what rule `j` is worth to a type, `C_j` its expected cost and `G_j` its gains, the program is
 *
 *     maximise   n sum_a p(a) T(a) - sum_j w_j C_j                    (surplus), or
 *     maximise   sum_j w_j G_j   with   n sum_a p(a) T(a) >= sum_j w_j C_j   (gains)
 *     subject to T(a) <= T(b) + sum_j w_j (V_j(a|a) - V_j(b|a)),  T(a) <= sum_j w_j V_j(a|a) - U(a),  sum_j w_j = 1,  w >= 0.
 *
 * Its dual has the prices of one agent's requirements as columns and a row for each rule: what the prices make of the rule,
 * its Lagrangian, is no less than the bound. So a rule that the prices make more of is a row that they violate.
 */
export class RuleMaster {
  readonly rules: SummedRule[] = [];
  readonly growing: GrowingProgram;
  private readonly known = new Set<string>();
  private readonly problem: Problem;
  private readonly table: OrbitTable;
  /** The first columns: IC of a type against a report. */
  private readonly incentives: readonly { readonly type: number; readonly report: number }[];
  private readonly firstParticipation: number;
  /** Of what the prices make of a class of values that a report brings. */
  private readonly firstClassPrice: number;
  /** The price of money; it is 1 where surplus is the goal. */
  private readonly price: number | undefined;
  private readonly bound: number;
  private readonly firstRule: number;
  /** Value classes but the base, whose probability is what the others leave. */
  private readonly kinds: readonly number[];
  /** `v(k|a)` beyond what the base class is worth, and outside options beyond the same. */
  private readonly value: readonly Rational[];
  private readonly outside: readonly Rational[];

  constructor(
    { problem, table, outside }: SymmetricDesigns,
    readonly goal: MixtureGoal,
    solver: Solver,
    limits: Limits,
  ) {
    const { environment } = problem;
    const { values, mass } = table;
    this.problem = problem;
    this.table = table;
    const money = environment.moneyDenominator;
    this.kinds = Array.from({ length: values.count }, (_, k) => k).filter((k) => k !== values.base);
    this.value = values.beyondBase.map((value) => Rational.of(value, money));
    this.outside = mass.map((_, type) =>
      outside.at(type).subtract(Rational.of(values.values[type * values.count + values.base], money)),
    );
    this.incentives = [...neededMisreports(table)];
    const builder = new LinearProgramBuilder(environment.name);
    const atLeastZero = { lower: Rational.ZERO };
    for (const _ of this.incentives) builder.addColumn(Rational.ZERO, atLeastZero);
    this.firstParticipation = builder.columnCount;
    for (const _ of mass) builder.addColumn(Rational.ZERO, atLeastZero);
    this.firstClassPrice = builder.columnCount;
    for (let k = 0; k < mass.length * this.kinds.length; k++) builder.addColumn();
    this.price = goal === "gains" ? builder.addColumn(Rational.ZERO, atLeastZero) : undefined;
    this.bound = builder.addColumn(Rational.ONE.negate());
    this.addPayments(builder);
    this.addClassPrices(builder);
    this.firstRule = builder.rowCount;
    this.growing = new GrowingProgram(builder, solver, limits);
  }

  private classPrice(type: number, kind: number): number {
    return this.firstClassPrice + type * this.kinds.length + kind;
  }

  /** The coefficient of `T(a)` is what the objective and the budget make of it. */
  private addPayments(builder: LinearProgramBuilder): void {
    const [marginal] = this.problem.environment.prior.marginals;
    for (let type = 0; type < marginal.length; type++) {
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

  /** What the prices make of a class of values that a report brings: `out(a) v(k|a) - sum_c in(c -> a) v(k|c)`. */
  private addClassPrices(builder: LinearProgramBuilder): void {
    const width = this.table.values.count;
    this.table.mass.forEach((_, type) => {
      this.kinds.forEach((kind, place) => {
        const own = this.value[type * width + kind].negate();
        const entries: [number, Rational][] = [
          [this.classPrice(type, place), Rational.ONE],
          [this.firstParticipation + type, own],
        ];
        this.incentives.forEach((pair, k) => {
          if (pair.type === type) entries.push([k, own]);
          if (pair.report === type) entries.push([k, this.value[pair.type * width + kind]]);
        });
        builder.addRow(entries, Rational.ZERO, Rational.ZERO);
      });
    });
  }

  /** A rule's row: its Lagrangian is no less than the bound. */
  rowOf(rule: SummedRule): RuleRow {
    const { table, problem } = this;
    const { environment } = problem;
    const { mass, massDenominator, values } = table;
    const n = BigInt(environment.agentCount);
    const { chances, costs, denominator } = rule.totals;
    const others = massDenominator ** (n - 1n) * denominator;
    const agents = Rational.of(n);
    const entries: [number, Rational][] = [[this.bound, Rational.ONE.negate()]];
    let gains = Rational.ZERO;
    mass.forEach((own, type) => {
      this.kinds.forEach((kind, place) => {
        // All agents' probability of the class.
        const chance = Rational.of(chances[type * values.count + kind], others * (own === 0n ? 1n : own));
        entries.push([this.classPrice(type, place), chance.negate()]);
        const expected = chance.multiply(environment.prior.marginals[0].at(type));
        gains = gains.add(expected.multiply(this.value[type * values.count + kind]));
      });
      entries.push([this.firstParticipation + type, this.outside[type].multiply(agents)]);
    });
    const spent = costs.reduce((sum, cost, type) => (mass[type] === 0n ? sum : sum + cost), 0n);
    const cost = Rational.of(spent, n * others * massDenominator * environment.moneyDenominator);
    if (this.price !== undefined) entries.push([this.price, cost]);
    const least = this.price === undefined ? cost.negate() : gains.subtract(cost);
    return { rule, entries, least };
  }

  /** Whether a rule that brings the same is there. */
  has(rule: SummedRule): boolean {
    return this.known.has(signature(rule));
  }

  add({ rule, entries, least }: RuleRow): void {
    this.rules.push(rule);
    this.known.add(signature(rule));
    this.growing.addRow(entries, least);
  }

  /** By how much a rule's Lagrangian exceeds the bound, in floats. */
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

  /** Whole prices that are near those that a solver proposes. */
  proposedPrices(primal: Float64Array): OrbitPrices | undefined {
    const { mass, massDenominator, values } = this.table;
    const p = mass.map((own) =>
      own === 0n ? 1 / Number(massDenominator) : Number(own) / Number(massDenominator),
    );
    const gained = this.goal === "gains" ? 1 : 0;
    const perClass = new Array<number>(mass.length * values.count).fill(0);
    mass.forEach((own, type) => {
      this.kinds.forEach((kind, place) => {
        const k = type * values.count + kind;
        perClass[k] = primal[this.classPrice(type, place)] / p[type];
        if (own !== 0n) perClass[k] += gained * this.value[k].toNumber();
      });
    });
    const money = this.price === undefined ? 1 : primal[this.price] + gained;
    const perCost = money / Number(this.problem.environment.moneyDenominator);
    const most = Math.max(perCost, ...perClass.map(Math.abs));
    if (!(most > 0 && most < Number.POSITIVE_INFINITY)) return undefined;
    const whole = (price: number) => BigInt(Math.round((price / most) * FINENESS));
    return { perClass: perClass.map(whole), perCost: whole(perCost) };
  }

  /** What an exact solution of the program prices: every agent's requirements, and money. */
  prices(primal: RationalVector): Pick<Mixture, "flow" | "money"> {
    const positive = (column: number) => primal.numeratorAt(column) > 0n;
    const incentive = this.incentives.flatMap((pair, k) =>
      positive(k) ? [{ ...pair, weight: primal.at(k) }] : [],
    );
    const participation = this.table.mass.flatMap((_, type) => {
      const column = this.firstParticipation + type;
      return positive(column) ? [{ type, weight: primal.at(column) }] : [];
    });
    const money = this.price === undefined ? Rational.ONE : primal.at(this.price);
    return { flow: { incentive, participation }, money };
  }

  /** What a unit of gains is worth in the objective. */
  get gains(): Rational {
    return this.goal === "gains" ? Rational.ONE : Rational.ZERO;
  }

  /** The mixture that attains the bound. */
  weights(dual: RationalVector): Rational[] {
    return this.rules.map((_, k) => dual.at(this.firstRule + k));
  }
}

/** Prices in floats are rounded to multiples of their largest over this. */
const FINENESS = 2 ** 70;
