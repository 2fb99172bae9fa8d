import { Environment } from "../../src/environment/environment.js";
import { Rational } from "../../src/number/rational.js";
import { toRational } from "../../src/number/rational-text.js";
import { RationalVector } from "../../src/number/rational-vector.js";
import { RandomSource } from "../generator/random-source.js";

type Valuation = (own: number, other: number) => Rational;

/** Two agents and two outcomes, the second of which is worth `values[i](own type, other's type)` to agent `i`. */
export function twoAgents(
  names: readonly [string, string],
  sizes: readonly [number, number],
  values: readonly [Valuation, Valuation],
  weights: readonly [readonly number[], readonly number[]],
  cost: Rational,
): Environment {
  const pairs = Array.from({ length: sizes[0] * sizes[1] }, (_, s) => [
    Math.floor(s / sizes[1]),
    s % sizes[1],
  ]);
  return new Environment({
    name: names.join(" and "),
    agents: names.map((name, i) => ({
      name,
      types: Array.from({ length: sizes[i] }, (_, k) => String(k)),
      values: {
        shape: "profile-outcome",
        entries: RationalVector.from(
          pairs.flatMap(([a, b]) => [Rational.ZERO, i === 0 ? values[0](a, b) : values[1](b, a)]),
        ),
      },
    })),
    outcomes: ["no", "yes"],
    prior: {
      kind: "independent",
      marginals: weights.map((of) => {
        const total = of.reduce((sum, weight) => sum + weight, 0);
        return RationalVector.from(of.map((weight) => Rational.of(weight, total)));
      }),
    },
    cost: { shape: "outcome", entries: RationalVector.from([Rational.ZERO, cost]) },
  });
}

/** Weights by which types count: equal, or rising. */
export const weightings = {
  uniform: (m: number) => Array.from({ length: m }, () => 1),
  rising: (m: number) => Array.from({ length: m }, (_, k) => 2 * k + 1),
};

/**
 * CE 4.4: trade with `v_i = s_i + a s_-i` on `m` midpoints a side, the buyer's moved up by `shift` steps; the seller's
 * outside option is to keep the good.
 */
export function interdependentTrade(
  m: number,
  a: string,
  weights = weightings.uniform(m),
  shift = Rational.ZERO,
): Environment {
  const share = toRational(a);
  const seller = (k: number) => Rational.of(2 * k + 1, 2 * m);
  const buyer = (k: number) => seller(k).add(shift.divide(Rational.of(m)));
  return twoAgents(
    ["buyer", "seller"],
    [m, m],
    [
      (own, other) => buyer(own).add(share.multiply(seller(other))),
      (own, other) =>
        seller(own)
          .add(share.multiply(buyer(other)))
          .negate(),
    ],
    [weights, weights],
    Rational.ZERO,
  );
}

/** A public good with `v_i = s_i + a s_-i` (increasing differences for a < 1), its cost in units of one point. */
export function interdependentGood(
  m: number,
  a: string,
  cost: string,
  weights = weightings.uniform(m),
): Environment {
  const share = toRational(a);
  const value: Valuation = (own, other) => Rational.of(own).add(share.multiply(Rational.of(other)));
  return twoAgents(["first", "second"], [m, m], [value, value], [weights, weights], toRational(cost));
}

/**
 * Random valuations for trade or a public good: strictly rising with the own type and weakly with the other's, by
 * whole steps, with ties between what the two value. When the coupling is weak, differences `v_i - v_-i` rise with the
 * own type; when it is strong they may fall.
 */
export function randomMonotone(
  seed: number,
  kind: "trade" | "good",
  size: number,
  coupling: "weak" | "strong" = "weak",
): Environment {
  const random = new RandomSource(seed);
  const table = (least: number, most: number): number[][] => {
    // The sum of a function of each type, and a part in both: steps in the own type exceed steps in the other's.
    const steps = (low: number, high: number) => {
      let level = 0;
      return Array.from({ length: size }, () => (level += random.integer(low, high)));
    };
    const own = coupling === "weak" ? steps(3, 5) : steps(1, 3);
    const other = coupling === "weak" ? steps(0, 2) : steps(0, 3);
    const start = random.integer(least, most);
    return own.map((x) => other.map((y) => start + x + y));
  };
  const [first, second] = [table(-3, 3), table(-3, 3)];
  const weights = Array.from({ length: size }, () => random.integer(1, 3));
  const worth =
    (of: number[][]): Valuation =>
    (own, other) =>
      Rational.of(of[own][other]);
  if (kind === "good") {
    const cost = Rational.of(random.integer(4, 6 * size));
    return twoAgents(
      ["first", "second"],
      [size, size],
      [worth(first), worth(second)],
      [weights, weights],
      cost,
    );
  }
  const seller: Valuation = (own, other) => worth(second)(own, other).negate();
  return twoAgents(
    ["buyer", "seller"],
    [size, size],
    [worth(first), seller],
    [weights, weights],
    Rational.ZERO,
  );
}
