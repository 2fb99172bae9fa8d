import type { Lottery } from "../environment/lottery.js";
import type { Rational } from "../number/rational.js";
import type { Mechanism } from "./mechanism.js";

/** The same mechanism, evaluated once at every profile that it is asked about: for few profiles. */
export function remembered(mechanism: Mechanism): Mechanism {
  const lotteries = new Map<number, Lottery>();
  const payments: Map<number, Rational>[] = [];
  const subsidies = new Map<number, Rational>();
  return {
    lottery: (profile) => once(lotteries, profile, () => mechanism.lottery(profile)),
    payment: (agent, profile) => {
      payments[agent] ??= new Map();
      return once(payments[agent], profile, () => mechanism.payment(agent, profile));
    },
    subsidy: (profile) => once(subsidies, profile, () => mechanism.subsidy(profile)),
  };
}

function once<Value>(known: Map<number, Value>, profile: number, find: () => Value): Value {
  const found = known.get(profile);
  if (found !== undefined) return found;
  const value = find();
  known.set(profile, value);
  return value;
}
