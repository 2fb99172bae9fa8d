import type { Multipliers, Price } from "../../certificate/multipliers.js";
import { grouped } from "../../certificate/price-blocks.js";
import { type Frame, insured, insuredAlike, interimPaid, interimPaidAlike } from "../../mechanism/forms.js";
import { StructuredMechanism } from "../../mechanism/structured-mechanism.js";
import { Rational } from "../../number/rational.js";
import { RationalVector } from "../../number/rational-vector.js";
import { asked, type Problem } from "../../question/problem.js";
import type { Family } from "../../question/requirement.js";
import { LotteryTable } from "../../space/lottery-table.js";
import { sorted, swappedBack } from "../../space/orbits.js";
import type { LinearFormulation } from "../formulation.js";
import { OrbitColumns, type PlacedOrbit } from "./orbit-columns.js";
import type { OrbitPlace } from "./orbit-looks.js";
import { OrbitRows } from "./orbit-rows.js";

/**
 * The direct linear program of exchangeable agents, up to exchanges (theory, section 7): averaging a mechanism over all exchanges
 * of agents keeps every requirement and the objective, so symmetric mechanisms are enough: a payment is a function of the own type
 * and the orbit, and outcomes that an exchange of equal types turns into each other share their probability. Where interim payments
 * are all that matter (BN Prop. 2), payments are `T(a)` alone, and an ex post budget is an ex ante one.
 *
 * Way back of the dual: a row stands for the direct rows of all agents and all profiles of its orbit, and their average is a
 * dual as well, so each of them gets the row's dual divided by how many they are.
 */
export class OrbitProgram implements LinearFormulation {
  readonly name = "exchangeable";
  readonly program: LinearFormulation["program"];
  private readonly columns: OrbitColumns;
  private readonly rows: OrbitRows;

  constructor(private readonly problem: Problem) {
    this.columns = new OrbitColumns(problem);
    const insures = this.columns.interimOnly && problem.question.budget === "ex-post";
    this.rows = new OrbitRows(insures ? asked(problem, { budget: "ex-ante" }) : problem, this.columns);
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
    if (columns.interimOnly) return this.interimPaid({ environment, given, rule, subsidy }, primal);
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

  /** Interim payments, which mutual insurance makes up for where the budget is ex post. */
  private interimPaid(frame: Frame, primal: RationalVector): StructuredMechanism {
    const { columns, rows, isAlike } = this;
    const { environment, question } = this.problem;
    const byType = (of: (type: number) => Rational) =>
      RationalVector.from(environment.agents[0].types.map((_, type) => of(type)));
    const own = byType((type) => primal.at(columns.interimPayment(type)));
    const all = environment.agents.map(() => own);
    if (question.budget !== "ex-post")
      return isAlike ? interimPaidAlike(frame, own) : interimPaid(frame, all);
    const predicted = byType((type) => rows.predictedCost(type).at(primal));
    return isAlike ? insuredAlike(frame, own, predicted) : insured(frame, all, predicted);
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
