import type { AllocationRule } from "../../environment/lottery.js";
import { sorted } from "../../environment/orbits/orbits.js";
import type { Mechanism } from "../../mechanism/mechanism.js";
import { insuredPayment } from "../../mechanism/mutual-insurance.js";
import { SymmetricMechanism } from "../../mechanism/symmetric-mechanism.js";
import { Rational } from "../../number/rational.js";
import { RationalSum } from "../../number/rational-sum.js";
import { RationalVector } from "../../number/rational-vector.js";
import type { Problem } from "../../problem/problem.js";
import type {
  BudgetPrices,
  IncentiveMultiplier,
  Multipliers,
  ParticipationMultiplier,
} from "../../proof/multipliers.js";
import type { LinearFormulation } from "../formulation.js";
import { ExchangeableColumns, type PlacedOrbit } from "./exchangeable-columns.js";
import { ExchangeableRows } from "./exchangeable-rows.js";

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
      ? this.interimPayment(primal, lottery)
      : (type: number, increasing: number) => primal.at(columns.payment(at(increasing), type));
    const subsidy = (increasing: number) =>
      columns.subsidyByOrbit ? primal.at(at(increasing).subsidy) : money;
    return new SymmetricMechanism(environment, columns.exchange, lottery, payment, subsidy);
  }

  /** Interim payments, which mutual insurance makes up for where the budget is ex post. */
  private interimPayment(primal: RationalVector, lottery: AllocationRule) {
    const { columns, problem } = this;
    const { environment, question } = problem;
    const { agentCount, profiles, prior } = environment;
    const types = Array.from({ length: profiles.sizes[0] }, (_, type) => type);
    const own = RationalVector.from(types.map((type) => primal.at(columns.interimPayment(type))));
    if (question.budget !== "ex-post") return (type: number) => own.at(type);
    const costs = types.map(() => new RationalSum());
    for (const { profile, size, present } of columns.orbits) {
      for (const { type, count, agent } of present) {
        const ways = Rational.of(BigInt(size) * BigInt(count), agentCount);
        const belief = prior.belief(agent, profile).multiply(ways);
        for (const { outcome, probability } of lottery(profile)) {
          costs[type].addProduct(belief.multiply(probability), environment.cost(outcome, profile));
        }
      }
    }
    const expected = RationalVector.from(costs.map((cost) => cost.value));
    return insuredPayment(environment, lottery, own, expected);
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
