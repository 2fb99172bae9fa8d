import type { Lottery } from "../environment/lottery.js";
import { Rational } from "../number/rational.js";
import { RationalVector } from "../number/rational-vector.js";

/**
 * A direct mechanism: at every reported profile a lottery over outcomes, a payment of each agent to the designer,
 * and the outside money that enters the budget. Evaluated on demand, so a mechanism need not store its tables.
 */
export interface Mechanism {
  /** What is chosen at a profile, by its place. */
  lottery(profile: number): Lottery;
  /** From the agent to the designer. */
  payment(agent: number, profile: number): Rational;
  /** Outside money that covers the deficit at the profile. */
  subsidy(profile: number): Rational;
}

/** Payments as one table for each agent, by profile. */
export interface MechanismTables {
  readonly lotteries: readonly Lottery[];
  readonly payments: readonly RationalVector[];
  /** By profile; zero when absent. */
  readonly subsidies?: RationalVector;
}

/** The mechanism that tables describe. */
export function tableMechanism({ lotteries, payments, subsidies }: MechanismTables): Mechanism {
  return {
    lottery: (profile) => lotteries[profile],
    payment: (agent, profile) => payments[agent].at(profile),
    subsidy: (profile) => subsidies?.at(profile) ?? Rational.ZERO,
  };
}

/** All payments and lotteries of a mechanism, written out. */
export function tabulate(mechanism: Mechanism, agentCount: number, profileCount: number): MechanismTables {
  const profiles = Array.from({ length: profileCount }, (_, profile) => profile);
  return {
    lotteries: profiles.map((profile) => mechanism.lottery(profile)),
    payments: Array.from({ length: agentCount }, (_, agent) =>
      RationalVector.from(profiles.map((profile) => mechanism.payment(agent, profile))),
    ),
    subsidies: RationalVector.from(profiles.map((profile) => mechanism.subsidy(profile))),
  };
}
