import type { Multipliers } from "../certificate/multipliers.js";
import { grouped } from "../certificate/price-blocks.js";
import { type Frame, insured, interimPaid, steadyGains } from "../mechanism/forms.js";
import { interimExpectation, truthfulUtility } from "../mechanism/interim.js";
import type { StructuredMechanism } from "../mechanism/structured-mechanism.js";
import { Rational } from "../number/rational.js";
import { RationalVector } from "../number/rational-vector.js";
import type { Problem } from "../question/problem.js";
import { allowsSubsidy, type Question } from "../question/question.js";
import { LotteryTable } from "../space/lottery-table.js";
import type { Formulation, LinearFormulation } from "./formulation.js";
import { InterimColumns } from "./interim/interim-columns.js";
import { allMisreports, type InterimMeaning, InterimRows, rowPrices } from "./interim/interim-rows.js";
import { passObstacle } from "./profile-passes.js";
import { LinearExpression } from "./program/linear-expression.js";
import { solveLinear } from "./program/solve-linear.js";
import type { Size } from "./size.js";

/**
 * Interim payments only (theory, sections 3 and 4). With an independent prior and Bayesian IC or none, two theorems
 * take all ex post payments out of the problem:
 *
 * - An ex post budget is an ex ante one (BN Prop. 2) where IR is none, ex ante or interim and there are two agents: an
 *   insurance contract makes the deficit the same at every profile and leaves interim payments alone. So the
 *   least worst-case subsidy is the least expected one, and an exact balance needs no more than an exact mean.
 * - Ex post IR is interim IR where the budget is none or ex ante: `t_i(s)` can be chosen so that the agent gains at every
 *   profile what it gains in expectation.
 *
 * Way back of the dual: a price in expectation is valid for what is asked at every profile as well, so duals are the
 * multipliers as they stand.
 */
export class InterimProgram implements LinearFormulation {
  readonly name = "interim";
  readonly rows: InterimRows;
  private readonly columns: InterimColumns;
  private readonly subsidy: number | undefined;
  private built: LinearFormulation["program"] | undefined;

  /** With the IC rows of the pairs that `misreports` lists; all pairs when absent. */
  constructor(
    private readonly problem: Problem,
    misreports: (typeCount: number) => Iterable<readonly [type: number, report: number]> = allMisreports,
  ) {
    const { environment, question } = problem;
    this.columns = new InterimColumns(problem);
    this.subsidy = allowsSubsidy(question) ? this.columns.append(1) : undefined;
    this.rows = new InterimRows(problem, this.columns);
    const { rows } = this;
    rows.addColumns(this.objective(), (column) => column !== this.subsidy);
    rows.addDefinitions();
    environment.agents.forEach(({ types }, agent) => {
      if (question.ir !== "none") rows.addInterimParticipation(agent, question.ir === "ex-ante");
      if (question.ic === "none") return;
      for (const misreport of misreports(types.length)) rows.addIncentive(agent, misreport);
    });
    if (question.budget !== "none") this.addBudget();
  }

  get program() {
    this.built ??= this.rows.build();
    return this.built;
  }

  get meanings(): readonly InterimMeaning[] {
    return this.rows.meanings;
  }

  private objective(): LinearExpression {
    const { objective } = this.problem.question;
    if (this.subsidy !== undefined) return new LinearExpression().addTerm(this.subsidy, Rational.ONE);
    if (objective === "max-surplus") return this.rows.expectedDeficit();
    if (objective === "max-gains") return this.rows.expectedLosses();
    return new LinearExpression();
  }

  private addBudget(): void {
    const slack = new LinearExpression();
    const deficit = this.rows.expectedDeficit();
    slack.addConstant(deficit.constant.negate());
    for (const [column, coefficient] of deficit.terms) slack.addTerm(column, coefficient.negate());
    if (this.subsidy !== undefined) slack.addTerm(this.subsidy, Rational.ONE);
    this.rows.require("budget", {}, slack, this.problem.question.balance === "exact");
  }

  recoverMechanism(primal: RationalVector): StructuredMechanism {
    const { environment, question, givenRule: given } = this.problem;
    const { columns } = this;
    const ofTypes = (agent: number, of: (type: number) => Rational) =>
      RationalVector.from(environment.agents[agent].types.map((_, type) => of(type)));
    const payments = environment.agents.map((_, agent) =>
      ofTypes(agent, (type) => primal.at(columns.payment(agent, type))),
    );
    const lotteries = LotteryTable.from(
      Array.from({ length: environment.profiles.count }, (_, s) => columns.lottery(s, primal)),
    );
    const subsidy = this.subsidy === undefined ? Rational.ZERO : primal.at(this.subsidy);
    const frame: Frame = { environment, given, rule: { kind: "table", lotteries }, subsidy };
    if (question.budget === "ex-post") {
      return insured(
        frame,
        payments,
        ofTypes(0, (type) => this.predictedCost(type, primal)),
      );
    }
    const mechanism = interimPaid(frame, payments);
    if (question.ir !== "ex-post") return mechanism;
    const gain = (agent: number, s: number) =>
      truthfulUtility(environment, mechanism, agent, s).subtract(environment.outsideOption(agent, s));
    const gains = environment.agents.map((_, agent) =>
      ofTypes(agent, (type) => interimExpectation(environment, agent, type, (s) => gain(agent, s))),
    );
    return steadyGains(frame, gains);
  }

  private predictedCost(type: number, primal: RationalVector): Rational {
    return this.rows.terms.expectedCost(0, type).at(primal);
  }

  recoverMultipliers(dual: RationalVector, purpose: Multipliers["purpose"]): Multipliers {
    return { purpose, alike: false, prices: grouped(rowPrices(this.rows.meanings, dual)) };
  }
}

export const interim: Formulation = {
  name: "interim",
  theorem: "BN Prop. 2",
  programs: true,
  obstacle: ({ environment, question }) => {
    if (environment.prior.kind !== "independent") return "types are correlated";
    return interimObstacle(question, environment.agentCount) ?? passObstacle(environment);
  },
  size: interimSize,
  resolve: (problem, solver, limits) => solveLinear(() => new InterimProgram(problem), solver, limits),
};

/** Why interim payments alone do not settle a question under an independent prior. */
export function interimObstacle({ ic, ir, budget }: Question, agentCount: number): string | undefined {
  if (ic !== "none" && ic !== "bayesian") return `${ic} IC is about payments at every profile`;
  if (budget !== "ex-post") return undefined;
  if (ir === "ex-post") return "ex post IR and an ex post budget are about payments at every profile";
  return agentCount < 2 ? "a single agent has nobody to insure it" : undefined;
}

/** Choices are counted as in the direct linear program: as if they were everywhere. */
function interimSize({ environment, question, allowed }: Problem): Size {
  const { sizes, count } = environment.profiles;
  const width = environment.outcomes.length;
  const types = sizes.reduce((sum, size) => sum + size, 0);
  const choices = allowed.fixed(0) && question.allocation !== "free" ? 0 : count;
  const pairs = question.ic === "none" ? 0 : sizes.reduce((sum, size) => sum + size * (size - 1), 0);
  const entries = choices === 0 ? 2 : 2 + 2 * width;
  return {
    rows: pairs + types + 1 + choices + (choices && types * width),
    columns: types + 1 + choices * width + (choices && types * width),
    nonzeros: pairs * entries + types * (1 + width) + choices * width * (1 + sizes.length),
  };
}
