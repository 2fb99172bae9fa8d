import { expect, test } from "vitest";
import { publicGood, singleGoodAuction } from "../../models/index.js";
import { designFor } from "../../src/design.js";
import { Rational } from "../../src/number/rational.js";
import { posed } from "../../src/question/problem.js";

/** Virtual values of types with increasing values (Myerson 1981): `v(k) - (v(k + 1) - v(k)) P(above k) / p(k)`. */
function virtualValues(values: readonly Rational[], p: readonly Rational[]): Rational[] {
  return values.map((value, k) => {
    if (k === values.length - 1) return value;
    const above = Rational.sum(p.slice(k + 1));
    return value.subtract(values[k + 1].subtract(value).multiply(above).divide(p[k]));
  });
}

/** Ironed: the means of neighbours that would decrease, pooled until all increase. */
function ironed(virtual: readonly Rational[], p: readonly Rational[]): Rational[] {
  const pools: { mass: Rational; total: Rational; count: number }[] = [];
  virtual.forEach((value, k) => {
    let pool = { mass: p[k], total: value.multiply(p[k]), count: 1 };
    for (let last = pools.at(-1); last; last = pools.at(-1)) {
      if (last.total.divide(last.mass).compare(pool.total.divide(pool.mass)) < 0) break;
      pools.pop();
      pool = {
        mass: last.mass.add(pool.mass),
        total: last.total.add(pool.total),
        count: last.count + pool.count,
      };
    }
    pools.push(pool);
  });
  return pools.flatMap(({ mass, total, count }) => new Array<Rational>(count).fill(total.divide(mass)));
}

/** What the optimal auction earns: the expected greatest ironed virtual value, where it is positive. */
function myersonRevenue(bidders: number, values: readonly Rational[], p: readonly Rational[]): Rational {
  const power = (x: Rational) =>
    Rational.of(x.numerator ** BigInt(bidders), x.denominator ** BigInt(bidders));
  let below = Rational.ZERO;
  const terms = ironed(virtualValues(values, p), p).map((virtual, k) => {
    const upTo = below.add(p[k]);
    const chance = power(upTo).subtract(power(below));
    below = upTo;
    return chance.multiply(Rational.maximum(virtual, Rational.ZERO));
  });
  return Rational.sum(terms);
}

const REVENUE = { budget: "none", objective: "max-surplus", allocation: "free" } as const;
/** Few types in the middle, so that their virtual values are lower than those of the types below them. */
const HUMPS = [6, 5, 4, 1, 1, 1, 2, 5, 4, 2];

test.each([
  [2, 5],
  [3, 5],
  [10, 10],
])(
  "the optimal auction for %i bidders of %i types has a reserve price and earns what Myerson says",
  async (bidders, points) => {
    const { environment } = singleGoodAuction({ agents: bidders, grid: { points } });
    const values = Array.from({ length: points }, (_, k) => Rational.of(2 * k + 1, 2 * points));
    const p = environment.prior.marginals[0].toRationals();
    const design = await designFor(posed(environment, REVENUE), { formulation: "exchangeable" });
    expect(`${design.optimum}`).toBe(`${myersonRevenue(bidders, values, p)}`);
    const lowest = environment.profiles.profileOf(new Array<number>(bidders).fill(0));
    expect(environment.outcomes[design.mechanism!.lottery(lowest)[0].outcome]).toBe("kept");
  },
  240_000,
);

test.each([2, 3, 10])(
  "the optimal auction for %i bidders irons types whose virtual values decrease",
  async (bidders) => {
    const grid = { points: 10, distribution: { weights: HUMPS }, from: 1, to: 2 };
    const { environment } = singleGoodAuction({ agents: bidders, grid });
    const values = Array.from({ length: 10 }, (_, k) => Rational.of(2 * k + 21, 20));
    const p = environment.prior.marginals[0].toRationals();
    const problem = posed(environment, REVENUE);
    const design = await designFor(problem, { formulation: "exchangeable" });
    expect(`${design.optimum}`).toBe(`${myersonRevenue(bidders, values, p)}`);
    // Types that are ironed together win equally often, as no rule without a lottery lets them.
    expect(design.solver?.name).toBe("highs");
    const { lower, upper } = await designFor(problem, { formulation: "exchangeable", timeLimit: 1e-9 });
    expect(lower!.compare(design.optimum!), "known when time runs out").toBeLessThanOrEqual(0);
    expect(upper!.compare(design.optimum!), "known when time runs out").toBeGreaterThan(0);
  },
  240_000,
);

