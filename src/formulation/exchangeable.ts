import { exchangeability, swapped } from "../environment/exchangeability.js";
import type { Lottery } from "../environment/lottery.js";
import { orbitCount, sorted } from "../environment/orbits.js";
import type { Mechanism } from "../mechanism/mechanism.js";
import { SymmetricMechanism } from "../mechanism/symmetric-mechanism.js";
import { Rational } from "../number/rational.js";
import { RationalSum } from "../number/rational-sum.js";
import { RationalVector } from "../number/rational-vector.js";
import type { Problem } from "../problem/problem.js";
import type {
  BudgetPrices,
  IncentiveMultiplier,
  Multipliers,
  ParticipationMultiplier,
} from "../proof/multipliers.js";
import type { Solver } from "../solver/solver.js";
import { ExchangeableColumns, type PlacedOrbit } from "./exchangeable-columns.js";
import { flowsOverOrbits, resolveExPost } from "./exchangeable-ex-post.js";
import { resolveInterim } from "./exchangeable-interim.js";
import { ExchangeableRows } from "./exchangeable-rows.js";
import type { Formulation, LinearFormulation } from "./formulation.js";
import { interimObstacle } from "./interim.js";
import type { Limits, Resolution } from "./resolution.js";
import type { Size } from "./size.js";
import { solveLinear } from "./solve-linear.js";

/**
 * Exchangeable agents (theory, section 7): averaging a mechanism over all exchanges of agents keeps every requirement and the
 * objective, so symmetric mechanisms are enough: a payment is a function of the own type and the multiset of types, and
 * outcomes that an exchange of equal types turns into each other share their probability. Where interim payments are all
 * that matters (BN Prop. 2), the payments are `T(a)` alone.
 *
 * Way back of the dual: a row stands for the direct rows of all agents and all profiles of its orbit, and their average is a
 * dual as well, so each of them gets the row's dual divided by how many they are.
 */
export class ExchangeableProgram implements LinearFormulation {
  readonly name = "exchangeable";
  readonly program: LinearFormulation["program"];
  private readonly columns: ExchangeableColumns;
  private readonly rows: ExchangeableRows;

  constructor(private readonly problem: Problem) {
    this.columns = new ExchangeableColumns(problem);
    this.rows = new ExchangeableRows(problem, this.columns);
    this.program = this.rows.builder.build();
  }

  recoverMechanism(primal: RationalVector): Mechanism {
    const { columns, problem } = this;
    const { environment } = problem;
    const at = (increasing: number) => columns.byProfile.get(increasing)!;
    const money = columns.money === undefined ? Rational.ZERO : primal.at(columns.money);
    const lottery = (increasing: number) => columns.lottery(at(increasing), primal);
    const payment = columns.interimOnly
      ? this.insuredPayment(primal, lottery)
      : (type: number, increasing: number) => primal.at(columns.payment(at(increasing), type));
    const subsidy = (increasing: number) =>
      columns.subsidyByOrbit ? primal.at(at(increasing).subsidy) : money;
    return new SymmetricMechanism(environment, columns.exchange, lottery, payment, subsidy);
  }

