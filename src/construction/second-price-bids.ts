import { Rational } from "../number/rational.js";
import { integral } from "./integral.js";
import { type ContinuousGround, requireCommonInterval } from "./numeric-types.js";
import { interimIncrement, power, type WinningChance, winningChances } from "./winning-chances.js";

/**
 * `(n-1)/n E[S(lowest of n) | lowest >= theta]`, at each of the grid's types: what is bid for a private good where the
 * winner pays the second highest bid and the losers share it. KE gives two agents only (M2 with `k = 1`); it follows for
 * any number from `(1 - F) b' = n f b - (n-1) f S`.
 */
export function formulaSecondPriceBids(ground: ContinuousGround): number[] {
  requireCommonInterval("the second-price entitlement auction", ground);
  const { agents, surplus, points } = ground;
  const n = agents.length;
  const { from, to, distribution, density } = agents[0];
  const alone = (type: number) => surplus.total(agents.map((_, agent) => (agent === 0 ? type : from)));
  return points[0].map((type) => {
    const left = (1 - distribution(type)) ** n;
    if (!(left > 0)) return ((n - 1) / n) * alone(to);
    const above = integral((t) => alone(t) * (1 - distribution(t)) ** (n - 1) * density(t), type, to);
    return ((n - 1) * above) / left;
  });
}

/**
 * Bids whose interim payments are those of VCG up to a constant. With `H(a)` the chance that at most one of the others
 * is above `a`, and `F`, `Q`, `T` as for M1,
 *
 *   `b(a-1) (X - n Q(a-1)) = b(a) (X - n Q(a)) + (n-1) (T(a) - T(a-1))`,   `X = H(a-1) + (n-1) F(a-1)^(n-1)`,
 *
 * from `(n-1)/n S` at the highest type, the limit of the formula.
 */
export function exactSecondPriceBids(
  probabilities: readonly Rational[],
  n: number,
  surplus: (type: number) => Rational,
): Rational[] {
  const chances = winningChances(probabilities, n);
  const last = chances.length - 1;
  const bids = new Array<Rational>(chances.length);
  bids[last] = surplus(last).multiply(Rational.of(n - 1, n));
  for (let type = last; type > 0; type--) {
    const [lower, higher] = [chances[type - 1], chances[type]];
    const others = higher.allLower.multiply(Rational.of(n - 1)).add(atMostOneAbove(lower, n));
    const weight = (chance: WinningChance) => others.subtract(chance.winning.multiply(Rational.of(n)));
    const increment = interimIncrement(lower, higher, [surplus(type - 1), surplus(type)]);
    const carried = bids[type].multiply(weight(higher));
    bids[type - 1] = carried.add(increment.multiply(Rational.of(n - 1))).divide(weight(lower));
  }
  return bids;
}

function atMostOneAbove({ upTo }: WinningChance, n: number): Rational {
  const exactlyOne = Rational.ONE.subtract(upTo)
    .multiply(power(upTo, n - 2))
    .multiply(Rational.of(n - 1));
  return power(upTo, n - 1).add(exactlyOne);
}
