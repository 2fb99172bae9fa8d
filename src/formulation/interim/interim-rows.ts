import type { Price } from "../../certificate/multipliers.js";
import { gains } from "../../environment/efficiency.js";
import { LinearProgramBuilder } from "../../lp/linear-program.js";
import { interimExpectation } from "../../mechanism/interim.js";
import { Rational } from "../../number/rational.js";
import type { RationalVector } from "../../number/rational-vector.js";
import type { Problem } from "../../question/problem.js";
import type { Family, Place } from "../../question/requirement.js";
import { LinearExpression } from "../program/linear-expression.js";
import type { InterimColumns } from "./interim-columns.js";
import { InterimTerms } from "./interim-terms.js";

/** Which inequality a row of an interim program states, or what it defines. */
export type InterimMeaning =
  | { readonly kind: "requirement"; readonly on: Family; readonly place: Place }
  | { readonly kind: "payment definition"; readonly agent: number; readonly type: number }
  | { readonly kind: "definition" };

/** A true type and another one that it might report. */
export type Misreport = readonly [type: number, report: number];

/**
 * The rows that interim programs share. Requirements are written `slack >= 0`, as in the proof's multipliers, so that an IC
 * row's dual is the multiplier of the direct linear program: the lifted columns are free, so eliminating them by their
 * definitions gives back the direct rows and leaves these duals as they are.
 */
export class InterimRows {
  readonly meanings: InterimMeaning[] = [];
  readonly terms: InterimTerms;
  readonly builder: LinearProgramBuilder;

  constructor(
    readonly problem: Problem,
    readonly columns: InterimColumns,
  ) {
    this.terms = new InterimTerms(problem, columns);
    this.builder = new LinearProgramBuilder(problem.environment.name);
  }

  /** Adds all columns so far asked for, with the costs that `objective` gives them. Minimised. */
  addColumns(objective: LinearExpression, isFree: (column: number) => boolean): void {
    const cost = new Array<Rational>(this.columns.count).fill(Rational.ZERO);
    for (const [column, coefficient] of objective.terms) cost[column] = cost[column].add(coefficient);
    const nonnegative = new Uint8Array(this.columns.count);
    for (const { outcomes, firstColumn } of this.columns.free.values()) {
      nonnegative.fill(1, firstColumn, firstColumn + outcomes.length);
    }
    cost.forEach((coefficient, column) => {
      const bounded = nonnegative[column] === 1 || !isFree(column);
      this.builder.addColumn(coefficient, bounded ? { lower: Rational.ZERO } : {});
    });
    this.builder.offset = objective.constant;
  }

  /** Of a requirement. */
  require(on: Family, place: Place, expression: LinearExpression, exact = false): void {
    this.add({ kind: "requirement", on, place }, expression, exact);
  }

  /** `expression >= 0`, or `= 0`. */
  add(meaning: InterimMeaning, expression: LinearExpression, exact = false): void {
    const { bound } = expression;
    this.meanings.push(meaning);
    this.builder.addRow(expression.terms, bound, exact ? bound : undefined);
  }

  addDefinitions(): void {
    for (const { outcomes, firstColumn } of this.columns.free.values()) {
      const total = new LinearExpression().addConstant(Rational.ONE.negate());
      outcomes.forEach((_, k) => {
        total.addTerm(firstColumn + k, Rational.ONE);
      });
      this.add({ kind: "definition" }, total, true);
    }
    for (const definition of this.terms.definitions()) this.add({ kind: "definition" }, definition, true);
  }

  /** Bayesian IC of the agent's type against a report. */
  addIncentive(agent: number, [type, report]: Misreport): void {
    this.require("incentive", { agent, type, report }, this.incentive(agent, type, report));
  }

  incentive(agent: number, type: number, report: number): LinearExpression {
    const expression = new LinearExpression();
    this.terms.addUtility(expression, agent, type, type, Rational.ONE);
    this.terms.addUtility(expression, agent, type, report, Rational.ONE.negate());
    return expression;
  }

  /** Interim IR of every type, or ex ante IR. */
  addInterimParticipation(agent: number, exAnte: boolean): void {
    const marginal = this.problem.environment.prior.marginals[agent];
    const together = new LinearExpression();
    for (let type = 0; type < marginal.length; type++) {
      if (exAnte) this.addGain(together, agent, type, marginal.at(type));
      else this.require("participation", { agent, type }, this.gain(agent, type));
    }
    if (exAnte) this.require("participation", { agent }, together);
  }

  /** What a type gains beyond its outside option in expectation. */
  gain(agent: number, type: number): LinearExpression {
    const expression = new LinearExpression();
    this.addGain(expression, agent, type, Rational.ONE);
    return expression;
  }

  private addGain(expression: LinearExpression, agent: number, type: number, factor: Rational): void {
    const { environment } = this.problem;
    this.terms.addUtility(expression, agent, type, type, factor);
    const outside = interimExpectation(environment, agent, type, (s) => environment.outsideOption(agent, s));
    expression.addConstant(outside.multiply(factor).negate());
  }

  /** `E r - sum_i E T_i`, minus the expected surplus. */
  expectedDeficit(): LinearExpression {
    const { environment } = this.problem;
    const { profiles, prior } = environment;
    const expression = new LinearExpression();
    for (let s = 0; s < profiles.count; s++) {
      this.terms.addLottery(expression, s, prior.probability(s), (x) => environment.cost(x, s));
    }
    prior.marginals.forEach((marginal, agent) => {
      for (let type = 0; type < marginal.length; type++) {
        expression.addTerm(this.columns.payment(agent, type), marginal.at(type).negate());
      }
    });
    return expression;
  }

  /** Minus the expected gains. */
  expectedLosses(): LinearExpression {
    const { environment } = this.problem;
    const expression = new LinearExpression();
    for (let s = 0; s < environment.profiles.count; s++) {
      this.terms.addLottery(expression, s, environment.prior.probability(s).negate(), (x) =>
        gains(environment, x, s),
      );
    }
    return expression;
  }

  build() {
    const { environment } = this.problem;
    return this.builder.build({
      row: (row) => {
        const meaning = this.meanings[row];
        if (meaning.kind !== "requirement") return `${meaning.kind} ${row}`;
        const requirement = this.problem.requirements.find(({ family }) => family === meaning.on)!;
        return requirement.label(environment, meaning.place);
      },
    });
  }
}

/** The prices that row duals are. */
export function rowPrices(
  meanings: readonly InterimMeaning[],
  dual: RationalVector,
): [on: Family, price: Price][] {
  return meanings.flatMap((meaning, row): [Family, Price][] => {
    return meaning.kind === "requirement" ? [[meaning.on, { ...meaning.place, weight: dual.at(row) }]] : [];
  });
}

/** All pairs of a type and another report. */
export function* allMisreports(typeCount: number): Iterable<Misreport> {
  for (let type = 0; type < typeCount; type++) {
    for (let report = 0; report < typeCount; report++) if (report !== type) yield [type, report];
  }
}
