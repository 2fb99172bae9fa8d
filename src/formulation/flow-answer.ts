import type { Mechanism } from "../mechanism/mechanism.js";
import { Rational } from "../number/rational.js";
import { packIntegers, RationalVector } from "../number/rational-vector.js";
import type { Problem } from "../problem/problem.js";
import type { IncentiveMultiplier, Multipliers, ParticipationMultiplier } from "../proof/multipliers.js";
import { type FlowTask, pricesState } from "./flow-cut.js";
import type { MasterRow } from "./flow-master.js";
import type { StateFlow } from "./state-flow.js";
import type { StateGains } from "./state-gains.js";

/**
 * The mechanism that a flow describes: at state `(a, b)` agent `i` gains what the state gives to its type, over `p`. What a
 * type lacks after the greatest flow comes from outside, in equal parts at all of its states. So `t_i = w_i - g_i`, and the
 * subsidy is what the gains exceed `G` by.
 */
export function flowMechanism(gains: StateGains, task: FlowTask, flow: StateFlow, scale: bigint): Mechanism {
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
 * makes its payment cancel: `mu_i(s) = pi(s) - p(s_-i) sum_b (lambda(a->b) - lambda(b->a)) - (its weight in the objective)`.
 */
export function flowMultipliers(
  problem: Problem,
  gains: StateGains,
  task: FlowTask,
  meanings: readonly MasterRow[],
  dual: RationalVector,
  purpose: Multipliers["purpose"],
): Multipliers {
  const { rows, columns, gain, weight, weightTotal } = gains;
  const incentive: IncentiveMultiplier[] = [];
  const net = [new Array<bigint>(rows).fill(0n), new Array<bigint>(columns).fill(0n)];
  // Per state: the price over p(s), in units of the dual's denominator.
  const unit = dual.denominator;
  const base = purpose === "bound" && task.exact && task.money === "subsidy" ? unit : 0n;
  const price = new Array<bigint>(rows * columns).fill(base);
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
      for (let a = 0, s = 0; a < rows; a++) {
        for (let b = 0; b < columns; b++, s++) {
          const sign = pricesState(meaning.cut, rows, a, b, gain[s]);
          if (sign !== 0) price[s] += sign > 0 ? numerator : -numerator;
        }
      }
    }
  });
  const totals = weightTotal.map(BigInt);
  const states = totals[0] * totals[1];
  const denominator = states * unit;
  const surplus = purpose === "bound" && problem.question.objective === "max-surplus" ? unit : 0n;
  const participation: ParticipationMultiplier[] = [];
  const prices = new Array<bigint>(rows * columns);
  for (let a = 0, s = 0; a < rows; a++) {
    for (let b = 0; b < columns; b++, s++) {
      const own = [BigInt(weight[0][a]), BigInt(weight[1][b])];
      const extra = (floor.get(s) ?? 0n) * states;
      prices[s] = own[0] * own[1] * price[s] + extra;
      for (const agent of [0, 1]) {
        const flowing = net[agent][agent === 0 ? a : b];
        const others = own[1 - agent];
        const numerator = others * (own[agent] * (price[s] + surplus) - totals[agent] * flowing) + extra;
        if (numerator !== 0n) {
          participation.push({ agent, profile: s, weight: Rational.of(numerator, denominator) });
        }
      }
    }
  }
  const budget = { kind: "profile", prices: new RationalVector(packIntegers(prices), denominator) } as const;
  return { purpose, incentive, participation, budget };
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
