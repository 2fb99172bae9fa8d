import { InsuredMechanism } from "../mechanism/insured-mechanism.js";
import { interimExpectation, truthfulUtility } from "../mechanism/interim.js";
import type { Mechanism } from "../mechanism/mechanism.js";
import { SteadyGainsMechanism } from "../mechanism/steady-gains-mechanism.js";
import { Rational } from "../number/rational.js";
import { RationalVector } from "../number/rational-vector.js";
import type { Problem } from "../problem/problem.js";
import { allowsSubsidy, type Question } from "../problem/question.js";
import { SpreadMultipliers } from "../proof/interim/spread-multipliers.js";
import type { BudgetPrices, Multipliers, ParticipationMultiplier } from "../proof/multipliers.js";
import type { Formulation, LinearFormulation } from "./formulation.js";
import { InterimColumns } from "./interim/interim-columns.js";
import {
  allMisreports,
  type InterimMeaning,
  InterimRows,
  incentiveMultipliers,
} from "./interim/interim-rows.js";
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
 * Way back of the dual: IC and IR duals are the direct multipliers; a budget price `pi` becomes `pi p(s)` at profile `s`,
 * and an interim IR price `mu` that stands for ex post IR becomes `mu p(s_-i)`. Payment `t_i(s)` then has `p(s_-i)`
 * times the coefficient of `T_i(s_i)`, which is zero, and subsidies cost `p(s)`, or 1 in all, as they should.
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
    this.rows.add({ kind: "budget" }, slack, this.problem.question.balance === "exact");
  }

  recoverMechanism(primal: RationalVector): Mechanism {
    const { environment, question } = this.problem;
    const lottery = (profile: number) => this.columns.lottery(profile, primal);
    const payments = environment.agents.map(({ types }, agent) =>
      RationalVector.from(types.map((_, type) => primal.at(this.columns.payment(agent, type)))),
    );
    const insurers = question.budget === "ex-post" && {
      primary: 0,
      secondary: 1,
      predictedCosts: RationalVector.from(
        environment.agents[0].types.map((_, type) => this.predictedCost(type, primal)),
      ),
    };
    const rule = { kind: "given", lottery } as const;
    const subsidy = this.subsidy === undefined ? Rational.ZERO : primal.at(this.subsidy);
    const mechanism = new InsuredMechanism(environment, rule, payments, insurers || undefined, subsidy);
    if (question.ir !== "ex-post") return mechanism;
    const gains = environment.agents.map(({ types }, agent) =>
      RationalVector.from(
        types.map((_, type) =>
          interimExpectation(environment, agent, type, (s) =>
            truthfulUtility(environment, mechanism, agent, s).subtract(environment.outsideOption(agent, s)),
          ),
        ),
      ),
    );
    return new SteadyGainsMechanism(environment, rule, gains, subsidy);
  }

  private predictedCost(type: number, primal: RationalVector): Rational {
    const cost = this.rows.terms.expectedCost(0, type);
    return Rational.sum([
      cost.constant,
      ...cost.terms.map(([column, coefficient]) => coefficient.multiply(primal.at(column))),
    ]);
  }

  recoverMultipliers(dual: RationalVector, purpose: Multipliers["purpose"]): Multipliers {
    const { environment, question } = this.problem;
    const { meanings } = this.rows;
    const participation: ParticipationMultiplier[] = [];
    let budget: BudgetPrices = { kind: "none" };
    meanings.forEach((meaning, row) => {
      const weight = dual.at(row);
      if (meaning.kind === "budget") {
        budget =
          question.budget === "ex-post"
            ? { kind: "prior", scale: weight }
            : { kind: "expectation", price: weight };
      }
      if (meaning.kind !== "participation" || weight.isZero) return;
      const { agent, type } = meaning;
      participation.push({ agent, type, weight });
    });
    const incentive = incentiveMultipliers(meanings, dual);
    const multipliers = { purpose, incentive, participation, budget };
    return question.ir === "ex-post" ? new SpreadMultipliers(environment, multipliers) : multipliers;
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
