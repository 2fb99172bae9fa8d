import type { Lottery } from "../environment/lottery.js";
import type { Rational } from "../number/rational.js";

/**
 * A direct mechanism: at every reported profile a lottery over outcomes, a payment of each agent to the designer,
 * and the outside money that enters the budget. Evaluated on demand, so a mechanism need not store its tables.
 */
export interface Mechanism {
  lottery(profile: number): Lottery;
  /** From the agent to the designer. */
  payment(agent: number, profile: number): Rational;
  /** Outside money that covers the deficit at the profile. */
  subsidy(profile: number): Rational;
}
