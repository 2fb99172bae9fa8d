import type { Environment } from "../environment/environment.js";
import type { Mechanism } from "../mechanism/mechanism.js";
import { extremeRays } from "../number/extreme-rays.js";
import { Rational } from "../number/rational.js";

/** The values of a buyer's types and the costs of a seller's, both increasing. */
export interface TradeTypes {
  readonly values: readonly number[];
  readonly costs: readonly number[];
}

/** By value and cost: the probability of trade, and what the buyer pays to the seller. */
export interface Trade {
  readonly trade: readonly (readonly Rational[])[];
  readonly paid: readonly (readonly Rational[])[];
}

/**
 * All extreme points of the polytope of mechanisms of trade in which nobody gains by a lie or loses at any profile, and the buyer pays the
 * seller: a point is a probability of trade and a payment for every pair of types, which are whole numbers. It is bounded, so every such
 * mechanism is a lottery over them.
 */
export function extremePoints({ values, costs }: TradeTypes): readonly Trade[] {
  const count = values.length * costs.length;
  const trade = (b: number, s: number) => 1 + b * costs.length + s;
  const paid = (b: number, s: number) => count + trade(b, s);
  const rows: bigint[][] = [];
  const atLeastZero = (...entries: (readonly [place: number, factor: number])[]) => {
    const row = new Array<bigint>(1 + 2 * count).fill(0n);
    for (const [place, factor] of entries) row[place] += BigInt(factor);
    rows.push(row);
  };
  values.forEach((value, b) => {
    costs.forEach((cost, s) => {
      atLeastZero([trade(b, s), 1]);
      atLeastZero([0, 1], [trade(b, s), -1]);
      const buyer = [
        [trade(b, s), value],
        [paid(b, s), -1],
      ] as const;
      const seller = [
        [paid(b, s), 1],
        [trade(b, s), -cost],
      ] as const;
      atLeastZero(...buyer);
      atLeastZero(...seller);
      for (let lie = 0; lie < values.length; lie++)
        if (lie !== b) atLeastZero(...buyer, [trade(lie, s), -value], [paid(lie, s), 1]);
      for (let lie = 0; lie < costs.length; lie++)
        if (lie !== s) atLeastZero(...seller, [paid(b, lie), -1], [trade(b, lie), cost]);
    });
  });
  // A point `x` is the ray through `(1, x)`.
  return extremeRays(rows).map((ray) => {
    const table = (place: typeof trade) =>
      values.map((_, b) => costs.map((_cost, s) => Rational.of(ray[place(b, s)], ray[0])));
    return { trade: table(trade), paid: table(paid) };
  });
}

/**
 * The price at which all trade is, at pairs of types of which both sides are willing, each by itself; undefined where there are several
 * prices, lotteries, or pairs of which only some trade though both are willing. Any price where nobody trades.
 */
export function fixedPrice({ trade, paid }: Trade): Rational | undefined {
  const pairs = trade.flatMap((row, b) => row.map((chance, s) => ({ b, s, chance, amount: paid[b][s] })));
  const traded = pairs.filter(({ chance }) => !chance.isZero);
  if (traded.some(({ chance }) => !chance.equals(Rational.ONE))) return undefined;
  const price = traded[0]?.amount ?? Rational.ZERO;
  const isFixed = pairs.every(({ b, s, chance, amount }) => {
    const isWilled = traded.some((one) => one.b === b) && traded.some((one) => one.s === s);
    return isWilled !== chance.isZero && amount.equals(chance.multiply(price));
  });
  return isFixed ? price : undefined;
}

/** A point as a mechanism of bilateral trade, whose outcomes are no trade and trade, and where the seller's type is its cost. */
export function tradeMechanism({ profiles }: Environment, { trade, paid }: Trade): Mechanism {
  const at = (table: Trade["trade"], profile: number) => {
    const [b, s] = profiles.typesOf(profile);
    return table[b][s];
  };
  return {
    lottery: (profile) =>
      [Rational.ONE.subtract(at(trade, profile)), at(trade, profile)]
        .map((probability, outcome) => ({ outcome, probability }))
        .filter(({ probability }) => !probability.isZero),
    payment: (agent, profile) => (agent === 0 ? at(paid, profile) : at(paid, profile).negate()),
    subsidy: () => Rational.ZERO,
  };
}

/** `value 3, cost 2: trade with probability 1/3, and 1 is paid`, for every pair that trades. */
export function tradeText({ values, costs }: TradeTypes, { trade, paid }: Trade): readonly string[] {
  return values.flatMap((value, b) =>
    costs.flatMap((cost, s) => {
      const chance = trade[b][s];
      if (chance.isZero) return [];
      const how = chance.equals(Rational.ONE) ? "trade" : `trade with probability ${chance}`;
      return [`value ${value}, cost ${cost}: ${how}, and ${paid[b][s]} is paid`];
    }),
  );
}
