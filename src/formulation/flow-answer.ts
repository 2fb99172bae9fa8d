import type { Environment } from "../environment/environment.js";
import type { KnownRule } from "../environment/known-rule.js";
import type { Mechanism } from "../mechanism/mechanism.js";
import { RuledMechanism } from "../mechanism/ruled-mechanism.js";
import { gcd, lcm, Rational } from "../number/rational.js";
import { type IntegerVector, packIntegers, RationalVector } from "../number/rational-vector.js";
import type { Problem } from "../problem/problem.js";
import type { IncentiveMultiplier, Multipliers } from "../proof/multipliers.js";
import { StatePriceMultipliers } from "../proof/state-price-multipliers.js";
import { type FlowTask, pricesState } from "./flow-cut.js";
import type { MasterRow } from "./flow-master.js";
import type { StateFlow } from "./state-flow.js";
import type { StateGains } from "./state-gains.js";

/**
 * The mechanism that a flow describes: at state `(a, b)` agent `i` gains what the state gives to its type, over `p`. What a
 * type lacks after the greatest flow comes from outside, in equal parts at all of its states. So `t_i = w_i - g_i`, and the
 * subsidy is what the gains exceed `G` by.
 */
export function flowMechanism(
  environment: Environment,
  rule: KnownRule,
  gains: StateGains,
  task: FlowTask,
  flow: StateFlow,
  scale: bigint,
): Mechanism {
  return (
    flowTables(environment, rule, gains, task, flow, scale) ?? mechanismOnDemand(gains, task, flow, scale)
  );
}

/** The mechanism as tables of machine integers; undefined where they do not fit. */
function flowTables(
  environment: Environment,
  rule: KnownRule,
  gains: StateGains,
  task: FlowTask,
  flow: StateFlow,
  scale: bigint,
): RuledMechanism | undefined {
  const { rows, columns, worth, gain, weight, weightTotal } = gains;
  const multiple = weight.map((own) => own.reduce((product, n) => lcm(product, BigInt(n)), 1n));
  const masses = multiple[0] * multiple[1];
  const states = BigInt(weightTotal[0]) * BigInt(weightTotal[1]);
  // Gains are `given * states / (mass * scale)` and `lacking * P_i / (n_i * scale)`.
  const common = gcd(
    masses * scale,
    flow.isDemandLeft ? gcd(BigInt(weightTotal[0]), BigInt(weightTotal[1])) : states,
  );
  const denominator = lcm((masses * scale) / common, BigInt(gains.denominator));
  const perGiven = (denominator * states) / scale;
  const perWorth = Number(denominator / BigInt(gains.denominator));
  const perLacking = weightTotal.map((total) => Number((denominator * BigInt(total)) / scale));
  const factors = [Number(denominator), Number(perGiven), ...perLacking];
  if (!factors.every(Number.isSafeInteger)) return undefined;
  let safe = true;
  const own = (agent: number) => {
    const table = new Float64Array(rows * columns);
    const given = agent === 0 ? flow.toFirst : flow.toSecond;
    for (let a = 0, s = 0; a < rows; a++) {
      for (let b = 0; b < columns; b++, s++) {
        const type = agent === 0 ? a : b;
        const lacking = flow.lacking[agent === 0 ? a : rows + b];
        const factor = Number(perGiven) / (weight[0][a] * weight[1][b]);
        const part = given[s] * factor;
        const apart = lacking * perLacking[agent];
        const rest = apart / weight[agent][type];
        table[s] = part + rest;
        if (![factor, part, apart, rest].every(Number.isSafeInteger)) safe = false;
      }
    }
    return table;
  };
  const received = [own(0), own(1)];
  const subsidies = new Float64Array(rows * columns);
  const payments = received.map((table, agent) =>
    table.map((amount, s) => worth[agent][s] * perWorth - amount),
  );
  for (let s = 0; s < subsidies.length; s++) {
    const needed = received[0][s] + received[1][s] - gain[s] * perWorth;
    if (task.money !== "none" && needed > 0) subsidies[s] = needed;
    if (!(Math.abs(payments[0][s]) + Math.abs(payments[1][s]) + Math.abs(needed) <= Number.MAX_SAFE_INTEGER))
      safe = false;
  }
  if (!safe) return undefined;
  return new RuledMechanism(
    environment,
    rule,
    payments.map((table) => new RationalVector(table, denominator)),
    task.money === "none" ? undefined : new RationalVector(subsidies, denominator),
  );
}

