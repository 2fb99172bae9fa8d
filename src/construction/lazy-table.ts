import type { Environment } from "../environment/environment.js";
import type { AllocationRule } from "../environment/lottery.js";
import type { Mechanism } from "../mechanism/mechanism.js";
import { Rational } from "../number/rational.js";

/** A function of whole numbers that is computed at most once for each argument. */
export function lazyTable<T>(compute: (index: number) => T): (index: number) => T {
  const known = new Map<number, T>();
  return (index) => {
    const before = known.get(index);
    if (before !== undefined) return before;
    const value = compute(index);
    known.set(index, value);
    return value;
  };
}

/** A mechanism without outside money whose payments are computed when asked for, and once. */
export function lazyMechanism(
  environment: Environment,
  lottery: AllocationRule,
  payment: (agent: number, profile: number) => Rational,
): Mechanism {
  const payments = environment.agents.map((_, agent) => lazyTable((profile) => payment(agent, profile)));
  return {
    lottery: lazyTable(lottery),
    payment: (agent, profile) => payments[agent](profile),
    subsidy: () => Rational.ZERO,
  };
}
