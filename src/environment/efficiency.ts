import { Rational } from "../number/rational.js";
import { RationalSum } from "../number/rational-sum.js";
import type { Environment } from "./environment.js";

/**
 * The outcomes that maximise `sum_i v_i(x, s) - r(x, s)` at a profile, in the order of the outcomes: ties are kept,
 * because how they are broken decides verdicts.
 */
export function efficientOutcomes(environment: Environment, profile: number): number[] {
  const welfare = welfareNumerators(environment);
  let best = welfare(profile, 0);
  let efficient = [0];
  for (let outcome = 1; outcome < environment.outcomes.length; outcome++) {
    const candidate = welfare(profile, outcome);
    if (candidate > best) {
      best = candidate;
      efficient = [outcome];
    } else if (candidate === best) efficient.push(outcome);
  }
  return efficient;
}

type WelfareNumerators = (profile: number, outcome: number) => number | bigint;

const known = new WeakMap<Environment, WelfareNumerators>();

/** `sum_i v_i(x, s) - r(x, s)` over the environment's money denominator, in machine integers while that is exact. */
export function welfareNumerators(environment: Environment): WelfareNumerators {
  const numerators = known.get(environment) ?? makeWelfareNumerators(environment);
  known.set(environment, numerators);
  return numerators;
}

function makeWelfareNumerators(environment: Environment): WelfareNumerators {
  const { values, costs, profiles, agentCount } = environment;
  if (fitsMachineIntegers(environment)) {
    return (profile, outcome) => {
      let total = -(costs.numerator(0, profile, outcome) as number);
      for (let i = 0; i < agentCount; i++) {
        total += values[i].numerator(profiles.typeOf(profile, i), profile, outcome) as number;
      }
      return total;
    };
  }
  return (profile, outcome) => {
    let total = -BigInt(costs.numerator(0, profile, outcome));
    for (let i = 0; i < agentCount; i++) {
      total += BigInt(values[i].numerator(profiles.typeOf(profile, i), profile, outcome));
    }
    return total;
  };
}

/** `sum_i v_i(x, s) - r(x, s)`. */
export function welfare(environment: Environment, outcome: number, profile: number): Rational {
  return Rational.of(welfareNumerators(environment)(profile, outcome), environment.moneyDenominator);
}

/** Welfare beyond everybody's outside option: `sum_i (v_i - u_i)(x, s) - r(x, s)`. */
export function gains(environment: Environment, outcome: number, profile: number): Rational {
  const total = new RationalSum().add(welfare(environment, outcome, profile));
  for (let i = 0; i < environment.agentCount; i++) total.add(environment.outsideOption(i, profile).negate());
  return total.value;
}

/** Whether every welfare and every gain of the environment is exact in doubles. */
export function fitsMachineIntegers(environment: Environment): boolean {
  let bound = 0;
  for (const table of [...environment.values, environment.costs, ...environment.outsideOptions]) {
    const { numerators } = table.entries;
    if (!(numerators instanceof Float64Array)) return false;
    let largest = 0;
    for (const numerator of numerators) largest = Math.max(largest, Math.abs(numerator));
    bound += largest;
  }
  return bound <= Number.MAX_SAFE_INTEGER;
}
