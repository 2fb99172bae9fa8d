import type { Multipliers, Price } from "../../certificate/multipliers.js";
import { expectedMoney, listed } from "../../certificate/price-blocks.js";
import type { Lottery } from "../../environment/lottery.js";
import { type Frame, insured, insuredAlike, interimPaid, interimPaidAlike } from "../../mechanism/forms.js";
import { StructuredMechanism } from "../../mechanism/structured-mechanism.js";
import { Rational } from "../../number/rational.js";
import { RationalSum } from "../../number/rational-sum.js";
import { RationalVector } from "../../number/rational-vector.js";
import type { Problem } from "../../question/problem.js";
import { LotteryTable } from "../../space/lottery-table.js";
import { sorted, swappedBack } from "../../space/orbits.js";
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

  recoverMechanism(primal: RationalVector): StructuredMechanism {
    const { columns, problem } = this;
    const { environment, givenRule: given } = problem;
    const subsidy = columns.money === undefined ? Rational.ZERO : primal.at(columns.money);
    const lotteries = columns.orbits.map((orbit) => columns.lottery(orbit, primal));
    const rule = {
      kind: "table",
      lotteries: LotteryTable.from(this.isAlike ? lotteries : this.everywhere(primal)),
    } as const;
    if (columns.interimOnly)
      return this.interimPaid({ environment, given, rule, subsidy }, lotteries, primal);
    const { payments, subsidies } = this.isAlike
      ? this.byOrbit(primal, subsidy)
      : this.byProfile(primal, subsidy);
    return new StructuredMechanism(
      environment,
      {
        alike: this.isAlike,
        rule,
        payments: payments.map((own) => ({ kind: "table", amounts: RationalVector.from(own) })),
        money: { kind: "table", amounts: RationalVector.from(subsidies) },
      },
      given,
    );
  }

  /** Lotteries profile by profile. */
  private everywhere(primal: RationalVector): Lottery[] {
    const { columns, problem } = this;
    return Array.from({ length: problem.environment.profiles.count }, (_, s) => {
      const { profile, swaps } = sorted(problem.environment, s);
      return swappedBack(columns.lottery(columns.byProfile.get(profile)!, primal), swaps, columns.exchange);
    });
  }

  private byOrbit(primal: RationalVector, money: Rational): Amounts {
    const { columns } = this;
    const payments = columns.orbits.flatMap((orbit) =>
      orbit.present.map(({ type }) => primal.at(columns.payment(orbit, type))),
    );
    const subsidies = columns.orbits.map(({ subsidy }) =>
      columns.subsidyByOrbit ? primal.at(subsidy) : money,
    );
    return { payments: [payments], subsidies };
  }

  private byProfile(primal: RationalVector, money: Rational): Amounts {
    const { columns, problem } = this;
    const { environment } = problem;
    const { profiles, agents } = environment;
    const orbits = Array.from({ length: profiles.count }, (_, s) => {
      return columns.byProfile.get(sorted(environment, s).profile)!;
    });
    return {
      payments: agents.map((_, agent) =>
        orbits.map((orbit, s) => primal.at(columns.payment(orbit, profiles.typeOf(s, agent)))),
      ),
      subsidies: orbits.map(({ subsidy }) => (columns.subsidyByOrbit ? primal.at(subsidy) : money)),
    };
  }

  /** Answers are told of one agent where its value depends on nothing but its own type. */
  private get isAlike(): boolean {
    return this.problem.environment.hasPrivateValues;
  }

  /** Interim payments, which mutual insurance makes up for where the budget is ex post. */
  private interimPaid(
    frame: Frame,
    lotteries: readonly Lottery[],
    primal: RationalVector,
  ): StructuredMechanism {
    const { columns, problem } = this;
    const { environment, question } = problem;
    const { agentCount, profiles, prior } = environment;
    const types = Array.from({ length: profiles.sizes[0] }, (_, type) => type);
    const own = RationalVector.from(types.map((type) => primal.at(columns.interimPayment(type))));
    const all = environment.agents.map(() => own);
    if (question.budget !== "ex-post")
      return this.isAlike ? interimPaidAlike(frame, own) : interimPaid(frame, all);
    const costs = types.map(() => new RationalSum());
    columns.orbits.forEach(({ profile, size, present }, orbit) => {
      for (const { type, count, agent } of present) {
        const ways = Rational.of(BigInt(size) * BigInt(count), agentCount);
        const belief = prior.belief(agent, profile).multiply(ways);
        for (const { outcome, probability } of lotteries[orbit]) {
          costs[type].addProduct(belief.multiply(probability), environment.cost(outcome, profile));
        }
      }
    });
    const predicted = RationalVector.from(costs.map((cost) => cost.value));
    return this.isAlike ? insuredAlike(frame, own, predicted) : insured(frame, all, predicted);
  }

  recoverMultipliers(dual: RationalVector, purpose: Multipliers["purpose"]): Multipliers {
    return this.columns.interimOnly ? this.inExpectation(dual, purpose) : this.atProfiles(dual, purpose);
  }

  private inExpectation(dual: RationalVector, purpose: Multipliers["purpose"]): Multipliers {
    const { environment } = this.problem;
    const among = Rational.of(environment.agentCount);
    const incentive: Price[] = [];
    const participation: Price[] = [];
    let money = Rational.ZERO;
    this.rows.meanings.forEach((meaning, row) => {
      const weight = dual.at(row);
      if (weight.isZero || meaning.kind === "definition") return;
      if (meaning.kind === "budget") money = weight;
      else
        (meaning.kind === "incentive" ? incentive : participation).push(
          ...this.ofEach(meaning, weight.divide(among)),
        );
    });
    const prices = [
      ...listed("incentive", incentive),
      ...listed("participation", participation),
      ...expectedMoney(money),
    ];
    return { purpose, alike: this.isAlike, prices };
  }

  /** A price of every agent's requirement: said once where agents are alike. */
  private ofEach(
    { type, report }: { readonly type?: number; readonly report?: number },
    weight: Rational,
  ): Price[] {
    if (this.isAlike) return [{ type, report, weight }];
    return this.problem.environment.agents.map((_, agent) => ({ agent, type, report, weight }));
  }

  private atProfiles(dual: RationalVector, purpose: Multipliers["purpose"]): Multipliers {
    const { problem, rows } = this;
    const { environment, question } = problem;
    const { profiles, agentCount } = environment;
    const incentive: Price[] = [];
    const participation: Price[] = [];
    const budget: Price[] = [];
    const among = Rational.of(agentCount);
    const byOrbit = new Map<PlacedOrbit, OrbitPrices>();
    const placed = (orbit: PlacedOrbit) => {
      const found = byOrbit.get(orbit) ?? { incentive: [], participation: [], price: Rational.ZERO };
      byOrbit.set(orbit, found);
      return found;
    };
    const each = (orbit: PlacedOrbit, type: number, weight: Rational) =>
      weight.divide(Rational.of(orbit.size * orbit.present.find((one) => one.type === type)!.count));
    const agents = environment.agents.map((_, agent) => agent);
    rows.meanings.forEach((meaning, row) => {
      const weight = dual.at(row);
      if (weight.isZero || meaning.kind === "definition") return;
      if (meaning.kind === "budget") {
        if (meaning.orbit) placed(meaning.orbit).price = weight.divide(Rational.of(meaning.orbit.size));
        else budget.push({ weight });
        return;
      }
      const { type, orbit } = meaning;
      if (meaning.kind === "incentive") {
        const { report } = meaning;
        if (orbit) placed(orbit).incentive.push([meaning.type, report, each(orbit, meaning.type, weight)]);
        else
          for (const agent of agents) incentive.push({ agent, type, report, weight: weight.divide(among) });
      } else if (orbit) placed(orbit).participation.push([type!, each(orbit, type!, weight)]);
      else for (const agent of agents) participation.push({ agent, type, weight: weight.divide(among) });
    });
    for (let s = 0; s < profiles.count; s++) {
      const found = byOrbit.get(this.columns.byProfile.get(sorted(environment, s).profile)!);
      if (!found) continue;
      if (!found.price.isZero) budget.push({ profile: s, weight: found.price });
      for (const agent of agents) {
        const own = profiles.typeOf(s, agent);
        for (const [type, report, weight] of found.incentive) {
          if (type !== own) continue;
          const price = { agent, type, report, profile: s, weight };
          incentive.push(question.ic === "dominant" ? { ...price, reported: s } : price);
        }
        for (const [type, weight] of found.participation) {
          if (type === own) participation.push({ agent, profile: s, weight });
        }
      }
    }
    const prices = [
      ...listed("incentive", incentive),
      ...listed("participation", participation),
      ...listed("budget", budget),
    ];
    return { purpose, alike: false, prices };
  }
}

/** Of every agent, or of one for all; by profile, or by orbit. */
interface Amounts {
  readonly payments: readonly (readonly Rational[])[];
  readonly subsidies: readonly Rational[];
}

/** Prices at each profile of an orbit: of an agent's type against a report, of its participation, and of money. */
interface OrbitPrices {
  readonly incentive: [type: number, report: number, weight: Rational][];
  readonly participation: [type: number, weight: Rational][];
  price: Rational;
}
