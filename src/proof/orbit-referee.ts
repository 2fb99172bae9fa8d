import { exchangeability } from "../environment/exchangeability.js";
import { type Orbit, orbits } from "../environment/orbits.js";
import { incentiveLabel } from "../mechanism/incentive-compatibility.js";
import type { Mechanism } from "../mechanism/mechanism.js";
import { SymmetricMechanism } from "../mechanism/symmetric-mechanism.js";
import { Rational } from "../number/rational.js";
import { RationalSum } from "../number/rational-sum.js";
import type { Problem } from "../problem/problem.js";
import { allowsSubsidy } from "../problem/question.js";
import { type RequirementFinding, requiredProperties } from "../problem/requirements.js";
import type { Multipliers } from "./multipliers.js";
import { OrbitOutcomes } from "./orbit-outcomes.js";
import { orbitPriceBound } from "./orbit-price-bound.js";
import { OrbitPriceMultipliers } from "./orbit-price-multipliers.js";
import { SymmetricAgents } from "./symmetric-agents.js";
import { SymmetricPass } from "./symmetric-pass.js";
import { WeightedAudit } from "./weighted-audit.js";

/**
 * The referee of exchangeable agents who take part at every profile (theory, section 7): Bayesian IC or none, ex post IR, any
 * budget. It finds the symmetry in the data by itself, looks once at every multiset of types, and asks of each type in it
 * what the definitions ask of all agents who have it at all profiles that have the multiset.
 */
export class OrbitReferee {
  private readonly agents: SymmetricAgents;
  private readonly outcomes: OrbitOutcomes;
  private readonly pass: SymmetricPass | undefined;

  private constructor(
    private readonly problem: Problem,
    private readonly mechanism: SymmetricMechanism | undefined,
  ) {
    this.agents = new SymmetricAgents(problem.environment);
    this.pass = mechanism && new SymmetricPass(problem, this.agents, mechanism);
    this.outcomes = this.pass?.outcomes ?? new OrbitOutcomes(problem, this.agents);
  }

  /** Undefined where mechanism, environment or question are of another kind. Without a mechanism it knows bounds alone. */
  static of(problem: Problem, mechanism: Mechanism | undefined): OrbitReferee | undefined {
    const { environment, question } = problem;
    const { ic, ir, allocation, ties } = question;
    if (environment.prior.kind !== "independent" || !environment.hasPrivateValues) return undefined;
    if (ir !== "ex-post" || (ic !== "bayesian" && ic !== "none") || allocation === "given") return undefined;
    const exchange = exchangeability(environment);
    if (!exchange) return undefined;
    const byOrder = allocation === "efficient" && (ties === "first" || ties === "last");
    if (byOrder && !exchange.outcomesStay) return undefined;
    if (!mechanism) return new OrbitReferee(problem, undefined);
    const known = mechanism instanceof SymmetricMechanism && mechanism.environment === environment;
    if (!known || mechanism.exchange !== exchange) return undefined;
    const referee = new OrbitReferee(problem, mechanism);
    return referee.pass!.isSymmetric ? referee : undefined;
  }

  findings(): RequirementFinding[] {
    const { mechanism, pass, problem } = this;
    if (!mechanism || !pass) return [];
    const { environment, question } = problem;
    const audits = new Map<RequirementFinding["requirement"], WeightedAudit>();
    for (const name of requiredProperties(question)) audits.set(name, new WeightedAudit());
    const expected = new RationalSum();
    for (const orbit of orbits(environment)) {
      const { profile, size } = orbit;
      const at = () => environment.profileLabel(profile);
      for (const { gain, count, agent } of this.gains(orbit)) {
        const label = () => `participation of ${environment.agents[agent].name} at ${at()}`;
        audits.get("ex post IR")?.add(gain, size * count, label);
      }
      const subsidy = mechanism.orbitSubsidy(profile);
      audits
        .get("subsidy not negative")
        ?.add(subsidy, size, () => `a subsidy that is not negative at ${at()}`);
      audits.get("no subsidy")?.add(subsidy.absolute().negate(), size, () => `no subsidy at ${at()}`);
      const surplus = this.surplus(orbit).add(subsidy);
      audits.get("ex post balance")?.add(surplus.absolute().negate(), size, () => `budget at ${at()}`);
      audits.get("ex post no deficit")?.add(surplus, size, () => `budget at ${at()}`);
      expected.addProduct(this.mass(orbit), surplus);
    }
    const mean = expected.value;
    audits.get("ex ante balance")?.add(mean.absolute().negate(), 1, () => "budget in expectation");
    audits.get("ex ante no deficit")?.add(mean, 1, () => "budget in expectation");
    this.auditIncentives(audits.get("Bayesian IC"));
    return [
      { requirement: "allowed outcomes", ...pass.allowed.finding() },
      ...requiredProperties(question).map((requirement) => ({
        requirement,
        ...(requirement === "lotteries" ? pass.lotteries : audits.get(requirement)!).finding(),
      })),
    ];
  }

