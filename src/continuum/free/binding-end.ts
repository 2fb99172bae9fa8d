import type { ContinuousEnvironment } from "../../environment/continuous-environment.js";
import { lowerBoundOn, upperBoundOn } from "../../number/polynomial-bound.js";
import { Rational } from "../../number/rational.js";

/**
 * The end of an agent's interval at which participation binds whatever is chosen, because utility minus outside option rises
 * everywhere, or falls everywhere: `a_i(x) >= u_i'` (or `<=`) for all outcomes and types. Undefined where neither holds.
 */
export function bindingEnd(environment: ContinuousEnvironment, i: number): Rational | undefined {
  const { density, outsideOption } = environment.agents[i];
  const slopes = (environment.outcomes ?? []).map((outcome) => outcome.slopes[i]);
  const change = outsideOption.map((piece) => piece.derivative());
  const on = (bound: typeof upperBoundOn) =>
    change.pieces.map((piece, k) => bound(piece, change.nodes[k], change.nodes[k + 1]));
  const [most, least] = [
    on(upperBoundOn).reduce(Rational.maximum),
    on(lowerBoundOn).reduce(Rational.minimum),
  ];
  if (slopes.every((slope) => slope.compare(most) >= 0)) return density.from;
  if (slopes.every((slope) => slope.compare(least) <= 0)) return density.to;
  return undefined;
}
