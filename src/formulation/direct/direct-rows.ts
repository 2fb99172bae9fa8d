import { gains } from "../../environment/efficiency.js";
import { type LinearProgram, LinearProgramBuilder } from "../../lp/linear-program.js";
import { incentiveLabel } from "../../mechanism/incentive-compatibility.js";
import { Rational } from "../../number/rational.js";
import type { Problem } from "../../problem/problem.js";
import { allowsSubsidy } from "../../problem/question.js";
import type { IncentiveMultiplier, ParticipationMultiplier } from "../../proof/multipliers.js";
import { LinearExpression } from "../program/linear-expression.js";
import type { DirectColumns } from "./direct-columns.js";

/** Which requirement a row states. */
export type RowMeaning =
  | ({ readonly kind: "incentive" } & Omit<IncentiveMultiplier, "weight">)
  | ({ readonly kind: "participation" } & Omit<ParticipationMultiplier, "weight">)
  | { readonly kind: "budget"; readonly profile: number | undefined }
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
    this.addIncentiveRows();
    this.addParticipationRows();
    this.addBudgetRows();
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

  /** Adds `factor` times the agent's utility from the reported profile when the truth is another. */
  private addUtility(
    expression: LinearExpression,
    agent: number,
    reported: number,
    truth: number,
    factor: Rational,
  ): void {
    this.addLottery(expression, reported, factor, (x) => this.problem.environment.value(agent, x, truth));
    expression.addTerm(this.columns.payment(agent, reported), factor.negate());
  }

  private addSlack(meaning: RowMeaning, expression: LinearExpression, upper?: Rational): void {
    this.meanings.push(meaning);
    this.builder.addRow(expression.terms, expression.bound, upper);
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

  private addIncentiveRows(): void {
    const { environment, question } = this.problem;
    const { profiles, prior } = environment;
    if (question.ic === "none") return;
    for (let agent = 0; agent < environment.agentCount; agent++) {
      const add = (
        expression: LinearExpression,
        reported: number,
        truth: number,
        report: number,
        factor: Rational,
      ) => {
        this.addUtility(expression, agent, reported, truth, factor);
        this.addUtility(expression, agent, profiles.replace(reported, agent, report), truth, factor.negate());
      };
      for (const [type, report] of misreports(profiles.sizes[agent])) {
        const truths = profiles.profilesOf(agent, type);
        if (question.ic === "bayesian") {
          const expression = new LinearExpression();
          for (const s of truths) add(expression, s, s, report, prior.belief(agent, s));
          this.addSlack({ kind: "incentive", agent, type, report }, expression);
          continue;
        }
        for (const truth of truths) {
          const reportsOfOthers = question.ic === "dominant" ? truths : [truth];
          for (const reported of this.distinguishable(agent, truth, reportsOfOthers)) {
            const expression = new LinearExpression();
            add(expression, reported, truth, report, Rational.ONE);
            const meaning = { kind: "incentive", agent, type, report, truth } as const;
            this.addSlack(question.ic === "dominant" ? { ...meaning, reported } : meaning, expression);
          }
        }
      }
    }
  }

  /** With private values only the others' reports matter, so one true profile for each of them is enough. */
  private distinguishable(agent: number, truth: number, reports: readonly number[]): readonly number[] {
    return this.problem.environment.values[agent].dependsOnProfile ? reports : [truth];
  }

  private addParticipationRows(): void {
    const { environment, question } = this.problem;
    const { profiles, prior } = environment;
    const gain = (expression: LinearExpression, agent: number, s: number, factor: Rational) => {
      this.addUtility(expression, agent, s, s, factor);
      expression.addConstant(environment.outsideOption(agent, s).multiply(factor).negate());
    };
    for (let agent = 0; agent < environment.agentCount && question.ir !== "none"; agent++) {
      if (question.ir === "ex-ante") {
        const expression = new LinearExpression();
        for (let s = 0; s < profiles.count; s++) gain(expression, agent, s, prior.probability(s));
        this.addSlack({ kind: "participation", agent }, expression);
        continue;
      }
      for (let type = 0; type < profiles.sizes[agent]; type++) {
        const expression = new LinearExpression();
        for (const s of profiles.profilesOf(agent, type)) {
          if (question.ir === "interim") gain(expression, agent, s, prior.belief(agent, s));
          else {
            const single = new LinearExpression();
            gain(single, agent, s, Rational.ONE);
            this.addSlack({ kind: "participation", agent, profile: s }, single);
          }
        }
        if (question.ir === "interim") this.addSlack({ kind: "participation", agent, type }, expression);
      }
    }
  }

  private addBudgetRows(): void {
    const { environment, question } = this.problem;
    const { columns } = this;
    if (question.budget === "none") return;
    const upper = (expression: LinearExpression) =>
      question.balance === "exact" ? expression.bound : undefined;
    const inExpectation = new LinearExpression();
    for (let s = 0; s < environment.profiles.count; s++) {
      const atProfile = question.budget === "ex-post";
      const expression = atProfile ? new LinearExpression() : inExpectation;
      const factor = atProfile ? Rational.ONE : environment.prior.probability(s);
      for (let i = 0; i < environment.agentCount; i++) expression.addTerm(columns.payment(i, s), factor);
      this.addLottery(expression, s, factor.negate(), (x) => environment.cost(x, s));
      if (!atProfile) continue;
      if (allowsSubsidy(question)) expression.addTerm(columns.subsidy(s), Rational.ONE);
      this.addSlack({ kind: "budget", profile: s }, expression, upper(expression));
      if (columns.worstSubsidy === undefined) continue;
      const room = new LinearExpression();
      room.addTerm(columns.worstSubsidy, Rational.ONE).addTerm(columns.subsidy(s), Rational.ONE.negate());
      this.addSlack({ kind: "worst subsidy", profile: s }, room);
    }
    if (question.budget === "ex-post") return;
    if (allowsSubsidy(question)) inExpectation.addTerm(columns.subsidy(0), Rational.ONE);
    this.addSlack({ kind: "budget", profile: undefined }, inExpectation, upper(inExpectation));
  }

  private rowName(meaning: RowMeaning): string {
    const { environment } = this.problem;
    switch (meaning.kind) {
      case "incentive":
        return incentiveLabel(
          environment,
          meaning.agent,
          meaning.type,
          meaning.report,
          meaning.truth,
          meaning.reported,
        );
      case "participation": {
        const who = environment.agents[meaning.agent].name;
        if (meaning.profile !== undefined)
          return `IR of ${who} at ${environment.profileLabel(meaning.profile)}`;
        return meaning.type === undefined
          ? `IR of ${who}`
          : `IR of ${who} ${environment.typeLabel(meaning.agent, meaning.type)}`;
      }
      case "budget":
        return meaning.profile === undefined
          ? "budget"
          : `budget at ${environment.profileLabel(meaning.profile)}`;
      default:
        return `${meaning.kind} at ${environment.profileLabel(meaning.profile)}`;
    }
  }
}

/** Every pair of a type and another one that it might report. */
function* misreports(typeCount: number): Iterable<readonly [type: number, report: number]> {
  for (let type = 0; type < typeCount; type++) {
    for (let report = 0; report < typeCount; report++) if (report !== type) yield [type, report];
  }
}
