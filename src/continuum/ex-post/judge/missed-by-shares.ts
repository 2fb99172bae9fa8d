import { Rational } from "../../../number/rational.js";
import type { EnclosedEnvironment } from "./enclosed-environment.js";
import { dot, forEachPlace, mappedAll, type ProductTable, slice } from "./product-table.js";
import type { InterimBounds, ShareTables } from "./upper-bound.js";

/** What the gains are at least, on products of fine cells: by ends, affine between; not cut off at 0. */
export function gainsBelow({ surplusBelow, outsideAbove }: EnclosedEnvironment): ProductTable {
  const values = [...surplusBelow.values];
  forEachPlace(surplusBelow.shape, (place, k) => {
    values[k] = place.reduce((left, end, i) => left - outsideAbove[i][(end >> 1) + (end & 1)], values[k]);
  });
  return { ...surplusBelow, values };
}

/**
 * For each agent and fine cell: at least `|r_i|` there, where `r_i = W_i + k_i - E[share_i G | t_i]` is what the shares miss, and
 * `k_i` makes its mean 0.
 */
export function missedAtMost(
  enclosed: EnclosedEnvironment,
  bounds: InterimBounds,
  gains: ProductTable,
  shares: ShareTables,
): Rational[][] {
  const { agents } = enclosed;
  const fine = shares.map((table) =>
    mappedAll(
      table,
      agents.map(({ interpolated }) => interpolated),
    ),
  );
  return agents.map((agent, i) => {
    const interimAbove = interimFromAbove(enclosed, i);
    const below = mappedAll(
      gains,
      agents.map(({ productWithEnds }, j) => (j === i ? undefined : productWithEnds)),
    );
    const above = bounds.weighedGains[i];
    const count = agent.fineNodes.length - 1;
    const share = Array.from({ length: count + 1 }, (_, k) => slice(fine[i], i, k));
    const of = (a: readonly bigint[], b: readonly bigint[], table: ProductTable) =>
      Rational.of(dot(a, b), table.denominator * fine[i].denominator);
    // Bernstein coefficients on each fine cell of r_i - k_i, from below and from above, and its mean.
    const cells = Array.from({ length: count }, (_, k) => {
      const bernstein = (table: ProductTable, left: number, right: number, interim: readonly Rational[]) => {
        const [first, last] = [slice(table, i, left), slice(table, i, right)];
        const middle = of(share[k], last, table).add(of(share[k + 1], first, table));
        return [
          interim[0].subtract(of(share[k], first, table)),
          interim[0].add(interim[1]).subtract(middle).divide(TWO),
          interim[1].subtract(of(share[k + 1], last, table)),
        ];
      };
      const low = bernstein(above, k, k + 1, bounds.interimBelow[i].slice(2 * k, 2 * k + 2));
      const high = bernstein(below, 2 * k, 2 * k + 1, interimAbove.slice(k, k + 2));
      return { least: low.reduce(Rational.minimum), largest: high.reduce(Rational.maximum) };
    });
    // The mean lies between the means of bounds, so k_i does between their opposites.
    const mean = (pick: (cell: (typeof cells)[number]) => Rational) =>
      Rational.sum(cells.map((cell, k) => pick(cell).multiply(agent.fineProbability[k])));
    const [lowMean, highMean] = [mean(({ least }) => least), mean(({ largest }) => largest)];
    return cells.map(({ least, largest }) =>
      Rational.maximum(largest.subtract(lowMean), highMean.subtract(least)),
    );
  });
}

/** At fine nodes: at least `E[S | t_i] - u_i(t_i)`, affine between. */
export function interimFromAbove(
  { agents, surplusAbove, outsideBelow, scale }: EnclosedEnvironment,
  i: number,
): Rational[] {
  const others = mappedAll(
    surplusAbove,
    agents.map(({ nodesToMean }, j) => (j === i ? undefined : nodesToMean)),
  );
  return others.values.map((value, k) =>
    Rational.of(value, others.denominator).subtract(Rational.of(outsideBelow[i][k], scale)),
  );
}

const TWO = Rational.of(2);
