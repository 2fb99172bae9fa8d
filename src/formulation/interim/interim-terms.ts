import { Rational } from "../../number/rational.js";
import { RationalSum } from "../../number/rational-sum.js";
import type { Problem } from "../../question/problem.js";
import { LinearExpression } from "../program/linear-expression.js";
import type { InterimColumns } from "./interim-columns.js";

/**
 * What payments and choices mean to a type before it knows the others', as expressions in the columns of an interim
 * program. The prior must be independent.
 */
export class InterimTerms {
  /** `settled[i][a][x]`: probability of `x`, to type `a` of agent `i`, at profiles that leave no choice. */
  private readonly settled: readonly (readonly (readonly Rational[])[])[];

  constructor(
    private readonly problem: Problem,
    private readonly columns: InterimColumns,
  ) {
    const { environment, allowed } = problem;
    const { profiles, prior } = environment;
    const sums = profiles.sizes.map((size, agent) =>
      environment.values[agent].dependsOnProfile
        ? []
        : Array.from({ length: size }, () => environment.outcomes.map(() => new RationalSum())),
    );
    for (let s = 0; s < profiles.count; s++) {
      if (columns.free.has(s)) continue;
      const lottery = allowed.fixed(s)!;
      sums.forEach((ofAgent, agent) => {
        if (ofAgent.length === 0) return;
        const ofType = ofAgent[profiles.typeOf(s, agent)];
        const belief = prior.belief(agent, s);
        if (belief.isZero) return;
        for (const { outcome, probability } of lottery) ofType[outcome].addProduct(belief, probability);
      });
    }
    this.settled = sums.map((ofAgent) => ofAgent.map((ofType) => ofType.map((sum) => sum.value)));
  }

  /** Adds `factor * sum_x phi(x | profile) of(x)`. */
  addLottery(
    expression: LinearExpression,
    profile: number,
    factor: Rational,
    of: (outcome: number) => Rational,
  ): void {
    if (factor.isZero) return;
    const free = this.columns.free.get(profile);
    if (!free) {
      for (const { outcome, probability } of this.problem.allowed.fixed(profile)!) {
        expression.addConstant(factor.multiply(probability).multiply(of(outcome)));
      }
      return;
    }
    free.outcomes.forEach((outcome, k) => {
      expression.addTerm(free.firstColumn + k, factor.multiply(of(outcome)));
    });
  }

  /** Adds `factor * V(report | type)`, what the agent's report is worth to its type before payments. */
  addValue(
    expression: LinearExpression,
    agent: number,
    type: number,
    report: number,
    factor: Rational,
  ): void {
    const { environment } = this.problem;
    const { profiles, prior } = environment;
    if (environment.values[agent].dependsOnProfile) {
      for (const truth of profiles.profilesOf(agent, type)) {
        const reported = profiles.replace(truth, agent, report);
        this.addLottery(expression, reported, factor.multiply(prior.belief(agent, truth)), (x) =>
          environment.value(agent, x, truth),
        );
      }
      return;
    }
    environment.outcomes.forEach((_, x) => {
      const value = factor.multiply(environment.values[agent].at(type, 0, x));
      expression.addConstant(value.multiply(this.settled[agent][report][x]));
      if (this.columns.isLifted(agent)) expression.addTerm(this.columns.lifted(agent, report, x), value);
    });
  }

  /** Adds `factor` times the interim utility of the agent's type from a report. */
  addUtility(
    expression: LinearExpression,
    agent: number,
    type: number,
    report: number,
    factor: Rational,
  ): void {
    this.addValue(expression, agent, type, report, factor);
    expression.addTerm(this.columns.payment(agent, report), factor.negate());
  }

  /** `E[cost | type]`, from the agent's own type. */
  expectedCost(agent: number, type: number): LinearExpression {
    const { environment } = this.problem;
    const expression = new LinearExpression();
    for (const s of environment.profiles.profilesOf(agent, type)) {
      this.addLottery(expression, s, environment.prior.belief(agent, s), (x) => environment.cost(x, s));
    }
    return expression;
  }

  /** The rows `Q_i(x|a) - sum_s p(s_-i) phi(x|s) = 0` that define the lifted probabilities. */
  *definitions(): Iterable<LinearExpression> {
    const { environment } = this.problem;
    const { profiles, prior } = environment;
    for (let agent = 0; agent < environment.agentCount; agent++) {
      if (!this.columns.isLifted(agent)) continue;
      const rows = Array.from({ length: profiles.sizes[agent] }, (_, type) =>
        environment.outcomes.map((_, x) =>
          new LinearExpression().addTerm(this.columns.lifted(agent, type, x), Rational.ONE),
        ),
      );
      for (const [s, { outcomes, firstColumn }] of this.columns.free) {
        const belief = prior.belief(agent, s).negate();
        outcomes.forEach((x, k) => {
          rows[profiles.typeOf(s, agent)][x].addTerm(firstColumn + k, belief);
        });
      }
      yield* rows.flat();
    }
  }
}
