import { Rational } from "../../../number/rational.js";
import type { EnclosedEnvironment } from "./enclosed-environment.js";
import { dot, forEachPlace, mappedAll, type ProductTable, slice } from "./product-table.js";

/**
 * For each agent a table over products of nodes: which part of the gains it gets there, affine in each type on every product of
 * cells. None is negative, and they sum to at most 1 everywhere.
 */
export type ShareTables = readonly ProductTable[];

/** What upper bounds need of an environment, whatever the shares are. */
export interface InterimBounds {
  /** At products of fine nodes: at least the gains, and 0. */
  readonly gains: ProductTable;
  /** For each agent: the gains with the others' probabilities, to be multiplied by shares and added up over the others. */
  readonly weighedGains: readonly ProductTable[];
  /** For each agent and both ends of each fine cell: at most `E[S | t_i] - u_i(t_i)`, affine between. */
  readonly interimBelow: readonly (readonly Rational[])[];
  /** At least `E S`. */
  readonly surplus: Rational;
}

export function interimBounds(enclosed: EnclosedEnvironment): InterimBounds {
  const { agents, scale } = enclosed;
  const values = [...enclosed.surplusAbove.values];
  forEachPlace(enclosed.surplusAbove.shape, (place, k) => {
    const gains = place.reduce((left, v, i) => left - enclosed.outsideBelow[i][v], values[k]);
    values[k] = gains > 0n ? gains : 0n;
  });
  const gains = { ...enclosed.surplusAbove, values };
  const mean = mappedAll(
    enclosed.surplusAbove,
    agents.map(({ nodesToMean }) => nodesToMean),
  );
  return {
    gains,
    weighedGains: agents.map((_, i) =>
      mappedAll(
        gains,
        agents.map(({ productWithNodes }, j) => (j === i ? undefined : productWithNodes)),
      ),
    ),
    interimBelow: agents.map((_, i) => {
      const others = mappedAll(
        enclosed.surplusBelow,
        agents.map(({ endsToMean }, j) => (j === i ? undefined : endsToMean)),
      );
      return others.values.map((value, end) =>
        Rational.of(value, others.denominator).subtract(
          Rational.of(enclosed.outsideAbove[i][(end >> 1) + (end & 1)], scale),
        ),
      );
    }),
    surplus: Rational.of(mean.values[0], mean.denominator),
  };
}

/** A mechanism of Theorem B1: what every agent is promised beyond its interim surplus, and what outside money is expected. */
export interface UpperBound {
  readonly subsidy: Rational;
  readonly promises: readonly Rational[];
}

/**
 * The bound of Theorem B1 for these shares, `(n-1) E S + sum_i k_i + E[(1 - sum of shares) G+]`, where `k_i` is the largest
 * Bernstein coefficient of `E[share_i G+ | t_i] - E[S | t_i] + u_i(t_i)` on any fine cell.
 */
export function upperBound(
  { agents }: EnclosedEnvironment,
  bounds: InterimBounds,
  shares: ShareTables,
): UpperBound {
  const fine = shares.map((table) =>
    mappedAll(
      table,
      agents.map(({ interpolated }) => interpolated),
    ),
  );
  const promises = fine.map((table, i) => {
    const gains = bounds.weighedGains[i];
    const denominator = table.denominator * gains.denominator;
    const count = agents[i].fineNodes.length - 1;
    const at = Array.from({ length: count + 1 }, (_, k) => [slice(table, i, k), slice(gains, i, k)] as const);
    let promise: Rational | undefined;
    for (let k = 0; k < count; k++) {
      const [[share, gain], [nextShare, nextGain]] = [at[k], at[k + 1]];
      const [left, right] = [bounds.interimBelow[i][2 * k], bounds.interimBelow[i][2 * k + 1]];
      const middle = Rational.of(dot(share, nextGain) + dot(nextShare, gain), 2n * denominator);
      for (const coefficient of [
        Rational.of(dot(share, gain), denominator).subtract(left),
        middle.subtract(left.add(right).divide(TWO)),
        Rational.of(dot(nextShare, nextGain), denominator).subtract(right),
      ])
        promise = promise ? Rational.maximum(promise, coefficient) : coefficient;
    }
    return promise!;
  });
  const weighed = mappedAll(
    bounds.gains,
    agents.map(({ productWithNodes }) => productWithNodes),
  );
  const shared = fine.map(({ values, denominator }) =>
    Rational.of(dot(values, weighed.values), denominator * weighed.denominator),
  );
  const all = Rational.of(
    weighed.values.reduce((sum, value) => sum + value, 0n),
    weighed.denominator,
  );
  return {
    promises,
    subsidy: bounds.surplus
      .multiply(Rational.of(agents.length - 1))
      .add(Rational.sum(promises))
      .add(all.subtract(Rational.sum(shared))),
  };
}

const TWO = Rational.of(2);
