import type { Multipliers, Prices } from "../../certificate/multipliers.js";
import { grouped } from "../../certificate/price-blocks.js";
import { constantMoney } from "../../mechanism/forms.js";
import { StructuredMechanism } from "../../mechanism/structured-mechanism.js";
import { Rational } from "../../number/rational.js";
import { RationalVector } from "../../number/rational-vector.js";
import type { Problem } from "../../question/problem.js";
import { allowsSubsidy } from "../../question/question.js";
import { LotteryTable } from "../../space/lottery-table.js";
import { LinearExpression } from "../program/linear-expression.js";
import { InterimColumns } from "./interim-columns.js";
import { allMisreports, InterimRows, type Misreport, rowPrices } from "./interim-rows.js";

/**
 * The interim lift (theory, section 3) where payments matter both in expectation and at every profile: Bayesian IC with
 * ex post IR and an ex post budget, independent types. IC rows hold interim payments `T_i(a)` alone, which rows
 * `T_i(a) = E t_i` define. With exact balance the last agent's payments are what the others leave to be paid,
 * `t_n = r - z - sum of the others`, and are no variables; the budget holds by itself.
 *
 * Way back of the dual: lifted columns are free, so IC and IR duals are the direct multipliers. With exact balance the
 * budget price is what makes `t_n(s)` cancel: `pi(s) = mu_n(s) + p(s_-n) tau_n(s_n)`, with `tau` the dual of the definition
 * of `T_n`; the other agents' payments then cancel as they do in the lifted program.
 */
export class LiftedProgram {
  readonly name = "lift";
  readonly rows: InterimRows;
  private readonly columns: InterimColumns;
  private readonly firstPayment: number;
  private readonly kept: number;
  private readonly subsidy: number | undefined;
  private readonly worst: number | undefined;

  constructor(
    private readonly problem: Problem,
    misreports: (typeCount: number) => Iterable<Misreport> = allMisreports,
  ) {
    const { environment, question } = problem;
    const { profiles, agentCount } = environment;
    this.columns = new InterimColumns(problem);
    this.kept = question.balance === "exact" ? agentCount - 1 : agentCount;
    this.firstPayment = this.columns.append(this.kept * profiles.count);
    this.subsidy = allowsSubsidy(question) ? this.columns.append(profiles.count) : undefined;
    const worst = this.subsidy !== undefined && question.objective === "min-worst-subsidy";
    this.worst = worst ? this.columns.append(1) : undefined;
    this.rows = new InterimRows(problem, this.columns);
    this.rows.addColumns(
      this.objective(),
      (column) => column < (this.subsidy ?? this.columns.count) && column !== this.worst,
    );
    this.rows.addDefinitions();
    environment.agents.forEach(({ types }, agent) => {
      for (const misreport of misreports(types.length)) this.rows.addIncentive(agent, misreport);
      types.forEach((_, type) => {
        this.addDefinition(agent, type);
      });
      for (let s = 0; s < profiles.count; s++) this.addParticipation(agent, s);
    });
    for (let s = 0; s < profiles.count; s++) this.addBudget(s);
  }

  get program() {
    return this.rows.build();
  }

  private objective(): LinearExpression {
    const { environment, question } = this.problem;
    const expression = new LinearExpression();
    if (this.worst !== undefined) return expression.addTerm(this.worst, Rational.ONE);
    if (this.subsidy !== undefined) {
      for (let s = 0; s < environment.profiles.count; s++) {
        expression.addTerm(this.subsidy + s, environment.prior.probability(s));
      }
      return expression;
    }
    if (question.objective === "max-gains") return this.rows.expectedLosses();
    // With exact balance and no outside money the surplus is zero.
    if (question.objective === "max-surplus" && this.kept === environment.agentCount) {
      return this.rows.expectedDeficit();
    }
    return expression;
  }

  /** Adds `factor * t_agent(profile)`. */
  private addPayment(expression: LinearExpression, agent: number, s: number, factor: Rational): void {
    const { environment } = this.problem;
    const { count } = environment.profiles;
    if (agent < this.kept) {
      expression.addTerm(this.firstPayment + agent * count + s, factor);
      return;
    }
    this.rows.terms.addLottery(expression, s, factor, (x) => environment.cost(x, s));
    if (this.subsidy !== undefined) expression.addTerm(this.subsidy + s, factor.negate());
    for (let other = 0; other < this.kept; other++) this.addPayment(expression, other, s, factor.negate());
  }

