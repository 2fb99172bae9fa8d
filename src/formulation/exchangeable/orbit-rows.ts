import { gains } from "../../environment/efficiency.js";
import { LinearProgramBuilder } from "../../lp/linear-program.js";
import { Rational } from "../../number/rational.js";
import type { Problem } from "../../question/problem.js";
import type { Requirement, Terms } from "../../question/requirement.js";
import { LinearExpression } from "../program/linear-expression.js";
import type { OrbitColumns, PlacedOrbit } from "./orbit-columns.js";
import { type OrbitLook, OrbitLooks, type OrbitPlace } from "./orbit-looks.js";

/** Which requirements of the direct linear program a row stands for; none where it defines something. */
export interface OrbitMeaning {
  readonly requirement: Requirement;
  readonly place: OrbitPlace;
}

/** The rows of the program for exchangeable agents, each `slack >= 0` of one agent and one profile of an orbit. */
export class OrbitRows {
  readonly meanings: (OrbitMeaning | undefined)[] = [];
  readonly builder: LinearProgramBuilder;
  private readonly orbitLooks: OrbitLooks;

  constructor(
    private readonly problem: Problem,
    private readonly columns: OrbitColumns,
  ) {
    const { environment, requirements } = problem;
    this.builder = new LinearProgramBuilder(environment.name);
    this.orbitLooks = new OrbitLooks(environment, columns.orbits, columns.byProfile);
    this.addColumns();
    this.addDefinitions(requirements.some(({ when }) => when === "interim"));
    for (const requirement of requirements) {
      // That outside money is not negative is a bound of its columns.
      if (requirement.family !== "outside money") this.addRequirement(requirement);
    }
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

  /** What is minimised: a maximised objective appears with its sign turned. */
  private objective(): LinearExpression {
    const { columns } = this;
    const { environment, question } = this.problem;
    const expression = new LinearExpression();
    if (columns.money !== undefined) return expression.addTerm(columns.money, Rational.ONE);
    for (const look of this.orbitLooks.ofDesigner({})) {
      const { orbit, factor } = look;
      if (question.objective === "min-subsidy" && columns.subsidyByOrbit)
        expression.addTerm(orbit.subsidy, factor);
      else if (question.objective === "max-surplus") this.addTerms(expression, DEFICIT, look);
      else if (question.objective === "max-gains")
        this.addLottery(expression, orbit, factor.negate(), (x) => gains(environment, x, orbit.profile));
    }
    return expression;
  }

  private add(meaning: OrbitMeaning | undefined, expression: LinearExpression, exact = false): void {
    const { bound } = expression;
    this.meanings.push(meaning);
    this.builder.addRow(expression.terms, bound, exact ? bound : undefined);
  }

  /** Of probabilities, of the largest subsidy, and of interim payments, where any row has them. */
  private addDefinitions(withInterim: boolean): void {
    const { columns } = this;
    for (const { fixed, classes, firstProbability, subsidy } of columns.orbits) {
      const total = new LinearExpression().addConstant(Rational.ONE.negate());
      classes.forEach((_, k) => {
        total.addTerm(firstProbability + k, Rational.ONE);
      });
      if (!fixed) this.add(undefined, total, true);
      if (!columns.subsidyByOrbit || columns.money === undefined) continue;
      const room = new LinearExpression().addTerm(columns.money, Rational.ONE);
      this.add(undefined, room.addTerm(subsidy, Rational.ONE.negate()));
    }
    if (columns.interimOnly || !withInterim) return;
    const [typeCount] = this.problem.environment.profiles.sizes;
    for (let type = 0; type < typeCount; type++) {
      const mean = new LinearExpression().addTerm(columns.interimPayment(type), Rational.ONE);
      for (const { orbit, factor } of this.orbitLooks.interim[type])
        mean.addTerm(columns.payment(orbit, type), factor.negate());
      this.add(undefined, mean, true);
    }
  }

  /** A row for each inequality of a requirement. What an agent pays in expectation is told by interim payments. */
  private addRequirement(requirement: Requirement): void {
    const { terms, when, of, margin, exact } = requirement;
    const { payment = 0, ...others } = terms;
    const lifted = of === "agents" && when === "interim";
    for (const place of this.orbitLooks.places(requirement)) {
      const expression = new LinearExpression().addConstant(margin);
      for (const look of this.orbitLooks.looks(requirement, place))
        this.addTerms(expression, lifted ? others : terms, look);
      if (lifted) {
        const { type, report } = place;
        expression.addTerm(this.columns.interimPayment(type!), Rational.of(payment));
        if (report !== undefined)
          expression.addTerm(this.columns.interimPayment(report), Rational.of(-payment));
      }
      this.add({ requirement, place }, expression, exact);
    }
  }

  private addTerms(
    expression: LinearExpression,
    terms: Terms,
    { factor, orbit, agent, type, truth }: OrbitLook,
  ): void {
    const { value = 0, payment = 0, outside = 0, cost = 0, subsidy = 0 } = terms;
    const { columns } = this;
    const { environment } = this.problem;
    const times = (coefficient: number) => factor.multiply(Rational.of(coefficient));
    if (value !== 0)
      this.addLottery(expression, orbit, times(value), (x) => environment.value(agent!, x, truth));
    if (outside !== 0)
      expression.addConstant(times(outside).multiply(environment.outsideOption(agent!, truth)));
    if (cost !== 0) this.addLottery(expression, orbit, times(cost), (x) => environment.cost(x, truth));
    if (payment !== 0) {
      const payers = agent === undefined ? orbit.present : [{ type: type!, count: 1 }];
      for (const { type: own, count } of payers)
        expression.addTerm(columns.payment(orbit, own), times(payment * count));
    }
    const money = columns.subsidy(orbit);
    if (subsidy !== 0 && money !== undefined) expression.addTerm(money, times(subsidy));
  }

  private addLottery(
    expression: LinearExpression,
    orbit: PlacedOrbit,
    factor: Rational,
    of: (outcome: number) => Rational,
  ): void {
    for (const { outcome, probability } of orbit.fixed ?? [])
      expression.addConstant(factor.multiply(probability).multiply(of(outcome)));
    orbit.classes.forEach((outcomes, k) => {
      const each = factor.divide(Rational.of(outcomes.length));
      const total = Rational.sum(outcomes.map((x) => of(x)));
      expression.addTerm(orbit.firstProbability + k, each.multiply(total));
    });
  }

  /** What the cost is expected to be by an agent of a type. */
  predictedCost(type: number): LinearExpression {
    const expression = new LinearExpression();
    for (const { factor, orbit } of this.orbitLooks.interim[type])
      this.addTerms(expression, { cost: 1 }, { factor, orbit, truth: orbit.profile });
    return expression;
  }

  /** What an agent of a type gains beyond its outside option in expectation. */
  gain(type: number): LinearExpression {
    const expression = new LinearExpression();
    for (const look of this.orbitLooks.interim[type])
      this.addTerms(expression, { value: 1, outside: -1 }, look);
    return expression.addTerm(this.columns.interimPayment(type), Rational.of(-1));
  }
}

const DEFICIT: Terms = { cost: 1, payment: -1 };
