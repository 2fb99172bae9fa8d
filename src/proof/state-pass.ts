import type { Environment } from "../environment/environment.js";

/** What the referee knows of a rule without lotteries after looking at every profile once. Integers in doubles. */
export interface StatePass {
  readonly environment: Environment;
  /** By profile: the efficient outcome that the rule chooses. */
  readonly chosen: Int32Array;
  /** Profiles with more than one efficient outcome, in order. */
  readonly tied: readonly number[];
  /** By profile, over `whole`. */
  readonly probability: Float64Array;
  readonly whole: bigint;
  /** No value, cost or outside option is larger in size, over the money denominator. */
  readonly largest: number;
}

/** Undefined where a weighted sum along a line of types might not be exact in a double. */
export function statePass(environment: Environment, ties: "first" | "last"): StatePass | undefined {
  const { prior, profiles, values, costs, outsideOptions, outcomes } = environment;
  if (prior.kind !== "independent") return undefined;
  let largest = 1;
  for (const table of [...values, costs, ...outsideOptions]) {
    if (!(table.entries.numerators instanceof Float64Array)) return undefined;
    for (const numerator of table.entries.numerators) largest = Math.max(largest, Math.abs(numerator));
  }
  const whole = prior.marginals.reduce((product, { denominator }) => product * denominator, 1n);
  const longest = Math.max(...profiles.sizes) + profiles.agentCount + 2;
  if (!(Number(whole) * largest * longest * 4 <= Number.MAX_SAFE_INTEGER)) return undefined;

  const chosen = new Int32Array(profiles.count);
  const tied: number[] = [];
  const probability = new Float64Array(profiles.count);
  const marginals = prior.marginals.map((marginal) => marginal.numerators as Float64Array);
  const types = new Int32Array(profiles.agentCount);
  for (let s = 0; s < profiles.count; s++) {
    let weight = 1;
    for (let i = 0; i < types.length; i++) weight *= marginals[i][types[i]];
    probability[s] = weight;
    let best = Number.NEGATIVE_INFINITY;
    let from = 0;
    let to = 0;
    for (let x = 0; x < outcomes.length; x++) {
      let welfare = -(costs.numerator(0, s, x) as number);
      for (let i = 0; i < types.length; i++) welfare += values[i].numerator(types[i], s, x) as number;
      if (welfare > best) {
        best = welfare;
        from = x;
        to = x;
      } else if (welfare === best) to = x;
    }
    if (from !== to) tied.push(s);
    chosen[s] = ties === "first" ? from : to;
    for (let i = types.length - 1; i >= 0 && ++types[i] === profiles.sizes[i]; i--) types[i] = 0;
  }
  return { environment, chosen, tied, probability, whole, largest };
}

/** What `agent`, being of `type` at the true profile `s`, gets from an outcome, over the money denominator. */
export function worthAt(
  { environment }: StatePass,
  agent: number,
  type: number,
  outcome: number,
  s: number,
): number {
  return environment.values[agent].numerator(type, s, outcome) as number;
}

/** The outside option of `agent`, being of `type` at `s`. */
export function outsideAt({ environment }: StatePass, agent: number, type: number, s: number): number {
  return environment.outsideOptions[agent].numerator(type, s, 0) as number;
}

export function costAt({ environment }: StatePass, outcome: number, s: number): number {
  return environment.costs.numerator(0, s, outcome) as number;
}

/** Sums of integers that may be too large for a double: added up in doubles as far as that is safe. */
export class LongSum {
  private total = 0n;
  private part = 0;

  add(term: number): void {
    const next = this.part + term;
    if (Math.abs(next) <= Number.MAX_SAFE_INTEGER) this.part = next;
    else {
      this.total += BigInt(this.part);
      this.part = term;
    }
  }

  get value(): bigint {
    return this.total + BigInt(this.part);
  }
}