function mechanismOnDemand(gains: StateGains, task: FlowTask, flow: StateFlow, scale: bigint): Mechanism {
  const { rows, columns, denominator, worth, gain, weight, weightTotal, lotteries } = gains;
  const states = BigInt(weightTotal[0]) * BigInt(weightTotal[1]);
  const lacking = Array.from(flow.lacking, (amount, k) => {
    const agent = k < rows ? 0 : 1;
    return Rational.of(
      BigInt(amount) * BigInt(weightTotal[agent]),
      BigInt(weight[agent][k - agent * rows]) * scale,
    );
  });
  const gainOf = (agent: number, s: number): Rational => {
    const a = Math.floor(s / columns);
    const b = s % columns;
    const given = (agent === 0 ? flow.toFirst : flow.toSecond)[s];
    const mass = BigInt(weight[0][a]) * BigInt(weight[1][b]);
    return Rational.of(BigInt(given) * states, mass * scale).add(lacking[agent === 0 ? a : rows + b]);
  };
  return {
    lottery: lotteries,
    payment: (agent, s) => Rational.of(worth[agent][s], denominator).subtract(gainOf(agent, s)),
    subsidy: (s) => {
      if (task.money === "none") return Rational.ZERO;
      const needed = gainOf(0, s).add(gainOf(1, s)).subtract(Rational.of(gain[s], denominator));
      return Rational.maximum(needed, Rational.ZERO);
    },
  };
}

/**
 * The multipliers of the direct linear program. A cut is a sum of direct requirements, with the weights `p(s)`: over the
 * states that it counts, of the budget; elsewhere, and where one of the two agents is not in the cut, of ex post IR. So
 * the budget price `pi(s)` is `p(s)` times the duals of the cuts that count `s`, and the IR price of each agent is what
 * makes its payment cancel: `mu_i(s) = pi(s) - p(s_-i) sum_b (lambda(a->b) - lambda(b->a))`, plus `p(s)` where surplus is the
 * objective. Undefined where the duals do not fit machine integers.
 */
export function flowMultipliers(
  problem: Problem,
  gains: StateGains,
  task: FlowTask,
  meanings: readonly MasterRow[],
  dual: RationalVector,
  purpose: Multipliers["purpose"],
): Multipliers | undefined {
  const { rows, columns, gain, weightTotal } = gains;
  const incentive: IncentiveMultiplier[] = [];
  const net = [new Array<bigint>(rows).fill(0n), new Array<bigint>(columns).fill(0n)];
  // Per state: the price over p(s), in units of the dual's denominator.
  const unit = dual.denominator;
  const base = purpose === "bound" && task.exact && task.money === "subsidy" ? unit : 0n;
  const price = new Float64Array(rows * columns).fill(Number(base));
  let sum = Number(unit);
  const floor = new Map<number, bigint>();
  meanings.forEach((meaning, row) => {
    const numerator = dual.numeratorAt(row);
    if (numerator === 0n) return;
    if (meaning.kind === "floor") floor.set(meaning.profile, numerator);
    else if (meaning.kind === "incentive") {
      const { agent, type, report } = meaning;
      incentive.push({ agent, type, report, weight: Rational.of(numerator, unit) });
      net[agent][type] += numerator;
      net[agent][report] -= numerator;
    } else {
      const amount = Number(numerator);
      sum += Math.abs(amount);
      for (let a = 0, s = 0; a < rows; a++) {
        for (let b = 0; b < columns; b++, s++) {
          const sign = pricesState(meaning.cut, rows, a, b, gain[s]);
          if (sign !== 0) price[s] += sign * amount;
        }
      }
    }
  });
  if (!(sum <= Number.MAX_SAFE_INTEGER)) return undefined;
  const totals = weightTotal.map(BigInt);
  const states = totals[0] * totals[1];
  const denominator = states * unit;
  const surplus = purpose === "bound" && problem.question.objective === "max-surplus" ? unit : 0n;
  const factors = { states, unit, totals, surplus };
  const prices =
    safePrices(gains, price, net, floor, factors) ?? longPrices(gains, price, net, floor, factors);
  const vector = (numerators: IntegerVector) => new RationalVector(numerators, denominator);
  return new StatePriceMultipliers(purpose, incentive, [vector(prices.first), vector(prices.second)], {
    kind: "profile",
    prices: vector(prices.budget),
  });
}

