import type { Surplus, Tangent } from "../src/environment/continuous-environment.js";
import type { ContinuousSurplus } from "../src/environment/continuum.js";
import { Rational } from "../src/number/rational.js";

/** `2x - x^2`: rising and concave up to x = 1 (KE Examples 3 to 5). */
export function quadraticUtility(quantity: Rational): Rational {
  return quantity.multiply(Rational.of(2).subtract(quantity));
}

/**
 * The shares of one unit that maximise `sum_i theta_i (2 x_i - x_i^2)`, for types >= 0: whoever gets some has
 * `x_i = 1 - lambda/theta_i`, and nobody without any has a type above lambda. Equal shares when every type is 0.
 */
export function quadraticShares(types: readonly Rational[]): Rational[] {
  const descending = types.filter((type) => type.sign > 0).sort((a, b) => b.compare(a));
  if (descending.length === 0) return types.map(() => Rational.of(1, types.length));
  let lambda = Rational.ZERO;
  let inverses = Rational.ZERO;
  for (let k = 0; k < descending.length && descending[k].compare(lambda) > 0; k++) {
    inverses = inverses.add(Rational.ONE.divide(descending[k]));
    lambda = Rational.of(k).divide(inverses);
  }
  return types.map((type) =>
    type.compare(lambda) > 0 ? Rational.ONE.subtract(lambda.divide(type)) : Rational.ZERO,
  );
}

/** What `quadraticShares` leaves, exactly: at each allocation the surplus is affine in the types. */
export const exactQuadraticSurplus: Surplus = {
  formula: "max of sum_i t_i (2 x_i - x_i^2) over x_i >= 0 with sum_i x_i = 1",
  symmetric: true,
  above: (types) => quadraticTangent(types).value,
  tangent: quadraticTangent,
};

function quadraticTangent(types: readonly Rational[]): Tangent {
  const slopes = quadraticShares(types).map(quadraticUtility);
  return { value: Rational.sum(types.map((type, i) => type.multiply(slopes[i]))), slopes };
}

/** What `quadraticShares` leaves, in doubles: `theta_i - lambda^2/theta_i` by each type above lambda. */
export const quadraticSurplus: ContinuousSurplus = {
  total: (types) => {
    const lambda = shadowPrice(types);
    return types.reduce((sum, type) => sum + (type > lambda ? type - lambda ** 2 / type : 0), 0);
  },
  marginal: (agent, types) => {
    if (types.every((type) => type === 0)) return 1 - (1 - 1 / types.length) ** 2;
    const lambda = shadowPrice(types);
    return types[agent] > lambda ? 1 - (lambda / types[agent]) ** 2 : 0;
  },
};

/** The lambda of `quadraticShares`: half of what one more unit of the good would be worth. */
function shadowPrice(types: readonly number[]): number {
  const descending = types.filter((type) => type > 0).sort((a, b) => b - a);
  let lambda = 0;
  let inverses = 0;
  for (let k = 0; k < descending.length && descending[k] > lambda; k++) {
    inverses += 1 / descending[k];
    lambda = k / inverses;
  }
  return lambda;
}
