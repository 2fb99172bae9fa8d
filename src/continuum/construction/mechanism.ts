import type { PiecewiseQuotient } from "../../number/piecewise-quotient.js";
import type { Rational } from "../../number/rational.js";
import type { Expression } from "./expression.js";
import type { ConstructionGround } from "./ground.js";

/**
 * A mechanism for continuous types by what it leaves to each agent when all tell the truth: payments are what the agents get
 * from the outcome less that.
 */
export interface ContinuousMechanism {
  /** `v_i(x(t), t_i) - payment_i(t)`, for each agent. */
  readonly payoffs: readonly Expression[];
  /** `sum_i v_i(x(t), t_i) - c(x(t))` under its rule. */
  readonly welfare: Expression;
  readonly incentives: Incentives;
  /** How numbers were rounded, if they were. */
  readonly rounded?: string;
  /** What it was given that was chosen for it: `price 1/2`. */
  readonly chosen?: string;
}

/** Why nobody gains by a misreport, as far as that is known from the construction. */
export type Incentives =
  /** Each payoff is the surplus less a term of the others' types (Groves): truth is a dominant strategy. The constants are `E[payoff_i] - E S`. */
  | { readonly kind: "groves"; readonly constants: readonly Rational[] }
  /** A price that reports do not move. */
  | { readonly kind: "posted-price" }
  /**
   * Bayesian, if `slopes[i]`, the derivative of agent i's expected payoff given its type, is that of `E[S | t_i]`; the expected
   * payoff of one type tells the constant between the two.
   */
  | { readonly kind: "interim"; readonly agents: readonly InterimPayoff[] };

/** What each type of an agent expects: the slope by its type, and the payoff at one of them. */
export interface InterimPayoff {
  readonly slope: PiecewiseQuotient;
  readonly at: Rational;
  readonly payoff: Rational;
}

/** A construction for continuous types, by the name that it has for grids. */
export interface ContinuousConstruction {
  readonly name: string;
  /** Throws NotCovered. */
  build(ground: ConstructionGround): ContinuousMechanism;
}