interface Factors {
  readonly states: bigint;
  readonly unit: bigint;
  readonly totals: readonly bigint[];
  readonly surplus: bigint;
}

interface StatePrices {
  readonly budget: IntegerVector;
  readonly first: IntegerVector;
  readonly second: IntegerVector;
}

/** Prices in machine integers; undefined where they might not fit. */
function safePrices(
  { rows, columns, weight }: StateGains,
  price: Float64Array,
  net: readonly (readonly bigint[])[],
  floor: ReadonlyMap<number, bigint>,
  { states, totals, surplus }: Factors,
): StatePrices | undefined {
  let largest = Number(surplus);
  for (const one of price) largest = Math.max(largest, Math.abs(one) + Number(surplus));
  let flowing = 0;
  for (const one of net.flat()) flowing = Math.max(flowing, Math.abs(Number(one)));
  for (const one of floor.values()) flowing = Math.max(flowing, Math.abs(Number(one)));
  if (!(Number(states) * (largest + flowing) * 4 <= Number.MAX_SAFE_INTEGER)) return undefined;
  const result = [0, 1, 2].map(() => new Float64Array(rows * columns));
  const scaled = net.map((own, agent) => Float64Array.from(own, (one) => Number(one * totals[agent])));
  const more = Number(surplus);
  for (let a = 0, s = 0; a < rows; a++) {
    const n = weight[0][a];
    for (let b = 0; b < columns; b++, s++) {
      const m = weight[1][b];
      const paid = price[s] + more;
      result[0][s] = n * m * price[s];
      result[1][s] = m * (n * paid - scaled[0][a]);
      result[2][s] = n * (m * paid - scaled[1][b]);
    }
  }
  for (const [s, amount] of floor) for (const table of result) table[s] += Number(amount * states);
  return { budget: result[0], first: result[1], second: result[2] };
}

/** The same in integers of any size. */
function longPrices(
  { rows, columns, weight }: StateGains,
  price: Float64Array,
  net: readonly (readonly bigint[])[],
  floor: ReadonlyMap<number, bigint>,
  { states, totals, surplus }: Factors,
): StatePrices {
  const result = [0, 1, 2].map(() => new Array<bigint>(rows * columns));
  for (let a = 0, s = 0; a < rows; a++) {
    const n = BigInt(weight[0][a]);
    for (let b = 0; b < columns; b++, s++) {
      const m = BigInt(weight[1][b]);
      const extra = (floor.get(s) ?? 0n) * states;
      const own = BigInt(price[s]);
      const paid = own + surplus;
      result[0][s] = n * m * own + extra;
      result[1][s] = m * (n * paid - totals[0] * net[0][a]) + extra;
      result[2][s] = n * (m * paid - totals[1] * net[1][b]) + extra;
    }
  }
  const [budget, first, second] = result.map(packIntegers);
  return { budget, first, second };
}

/** A state where both together lose: no payments satisfy both and the budget. */
export function losingState(gains: StateGains, profile: number): Multipliers {
  const prices = new Float64Array(gains.gain.length);
  prices[profile] = 1;
  return {
    purpose: "infeasibility",
    incentive: [],
    participation: [0, 1].map((agent) => ({ agent, profile, weight: Rational.ONE })),
    budget: { kind: "profile", prices: new RationalVector(prices, 1n) },
  };
}
