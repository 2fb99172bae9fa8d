import type { Rational } from "../number/rational.js";

/**
 * One requirement on a mechanism, evaluated: non-negative slack means that it holds, zero that it binds.
 * An equality's slack is minus its size, so that it binds or fails.
 */
export interface Slack {
  readonly slack: Rational;
  /** Names the requirement by labels: `IC of buyer 0.35 against reporting 0.45`. */
  readonly label: () => string;
}
