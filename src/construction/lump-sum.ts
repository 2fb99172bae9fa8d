import { Rational } from "../number/rational.js";
import { integral } from "./integral.js";
import type { ContinuousGround } from "./numeric-types.js";

/**
 * Lump sums on a grid with which two agents' interim payoffs are `E[S(a, s_-i)]` up to a constant, where the winner
 * takes the surplus less `(1-k) beta(winner) + k beta(loser)`, the loser that sum, and ties halve the surplus. Types are
 * listed from the one that always loses to the one that always wins, with `F` their distribution:
 *
 *   `beta(a) (F(a) - k) = beta(a-1) (F(a-2) - k) + R(a-1) - R(a)`,   `R(a) = p(a) S(a,a)/2 + sum_{b > a} p(b) S(a,b)`.
 *
 * These are one condition less than there are lump sums. As KE (8) takes the solution that is bounded at `F^-1(k)`, the
 * two lump sums around it are set equal: `(R(a-1) - R(a)) / (F(a) - F(a-2))`. For `k = 0` and `k = 1` that leaves nothing
 * open, because the first or the last lump sum never enters. Probabilities must be positive.
 */
export function exactLumpSums(
  probabilities: readonly Rational[],
  surplus: (a: number, b: number) => Rational,
  k: Rational,
): Rational[] {
  const size = probabilities.length;
  if (size === 1) return [Rational.ZERO];
  const upTo: Rational[] = [];
  for (const probability of probabilities) upTo.push((upTo.at(-1) ?? Rational.ZERO).add(probability));
  const distribution = (type: number) => (type < 0 ? Rational.ZERO : upTo[type]);
  const losing = probabilities.map((probability, a) =>
    Rational.sum([
      probability.multiply(surplus(a, a)).divide(Rational.of(2)),
      ...probabilities.slice(a + 1).map((other, above) => other.multiply(surplus(a, a + 1 + above))),
    ]),
  );
  const drop = (a: number) => losing[a - 1].subtract(losing[a]);
  const reached = upTo.findIndex((share) => share.compare(k) >= 0) + 1;
  const around = Math.min(reached, size - 1);
  const lumpSums = new Array<Rational>(size);
  lumpSums[around] = drop(around).divide(distribution(around).subtract(distribution(around - 2)));
  lumpSums[around - 1] = lumpSums[around];
  for (let a = around + 1; a < size; a++) {
    const carried = lumpSums[a - 1].multiply(distribution(a - 2).subtract(k));
    lumpSums[a] = carried.add(drop(a)).divide(distribution(a).subtract(k));
  }
  for (let a = around - 1; a > 0; a--) {
    const carried = lumpSums[a].multiply(distribution(a).subtract(k));
    lumpSums[a - 1] = carried.subtract(drop(a)).divide(distribution(a - 2).subtract(k));
  }
  return lumpSums;
}

/** Who wins: the agent of the higher type (M2) or of the lower type (M3). */
export type Title = "highest" | "lowest";

/**
 * The lump sums of KE (8) and (9) for two agents with continuous types, at each of the grid's types. With the title to
 * the highest, `beta^k(theta) = int (F - k) (S(t,t) - h(t)) dF / (F(theta) - k)^2` from `F^-1(k)`, where
 * `h f = int_t^highest dS/dt(t, z) dF(z)`; with the title to the lowest, the mirror image with `1 - k` and `S + mu`.
 */
export function formulaLumpSums(
  { agents, surplus, points }: ContinuousGround,
  title: Title,
  k: number,
): number[] {
  const { from, to, distribution, density, quantile } = agents[0];
  const level = title === "highest" ? k : 1 - k;
  const externality = (type: number) => {
    const marginal = (z: number) => surplus.marginal(0, [type, z]) * density(z);
    return title === "highest" ? -integral(marginal, type, to) : integral(marginal, from, type);
  };
  const weight = (type: number) => surplus.total([type, type]) * density(type) + externality(type);
  const start = quantile(level);
  return points[0].map((type) => {
    const distance = distribution(type) - level;
    if (distance === 0) return weight(type) / density(type) / 2;
    return integral((t) => (distribution(t) - level) * weight(t), start, type) / distance ** 2;
  });
}
