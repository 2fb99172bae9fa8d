import type { Orbit } from "../../environment/orbits/orbits.js";
import type { SymmetricMechanism } from "../../mechanism/symmetric-mechanism.js";
import type { Rational } from "../../number/rational.js";
import { RationalSum } from "../../number/rational-sum.js";
import type { SymmetricAgents } from "./symmetric-agents.js";
import type { SymmetricPass } from "./symmetric-pass.js";

/** What a mechanism does with the money of one multiset of types. */
export interface OrbitAccount {
  readonly orbit: Orbit;
  /** By type present: what an agent of it pays. */
  readonly payments: readonly Rational[];
  readonly subsidy: Rational;
  /** By type present: value less outside option and payment of an agent of it, not in lowest terms. */
  readonly gains: readonly (readonly [numerator: bigint, denominator: bigint])[];
  /** Payments of all agents minus the cost. */
  readonly surplus: RationalSum;
}

/** The accounts of one multiset of types, from the definitions. */
export function orbitAccount(
  agents: SymmetricAgents,
  pass: SymmetricPass,
  mechanism: SymmetricMechanism,
  orbit: Orbit,
): OrbitAccount {
  const { profile, present } = orbit;
  const { values, classCount, environment } = agents;
  const { costs, outsideOptions, moneyDenominator } = environment;
  const { denominator, outcomes, shares } = pass.sharesOf(mechanism.orbitLottery(profile));
  const unit = denominator * moneyDenominator;
  const surplus = new RationalSum();
  const payments = present.map(({ type, count }) => {
    const payment = mechanism.orbitPayment(type, profile);
    surplus.addFraction(payment.numerator * BigInt(count), payment.denominator);
    return payment;
  });
  let cost = 0n;
  outcomes.forEach((x, k) => {
    cost += shares[k] * BigInt(costs.numerator(0, profile, x));
  });
  surplus.addFraction(-cost, unit);
  const gains = present.map(({ type, agent }, k) => {
    let worth = -denominator * BigInt(outsideOptions[agent].numerator(type, profile, 0));
    outcomes.forEach((x, j) => {
      worth += shares[j] * values[type * classCount + agents.of(agent, x)];
    });
    const { numerator, denominator: own } = payments[k];
    return [worth * own - numerator * unit, unit * own] as const;
  });
  return { orbit, payments, subsidy: mechanism.orbitSubsidy(profile), gains, surplus };
}
