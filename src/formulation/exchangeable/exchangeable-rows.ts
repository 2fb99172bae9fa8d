import { gains } from "../../environment/efficiency.js";
import { LinearProgramBuilder } from "../../lp/linear-program.js";
import { Rational } from "../../number/rational.js";
import { RationalSum } from "../../number/rational-sum.js";
import type { Problem } from "../../question/problem.js";
import { sorted } from "../../space/orbits.js";
import { LinearExpression } from "../program/linear-expression.js";
import type { ExchangeableColumns, PlacedOrbit } from "./exchangeable-columns.js";
import { ExchangeableTerms } from "./exchangeable-terms.js";

/** Which requirements of the direct linear program a row stands for: the same one for every agent and every exchange. */
export type OrbitMeaning =
  | {
      readonly kind: "incentive";
      readonly type: number;
      readonly report: number;
      readonly orbit?: PlacedOrbit;
    }
  | { readonly kind: "participation"; readonly type?: number; readonly orbit?: PlacedOrbit }
  | { readonly kind: "budget"; readonly orbit?: PlacedOrbit }
  | { readonly kind: "definition" };

/** The rows of the program for exchangeable agents, each `slack >= 0` of one agent and one profile of an orbit. */
export class ExchangeableRows {
  readonly meanings: OrbitMeaning[] = [];
  readonly builder: LinearProgramBuilder;
  private readonly typeCount: number;
  private readonly terms: ExchangeableTerms;

  constructor(
    private readonly problem: Problem,
    private readonly columns: ExchangeableColumns,
  ) {
    const { environment } = problem;
    this.builder = new LinearProgramBuilder(environment.name);
    this.typeCount = environment.profiles.sizes[0];
    this.terms = new ExchangeableTerms(problem, columns);
    this.addColumns();
    this.addDefinitions();
    this.addIncentives();
    this.addParticipation();
    this.addBudget();
  }

  private addColumns(): void {
    const { columns, builder } = this;
    const objective = this.objective();
    const cost = new Array<Rational>(columns.count).fill(Rational.ZERO);
    for (const [column, coefficient] of objective.terms) cost[column] = cost[column].add(coefficient);
    builder.offset = objective.constant;
    cost.forEach((coefficient, column) => {
      builder.addColumn(coefficient, columns.freeColumns[column] ? {} : { lower: Rational.ZERO });
    });
  }

  private objective(): LinearExpression {
    const { columns } = this;
    const { environment, question } = this.problem;
    const expression = new LinearExpression();
    if (columns.money !== undefined) return expression.addTerm(columns.money, Rational.ONE);
    if (question.objective === "max-surplus") return this.expectedDeficit();
    for (const orbit of columns.orbits) {
      const p = this.terms.mass(orbit);
      if (question.objective === "min-subsidy" && columns.subsidyByOrbit) {
        expression.addTerm(orbit.subsidy, p);
      } else if (question.objective === "max-gains") {
        this.terms.addLottery(expression, orbit, p.negate(), (x) => gains(environment, x, orbit.profile));
      }
    }
    return expression;
  }

  private expectedDeficit(): LinearExpression {
    const { columns } = this;
    const { environment } = this.problem;
    const expression = new LinearExpression();
    for (const orbit of columns.orbits) {
      const p = this.terms.mass(orbit);
      this.terms.addLottery(expression, orbit, p, (x) => environment.cost(x, orbit.profile));
      if (columns.interimOnly) continue;
      for (const { type, count } of orbit.present) {
        expression.addTerm(columns.payment(orbit, type), p.multiply(Rational.of(-count)));
      }
    }
    if (columns.interimOnly) {
      const agents = Rational.of(-environment.agentCount);
      for (let type = 0; type < this.typeCount; type++) {
        const p = environment.prior.marginals[0].at(type);
        expression.addTerm(columns.interimPayment(type), p.multiply(agents));
      }
    }
    return expression;
  }

  private add(meaning: OrbitMeaning, expression: LinearExpression, exact = false): void {
    const { bound } = expression;
    this.meanings.push(meaning);
    this.builder.addRow(expression.terms, bound, exact ? bound : undefined);
  }

  private addDefinitions(): void {
    const { columns } = this;
    for (const { fixed, classes, firstProbability } of columns.orbits) {
      if (fixed) continue;
      const total = new LinearExpression().addConstant(Rational.ONE.negate());
      classes.forEach((_, k) => {
        total.addTerm(firstProbability + k, Rational.ONE);
      });
      this.add({ kind: "definition" }, total, true);
    }
    if (columns.interimOnly) return;
    for (let type = 0; type < this.typeCount; type++) {
      const mean = new LinearExpression().addTerm(columns.interimPayment(type), Rational.ONE);
      for (const { orbit, belief } of this.terms.interim[type]) {
        mean.addTerm(columns.payment(orbit, type), belief.negate());
      }
      this.add({ kind: "definition" }, mean, true);
    }
  }

