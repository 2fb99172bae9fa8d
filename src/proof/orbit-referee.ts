import { exchangeability } from "../environment/exchangeability.js";
import { orbits } from "../environment/orbits.js";
import { incentiveLabel } from "../mechanism/incentive-compatibility.js";
import type { Mechanism } from "../mechanism/mechanism.js";
import { SymmetricMechanism } from "../mechanism/symmetric-mechanism.js";
import { Rational } from "../number/rational.js";
import { RationalSum } from "../number/rational-sum.js";
import type { Problem } from "../problem/problem.js";
import { allowsSubsidy } from "../problem/question.js";
import { type RequirementFinding, requiredProperties } from "../problem/requirements.js";
import type { Multipliers } from "./multipliers.js";
import { type OrbitAccount, orbitAccount } from "./orbit-accounts.js";
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
    const { pass, problem, agents } = this;
    if (!pass) return [];
    const { environment, question } = problem;
    const audits = new Map<RequirementFinding["requirement"], WeightedAudit>();
    for (const name of requiredProperties(question)) audits.set(name, new WeightedAudit());
    const expected = new RationalSum();
    const paid = Array.from({ length: agents.typeCount }, () => new RationalSum());
    for (const { orbit, payments, subsidy, gains, surplus } of this.accounts()) {
      const { profile, size, present } = orbit;
      const at = () => environment.profileLabel(profile);
      gains.forEach(([numerator, denominator], k) => {
        const { count, agent } = present[k];
        const label = () => `participation of ${environment.agents[agent].name} at ${at()}`;
        audits.get("ex post IR")?.addFraction(numerator, denominator, size * count, label);
      });
      audits
        .get("subsidy not negative")
        ?.add(subsidy, size, () => `a subsidy that is not negative at ${at()}`);
      audits.get("no subsidy")?.add(subsidy.absolute().negate(), size, () => `no subsidy at ${at()}`);
      const [left, denominator] = surplus.add(subsidy).fraction;
      const off = left < 0n ? left : -left;
      audits.get("ex post balance")?.addFraction(off, denominator, size, () => `budget at ${at()}`);
      audits.get("ex post no deficit")?.addFraction(left, denominator, size, () => `budget at ${at()}`);
      expected.addFraction(left * agents.mass(orbit), denominator);
      agents.beliefs(orbit).forEach((belief, k) => {
        const { numerator, denominator: own } = payments[k];
        paid[present[k].type].addFraction(belief * numerator, own);
      });
    }
    const [mean, denominator] = expected.fraction;
    const off = mean < 0n ? mean : -mean;
    audits.get("ex ante balance")?.addFraction(off, denominator, 1, () => "budget in expectation");
    audits.get("ex ante no deficit")?.addFraction(mean, denominator, 1, () => "budget in expectation");
    const whole = Rational.of(agents.denominator ** BigInt(environment.agentCount - 1));
    this.auditIncentives(
      audits.get("Bayesian IC"),
      paid.map((sum) => sum.value.divide(whole)),
    );
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
    const { agents } = this;
    const { question, environment } = this.problem;
    const { objective } = question;
    const outside = objective === "min-subsidy" || objective === "min-worst-subsidy";
    if (objective === "feasibility" || (outside && !allowsSubsidy(question))) return Rational.ZERO;
    const total = new RationalSum();
    let worst = Rational.ZERO;
    for (const { orbit, subsidy, gains, surplus } of this.accounts()) {
      const mass = agents.mass(orbit);
      if (outside) {
        total.addFraction(mass * subsidy.numerator, subsidy.denominator);
        if (objective === "min-worst-subsidy") worst = Rational.maximum(worst, subsidy);
        continue;
      }
      const [left, denominator] = surplus.fraction;
      total.addFraction(mass * left, denominator);
      if (objective === "max-surplus") continue;
      // Gains are what agents gain and what payments leave beyond the cost.
      gains.forEach(([numerator, own], k) => {
        total.addFraction(mass * numerator * BigInt(orbit.present[k].count), own);
      });
    }
    if (objective === "min-worst-subsidy") return worst;
    return total.value.divide(Rational.of(agents.denominator ** BigInt(environment.agentCount)));
  }

  private *accounts(): Iterable<OrbitAccount> {
    const { agents, pass, mechanism } = this;
    for (const orbit of orbits(this.problem.environment)) {
      yield orbitAccount(agents, pass!, mechanism!, orbit);
    }
  }

  /** What the multipliers prove; undefined for multipliers of another kind. Throws ProofFault. */
  bound(multipliers: Multipliers): Rational | undefined {
    if (!(multipliers instanceof OrbitPriceMultipliers)) return undefined;
    return orbitPriceBound(this.problem, this.agents, this.outcomes, multipliers);
  }

  /** Given the expected payment of each report. */
  private auditIncentives(audit: WeightedAudit | undefined, paid: readonly Rational[]): void {
    if (!audit) return;
    const { typeCount, classCount, values } = this.agents;
    const { environment } = this.problem;
    const { chances } = this.pass!;
    const unit = chances.denominator * environment.moneyDenominator;
    const utility = (type: number, report: number) => {
      let value = 0n;
      for (let k = 0; k < classCount; k++) {
        value += chances.numeratorAt(report * classCount + k) * values[type * classCount + k];
      }
      return Rational.of(value, unit).subtract(paid[report]);
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