/** How many profiles of `agents` agents with ten types have types that sum to each number. */
function sumsOfTypes(agents: number): bigint[] {
  let ways = [1n];
  for (let i = 0; i < agents; i++) {
    const next = new Array<bigint>(ways.length + 9).fill(0n);
    ways.forEach((count, sum) => {
      for (let k = 0; k < 10; k++) next[sum + k] += count;
    });
    ways = next;
  }
  return ways;
}

/** Neighbours of ten types (2k + 1)/20 whose good costs 5: everything depends on the sum of their types. */
const TEN_NEIGHBOURS = { agents: 10, grid: { points: 10 }, cost: 5 };
const VALUE = (sum: bigint) => Rational.of(2n * sum + 10n - 100n, 20);
const VIRTUAL = (sum: bigint) => Rational.of(4n * sum - 170n - 100n, 20);

/** The mean, over all profiles, of a number by the sum of types. */
function meanOverSums(of: (sum: bigint) => Rational): Rational {
  const terms = sumsOfTypes(10).map((ways, sum) => of(BigInt(sum)).multiply(Rational.of(ways)));
  return Rational.sum(terms).divide(Rational.of(10n ** 10n));
}

test("an efficient public good for ten neighbours falls short by its virtual surplus", async () => {
  const { environment } = publicGood(TEN_NEIGHBOURS);
  const design = await designFor(posed(environment));
  expect(design.formulation).toBe("exchangeable");
  // At ties, where the sum of values is the cost, not to provide the good is cheaper.
  const shortfall = meanOverSums((sum) => (VALUE(sum).sign > 0 ? VIRTUAL(sum).negate() : Rational.ZERO));
  expect(`${design.optimum}`).toBe(`${shortfall}`);
}, 240_000);

test("the most that ten neighbours can be made to pay beyond the cost is their virtual surplus where it is positive", async () => {
  const { environment } = publicGood(TEN_NEIGHBOURS);
  const question = { allocation: "free", objective: "max-surplus", balance: "no-deficit" } as const;
  const design = await designFor(posed(environment, question));
  const surplus = meanOverSums((sum) => Rational.maximum(VIRTUAL(sum), Rational.ZERO));
  expect(`${design.optimum}`).toBe(`${surplus}`);
}, 240_000);

test("ten neighbours gain most when the good is provided beyond a threshold, with a lottery at it that just pays", async () => {
  const { environment } = publicGood(TEN_NEIGHBOURS);
  const question = { allocation: "free", objective: "max-gains", balance: "no-deficit" } as const;
  const design = await designFor(posed(environment, question));
  // From the highest sum of types down, as long as the virtual surplus lasts.
  let left = Rational.ZERO;
  let gains = Rational.ZERO;
  const ways = sumsOfTypes(10);
  for (let sum = BigInt(ways.length - 1); ; sum--) {
    const p = Rational.of(ways[Number(sum)], 10n ** 10n);
    const virtual = p.multiply(VIRTUAL(sum));
    const share = left.add(virtual).sign >= 0 ? Rational.ONE : left.negate().divide(virtual);
    gains = gains.add(share.multiply(p).multiply(VALUE(sum)));
    left = left.add(share.multiply(virtual));
    if (!share.equals(Rational.ONE)) break;
  }
  expect(`${left}`).toBe("0");
  expect(`${design.optimum}`).toBe(`${gains}`);
}, 240_000);

test("that ten neighbours cannot do without outside money is proved without a mechanism", async () => {
  const { environment } = publicGood(TEN_NEIGHBOURS);
  const design = await designFor(posed(environment, { objective: "feasibility" }));
  expect(design.infeasible).toBe(true);
  expect(design.mechanism).toBe(undefined);
}, 240_000);
