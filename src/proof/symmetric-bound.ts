import { gains } from "../environment/efficiency.js";
import { orbits } from "../environment/orbits.js";
import { Rational } from "../number/rational.js";
import { RationalSum } from "../number/rational-sum.js";
import type { Problem } from "../problem/problem.js";
import { allowsSubsidy } from "../problem/question.js";
import type { Multipliers } from "./multipliers.js";
import { SymmetricInterim, ValueClasses } from "./symmetric-interim.js";
import { ProofFault } from "./weak-duality.js";

/**
 * The Lagrangian bound of multipliers that are the same for all agents, on requirements in expectation, with private values
 * and independent types: the coefficient of `t_i(s)` is `p(s_-i)` times a number for the type, and that of an outcome at `s`
 * need be looked at once in every orbit. Undefined for multipliers of another kind.
 * Throws ProofFault when a sign or a cancellation fails.
 */
export function symmetricBound(problem: Problem, multipliers: Multipliers): Rational | undefined {
  const { environment, question, allowed } = problem;
  const { prior, agentCount, profiles } = environment;
  const types = profiles.sizes[0];
  const prices = pricesOfOne(multipliers, agentCount, types);
  const { budget, purpose } = multipliers;
  if (!prices || budget.kind === "profile") return undefined;
  const { incentive, participation, exAnte } = prices;
  if (incentive.size > 0 && question.ic !== "bayesian")
    throw new ProofFault("IC is not asked in expectation");
  if (participation.some((price) => !price.isZero) && question.ir !== "interim")
    throw new ProofFault("participation is not asked of types");
  if (!exAnte.isZero && question.ir !== "ex-ante") throw new ProofFault("participation is not asked ex ante");
  const required = { none: undefined, expectation: "ex-ante", prior: "ex-post" }[budget.kind];
  if (required && question.budget !== required) throw new ProofFault("budget prices of another requirement");
  const price =
    budget.kind === "none" ? Rational.ZERO : budget.kind === "prior" ? budget.scale : budget.price;
  if (price.sign < 0 && question.balance === "no-deficit") throw new ProofFault("a budget price is negative");
  const bounding = purpose === "bound";
  if (allowsSubsidy(question) && price.compare(bounding ? Rational.ONE : Rational.ZERO) > 0) {
    throw new ProofFault("money is priced above what it costs");
  }
  const surplus = bounding && question.objective === "max-surplus" ? Rational.ONE : Rational.ZERO;
  const paid = price.add(surplus);

  // By type: what IC and IR make of its payment and of its value, over p(s_-i).
  const classes = new ValueClasses(environment);
  const own = Array.from({ length: types }, (_, type) => {
    const weight = participation[type].add(exAnte.multiply(prior.marginals[0].at(type)));
    return {
      payment: new RationalSum().add(weight),
      values: classes.values.map((values) => new RationalSum().addProduct(weight.negate(), values[type])),
    };
  });
  for (const [pair, weight] of incentive) {
    const type = Math.floor(pair / types);
    const report = pair % types;
    own[type].payment.add(weight);
    own[report].payment.add(weight.negate());
    classes.values.forEach((values, k) => {
      own[type].values[k].addProduct(weight.negate(), values[type]);
      own[report].values[k].addProduct(weight, values[type]);
    });
  }
  own.forEach(({ payment }, type) => {
    const rest = payment.add(paid.multiply(prior.marginals[0].at(type)).negate()).value;
    if (!rest.isZero) throw new ProofFault(`the payments of type ${type} do not cancel: ${rest} is left`);
  });

  const coefficients = own.map(({ values }) => values.map((sum) => sum.value));
  const total = new RationalSum();
  for (const { profile, size, types: sorted, present } of orbits(environment)) {
    const p = prior.probability(profile);
    const beliefs = new Map(present.map(({ type, agent }) => [type, prior.belief(agent, profile)]));
    const coefficient = (x: number): Rational => {
      const sum = new RationalSum().addProduct(p.multiply(paid), environment.cost(x, profile));
      if (bounding && question.objective === "max-gains") {
        sum.addProduct(p.negate(), gains(environment, x, profile));
      }
      sorted.forEach((type, agent) => {
        sum.addProduct(beliefs.get(type)!, coefficients[type][classes.of(agent, x)]);
      });
      return sum.value;
    };
    const fixed = allowed.fixed(profile);
    const times = Rational.of(size);
    if (fixed) {
      for (const { outcome, probability } of fixed) {
        total.addProduct(times.multiply(probability), coefficient(outcome));
      }
    } else total.addProduct(times, allowed.outcomes(profile).map(coefficient).reduce(Rational.minimum));
  }
  const interim = new SymmetricInterim(environment, undefined);
  for (let type = 0; type < types; type++) {
    const weight = participation[type].add(exAnte.multiply(prior.marginals[0].at(type)));
    total.addProduct(weight.multiply(Rational.of(agentCount)), interim.outside(type));
  }
  return total.value;
}

/** The multipliers of any one agent; undefined where agents differ, or requirements at profiles are priced. */
function pricesOfOne({ incentive, participation }: Multipliers, agents: number, types: number) {
  const pairs = new Map<number, Rational[]>();
  for (const { agent, type, report, truth, weight } of incentive) {
    if (truth !== undefined) return undefined;
    if (weight.sign < 0 || type === report)
      throw new ProofFault("an incentive multiplier is negative, or on the truth");
    const key = type * types + report;
    const list = pairs.get(key) ?? [];
    list[agent] = (list[agent] ?? Rational.ZERO).add(weight);
    pairs.set(key, list);
  }
  const ofTypes = new Map<number, Rational[]>();
  for (const { agent, type, profile, weight } of participation) {
    if (profile !== undefined) return undefined;
    if (weight.sign < 0) throw new ProofFault("a participation multiplier is negative");
    const list = ofTypes.get(type ?? -1) ?? [];
    list[agent] = (list[agent] ?? Rational.ZERO).add(weight);
    ofTypes.set(type ?? -1, list);
  }
  const alike = (list: Rational[]) => {
    for (let agent = 0; agent < agents; agent++) if (!list[agent]?.equals(list[0])) return false;
    return true;
  };
  if (![...pairs.values(), ...ofTypes.values()].every(alike)) return undefined;
  return {
    incentive: new Map([...pairs].map(([pair, list]) => [pair, list[0]])),
    participation: Array.from({ length: types }, (_, type) => ofTypes.get(type)?.[0] ?? Rational.ZERO),
    exAnte: ofTypes.get(-1)?.[0] ?? Rational.ZERO,
  };
}