  private addIncentives(): void {
    const { question } = this.problem;
    if (question.ic === "none") return;
    if (question.ic === "bayesian") {
      for (const [type, report] of pairs(this.typeCount)) {
        this.add({ kind: "incentive", type, report }, this.interimIncentive(type, report));
      }
      return;
    }
    for (const orbit of this.columns.orbits) {
      for (const { type, agent } of orbit.present) {
        for (let report = 0; report < this.typeCount; report++) {
          if (report !== type) this.addExPostIncentive(orbit, agent, type, report);
        }
      }
    }
  }

  private interimIncentive(type: number, report: number): LinearExpression {
    const { columns } = this;
    const expression = new LinearExpression();
    this.terms.addInterimValue(expression, type, type, Rational.ONE);
    this.terms.addInterimValue(expression, type, report, Rational.ONE.negate());
    return expression
      .addTerm(columns.interimPayment(type), Rational.ONE.negate())
      .addTerm(columns.interimPayment(report), Rational.ONE);
  }

  private addExPostIncentive(orbit: PlacedOrbit, agent: number, type: number, report: number): void {
    const { columns } = this;
    const { profiles } = this.problem.environment;
    const reported = columns.byProfile.get(
      sorted(this.problem.environment, profiles.replace(orbit.profile, agent, report)).profile,
    )!;
    const expression = new LinearExpression();
    this.terms.addValue(expression, orbit, agent, type, Rational.ONE);
    expression.addTerm(columns.payment(orbit, type), Rational.ONE.negate());
    const position = reported.present.find((one) => one.type === report)!.agent;
    this.terms.addValue(expression, reported, position, type, Rational.ONE.negate());
    expression.addTerm(columns.payment(reported, report), Rational.ONE);
    this.add({ kind: "incentive", type, report, orbit }, expression);
  }

  private addParticipation(): void {
    const { columns } = this;
    const { environment, question } = this.problem;
    const outside = (expression: LinearExpression, orbit: PlacedOrbit, agent: number, factor: Rational) => {
      expression.addConstant(environment.outsideOption(agent, orbit.profile).multiply(factor).negate());
    };
    if (question.ir === "none") return;
    if (question.ir === "ex-post") {
      for (const orbit of columns.orbits) {
        for (const { type, agent } of orbit.present) {
          const gain = new LinearExpression();
          this.terms.addValue(gain, orbit, agent, type, Rational.ONE);
          gain.addTerm(columns.payment(orbit, type), Rational.ONE.negate());
          outside(gain, orbit, agent, Rational.ONE);
          this.add({ kind: "participation", type, orbit }, gain);
        }
      }
      return;
    }
    if (question.ir === "interim") {
      for (let type = 0; type < this.typeCount; type++) {
        const gain = new LinearExpression();
        this.terms.addInterimValue(gain, type, type, Rational.ONE);
        const expected = new RationalSum();
        for (const { orbit, agent, belief } of this.terms.interim[type]) {
          expected.addProduct(belief, environment.outsideOption(agent, orbit.profile));
        }
        gain.addConstant(expected.value.negate());
        gain.addTerm(columns.interimPayment(type), Rational.ONE.negate());
        this.add({ kind: "participation", type }, gain);
      }
      return;
    }
    const together = new LinearExpression();
    for (const orbit of columns.orbits) {
      for (const { type, agent, count } of orbit.present) {
        const share = this.terms.mass(orbit).multiply(Rational.of(count, environment.agentCount));
        this.terms.addValue(together, orbit, agent, type, share);
        outside(together, orbit, agent, share);
        if (!columns.interimOnly) together.addTerm(columns.payment(orbit, type), share.negate());
      }
    }
    if (columns.interimOnly) {
      for (let type = 0; type < this.typeCount; type++) {
        together.addTerm(columns.interimPayment(type), environment.prior.marginals[0].at(type).negate());
      }
    }
    this.add({ kind: "participation" }, together);
  }

  private addBudget(): void {
    const { columns } = this;
    const { environment, question } = this.problem;
    if (question.budget === "none") return;
    const exact = question.balance === "exact";
    if (columns.interimOnly || question.budget === "ex-ante") {
      const deficit = this.expectedDeficit();
      const slack = new LinearExpression().addConstant(deficit.constant.negate());
      for (const [column, coefficient] of deficit.terms) slack.addTerm(column, coefficient.negate());
      if (columns.money !== undefined) slack.addTerm(columns.money, Rational.ONE);
      this.add({ kind: "budget" }, slack, exact);
      return;
    }
    for (const orbit of columns.orbits) {
      const slack = new LinearExpression();
      for (const { type, count } of orbit.present) {
        slack.addTerm(columns.payment(orbit, type), Rational.of(count));
      }
      this.terms.addLottery(slack, orbit, Rational.ONE.negate(), (x) => environment.cost(x, orbit.profile));
      if (columns.subsidyByOrbit) slack.addTerm(orbit.subsidy, Rational.ONE);
      this.add({ kind: "budget", orbit }, slack, exact);
      if (columns.money === undefined) continue;
      const room = new LinearExpression()
        .addTerm(columns.money, Rational.ONE)
        .addTerm(orbit.subsidy, Rational.ONE.negate());
      this.add({ kind: "definition" }, room);
    }
  }
}

function* pairs(count: number): Iterable<readonly [number, number]> {
  for (let one = 0; one < count; one++) {
    for (let other = 0; other < count; other++) if (other !== one) yield [one, other];
  }
}
