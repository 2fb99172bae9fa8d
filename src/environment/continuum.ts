/**
 * The continuous environment that a grid stands for, where there is one: what a paper's formula for continuous types
 * needs to know beyond the grid. All functions are in doubles; nothing exact is ever decided by them.
 */
export interface Continuum {
  /** For each agent, the interval of types and its distribution. */
  readonly agents: readonly ContinuousTypes[];
  /** The surplus of efficient outcomes, where outcomes are as continuous as types. */
  readonly surplus?: ContinuousSurplus;
}

/** An agent's types as an interval with a distribution, in doubles. */
export interface ContinuousTypes {
  readonly from: number;
  readonly to: number;
  /** `F(type)`, 0 at `from` and 1 at `to`. */
  readonly distribution: (type: number) => number;
  /** `f(type) = F'(type)`. */
  readonly density: (type: number) => number;
  /** `F^-1(q)`. */
  readonly quantile: (q: number) => number;
}

/** Types are numbers, one for each agent, in the units of the grid's labels. */
export interface ContinuousSurplus {
  /** `S(theta) = max_x sum_i v_i(x, theta_i) - c(x)`. */
  readonly total: (types: readonly number[]) => number;
  /** `dS/dtheta_i`: by the envelope theorem the derivative of `v_i(x, theta_i)` at the efficient outcome. */
  readonly marginal: (agent: number, types: readonly number[]) => number;
}
