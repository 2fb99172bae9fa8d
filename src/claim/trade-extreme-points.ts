import type { Environment } from "../environment/environment.js";
import { solveExactly } from "../exact/solve-exactly.js";
import type { RandomSource } from "../generator/random-source.js";
import { LinearProgramBuilder } from "../lp/linear-program.js";
import type { Mechanism } from "../mechanism/mechanism.js";
import { Rational } from "../number/rational.js";

/** The values of a buyer's types and the costs of a seller's, both increasing. */
export interface TradeTypes {
  readonly values: readonly Rational[];
  readonly costs: readonly Rational[];
}

/** By value and cost: the probability of trade, and what the buyer pays to the seller. */
export interface Trade {
  readonly trade: readonly (readonly Rational[])[];
  readonly paid: readonly (readonly Rational[])[];
}

type Entries = readonly (readonly [column: number, coefficient: Rational])[];

/**
 * The polytope of all mechanisms of trade in which nobody gains by a lie or loses at any profile, and the buyer pays the seller: a point
 * is a probability of trade and a payment for every pair of types. It is bounded, so every such mechanism is a lottery over its extreme
 * points.
 */
export class TradePolytope {
  private readonly rows: { readonly entries: Entries; readonly least: Rational }[] = [];
  private readonly count: number;

  constructor(private readonly types: TradeTypes) {
    const { values, costs } = types;
    this.count = values.length * costs.length;
    const gain = (sign: 1 | -1, worth: Rational, b: number, s: number): Entries => [
      [this.place(b, s), sign === 1 ? worth : worth.negate()],
      [this.count + this.place(b, s), Rational.of(-sign)],
    ];
    const less = (entries: Entries) => entries.map(([column, factor]) => [column, factor.negate()] as const);
    values.forEach((value, b) => {
      costs.forEach((cost, s) => {
        const [buyer, seller] = [gain(1, value, b, s), gain(-1, cost, b, s)];
        for (const entries of [buyer, seller]) this.rows.push({ entries, least: Rational.ZERO });
        for (let other = 0; other < values.length; other++)
          if (other !== b) this.atLeastZero([...buyer, ...less(gain(1, value, other, s))]);
        for (let other = 0; other < costs.length; other++)
          if (other !== s) this.atLeastZero([...seller, ...less(gain(-1, cost, b, other))]);
      });
    });
    for (let k = 0; k < this.count; k++) {
      this.rows.push({ entries: [[k, Rational.ONE]], least: Rational.ZERO });
      this.rows.push({ entries: [[k, Rational.of(-1)]], least: Rational.of(-1) });
    }
  }

  private place(b: number, s: number): number {
    return b * this.types.costs.length + s;
  }

  private atLeastZero(entries: Entries): void {
    this.rows.push({ entries, least: Rational.ZERO });
  }

  /** The point that is best for random prices of its coordinates; undefined where it is no extreme point, since several are best. */
  extremePoint(random: RandomSource): Trade | undefined {
    const builder = new LinearProgramBuilder("extreme point");
    for (let k = 0; k < 2 * this.count; k++) builder.addColumn(Rational.of(random.integer(-99, 99)));
    for (const { entries, least } of this.rows) builder.addRow(entries, least, undefined);
    const outcome = solveExactly(builder.build(), undefined, {});
    if (outcome.status !== "optimal")
      throw new Error(`a bounded polytope is ${outcome.status}: this is a bug`);
    const point = outcome.primal.toRationals();
    const tight = this.rows.filter(({ entries, least }) =>
      Rational.sum(entries.map(([column, factor]) => factor.multiply(point[column]))).equals(least),
    );
    if (rank(tight.map(({ entries }) => dense(entries, 2 * this.count))) < 2 * this.count) return undefined;
    const table = (first: number) =>
      this.types.values.map((_, b) => this.types.costs.map((_cost, s) => point[first + this.place(b, s)]));
    return { trade: table(0), paid: table(this.count) };
  }
}

function dense(entries: Entries, length: number): Rational[] {
  const row = new Array<Rational>(length).fill(Rational.ZERO);
  for (const [column, factor] of entries) row[column] = row[column].add(factor);
  return row;
}

/** By elimination. */
function rank(rows: Rational[][]): number {
  let found = 0;
  for (let column = 0; column < (rows[0]?.length ?? 0); column++) {
    const pivot = rows.findIndex((row, k) => k >= found && !row[column].isZero);
    if (pivot < 0) continue;
    [rows[found], rows[pivot]] = [rows[pivot], rows[found]];
    const own = rows[found];
    for (let k = found + 1; k < rows.length; k++) {
      if (rows[k][column].isZero) continue;
      const factor = rows[k][column].divide(own[column]);
      rows[k] = rows[k].map((entry, j) => entry.subtract(factor.multiply(own[j])));
    }
    found++;
  }
  return found;
}

/** The price at which all trade is, wherever there is any; undefined where there are several, or lotteries. Any price where nobody trades. */
export function fixedPrice({ trade, paid }: Trade): Rational | undefined {
  const pairs = trade.flatMap((row, b) => row.map((chance, s) => ({ chance, amount: paid[b][s] })));
  const traded = pairs.filter(({ chance }) => !chance.isZero);
  if (traded.some(({ chance }) => !chance.equals(Rational.ONE))) return undefined;
  const price = traded[0]?.amount ?? Rational.ZERO;
  const isFixed = pairs.every(({ chance, amount }) => amount.equals(chance.multiply(price)));
  return isFixed ? price : undefined;
}

/** Extreme points that are best for so many random prices, each once. */
export function extremePoints(types: TradeTypes, random: RandomSource, draws: number): readonly Trade[] {
  const polytope = new TradePolytope(types);
  const found = new Map<string, Trade>();
  for (let k = 0; k < draws; k++) {
    const point = polytope.extremePoint(random);
    if (point) found.set(`${point.trade} ${point.paid}`, point);
  }
  return [...found.values()];
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
