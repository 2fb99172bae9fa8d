import type { Multipliers, Price } from "../../certificate/multipliers.js";
import { grouped } from "../../certificate/price-blocks.js";
import { StructuredMechanism } from "../../mechanism/structured-mechanism.js";
import { Rational } from "../../number/rational.js";
import { RationalVector } from "../../number/rational-vector.js";
import type { Problem } from "../../question/problem.js";
import type { Family } from "../../question/requirement.js";
import { LotteryTable } from "../../space/lottery-table.js";
import { sorted, swappedBack } from "../../space/orbits.js";
import { type InterimAnswer, interimPayments } from "../../step/interim-payments.js";
import type { Taken } from "../../step/step.js";
import type { LinearFormulation } from "../formulation.js";
import { OrbitColumns, type PlacedOrbit } from "./orbit-columns.js";
import type { OrbitPlace } from "./orbit-looks.js";
import { OrbitRows } from "./orbit-rows.js";

/**
 * The direct linear program of exchangeable agents, up to exchanges (theory, section 7): averaging a mechanism over all exchanges
 * of agents keeps every requirement and the objective, so symmetric mechanisms are enough: a payment is a function of the own type
 * and the orbit, and outcomes that an exchange of equal types turns into each other share their probability. Where interim payments
 * are all that matters, they are `T(a)` alone.
 *
 * Way back of the dual: a row stands for the direct rows of all agents and all profiles of its orbit, and their average is a
 * dual as well, so each of them gets the row's dual divided by how many they are.
 */
export class OrbitProgram implements LinearFormulation {
  readonly name = "exchangeable";
  readonly program: LinearFormulation["program"];
  private readonly columns: OrbitColumns;
  private readonly rows: OrbitRows;
  private readonly taken: Taken<InterimAnswer> | undefined;

  constructor(private readonly problem: Problem) {
    this.columns = new OrbitColumns(problem);
    this.taken = this.columns.interimOnly ? interimPayments.apply(problem) : undefined;
    this.rows = new OrbitRows(this.taken?.to ?? problem, this.columns);
    this.program = this.rows.builder.build();
  }

  /** Answers are told of one agent where its value depends on nothing but its own type. */
  private get isAlike(): boolean {
    return this.problem.environment.hasPrivateValues;
  }

  recoverMechanism(primal: RationalVector): StructuredMechanism {
    const { columns, problem, isAlike } = this;
    const { environment, givenRule: given } = problem;
    const { profiles, agents } = environment;
    // What is told of: every orbit, or every profile with the swaps from its orbit's increasing member.
    const told = isAlike
      ? columns.orbits.map((orbit) => ({ orbit, swaps: [] }))
      : Array.from({ length: profiles.count }, (_, s) => {
          const { profile, swaps } = sorted(environment, s);
          return { orbit: columns.byProfile.get(profile)!, swaps };
        });
    const lotteries = told.map(({ orbit, swaps }) =>
      swappedBack(columns.lottery(orbit, primal), swaps, columns.exchange),
    );
    const rule = { kind: "table", lotteries: LotteryTable.from(lotteries) } as const;
    const subsidy = columns.money === undefined ? Rational.ZERO : primal.at(columns.money);
    if (this.taken) return this.taken.back({ rule, subsidy, ...this.interimAnswer(primal) });
    const amount = (orbit: PlacedOrbit, type: number) => primal.at(columns.payment(orbit, type));
    const payments = isAlike
      ? [columns.orbits.flatMap((orbit) => orbit.present.map(({ type }) => amount(orbit, type)))]
      : agents.map((_, i) => told.map(({ orbit }, s) => amount(orbit, profiles.typeOf(s, i))));
    const subsidies = told.map(({ orbit }) => {
      return columns.subsidyByOrbit ? primal.at(orbit.subsidy) : subsidy;
    });
    const table = (amounts: readonly Rational[]) =>
      ({ kind: "table", amounts: RationalVector.from(amounts) }) as const;
    return new StructuredMechanism(
      environment,
      { alike: isAlike, rule, payments: payments.map(table), money: table(subsidies) },
      given,
    );
  }

  private interimAnswer(primal: RationalVector): Omit<InterimAnswer, "rule" | "subsidy"> {
    const { columns, rows, isAlike: alike } = this;
    const { agents } = this.problem.environment;
    const ofTypes = (of: (type: number) => Rational) =>
      RationalVector.from(agents[0].types.map((_, type) => of(type)));
    const told = (own: RationalVector) => (alike ? [own] : agents.map(() => own));
    return {
      alike,
      payments: told(ofTypes((type) => primal.at(columns.interimPayment(type)))),
      costs: () => ofTypes((type) => rows.predictedCost(type).at(primal)),
      gains: () => told(ofTypes((type) => rows.gain(type).at(primal))),
    };
  }

  recoverMultipliers(dual: RationalVector, purpose: Multipliers["purpose"]): Multipliers {
    const { rows, problem } = this;
    const { environment, question } = problem;
    const alike = this.isAlike && this.columns.interimOnly;
    const agents = alike ? [undefined] : [...environment.agents.keys()];
    const prices: [on: Family, price: Price][] = [];
    const byOrbit = new Map<PlacedOrbit, { on: Family; place: OrbitPlace; weight: Rational }[]>();
    rows.meanings.forEach((meaning, row) => {
      if (!meaning || dual.at(row).isZero) return;
      const { requirement, place } = meaning;
      const { orbit, type, report, copies } = place;
      const on = requirement.family;
      const weight = dual.at(row).divide(Rational.of(copies));
      if (orbit) {
        const found = byOrbit.get(orbit) ?? [];
        byOrbit.set(orbit, found);
        found.push({ on, place, weight });
      } else if (requirement.of === "designer") prices.push([on, { weight }]);
      else for (const agent of agents) prices.push([on, { agent, type, report, weight }]);
    });
    if (byOrbit.size === 0) return { purpose, alike, prices: grouped(prices) };
    const { profiles } = environment;
    for (let profile = 0; profile < profiles.count; profile++) {
      const found = byOrbit.get(this.columns.byProfile.get(sorted(environment, profile).profile)!) ?? [];
      for (const { on, place, weight } of found) {
        const { type, report } = place;
        if (type === undefined) prices.push([on, { profile, weight }]);
        else
          for (const agent of environment.agents.keys()) {
            if (profiles.typeOf(profile, agent) !== type) continue;
            const price = { agent, profile, weight };
            const reported = question.ic === "dominant" ? profile : undefined;
            prices.push([on, report === undefined ? price : { ...price, type, report, reported }]);
          }
      }
    }
    return { purpose, alike, prices: grouped(prices) };
  }
}
