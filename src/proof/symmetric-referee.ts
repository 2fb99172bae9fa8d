import { gains } from "../environment/efficiency.js";
import { type Exchangeability, exchangeability } from "../environment/exchangeability.js";
import type { Lottery } from "../environment/lottery.js";
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
import { symmetricBound } from "./symmetric-bound.js";
import { SymmetricInterim } from "./symmetric-interim.js";
import { WeightedAudit } from "./weighted-audit.js";

/**
 * The referee of exchangeable agents (theory, section 7). It finds the symmetry in the data by itself; a requirement then
 * holds for all agents and profiles if it does for one of each kind, and expectations are sums over multisets of types
 * with multinomial weights. For private values, independent types and requirements in expectation or on the budget.
 */
export class SymmetricReferee {
  private readonly interim: SymmetricInterim;

  private constructor(
    private readonly problem: Problem,
    private readonly mechanism: SymmetricMechanism,
  ) {
    this.interim = new SymmetricInterim(problem.environment, mechanism);
  }

  /** Undefined where mechanism, environment or question are of another kind. */
  static of(problem: Problem, mechanism: Mechanism | undefined): SymmetricReferee | undefined {
    const { environment, question } = problem;
    const { ic, ir, allocation, ties } = question;
    if (environment.prior.kind !== "independent" || !environment.hasPrivateValues) return undefined;
    if (ic === "ex-post" || ic === "dominant" || ir === "ex-post" || allocation === "given") return undefined;
    if (!(mechanism instanceof SymmetricMechanism) || mechanism.environment !== environment) return undefined;
    const exchange = exchangeability(environment);
    if (!exchange || mechanism.exchange !== exchange) return undefined;
    if (allocation === "efficient" && (ties === "first" || ties === "last") && !exchange.outcomesStay) {
      return undefined;
    }
    for (const orbit of orbits(environment)) {
      if (!treatsEqualsAlike(orbit, mechanism.orbitLottery(orbit.profile), exchange)) return undefined;
    }
    return new SymmetricReferee(problem, mechanism);
  }

  findings(): RequirementFinding[] {
    const mechanism = this.mechanism;
    const { environment, question, allowed } = this.problem;
    const audits = new Map<RequirementFinding["requirement"], WeightedAudit>();
    const names = ["allowed outcomes" as const, ...requiredProperties(question)];
    for (const name of names) audits.set(name, new WeightedAudit());
    const expected = new RationalSum();
    for (const orbit of orbits(environment)) {
      const { profile, size } = orbit;
      const at = () => environment.profileLabel(profile);
      const lottery = mechanism.orbitLottery(profile);
      audits
        .get("allowed outcomes")!
        .add(distance(lottery, allowed.outcomes(profile), allowed.fixed(profile)).negate(), size, () => {
          return `an allowed outcome at ${at()}`;
        });
      const lotteries = audits.get("lotteries")!;
      const total = Rational.sum(lottery.map(({ probability }) => probability));
      lotteries.add(total.subtract(Rational.ONE).absolute().negate(), size, () => {
        return `probabilities that sum to 1 at ${at()}`;
      });
      for (const { outcome, probability } of lottery) {
        lotteries.add(
          probability,
          size,
          () => `a probability of ${environment.outcomes[outcome]} at ${at()}`,
        );
      }
      const subsidy = mechanism.orbitSubsidy(profile);
      audits
        .get("subsidy not negative")
        ?.add(subsidy, size, () => `a subsidy that is not negative at ${at()}`);
      audits.get("no subsidy")?.add(subsidy.absolute().negate(), size, () => `no subsidy at ${at()}`);
      const surplus = this.surplus(orbit, lottery).add(subsidy);
      audits.get("ex post balance")?.add(surplus.absolute().negate(), size, () => `budget at ${at()}`);
      audits.get("ex post no deficit")?.add(surplus, size, () => `budget at ${at()}`);
      expected.addProduct(this.mass(orbit), surplus);
    }
    const mean = expected.value;
    audits.get("ex ante balance")?.add(mean.absolute().negate(), 1, () => "budget in expectation");
    audits.get("ex ante no deficit")?.add(mean, 1, () => "budget in expectation");
    this.auditIncentives(audits.get("Bayesian IC"));
    this.auditParticipation(audits.get("interim IR"), audits.get("ex ante IR"));
    return names.map((requirement) => ({ requirement, ...audits.get(requirement)!.finding() }));
  }

