import type { Multipliers } from "../certificate/multipliers.js";
import { grouped } from "../certificate/price-blocks.js";
import type { StructuredMechanism } from "../mechanism/structured-mechanism.js";
import { Rational } from "../number/rational.js";
import { RationalVector } from "../number/rational-vector.js";
import type { Problem } from "../question/problem.js";
import { allowsSubsidy } from "../question/question.js";
import { LotteryTable } from "../space/lottery-table.js";
import { type InterimAnswer, interimPayments } from "../step/interim-payments.js";
import type { Taken } from "../step/step.js";
import type { Formulation, LinearFormulation } from "./formulation.js";
import { InterimColumns } from "./interim/interim-columns.js";
import { allMisreports, type InterimMeaning, InterimRows, rowPrices } from "./interim/interim-rows.js";
import { passObstacle } from "./profile-passes.js";
import { LinearExpression } from "./program/linear-expression.js";
import { solveLinear } from "./program/solve-linear.js";
import { choiceCounts, type Size } from "./size.js";

/**
 * The linear program that is left once interim payments are all that matters (theory, section 3), the allocation being left to it as far
 * as it is left to the design.
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
  private readonly problem: Problem;
  private readonly taken: Taken<InterimAnswer>;

  /** With the IC rows of the pairs that `misreports` lists; all pairs when absent. */
  constructor(
    asked: Problem,
    misreports: (typeCount: number) => Iterable<readonly [type: number, report: number]> = allMisreports,
  ) {
    this.taken = interimPayments.apply(asked);
    const problem = this.taken.to;
    this.problem = problem;
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
    const { environment } = this.problem;
    const { columns, rows } = this;
    const ofTypes = (agent: number, of: (type: number) => Rational) =>
      RationalVector.from(environment.agents[agent].types.map((_, type) => of(type)));
    const ofAgents = (of: (agent: number, type: number) => Rational) =>
      environment.agents.map((_, agent) => ofTypes(agent, (type) => of(agent, type)));
    const lotteries = LotteryTable.from(
      Array.from({ length: environment.profiles.count }, (_, s) => columns.lottery(s, primal)),
    );
    return this.taken.back({
      alike: false,
      rule: { kind: "table", lotteries },
      payments: ofAgents((agent, type) => primal.at(columns.payment(agent, type))),
      subsidy: this.subsidy === undefined ? Rational.ZERO : primal.at(this.subsidy),
      costs: () => ofTypes(0, (type) => rows.terms.expectedCost(0, type).at(primal)),
      gains: () => ofAgents((agent, type) => rows.gain(agent, type).at(primal)),
    });
  }

  recoverMultipliers(dual: RationalVector, purpose: Multipliers["purpose"]): Multipliers {
    return { purpose, alike: false, prices: grouped(rowPrices(this.rows.meanings, dual)) };
  }
}

export const interim: Formulation = {
  name: "interim",
  theorem: interimPayments.theorem,
  programs: true,
  obstacle: (problem) => interimPayments.obstacle(problem) ?? passObstacle(problem.environment),
  size: interimSize,
  program: (problem) => new InterimProgram(problem).program,
  resolve: (problem, solver, limits) => solveLinear(() => new InterimProgram(problem), solver, limits),
};

/** Coefficients that happen to be zero are counted. */
function interimSize(problem: Problem): Size {
  const { environment, question } = problem;
  return interimProgramSize(
    problem,
    environment.profiles.sizes.map((size) => (question.ic === "none" ? 0 : size * (size - 1))),
  );
}

/** With so many rows of incentives of each agent. */
export function interimProgramSize(problem: Problem, pairs: readonly number[]): Size {
  const { environment, question } = problem;
  const { sizes } = environment.profiles;
  const choices = choiceCounts(problem);
  const types = sizes.reduce((sum, size) => sum + size, 0);
  const subsidy = allowsSubsidy(question) ? 1 : 0;
  const budget = question.budget === "none" ? 0 : 1;
  let rows = choices.profiles + budget;
  let columns = types + choices.outcomes + subsidy;
  let nonzeros = choices.outcomes + budget * (types + choices.outcomes + subsidy);
  for (const [agent, size] of sizes.entries()) {
    // What a report is worth is told by interim probabilities where it depends on the own type alone.
    const isLifted = choices.outcomes > 0 && !environment.values[agent].dependsOnProfile;
    const lifted = isLifted ? size * environment.outcomes.length : 0;
    const perReport = isLifted ? environment.outcomes.length : choices.outcomes / size;
    const participation = question.ir === "none" ? 0 : question.ir === "ex-ante" ? 1 : size;
    rows += lifted + pairs[agent] + participation;
    columns += lifted;
    nonzeros += isLifted ? lifted + choices.outcomes : 0;
    nonzeros += 2 * pairs[agent] * (1 + perReport);
    nonzeros += participation === 0 ? 0 : size * (1 + perReport);
  }
  return { rows, columns, nonzeros, known: "at most" };
}