  /** What the question measures the mechanism by. */
  objective(): Rational {
    const { environment, question } = this.problem;
    const { objective } = question;
    const outside = objective === "min-subsidy" || objective === "min-worst-subsidy";
    if (objective === "feasibility" || (outside && !allowsSubsidy(question))) return Rational.ZERO;
    const total = new RationalSum();
    let worst = Rational.ZERO;
    for (const orbit of orbits(environment)) {
      const mass = this.mass(orbit);
      if (outside) {
        const subsidy = this.mechanism!.orbitSubsidy(orbit.profile);
        total.addProduct(mass, subsidy);
        worst = Rational.maximum(worst, subsidy);
      } else {
        total.addProduct(mass, this.surplus(orbit));
        if (objective === "max-surplus") continue;
        // Gains are what agents gain and what payments leave beyond the cost.
        for (const { gain, count } of this.gains(orbit)) {
          total.addProduct(mass, gain.multiply(Rational.of(count)));
        }
      }
    }
    return objective === "min-worst-subsidy" ? worst : total.value;
  }

  /** What the multipliers prove; undefined for multipliers of another kind. Throws ProofFault. */
  bound(multipliers: Multipliers): Rational | undefined {
    if (!(multipliers instanceof OrbitPriceMultipliers)) return undefined;
    return orbitPriceBound(this.problem, this.agents, this.outcomes, multipliers);
  }

  private mass(orbit: Orbit): Rational {
    const { agents, problem } = this;
    return Rational.of(agents.mass(orbit), agents.denominator ** BigInt(problem.environment.agentCount));
  }

  /** By type present: value less payment and outside option of an agent that has it. */
  private gains({ profile, present }: Orbit): { gain: Rational; count: number; agent: number }[] {
    const { environment } = this.problem;
    const lottery = this.mechanism!.orbitLottery(profile);
    return present.map(({ type, count, agent }) => {
      const gain = new RationalSum()
        .add(environment.outsideOption(agent, profile).negate())
        .add(this.mechanism!.orbitPayment(type, profile).negate());
      for (const { outcome, probability } of lottery) {
        gain.addProduct(probability, environment.value(agent, outcome, profile));
      }
      return { gain: gain.value, count, agent };
    });
  }

  /** Payments minus the cost. */
  private surplus({ profile, present }: Orbit): Rational {
    const { environment } = this.problem;
    const total = new RationalSum();
    for (const { type, count } of present) {
      total.addProduct(this.mechanism!.orbitPayment(type, profile), Rational.of(count));
    }
    for (const { outcome, probability } of this.mechanism!.orbitLottery(profile)) {
      total.addProduct(probability.negate(), environment.cost(outcome, profile));
    }
    return total.value;
  }

  private auditIncentives(audit: WeightedAudit | undefined): void {
    if (!audit) return;
    const { agents, pass } = this;
    const { environment } = this.problem;
    const { typeCount, classCount, values } = agents;
    const payments = Array.from({ length: typeCount }, () => new RationalSum());
    const whole = agents.denominator ** BigInt(environment.agentCount - 1);
    for (const orbit of orbits(environment)) {
      agents.beliefs(orbit).forEach((belief, k) => {
        const { type } = orbit.present[k];
        const payment = this.mechanism!.orbitPayment(type, orbit.profile);
        payments[type].addProduct(Rational.of(belief, whole), payment);
      });
    }
    const paid = payments.map((sum) => sum.value);
    const { chances } = pass!;
    const money = Rational.of(1n, environment.moneyDenominator);
    const utility = (type: number, report: number) => {
      const total = new RationalSum().add(paid[report].negate());
      for (let k = 0; k < classCount; k++) {
        const value = money.multiply(Rational.of(values[type * classCount + k]));
        total.addProduct(chances.at(report * classCount + k), value);
      }
      return total.value;
    };
    for (let type = 0; type < typeCount; type++) {
      const truthful = utility(type, type);
      for (let report = 0; report < typeCount; report++) {
        if (report === type) continue;
        const slack = truthful.subtract(utility(type, report));
        audit.add(slack, environment.agentCount, () => incentiveLabel(environment, 0, type, report));
      }
    }
  }
}
