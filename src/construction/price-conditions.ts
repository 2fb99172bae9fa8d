import { Rational } from "../number/rational.js";

/**
 * What M1's prices at a type must satisfy, given those at the type below: every agent's interim payoff rises from one
 * type to the next by as much as `E[S(a, s_-i)]` does, that is by `(S(a) - S(a-1)) P(all others < a)`.
 *
 * An agent of type `a` wins with chance `W_i(a)`, ties shared equally; agent `k` wins at `a` against it with chance
 * `L_ik` when it is of a lower type, and `l_ik` when it is of type `a` itself. The interim payoff is
 *
 *   `W_i(a) (S(a) - M_i(a)) + 1/(n-1) sum_k (l_ik(a) M_k(a) + sum_{b > a} L_ik(b) M_k(b))`.
 */
export function priceConditions(
  marginals: readonly (readonly Rational[])[],
  type: number,
  surplus: (type: number) => Rational,
  below: readonly Rational[],
): { matrix: Rational[][]; right: Rational[] } {
  const n = marginals.length;
  const share = Rational.of(1, n - 1);
  const matrix: Rational[][] = [];
  const right: Rational[] = [];
  for (let i = 0; i < n; i++) {
    const wins = winningChance(marginals, [i], type, 1);
    const before = winningChance(marginals, [i], type - 1, 1);
    const allLower = Rational.sum(tieChances(marginals, [i], type - 1));
    const gain = surplus(type)
      .subtract(surplus(type - 1))
      .multiply(allLower);
    let known = surplus(type)
      .multiply(wins)
      .subtract(surplus(type - 1).multiply(before))
      .subtract(gain)
      .add(before.multiply(below[i]));
    matrix.push(
      marginals.map((marginal, k) => {
        if (k === i) return wins;
        const against = (at: number, tied: number) =>
          marginals[k][at].multiply(winningChance(marginals, [i, k], at, tied));
        known = known.subtract(share.multiply(against(type - 1, 2)).multiply(below[k]));
        return share.multiply(
          marginal[type].multiply(winningChance(marginals, [i, k], type, 1)).subtract(against(type, 2)),
        );
      }),
    );
    right.push(known);
  }
  return { matrix, right };
}

/** `E[1 / (tied + t)]` over events in which nobody of the others has a type above `type` and `t` of them have it. */
function winningChance(
  marginals: readonly (readonly Rational[])[],
  excluded: readonly number[],
  type: number,
  tied: number,
): Rational {
  return Rational.sum(
    tieChances(marginals, excluded, type).map((chance, t) => chance.divide(Rational.of(tied + t))),
  );
}

/** The chance that none of the others has a type above `type` and exactly `t` of them have it, for each `t`. */
function tieChances(
  marginals: readonly (readonly Rational[])[],
  excluded: readonly number[],
  type: number,
): Rational[] {
  let chances: Rational[] = [Rational.ONE];
  marginals.forEach((marginal, agent) => {
    if (excluded.includes(agent)) return;
    const lower = Rational.sum(marginal.slice(0, type));
    const next = [...chances, Rational.ZERO].map((_, t) =>
      (chances[t] ?? Rational.ZERO)
        .multiply(lower)
        .add((chances[t - 1] ?? Rational.ZERO).multiply(marginal[type])),
    );
    chances = next;
  });
  return chances;
}
