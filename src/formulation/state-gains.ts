import { EfficientRows, TIED } from "../environment/efficient-rows.js";
import type { Environment } from "../environment/environment.js";
import { type KnownRule, lotteriesOf } from "../environment/known-rule.js";
import type { AllocationRule } from "../environment/lottery.js";
import { lcm } from "../number/rational.js";

/**
 * What a rule is worth at every state of two agents with an independent prior, in machine integers over one denominator:
 * `w_i = v_i - u_i` of each agent, and the gain of both, `G = w_1 + w_2 - r`.
 */
export interface StateGains {
  readonly rows: number;
  readonly columns: number;
  readonly denominator: number;
  readonly worth: readonly [Float64Array, Float64Array];
  readonly gain: Float64Array;
  /** `p_i(a) = weight[i][a] / weightTotal[i]`. */
  readonly weight: readonly [Float64Array, Float64Array];
  readonly weightTotal: readonly [number, number];
  readonly lotteries: AllocationRule;
}

/** Undefined where the numbers, or their sums over all states, do not fit machine integers. */
export function stateGains(environment: Environment, rule: KnownRule): StateGains | undefined {
  const { profiles, prior, values, costs, outsideOptions } = environment;
  const [rows, columns] = profiles.sizes;
  const lotteries = lotteriesOf(environment, rule);
  const { outcomes, shares } = outcomesChosen(environment, rule, lotteries);
  const denominator = Number(environment.moneyDenominator * shares);
  const scale = Number(shares);
  const tables = [...values, costs, ...outsideOptions];
  const [first, second] = prior.marginals.map((marginal) => marginal.numerators);
  if (!(first instanceof Float64Array && second instanceof Float64Array)) return undefined;
  const weightTotal = prior.marginals.map((marginal) => Number(marginal.denominator)) as [number, number];
  let largest = 1;
  for (const { entries } of tables) {
    for (const numerator of entries.numerators) largest = Math.max(largest, Math.abs(Number(numerator)));
  }
  // Sums over all states of four tables, weighted.
  if (!(largest * scale * 8 * weightTotal[0] * weightTotal[1] <= Number.MAX_SAFE_INTEGER)) return undefined;

  const worth: [Float64Array, Float64Array] = [
    new Float64Array(rows * columns),
    new Float64Array(rows * columns),
  ];
  const gain = new Float64Array(rows * columns);
  for (let a = 0, s = 0; a < rows; a++) {
    for (let b = 0; b < columns; b++, s++) {
      const x = outcomes[s];
      let one = 0;
      let two = 0;
      let cost = 0;
      if (x >= 0) {
        one = scale * (values[0].numerator(a, s, x) as number);
        two = scale * (values[1].numerator(b, s, x) as number);
        cost = scale * (costs.numerator(0, s, x) as number);
      } else {
        for (const { outcome, probability } of lotteries(s)) {
          const share = Number((probability.numerator * shares) / probability.denominator);
          one += share * (values[0].numerator(a, s, outcome) as number);
          two += share * (values[1].numerator(b, s, outcome) as number);
          cost += share * (costs.numerator(0, s, outcome) as number);
        }
      }
      worth[0][s] = one - scale * (outsideOptions[0].numerator(a, s, 0) as number);
      worth[1][s] = two - scale * (outsideOptions[1].numerator(b, s, 0) as number);
      gain[s] = worth[0][s] + worth[1][s] - cost;
    }
  }
  return { rows, columns, denominator, worth, gain, weight: [first, second], weightTotal, lotteries };
}

/** The outcome chosen at each state, or -1 for a lottery, and the common denominator of the lotteries. */
function outcomesChosen(environment: Environment, rule: KnownRule, lotteries: AllocationRule) {
  const { count } = environment.profiles;
  const outcomes = new Int32Array(count);
  const efficient = rule.kind === "efficient" ? EfficientRows.of(environment) : undefined;
  let shares = 1n;
  const look = (s: number) => {
    const lottery = lotteries(s);
    outcomes[s] = lottery.length === 1 ? lottery[0].outcome : -1;
    if (lottery.length > 1) {
      for (const { probability } of lottery) shares = lcm(shares, probability.denominator);
    }
  };
  if (!efficient) {
    for (let s = 0; s < count; s++) look(s);
    return { outcomes, shares };
  }
  for (let row = 0, s = 0; row < efficient.rowCount; row++) {
    efficient.fill(row);
    for (let b = 0; b < efficient.rowLength; b++, s++) {
      outcomes[s] = efficient.outcome[b];
      if (outcomes[s] === TIED) look(s);
    }
  }
  return { outcomes, shares };
}