  private addDefinition(agent: number, type: number): void {
    const { profiles, prior } = this.problem.environment;
    const mean = new LinearExpression().addTerm(this.columns.payment(agent, type), Rational.ONE);
    for (const s of profiles.profilesOf(agent, type)) {
      this.addPayment(mean, agent, s, prior.belief(agent, s).negate());
    }
    this.rows.add({ kind: "payment definition", agent, type }, mean, true);
  }

  private addParticipation(agent: number, s: number): void {
    const { environment } = this.problem;
    const gain = new LinearExpression().addConstant(environment.outsideOption(agent, s).negate());
    this.rows.terms.addLottery(gain, s, Rational.ONE, (x) => environment.value(agent, x, s));
    this.addPayment(gain, agent, s, Rational.ONE.negate());
    this.rows.require("participation", { agent, profile: s }, gain);
  }

  private addBudget(s: number): void {
    const { environment } = this.problem;
    if (this.worst !== undefined) {
      const room = new LinearExpression().addTerm(this.worst, Rational.ONE);
      this.rows.add({ kind: "definition" }, room.addTerm(this.subsidy! + s, Rational.ONE.negate()));
    }
    if (this.kept < environment.agentCount) return;
    const slack = new LinearExpression();
    for (let agent = 0; agent < this.kept; agent++) this.addPayment(slack, agent, s, Rational.ONE);
    this.rows.terms.addLottery(slack, s, Rational.ONE.negate(), (x) => environment.cost(x, s));
    if (this.subsidy !== undefined) slack.addTerm(this.subsidy + s, Rational.ONE);
    this.rows.require("budget", { profile: s }, slack);
  }

  recoverMechanism(primal: RationalVector): StructuredMechanism {
    const { environment, givenRule } = this.problem;
    const profiles = Array.from({ length: environment.profiles.count }, (_, s) => s);
    const payment = (agent: number, s: number): Rational => {
      const expression = new LinearExpression();
      this.addPayment(expression, agent, s, Rational.ONE);
      return expression.at(primal);
    };
    const table = (amount: (s: number) => Rational) =>
      ({ kind: "table", amounts: RationalVector.from(profiles.map(amount)) }) as const;
    return new StructuredMechanism(
      environment,
      {
        alike: false,
        rule: {
          kind: "table",
          lotteries: LotteryTable.from(profiles.map((s) => this.columns.lottery(s, primal))),
        },
        payments: environment.agents.map((_, agent) => table((s) => payment(agent, s))),
        money:
          this.subsidy === undefined
            ? constantMoney(Rational.ZERO)
            : table((s) => primal.at(this.subsidy! + s)),
      },
      givenRule,
    );
  }

  recoverMultipliers(dual: RationalVector, purpose: Multipliers["purpose"]): Multipliers {
    const { meanings } = this.rows;
    const exact = this.kept < this.problem.environment.agentCount;
    const prices = rowPrices(meanings, dual);
    return {
      purpose,
      alike: false,
      prices: exact ? [...grouped(prices), this.pricesOfBalance(dual, purpose)] : grouped(prices),
    };
  }

  /** What makes the last agent's payments cancel, which are no variables. */
  private pricesOfBalance(dual: RationalVector, purpose: Multipliers["purpose"]): Prices {
    const { environment, question } = this.problem;
    const { profiles, prior, agentCount } = environment;
    const last = agentCount - 1;
    const prices = new Array<Rational>(profiles.count).fill(Rational.ZERO);
    if (purpose === "bound" && question.objective === "max-surplus") {
      // Surplus is left out of the objective, being zero; its weight at each profile is taken back by the budget's price.
      for (let s = 0; s < profiles.count; s++) prices[s] = prior.probability(s).negate();
    }
    this.rows.meanings.forEach((meaning, row) => {
      const weight = dual.at(row);
      if (weight.isZero) return;
      if (meaning.kind === "requirement") {
        const { agent, profile } = meaning.place;
        if (meaning.on === "participation" && agent === last) prices[profile!] = prices[profile!].add(weight);
      } else if (meaning.kind === "payment definition" && meaning.agent === last) {
        for (const s of profiles.profilesOf(last, meaning.type)) {
          prices[s] = prices[s].add(prior.belief(last, s).multiply(weight));
        }
      }
    });
    return { kind: "profiles", on: "budget", weights: RationalVector.from(prices) };
  }
}
