import type { Orbit } from "../../environment/orbits/orbits.js";
import type { SymmetricAgents } from "./symmetric-agents.js";

/**
 * Sums over agents of whole numbers by type and class of values, and a number of cost, for every outcome at a profile with
 * increasing types: welfare, or coefficients of a Lagrangian. In machine integers where all of them fit.
 */
export class AgentSums {
  private readonly machine: Float64Array | undefined;
  /** By outcome: the agents to whom it is not worth the same as the first outcome. */
  private readonly changed: readonly number[][];

  constructor(
    private readonly agents: SymmetricAgents,
    /** `perClass[type * classes + class]`. */
    private readonly perClass: readonly bigint[],
    private readonly perCost: bigint,
  ) {
    const { outcomes, agents: all, costs } = agents.environment;
    this.changed = outcomes.map((_, x) =>
      all.flatMap((_agent, i) => (agents.of(i, x) === agents.of(i, 0) ? [] : [i])),
    );
    const greatest = perClass.reduce((most, number) => larger(most, number), 0n);
    let dearest = 0n;
    for (const cost of costs.entries.numerators) dearest = larger(dearest, BigInt(cost));
    // Besides the first outcome's sum, each agent enters once or twice.
    const most = 3n * BigInt(all.length) * greatest + larger(0n, perCost) * dearest;
    if (most <= BigInt(Number.MAX_SAFE_INTEGER)) this.machine = Float64Array.from(perClass, Number);
  }

  /** By outcome. */
  at(orbit: Orbit): number[] | bigint[] {
    return this.machine ? this.inMachineIntegers(orbit, this.machine) : this.inIntegers(orbit);
  }

  private inMachineIntegers({ types, profile }: Orbit, perClass: Float64Array): number[] {
    const { agents, changed } = this;
    const { costs } = agents.environment;
    const width = agents.classCount;
    const perCost = Number(this.perCost);
    let first = 0;
    for (let i = 0; i < types.length; i++) first += perClass[types[i] * width + agents.of(i, 0)];
    const sums = new Array<number>(changed.length);
    for (let x = 0; x < changed.length; x++) {
      let total = first;
      for (const i of changed[x]) {
        const own = types[i] * width;
        total += perClass[own + agents.of(i, x)] - perClass[own + agents.of(i, 0)];
      }
      sums[x] = total + perCost * Number(costs.numerator(0, profile, x));
    }
    return sums;
  }

  private inIntegers({ types, profile }: Orbit): bigint[] {
    const { agents, changed, perClass, perCost } = this;
    const { costs } = agents.environment;
    const width = agents.classCount;
    let first = 0n;
    for (let i = 0; i < types.length; i++) first += perClass[types[i] * width + agents.of(i, 0)];
    return changed.map((others, x) => {
      let total = first;
      for (const i of others) {
        const own = types[i] * width;
        total += perClass[own + agents.of(i, x)] - perClass[own + agents.of(i, 0)];
      }
      return total + perCost * BigInt(costs.numerator(0, profile, x));
    });
  }
}

/** The larger of a number that is not negative and another's absolute value. */
function larger(most: bigint, number: bigint): bigint {
  const size = number < 0n ? -number : number;
  return size > most ? size : most;
}