  /**
   * Interim payments, and for an ex post budget everybody's equal share in insuring the deficit `d(s)` (BN, after Prop. 1):
   * `t = T(a) + (d - E[d|a]) / n + sum over the others b of (E[d|b] - E d) / (n (n - 1))`.
   */
  private insuredPayment(primal: RationalVector, lottery: (increasing: number) => Lottery) {
    const { columns, problem } = this;
    const { environment, question } = problem;
    const { agentCount: n, profiles, prior } = environment;
    const types = Array.from({ length: profiles.sizes[0] }, (_, type) => type);
    const own = types.map((type) => primal.at(columns.interimPayment(type)));
    if (question.budget !== "ex-post") return (type: number) => own[type];
    const cost = (increasing: number): Rational => {
      const total = new RationalSum();
      for (const { outcome, probability } of lottery(increasing)) {
        total.addProduct(probability, environment.cost(outcome, increasing));
      }
      return total.value;
    };
    const costs = types.map(() => new RationalSum());
    for (const orbit of columns.orbits) {
      const atOrbit = cost(orbit.profile);
      if (atOrbit.isZero) continue;
      for (const { type, count, agent } of orbit.present) {
        const ways = Rational.of(BigInt(orbit.size) * BigInt(count), n);
        costs[type].addProduct(prior.belief(agent, orbit.profile).multiply(ways), atOrbit);
      }
    }
    const mean = Rational.sum(own.map((payment, type) => payment.multiply(prior.marginals[0].at(type))));
    const others = mean.multiply(Rational.of(n - 1));
    const expected = types.map((type) => costs[type].value.subtract(own[type]).subtract(others));
    const whole = Rational.sum(expected.map((d, type) => d.multiply(prior.marginals[0].at(type))));
    // The payment is a part by the own type and a part by the profile, the same for everybody there.
    const byType = own.map((payment, type) => payment.subtract(expected[type].divide(Rational.of(n - 1))));
    const byProfile = (increasing: number): Rational => {
      const total = new RationalSum().addProduct(cost(increasing), Rational.of(1, n));
      for (const type of profiles.typesOf(increasing)) {
        total
          .addProduct(own[type], Rational.of(-1, n))
          .addProduct(expected[type], Rational.of(1, n * (n - 1)));
      }
      return total.addProduct(whole, Rational.of(-1, n)).value;
    };
    let last = { increasing: -1, part: Rational.ZERO };
    return (type: number, increasing: number): Rational => {
      if (last.increasing !== increasing) last = { increasing, part: byProfile(increasing) };
      return byType[type].add(last.part);
    };
  }

  recoverMultipliers(dual: RationalVector, purpose: Multipliers["purpose"]): Multipliers {
    const { problem, rows } = this;
    const { environment, question } = problem;
    const { profiles, agentCount } = environment;
    const incentive: IncentiveMultiplier[] = [];
    const participation: ParticipationMultiplier[] = [];
    let budget: BudgetPrices = { kind: "none" };
    const agents = environment.agents.map((_, agent) => agent);
    const among = Rational.of(agentCount);
    const byOrbit = new Map<PlacedOrbit, OrbitPrices>();
    const placed = (orbit: PlacedOrbit) => {
      const found = byOrbit.get(orbit) ?? { incentive: [], participation: [], price: Rational.ZERO };
      byOrbit.set(orbit, found);
      return found;
    };
    const each = (orbit: PlacedOrbit, type: number, weight: Rational) =>
      weight.divide(Rational.of(orbit.size * orbit.present.find((one) => one.type === type)!.count));
    rows.meanings.forEach((meaning, row) => {
      const weight = dual.at(row);
      if (meaning.kind === "budget" && !meaning.orbit) {
        const interim = question.budget === "ex-post";
        budget = interim ? { kind: "prior", scale: weight } : { kind: "expectation", price: weight };
      }
      if (weight.isZero) return;
      if (meaning.kind === "incentive") {
        const { type, report, orbit } = meaning;
        if (orbit) placed(orbit).incentive.push([type, report, each(orbit, type, weight)]);
        else
          for (const agent of agents) incentive.push({ agent, type, report, weight: weight.divide(among) });
      } else if (meaning.kind === "participation") {
        const { type, orbit } = meaning;
        if (orbit) placed(orbit).participation.push([type!, each(orbit, type!, weight)]);
        else for (const agent of agents) participation.push({ agent, type, weight: weight.divide(among) });
      } else if (meaning.kind === "budget" && meaning.orbit) {
        placed(meaning.orbit).price = weight.divide(Rational.of(meaning.orbit.size));
      }
    });
    if (this.columns.interimOnly) return { purpose, incentive, participation, budget };
    const prices = new Array<Rational>(profiles.count).fill(Rational.ZERO);
    for (let s = 0; s < profiles.count; s++) {
      const found = byOrbit.get(this.columns.byProfile.get(sorted(environment, s).profile)!);
      if (!found) continue;
      prices[s] = found.price;
      for (const agent of agents) {
        const own = profiles.typeOf(s, agent);
        for (const [type, report, weight] of found.incentive) {
          if (type !== own) continue;
          const multiplier = { agent, type, report, truth: s, weight };
          incentive.push(question.ic === "dominant" ? { ...multiplier, reported: s } : multiplier);
        }
        for (const [type, weight] of found.participation) {
          if (type === own) participation.push({ agent, profile: s, weight });
        }
      }
    }
    if (question.budget === "ex-post") budget = { kind: "profile", prices: RationalVector.from(prices) };
    return { purpose, incentive, participation, budget };
  }
}

