import { Rational } from "../../../number/rational.js";
import type { EnclosedEnvironment } from "./enclosed-environment.js";
import {
  type AxisMap,
  dot,
  forEachPlace,
  mapped,
  mappedAll,
  type ProductTable,
  slice,
} from "./product-table.js";
import type { InterimBounds, ShareTables } from "./upper-bound.js";

/** What the gains are at least, on products of fine cells: by ends, affine between; not cut off at 0. */
export function gainsBelow({ surplusBelow, outsideAbove }: EnclosedEnvironment): ProductTable {
  const values = [...surplusBelow.values];
  forEachPlace(surplusBelow.shape, (place, k) => {
    values[k] = place.reduce((left, end, i) => left - outsideAbove[i][(end >> 1) + (end & 1)], values[k]);
  });
  return { ...surplusBelow, values };
}

/** What an agent's shares miss, fine cell by fine cell. */
export interface Missed {
  /** At least `|r_i|`, with `k_i` such that the mean of `r_i` is 0. */
  readonly around: readonly Rational[];
  /** At least `r_i`, with `k_i` such that `r_i` is nowhere negative. */
  readonly above: readonly Rational[];
}

/**
 * Encloses what shares miss, `r_i = W_i + k_i - E[share_i G | t_i]`. As `W_i = E[G | t_i]` up to a constant, it is what the
 * others get, `E[(1 - share_i) G | t_i]`, up to a constant: a Groves mechanism leaves the others the same in expectation,
 * whatever an agent's type is.
 */
export function missedByShares(
  { agents }: EnclosedEnvironment,
  bounds: InterimBounds,
  gains: ProductTable,
  shares: ShareTables,
): Missed[] {
  return agents.map((agent, i) => {
    const { values, denominator, ...share } = mappedAll(
      shares[i],
      agents.map(({ interpolated }) => interpolated),
    );
    const others = { ...share, denominator, values: values.map((part) => denominator - part) };
    const below = mappedAll(
      gains,
      agents.map(({ productWithEnds }, j) => (j === i ? undefined : productWithEnds)),
    );
    const above = bounds.weighedGains[i];
    const count = agent.fineNodes.length - 1;
    const part = Array.from({ length: count + 1 }, (_, k) => slice(others, i, k));
    /** The Bernstein coefficients on fine cell `k`, of gains that stand at two places of a table. */
    const bernstein = (table: ProductTable, k: number, left: number, right: number) => {
      const [first, last] = [slice(table, i, left), slice(table, i, right)];
      const unit = table.denominator * denominator;
      return [
        Rational.of(dot(part[k], first), unit),
        Rational.of(dot(part[k], last) + dot(part[k + 1], first), 2n * unit),
        Rational.of(dot(part[k + 1], last), unit),
      ];
    };
    const least = part.slice(1).map((_, k) => bernstein(below, k, 2 * k, 2 * k + 1).reduce(Rational.minimum));
    const largest = part.slice(1).map((_, k) => bernstein(above, k, k, k + 1).reduce(Rational.maximum));
    const mean = (table: ProductTable, product: AxisMap) => {
      const weighed = mapped(table, i, product);
      return Rational.of(dot(others.values, weighed.values), weighed.denominator * denominator);
    };
    const lowMean = mean(below, agent.productWithEnds);
    const highMean = mean(above, agent.productWithNodes);
    const lowest = least.reduce(Rational.minimum);
    return {
      around: least.map((low, k) => Rational.maximum(largest[k].subtract(lowMean), highMean.subtract(low))),
      above: largest.map((high) => high.subtract(lowest)),
    };
  });
}
