import { gains } from "../../environment/efficiency.js";
import { type LinearProgram, LinearProgramBuilder } from "../../lp/linear-program.js";
import { Rational } from "../../number/rational.js";
import { type Look, looks, places } from "../../question/linear-form.js";
import type { Problem } from "../../question/problem.js";
import type { Place, Requirement } from "../../question/requirement.js";
import { LinearExpression } from "../program/linear-expression.js";
import type { DirectColumns } from "./direct-columns.js";

/** Which requirement a row states. */
export type RowMeaning =
  | { readonly kind: "requirement"; readonly requirement: Requirement; readonly place: Place }
  | { readonly kind: "probability"; readonly profile: number }
  | { readonly kind: "worst subsidy"; readonly profile: number };

/**
 * The rows of the direct linear program. Every requirement is written `slack >= 0`, with the slack of the proof's
 * multipliers, so that a row's dual is its multiplier as it stands.
 */
export class DirectRows {
  readonly meanings: RowMeaning[] = [];
  private readonly builder: LinearProgramBuilder;

  constructor(
    private readonly problem: Problem,
    private readonly columns: DirectColumns,
  ) {
    this.builder = new LinearProgramBuilder(problem.environment.name);
    this.addColumns();
    this.addProbabilityRows();
    for (const requirement of problem.requirements) {
      // That outside money is not negative is a bound of its columns.
      if (requirement.family !== "outside money") this.addRequirement(requirement);
    }
    if (columns.worstSubsidy !== undefined) this.addWorstSubsidy(columns.worstSubsidy);
  }

  build(): LinearProgram {
    return this.builder.build({
      column: (column) => this.columns.name(column),
      row: (row) => this.rowName(this.meanings[row]),
    });
  }

  private addColumns(): void {
    const { environment } = this.problem;
    const { columns, builder } = this;
    const objective = this.objective();
    const cost = new Array<Rational>(columns.count).fill(Rational.ZERO);
    for (const [column, coefficient] of objective.terms) cost[column] = cost[column].add(coefficient);
    builder.offset = objective.constant;
    const payments = environment.agentCount * environment.profiles.count;
    for (let column = 0; column < columns.count; column++) {
      builder.addColumn(cost[column], column < payments ? {} : { lower: Rational.ZERO });
    }
  }

  /** What is minimised: a maximised objective appears with its sign turned. */
  private objective(): LinearExpression {
    const { environment, question } = this.problem;
    const { columns } = this;
    const expression = new LinearExpression();
    const { objective } = question;
    if (columns.worstSubsidy !== undefined) return expression.addTerm(columns.worstSubsidy, Rational.ONE);
    if (columns.subsidyCount === 1) return expression.addTerm(columns.subsidy(0), Rational.ONE);
    for (let s = 0; s < environment.profiles.count; s++) {
      const probability = environment.prior.probability(s);
      if (objective === "min-subsidy" && columns.subsidyCount > 0) {
        expression.addTerm(columns.subsidy(s), probability);
      } else if (objective === "max-gains") {
        this.addLottery(expression, s, probability.negate(), (x) => gains(environment, x, s));
      } else if (objective === "max-surplus") {
        this.addLottery(expression, s, probability, (x) => environment.cost(x, s));
        for (let i = 0; i < environment.agentCount; i++) {
          expression.addTerm(columns.payment(i, s), probability.negate());
        }
      }
    }
    return expression;
  }

  /** Adds `factor * sum_x phi(x | profile) of(x)`. */
  private addLottery(
    expression: LinearExpression,
    profile: number,
    factor: Rational,
    of: (outcome: number) => Rational,
  ): void {
    const fixed = this.columns.fixed[profile];
    if (fixed) {
      for (const { outcome, probability } of fixed) {
        expression.addConstant(factor.multiply(probability).multiply(of(outcome)));
      }
      return;
    }
    this.columns.outcomes[profile].forEach((outcome, k) => {
      expression.addTerm(this.columns.probability(profile, k), factor.multiply(of(outcome)));
    });
  }

  private addSlack(meaning: RowMeaning, expression: LinearExpression, exact = false): void {
    const { bound } = expression;
    this.meanings.push(meaning);
    this.builder.addRow(expression.terms, bound, exact ? bound : undefined);
  }

  private addProbabilityRows(): void {
    this.columns.outcomes.forEach((outcomes, profile) => {
      if (this.columns.fixed[profile]) return;
      this.meanings.push({ kind: "probability", profile });
      this.builder.addRow(
        outcomes.map((_, k) => [this.columns.probability(profile, k), Rational.ONE] as const),
        Rational.ONE,
        Rational.ONE,
      );
    });
  }

  /** A row for each inequality of a requirement. */
  private addRequirement(requirement: Requirement): void {
    const { environment } = this.problem;
    for (const place of places(environment, requirement)) {
      const expression = new LinearExpression().addConstant(requirement.margin);
      for (const look of looks(environment, requirement, place))
        this.addTerms(expression, requirement, place, look);
      this.addSlack({ kind: "requirement", requirement, place }, expression, requirement.exact);
    }
  }

  private addTerms(
    expression: LinearExpression,
    { of, terms }: Requirement,
    { agent }: Place,
    { factor, reported, truth }: Look,
  ): void {
    const { problem, columns } = this;
    const { environment } = problem;
    const times = (coefficient: number) => factor.multiply(Rational.of(coefficient));
    const { value = 0, payment = 0, outside = 0, cost = 0, subsidy = 0 } = terms;
    const payers = of === "designer" ? environment.agents.keys() : [agent!];
    if (value !== 0)
      this.addLottery(expression, reported, times(value), (x) => environment.value(agent!, x, truth));
    if (outside !== 0)
      expression.addConstant(times(outside).multiply(environment.outsideOption(agent!, truth)));
    if (cost !== 0) this.addLottery(expression, reported, times(cost), (x) => environment.cost(x, truth));
    if (payment !== 0)
      for (const i of payers) expression.addTerm(columns.payment(i, reported), times(payment));
    if (subsidy !== 0 && columns.subsidyCount > 0)
      expression.addTerm(columns.subsidy(reported), times(subsidy));
  }

  /** The largest subsidy is none smaller than any. */
  private addWorstSubsidy(worst: number): void {
    for (let profile = 0; profile < this.problem.environment.profiles.count; profile++) {
      const room = new LinearExpression().addTerm(worst, Rational.ONE);
      room.addTerm(this.columns.subsidy(profile), Rational.ONE.negate());
      this.addSlack({ kind: "worst subsidy", profile }, room);
    }
  }

  private rowName(meaning: RowMeaning): string {
    const { environment } = this.problem;
    if (meaning.kind === "requirement") return meaning.requirement.label(environment, meaning.place);
    return `${meaning.kind} at ${environment.profileLabel(meaning.profile)}`;
  }
}