/** Prices at each profile of an orbit: of an agent's type against a report, of its participation, and of money. */
interface OrbitPrices {
  readonly incentive: [type: number, report: number, weight: Rational][];
  readonly participation: [type: number, weight: Rational][];
  price: Rational;
}

export const exchangeable: Formulation = {
  name: "exchangeable",
  theorem: "averaging over exchanges of agents",
  programs: true,
  obstacle,
  size: exchangeableSize,
  resolve,
};

async function resolve(problem: Problem, solver: Solver, limits: Limits): Promise<Resolution> {
  const { environment } = problem;
  const started = performance.now();
  const found =
    isInterim(problem) && environment.hasPrivateValues
      ? await resolveInterim(problem, solver, limits)
      : flowsOverOrbits(problem)
        ? await resolveExPost(problem, solver, limits)
        : undefined;
  const timing = { formulateMs: 0, solveMs: 0, exactMs: performance.now() - started };
  if (found) return { formulation: exchangeable.name, size: exchangeableSize(problem), ...found, timing };
  if (environment.profiles.count > MOST_PROFILES) {
    const shortfall =
      "no rule that breaks ties by order is best, and there are too many profiles for mixtures";
    return { formulation: exchangeable.name, size: exchangeableSize(problem), shortfall, timing };
  }
  return solveLinear(() => new ExchangeableProgram(problem), solver, limits);
}

/** Whether interim payments are all that matters. */
function isInterim({ environment, question }: Problem): boolean {
  return question.ir !== "ex-post" && interimObstacle(question, environment.agentCount) === undefined;
}

/** More profiles than this are not looked at one by one, nor are more orbits kept. */
const MOST_PROFILES = 1_000_000;

function obstacle(problem: Problem): string | undefined {
  const { environment, question } = problem;
  const { prior, profiles, agentCount } = environment;
  if (prior.kind !== "independent") return "the types are correlated";
  if (agentCount < 2) return "a single agent can be exchanged with nobody";
  if (question.ic === "dominant" && !environment.hasPrivateValues) {
    return "with interdependent values, dominant strategies tie true and reported profiles together";
  }
  const exchange = exchangeability(environment);
  if (!exchange) return "exchanging agents changes the environment";
  if (orbitCount(agentCount, profiles.sizes[0]) > MOST_PROFILES)
    return "there are too many multisets of types";
  const listed = !isInterim(problem) && !flowsOverOrbits(problem);
  if (listed && profiles.count > MOST_PROFILES) return "payments at so many profiles cannot be listed";
  const byOrder =
    question.allocation === "efficient" && (question.ties === "first" || question.ties === "last");
  if (byOrder && !exchange.outcomesStay)
    return "ties are broken by the order of outcomes, which names agents";
  if (question.allocation === "given" && !ruleIsSymmetric(problem, exchange.swaps)) {
    return "exchanging agents changes the allocation rule";
  }
  return undefined;
}

function ruleIsSymmetric({ environment, allowed }: Problem, swaps: readonly Int32Array[]): boolean {
  const { count } = environment.profiles;
  if (count > MOST_PROFILES) return false;
  for (let s = 0; s < count; s++) {
    const here = new Map(allowed.fixed(s)!.map((entry) => [entry.outcome, entry.probability]));
    for (let i = 0; i < swaps.length; i++) {
      const there = allowed.fixed(swapped(environment, s, i))!;
      const same = there.every(({ outcome, probability }) =>
        here.get(swaps[i][outcome])?.equals(probability),
      );
      if (!same || there.length !== here.size) return false;
    }
  }
  return true;
}

function exchangeableSize(problem: Problem): Size {
  const { environment, question } = problem;
  const { agentCount, profiles } = environment;
  const types = profiles.sizes[0];
  if (flowsOverOrbits(problem)) return { rows: 2, columns: types + 1, nonzeros: 2 * types + 1 };
  if (isInterim(problem)) {
    const pairs = question.ic === "none" ? 0 : types * (types - 1);
    return { rows: pairs + types + 1, columns: types + 1, nonzeros: 2 * pairs + 2 * types };
  }
  const all = orbitCount(agentCount, types);
  const own = types * orbitCount(agentCount - 1, types);
  const bayesian = question.ic === "bayesian" || question.ic === "none";
  const rows = all + (question.ir === "ex-post" ? own : types) + (bayesian ? types ** 2 : own * (types - 1));
  return { rows, columns: all + own + types, nonzeros: 3 * rows };
}
