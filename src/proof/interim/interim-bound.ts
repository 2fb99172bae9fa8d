import { efficientOutcomes } from "../../environment/efficiency.js";
import type { Environment } from "../../environment/environment.js";
import { lcm, Rational } from "../../number/rational.js";
import type { Problem } from "../../problem/problem.js";
import { allowsSubsidy } from "../../problem/question.js";
import type { Multipliers } from "../multipliers.js";
import { ProofFault } from "../weak-duality.js";
import type { InterimPass } from "./interim-scan.js";

/**
 * The Lagrangian bound of multipliers on interim requirements, for efficient rules with private values and independent
 * types. Every term is a product of probabilities, so payments cancel type by type, and what the multipliers make of an
 * outcome is a sum of interim terms; only tied profiles need to be looked at one by one.
 * Undefined for multipliers of another kind. Throws ProofFault when a sign or a cancellation fails.
 */
export function interimBound(
  problem: Problem,
  pass: InterimPass,
  tieRule: "first" | "last" | "uniform",
  multipliers: Multipliers,
): Rational | undefined {
  const { environment, question, allowed } = problem;
  const { incentive, participation, budget, purpose } = multipliers;
  if (incentive.some(({ truth }) => truth !== undefined)) return undefined;
  if (participation.some(({ profile }) => profile !== undefined)) return undefined;
  if (budget.kind === "profile") return undefined;
  const bounding = purpose === "bound";
  checkKinds(problem, multipliers);
  const price = priceOf(problem, multipliers);
  const surplus = bounding && question.objective === "max-surplus" ? Rational.ONE : Rational.ZERO;
  const perMoney = price.add(surplus);

  const scale = commonDenominator(environment, multipliers, perMoney);
  const whole = (weight: Rational) => weight.numerator * (scale / weight.denominator);
  const worths = environment.agents.map((_, agent) => new TypeWorths(environment, agent));
  for (const { agent, type, report, weight } of incentive) worths[agent].mimic(type, report, whole(weight));
  for (const { agent, type, weight } of participation) {
    if (type !== undefined) worths[agent].keep(type, whole(weight));
    else {
      const { marginals } = environment.prior;
      for (let a = 0; a < marginals[agent].length; a++) {
        worths[agent].keep(a, whole(weight.multiply(marginals[agent].at(a))));
      }
    }
  }
  let outside = Rational.ZERO;
  worths.forEach((own, agent) => {
    own.checkCancellation(whole(perMoney), scale);
    outside = outside.add(own.outside(scale, agent));
  });

  const marginals = environment.prior.marginals;
  const unit = BigInt(pass.shares) * scale * environment.moneyDenominator;
  const others = (agent: number) =>
    marginals.reduce((product, m, j) => (j === agent ? product : product * m.denominator), 1n);
  let total = outside;
  worths.forEach((own, agent) => {
    total = total.add(Rational.of(own.expected(pass.mass[agent]), unit * others(agent)));
  });
  if (!perMoney.isZero) {
    let cost = 0n;
    pass.cost[0].forEach((numerator, type) => {
      cost += BigInt(numerator) * marginals[0].numeratorAt(type);
    });
    const denominator = unit * others(0) * marginals[0].denominator;
    total = total.add(Rational.of(cost * whole(perMoney), denominator));
  }
  if (bounding && question.objective === "max-gains")
    total = total.subtract(expectedGains(environment, pass));
  if (!allowed.fixed || question.ties !== "optimise") return total;
  return total.add(tieGains(problem, pass, tieRule, worths, whole(perMoney), scale));
}

function checkKinds({ question }: Problem, { incentive, participation, budget }: Multipliers): void {
  if (incentive.length > 0 && question.ic !== "bayesian")
    throw new ProofFault(`an incentive multiplier is not on a requirement of ${question.ic} incentives`);
  for (const { weight, type, report } of incentive) {
    if (weight.sign < 0) throw new ProofFault("an incentive multiplier is negative");
    if (type === report) throw new ProofFault("an incentive multiplier is on reporting the truth");
  }
  for (const { weight, type } of participation) {
    if (weight.sign < 0) throw new ProofFault("a participation multiplier is negative");
    if (question.ir !== (type === undefined ? "ex-ante" : "interim"))
      throw new ProofFault(
        `a participation multiplier is not on a requirement of ${question.ir} participation`,
      );
  }
  const required = budget.kind === "expectation" ? "ex-ante" : "ex-post";
  if (budget.kind !== "none" && question.budget !== required)
    throw new ProofFault(`budget prices by ${budget.kind} do not belong to the ${question.budget} budget`);
}

/** The price of money over the probability of a profile, once its sign and outside money allow it. */
function priceOf({ question }: Problem, { budget, purpose }: Multipliers): Rational {
  const price =
    budget.kind === "expectation" ? budget.price : budget.kind === "prior" ? budget.scale : Rational.ZERO;
  if (price.sign < 0 && question.balance === "no-deficit") throw new ProofFault("a budget price is negative");
  // The prices sum to the scale, so expected and worst-case subsidies set it the same limit.
  const worth = purpose === "bound" ? Rational.ONE : Rational.ZERO;
  if (allowsSubsidy(question) && price.compare(worth) > 0)
    throw new ProofFault("money is priced above what it costs");
  return price;
}

