import { orbits } from "../../environment/orbits/orbits.js";
import { lcm, Rational } from "../../number/rational.js";
import type { Problem } from "../../problem/problem.js";
import { allowsSubsidy } from "../../problem/question.js";
import type { Multipliers } from "../multipliers.js";
import { ProofFault } from "../weak-duality.js";
import { AgentSums } from "./agent-sums.js";
import { OrbitOutcomes } from "./orbit-outcomes.js";
import type { SymmetricAgents } from "./symmetric-agents.js";

/**
 * The Lagrangian bound of multipliers that are the same for all agents, on requirements in expectation, with private values
 * and independent types: the coefficient of `t_i(s)` is `p(s_-i)` times a number for the type, and that of an outcome at `s`
 * need be looked at once in every orbit. Undefined for multipliers of another kind.
 * Throws ProofFault when a sign or a cancellation fails.
 */
export function symmetricBound(
  problem: Problem,
  agents: SymmetricAgents,
  multipliers: Multipliers,
): Rational | undefined {
  const { environment, question } = problem;
  const { typeCount: types, classCount: width, values, denominator } = agents;
  const [marginal] = environment.prior.marginals;
  const prices = pricesOfOne(multipliers, environment.agentCount, types);
  if (!prices || multipliers.budget.kind === "profile") return undefined;
  const { incentive, participation, exAnte } = prices;
  if (incentive.size > 0 && question.ic !== "bayesian")
    throw new ProofFault("IC is not asked in expectation");
  if (participation.some((price) => !price.isZero) && question.ir !== "interim")
    throw new ProofFault("participation is not asked of types");
  if (!exAnte.isZero && question.ir !== "ex-ante") throw new ProofFault("participation is not asked ex ante");
  const bounding = multipliers.purpose === "bound";
  const surplus = bounding && question.objective === "max-surplus" ? Rational.ONE : Rational.ZERO;
  const gains = bounding && question.objective === "max-gains" ? 1n : 0n;
  const paid = priceOfMoney(problem, multipliers).add(surplus);

  const kept = participation.map((price, type) => price.add(exAnte.multiply(marginal.at(type))));
  let scale = kept.reduce((common, one) => lcm(common, one.denominator), paid.denominator);
  for (const weight of incentive.values()) scale = lcm(scale, weight.denominator);
  const whole = ({ numerator, denominator: own }: Rational) => numerator * (scale / own);

  // By type: what IC and IR make of its payment and, by class, of its value; over p(s_-i) and the scale.
  const payment = new Array<bigint>(types).fill(0n);
  const value = new Array<bigint>(types * width).fill(0n);
  const subtractUtility = (report: number, type: number, weight: bigint) => {
    payment[report] += weight;
    for (let k = 0; k < width; k++) value[report * width + k] -= weight * values[type * width + k];
  };
  kept.forEach((weight, type) => {
    subtractUtility(type, type, whole(weight));
  });
  for (const [pair, weight] of incentive) {
    const [type, report] = [Math.floor(pair / types), pair % types];
    subtractUtility(type, type, whole(weight));
    subtractUtility(report, type, -whole(weight));
  }
  payment.forEach((coefficient, type) => {
    if (coefficient * denominator === whole(paid) * marginal.numeratorAt(type)) return;
    const rest = Rational.of(coefficient, scale).subtract(paid.multiply(marginal.at(type)));
    throw new ProofFault(`the payments of type ${type} do not cancel: ${rest} is left`);
  });

  // What is left of outcomes, over the profile's probability: `p(s_-i) = p(s) / p(s_i)`.
  const masses = Array.from({ length: types }, (_, type) => marginal.numeratorAt(type));
  const common = masses.reduce((all, mass) => (mass === 0n ? all : lcm(all, mass)), 1n);
  const perClass = value.map((coefficient, k) => {
    const mass = masses[Math.floor(k / width)];
    if (mass === 0n) return 0n;
    return coefficient * denominator * (common / mass) - gains * values[k] * common * scale;
  });
  const coefficients = new AgentSums(agents, perClass, (whole(paid) + gains * scale) * common);
  const least = leastOverOutcomes(problem, agents, coefficients, value, denominator * common);
  const unit = common * scale * environment.moneyDenominator;
  const total = least.divide(Rational.of(unit * denominator ** BigInt(environment.agentCount)));

  const outside = agents.outsideOptions();
  const constant = kept.map((weight, type) =>
    weight.add(marginal.at(type).multiply(Rational.of(gains))).multiply(outside.at(type)),
  );
  return total.add(Rational.sum(constant).multiply(Rational.of(environment.agentCount)));
}

/** The price of money over the probability of a profile, once its sign and outside money allow it. */
function priceOfMoney({ question }: Problem, { budget, purpose }: Multipliers): Rational {
  const required = { none: undefined, expectation: "ex-ante", prior: "ex-post", profile: "ex-post" }[
    budget.kind
  ];
  if (required && question.budget !== required) throw new ProofFault("budget prices of another requirement");
  const price =
    budget.kind === "expectation" ? budget.price : budget.kind === "prior" ? budget.scale : Rational.ZERO;
  if (price.sign < 0 && question.balance === "no-deficit") throw new ProofFault("a budget price is negative");
  const worth = purpose === "bound" ? Rational.ONE : Rational.ZERO;
  if (allowsSubsidy(question) && price.compare(worth) > 0) {
    throw new ProofFault("money is priced above what it costs");
  }
  return price;
}

/**
 * The least that coefficients come to over all lotteries that are allowed, profile by profile. `alone` are the coefficients of
 * a type of probability zero, by class: where one agent has such a type, nobody else expects the profile.
 */
function leastOverOutcomes(
  problem: Problem,
  agents: SymmetricAgents,
  coefficients: AgentSums,
  alone: readonly bigint[],
  aloneFactor: bigint,
): Rational {
  const { environment } = problem;
  const allowed = new OrbitOutcomes(problem, agents);
  // Where outcomes that tie must have equal shares, by how many they are.
  const totals = new Map<number, bigint>();
  const add = (outcomes: readonly number[], weight: bigint, at: (x: number) => number | bigint) => {
    const shares = allowed.alike ? outcomes.length : 1;
    let value = BigInt(at(outcomes[0]));
    for (const x of outcomes.slice(1)) {
      const other = BigInt(at(x));
      if (allowed.alike) value += other;
      else if (other < value) value = other;
    }
    totals.set(shares, (totals.get(shares) ?? 0n) + weight * value);
  };
  for (const orbit of orbits(environment)) {
    const mass = agents.mass(orbit);
    if (mass !== 0n) {
      const sums = coefficients.at(orbit);
      add(allowed.at(orbit), mass, (x) => sums[x]);
    } else {
      agents.beliefs(orbit).forEach((belief, k) => {
        // Zero for all but the one agent whose type is impossible, if there is one.
        if (belief === 0n) return;
        const { type, agent } = orbit.present[k];
        const weight = belief * BigInt(environment.agentCount) * aloneFactor;
        add(allowed.at(orbit), weight, (x) => alone[type * agents.classCount + agents.of(agent, x)]);
      });
    }
  }
  return Rational.sum(Array.from(totals, ([shares, total]) => Rational.of(total, shares)));
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
