import { orbits } from "../../environment/orbits/orbits.js";
import { incentiveLabel } from "../../mechanism/incentive-compatibility.js";
import type { SymmetricMechanism } from "../../mechanism/symmetric-mechanism.js";
import { Rational } from "../../number/rational.js";
import { RationalSum } from "../../number/rational-sum.js";
import type { Problem } from "../../problem/problem.js";
import { type RequirementFinding, requiredProperties } from "../../problem/requirements.js";
import { orbitAccount } from "./orbit-accounts.js";
import type { SymmetricAgents } from "./symmetric-agents.js";
import type { SymmetricPass } from "./symmetric-pass.js";
import { WeightedAudit } from "./weighted-audit.js";

/** What the accounts of all multisets of types come to: every requirement on money, and what objectives measure. */
export class OrbitSurvey {
  readonly audits = new Map<RequirementFinding["requirement"], WeightedAudit>();
  /** Expected outside money, and the most. */
  readonly subsidy: Rational;
  readonly worst: Rational;
  /** Expected payments beyond the cost, and expected gains of all agents together with them. */
  readonly surplus: Rational;
  readonly gains: Rational;

  constructor(
    private readonly problem: Problem,
    private readonly agents: SymmetricAgents,
    private readonly pass: SymmetricPass,
    mechanism: SymmetricMechanism,
  ) {
    const { environment, question } = problem;
    const { audits } = this;
    for (const name of requiredProperties(question)) audits.set(name, new WeightedAudit());
    const [outside, left, gained] = [new RationalSum(), new RationalSum(), new RationalSum()];
    let worst = Rational.ZERO;
    const paid = Array.from({ length: agents.typeCount }, () => new RationalSum());
    for (const orbit of orbits(environment)) {
      const { profile, size, present } = orbit;
      const { payments, subsidy, gains, surplus } = orbitAccount(agents, pass, mechanism, orbit);
      const at = () => environment.profileLabel(profile);
      const mass = agents.mass(orbit);
      const [numerator, denominator] = surplus.fraction;
      left.addFraction(mass * numerator, denominator);
      gains.forEach(([gain, own], k) => {
        const { count, agent } = present[k];
        const label = () => `participation of ${environment.agents[agent].name} at ${at()}`;
        audits.get("ex post IR")?.addFraction(gain, own, size * count, label);
        gained.addFraction(mass * gain * BigInt(count), own);
      });
      outside.addFraction(mass * subsidy.numerator, subsidy.denominator);
      worst = Rational.maximum(worst, subsidy);
      audits
        .get("subsidy not negative")
        ?.add(subsidy, size, () => `a subsidy that is not negative at ${at()}`);
      audits.get("no subsidy")?.add(subsidy.absolute().negate(), size, () => `no subsidy at ${at()}`);
      this.auditBudget("ex post", surplus.add(subsidy), size, () => `budget at ${at()}`);
      agents.beliefs(orbit).forEach((belief, k) => {
        const { numerator: own, denominator: over } = payments[k];
        paid[present[k].type].addFraction(belief * own, over);
      });
    }
    const whole = agents.denominator ** BigInt(environment.agentCount);
    const expected = (sum: RationalSum) => sum.value.divide(Rational.of(whole));
    this.subsidy = expected(outside);
    this.worst = worst;
    this.surplus = expected(left);
    // What agents gain, and what payments leave beyond the cost.
    this.gains = expected(gained).add(this.surplus);
    const mean = new RationalSum().add(this.surplus).add(this.subsidy);
    this.auditBudget("ex ante", mean, 1, () => "budget in expectation");
    const others = Rational.of(whole / agents.denominator);
    this.auditIncentives(paid.map((sum) => sum.value.divide(others)));
  }

  private auditBudget(when: "ex post" | "ex ante", left: RationalSum, times: number, label: () => string) {
    const [numerator, denominator] = left.fraction;
    const off = numerator < 0n ? numerator : -numerator;
    this.audits.get(`${when} balance`)?.addFraction(off, denominator, times, label);
    this.audits.get(`${when} no deficit`)?.addFraction(numerator, denominator, times, label);
  }

  /** Given the expected payment of each report. */
  private auditIncentives(paid: readonly Rational[]): void {
    const audit = this.audits.get("Bayesian IC");
    if (!audit) return;
    const { typeCount, classCount, values } = this.agents;
    const { environment } = this.problem;
    const { chances } = this.pass;
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
