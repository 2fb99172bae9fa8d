import { Rational } from "../../number/rational.js";
import { RationalSum } from "../../number/rational-sum.js";
import type { Problem } from "../../question/problem.js";
import type { LinearExpression } from "../program/linear-expression.js";
import type { ExchangeableColumns, PlacedOrbit } from "./exchangeable-columns.js";

/** Probability of the outcomes that are worth the same to every type, as an expression in the columns. */
interface Chance {
  readonly value: readonly Rational[];
  readonly constant: RationalSum;
  readonly terms: Map<number, Rational>;
}

/** What choices mean to one of exchangeable agents, as expressions in the columns of the program. */
export class ExchangeableTerms {
  /** `interim[report]`: each orbit in which the type occurs, with the belief that the others are as in it. */
  readonly interim: { orbit: PlacedOrbit; agent: number; belief: Rational }[][];
  private readonly chances: Chance[][] = [];
  private readonly typeCount: number;

  constructor(
    private readonly problem: Problem,
    columns: ExchangeableColumns,
  ) {
    const { environment, question } = problem;
    this.typeCount = environment.profiles.sizes[0];
    this.interim = Array.from({ length: this.typeCount }, () => []);
    const inExpectation = question.ic === "bayesian" || question.ir === "interim" || columns.interimOnly;
    for (const orbit of columns.orbits) {
      if (!inExpectation) break;
      for (const { type, count, agent } of orbit.present) {
        // Of the orbit's profiles, count / n give the agent this type.
        const ways = Rational.of(BigInt(orbit.size) * BigInt(count), environment.agentCount);
        const belief = environment.prior.belief(agent, orbit.profile).multiply(ways);
        if (!belief.isZero) this.interim[type].push({ orbit, agent, belief });
      }
    }
  }

  /** Probability of the whole orbit. */
  mass(orbit: PlacedOrbit): Rational {
    return this.problem.environment.prior.probability(orbit.profile).multiply(Rational.of(orbit.size));
  }

  addLottery(
    expression: LinearExpression,
    orbit: PlacedOrbit,
    factor: Rational,
    of: (outcome: number) => Rational,
  ): void {
    if (orbit.fixed) {
      for (const { outcome, probability } of orbit.fixed) {
        expression.addConstant(factor.multiply(probability).multiply(of(outcome)));
      }
      return;
    }
    orbit.classes.forEach((outcomes, k) => {
      const each = factor.divide(Rational.of(outcomes.length));
      const total = Rational.sum(outcomes.map((x) => of(x)));
      expression.addTerm(orbit.firstProbability + k, each.multiply(total));
    });
  }

  /** Adds `factor` times the value, to an agent of `truth`, of what follows if it reports as in the orbit. */
  addValue(
    expression: LinearExpression,
    orbit: PlacedOrbit,
    agent: number,
    truth: number,
    factor: Rational,
  ): void {
    const { environment } = this.problem;
    const profile = environment.profiles.replace(orbit.profile, agent, truth);
    this.addLottery(expression, orbit, factor, (x) => environment.value(agent, x, profile));
  }

  /** Adds `factor * V(report | type)`. */
  addInterimValue(expression: LinearExpression, type: number, report: number, factor: Rational): void {
    const { environment } = this.problem;
    if (!environment.hasPrivateValues) {
      for (const { orbit, agent, belief } of this.interim[report]) {
        this.addValue(expression, orbit, agent, type, belief.multiply(factor));
      }
      return;
    }
    this.chances[report] ??= this.chancesOf(report);
    for (const { value, constant, terms } of this.chances[report]) {
      const worth = value[type].multiply(factor);
      if (worth.isZero) continue;
      expression.addConstant(worth.multiply(constant.value));
      for (const [column, chance] of terms) expression.addTerm(column, worth.multiply(chance));
    }
  }

  /** What an agent's report brings about, by what outcomes are worth to it: of a good, that it gets it or not. */
  private chancesOf(report: number): Chance[] {
    const { environment } = this.problem;
    const classes = new Map<string, Chance>();
    const known = new Map<number, Chance>();
    const chance = (agent: number, x: number): Chance => {
      const place = agent * environment.outcomes.length + x;
      let found = known.get(place);
      if (found) return found;
      const value = Array.from({ length: this.typeCount }, (_, type) =>
        environment.values[agent].at(type, 0, x),
      );
      const key = value.join(",");
      found = classes.get(key) ?? { value, constant: new RationalSum(), terms: new Map() };
      classes.set(key, found);
      known.set(place, found);
      return found;
    };
    for (const { orbit, agent, belief } of this.interim[report]) {
      for (const { outcome, probability } of orbit.fixed ?? []) {
        chance(agent, outcome).constant.addProduct(belief, probability);
      }
      orbit.classes.forEach((outcomes, k) => {
        const each = belief.divide(Rational.of(outcomes.length));
        for (const x of outcomes) {
          const { terms } = chance(agent, x);
          const column = orbit.firstProbability + k;
          terms.set(column, (terms.get(column) ?? Rational.ZERO).add(each));
        }
      });
    }
    return [...classes.values()];
  }
}