function commonDenominator(environment: Environment, multipliers: Multipliers, price: Rational): bigint {
  let scale = price.denominator;
  const include = (denominator: bigint) => {
    if (scale % denominator !== 0n) scale = lcm(scale, denominator);
  };
  for (const { denominator } of environment.prior.marginals) include(denominator);
  for (const { weight } of multipliers.incentive) include(weight.denominator);
  for (const { weight, type, agent } of multipliers.participation) {
    include(weight.denominator);
    if (type === undefined) include(weight.denominator * environment.prior.marginals[agent].denominator);
  }
  return scale;
}

/** What the multipliers make of an agent's payments and outcomes, type by type, over the common denominator. */
class TypeWorths {
  private readonly payment: bigint[];
  private readonly kept: bigint[];
  private readonly width: number;
  /** `worth[type * width + x]`: coefficient of the outcome's interim probability, over the money denominator as well. */
  readonly worth: bigint[];

  constructor(
    private readonly environment: Environment,
    private readonly agent: number,
  ) {
    const types = environment.profiles.sizes[agent];
    this.width = environment.outcomes.length;
    this.payment = new Array<bigint>(types).fill(0n);
    this.kept = new Array<bigint>(types).fill(0n);
    this.worth = new Array<bigint>(types * this.width).fill(0n);
  }

  mimic(type: number, report: number, weight: bigint): void {
    this.leave(type, type, weight);
    this.leave(report, type, -weight);
  }

  keep(type: number, weight: bigint): void {
    this.leave(type, type, weight);
    this.kept[type] += weight;
  }

  /** Utility of `type` from a report enters with minus the weight. */
  private leave(report: number, type: number, weight: bigint): void {
    const { width } = this;
    this.payment[report] += weight;
    const table = this.environment.values[this.agent];
    for (let x = 0; x < width; x++) {
      const value = table.numerator(type, 0, x);
      if (Number(value) !== 0) this.worth[report * width + x] -= weight * BigInt(value);
    }
  }

  checkCancellation(perMoney: bigint, scale: bigint): void {
    const { environment, agent } = this;
    const marginal = environment.prior.marginals[agent];
    this.payment.forEach((coefficient, type) => {
      if (coefficient * marginal.denominator === perMoney * marginal.numeratorAt(type)) return;
      const rest = Rational.of(coefficient, scale).subtract(
        Rational.of(perMoney * marginal.numeratorAt(type), scale * marginal.denominator),
      );
      throw new ProofFault(
        `the payment of ${environment.agents[agent].name} ${environment.typeLabel(agent, type)} does not cancel: ${rest} is left`,
      );
    });
  }

  /** What participation is compared with. */
  outside(scale: bigint, agent: number): Rational {
    const { environment } = this;
    const table = environment.outsideOptions[agent];
    let total = 0n;
    this.kept.forEach((weight, type) => {
      if (weight !== 0n) total += weight * BigInt(table.numerator(type, 0, 0));
    });
    return Rational.of(total, scale * environment.moneyDenominator);
  }

  /** Over the masses' weights, the scale and the money denominator. */
  expected(mass: Float64Array): bigint {
    let total = 0n;
    this.worth.forEach((worth, k) => {
      if (worth !== 0n) total += worth * BigInt(mass[k]);
    });
    return total;
  }
}

/** By how much the Lagrangian falls if every tie is broken as the multipliers like it best. */
function tieGains(
  { environment }: Problem,
  pass: InterimPass,
  tieRule: "first" | "last" | "uniform",
  worths: readonly TypeWorths[],
  perMoney: bigint,
  scale: bigint,
): Rational {
  const { profiles, prior, outcomes } = environment;
  const { marginals } = prior;
  const denominators = marginals.map((marginal) => marginal.denominator);
  const width = outcomes.length;
  let total = 0n;
  for (const s of pass.tied) {
    const types = profiles.typesOf(s);
    const p = types.map((type, i) => marginals[i].numeratorAt(type));
    const equal = efficientOutcomes(environment, s).map((x) => {
      let worth = 0n;
      worths.forEach((own, i) => {
        const others = p.reduce((product, q, j) => (j === i ? product : product * q), denominators[i]);
        worth += own.worth[types[i] * width + x] * others;
      });
      const cost = BigInt(environment.costs.numerator(0, s, x));
      return cost === 0n ? worth : worth + p.reduce((product, q) => product * q, perMoney * cost);
    });
    let least = equal[0];
    for (const worth of equal) if (worth < least) least = worth;
    const count = BigInt(equal.length);
    const shares = BigInt(pass.shares);
    const chosen =
      tieRule === "first"
        ? equal[0] * shares
        : tieRule === "last"
          ? equal[equal.length - 1] * shares
          : equal.reduce((a, b) => a + b) * (shares / count);
    total += least * shares - chosen;
  }
  const whole = denominators.reduce((product, d) => product * d, BigInt(pass.shares));
  return Rational.of(total, whole * scale * environment.moneyDenominator);
}

/** Expected welfare beyond the outside options, which depend on the own type alone. */
export function expectedGains(environment: Environment, pass: InterimPass): Rational {
  const { prior, outsideOptions, moneyDenominator } = environment;
  const whole = prior.marginals.reduce((product, m) => product * m.denominator, BigInt(pass.shares));
  let gains = Rational.of(pass.welfare, whole * moneyDenominator);
  outsideOptions.forEach((table, agent) => {
    const marginal = prior.marginals[agent];
    let outside = 0n;
    for (let type = 0; type < marginal.length; type++) {
      outside += marginal.numeratorAt(type) * BigInt(table.numerator(type, 0, 0));
    }
    gains = gains.subtract(Rational.of(outside, marginal.denominator * moneyDenominator));
  });
  return gains;
}