  objective(): Rational {
    const { environment, question } = this.problem;
    const mechanism = this.mechanism;
    const { objective } = question;
    const outside = objective === "min-subsidy" || objective === "min-worst-subsidy";
    if (objective === "feasibility" || (outside && !allowsSubsidy(question))) return Rational.ZERO;
    const total = new RationalSum();
    let worst = Rational.ZERO;
    for (const orbit of orbits(environment)) {
      const lottery = mechanism.orbitLottery(orbit.profile);
      const p = this.mass(orbit);
      if (outside) {
        const subsidy = mechanism.orbitSubsidy(orbit.profile);
        total.addProduct(p, subsidy);
        worst = Rational.maximum(worst, subsidy);
      } else if (objective === "max-surplus") total.addProduct(p, this.surplus(orbit, lottery));
      else {
        for (const { outcome, probability } of lottery) {
          total.addProduct(p.multiply(probability), gains(environment, outcome, orbit.profile));
        }
      }
    }
    return objective === "min-worst-subsidy" ? worst : total.value;
  }

  /** What the multipliers prove; undefined where they do not treat agents alike. Throws ProofFault. */
  bound(multipliers: Multipliers): Rational | undefined {
    return symmetricBound(this.problem, multipliers);
  }

  private mass({ profile, size }: Orbit): Rational {
    return this.problem.environment.prior.probability(profile).multiply(Rational.of(size));
  }

  /** Payments minus the cost. */
  private surplus({ profile, present }: Orbit, lottery: Lottery): Rational {
    const { environment } = this.problem;
    const total = new RationalSum();
    for (const { type, count } of present) {
      total.addProduct(this.mechanism.orbitPayment(type, profile), Rational.of(count));
    }
    for (const { outcome, probability } of lottery) {
      total.addProduct(probability.negate(), environment.cost(outcome, profile));
    }
    return total.value;
  }

  private auditIncentives(audit: WeightedAudit | undefined): void {
    if (!audit) return;
    const { environment } = this.problem;
    const types = environment.profiles.sizes[0];
    for (let type = 0; type < types; type++) {
      const truthful = this.interim.utility(type, type);
      for (let report = 0; report < types; report++) {
        if (report === type) continue;
        const slack = truthful.subtract(this.interim.utility(type, report));
        audit.add(slack, environment.agentCount, () => incentiveLabel(environment, 0, type, report));
      }
    }
  }

  private auditParticipation(interim: WeightedAudit | undefined, exAnte: WeightedAudit | undefined): void {
    const { environment } = this.problem;
    const { agents, agentCount, prior } = environment;
    const mean = new RationalSum();
    agents[0].types.forEach((label, type) => {
      const gain = this.interim.utility(type, type).subtract(this.interim.outside(type));
      interim?.add(gain, agentCount, () => `participation of ${agents[0].name} ${label}`);
      mean.addProduct(prior.marginals[0].at(type), gain);
    });
    exAnte?.add(mean.value, agentCount, () => `participation of ${agents[0].name} before its type is known`);
  }
}

/** Whether exchanging agents of the same type leaves the lottery as it is. */
function treatsEqualsAlike({ types }: Orbit, lottery: Lottery, exchange: Exchangeability): boolean {
  if (exchange.outcomesStay) return true;
  const chance = new Map(lottery.map(({ outcome, probability }) => [outcome, probability]));
  if (chance.size !== lottery.length) return false;
  for (let i = 0; i + 1 < types.length; i++) {
    if (types[i] !== types[i + 1]) continue;
    for (const [outcome, probability] of chance) {
      if (!chance.get(exchange.swaps[i][outcome])?.equals(probability)) return false;
    }
  }
  return true;
}

/** Probability that the lottery puts where it may not, or by which it differs from the prescribed one. */
function distance(lottery: Lottery, outcomes: readonly number[], fixed: Lottery | undefined): Rational {
  const total = new RationalSum();
  for (const { outcome, probability } of lottery) {
    if (!fixed && !outcomes.includes(outcome)) total.add(probability.absolute());
    const prescribed = fixed?.find((entry) => entry.outcome === outcome)?.probability ?? Rational.ZERO;
    if (fixed) total.add(probability.subtract(prescribed).absolute());
  }
  for (const { outcome, probability } of fixed ?? []) {
    if (!lottery.some((entry) => entry.outcome === outcome)) total.add(probability.absolute());
  }
  return total.value;
}
