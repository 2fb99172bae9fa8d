import type { Environment } from "../../environment/environment.js";
import { type MachineTable, machineEntry } from "../../environment/table.js";
import { IntegerSum } from "../../number/integer-sum.js";

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
  /** Money by agent, and costs. */
  readonly values: readonly MachineTable[];
  readonly outsideOptions: readonly MachineTable[];
  readonly costs: MachineTable;
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
  const last = profiles.agentCount - 1;
  const size = profiles.sizes[last];
  const width = outcomes.length;
  const types = new Int32Array(last);
  const privately = environment.hasPrivateValues && !costs.dependsOnProfile;
  const own = values[last].entries.numerators as Float64Array;
  // Without the last agent, at the row's profiles; with private values it is the same at all of them.
  const others = new Float64Array(width);
  for (let first = 0; first < profiles.count; first += size) {
    let weight = 1;
    for (let i = 0; i < last; i++) weight *= marginals[i][types[i]];
    for (let b = 0; b < size; b++) {
      const s = first + b;
      probability[s] = weight * marginals[last][b];
      if (b === 0 || !privately) {
        for (let x = 0; x < width; x++) {
          others[x] = -(costs.numerator(0, s, x) as number);
          for (let i = 0; i < last; i++) others[x] += values[i].numerator(types[i], s, x) as number;
        }
      }
      let best = Number.NEGATIVE_INFINITY;
      let from = 0;
      let to = 0;
      for (let x = 0; x < width; x++) {
        const welfare =
          others[x] + (privately ? own[b * width + x] : (values[last].numerator(b, s, x) as number));
        if (welfare > best) {
          best = welfare;
          from = x;
          to = x;
        } else if (welfare === best) to = x;
      }
      if (from !== to) tied.push(s);
      chosen[s] = ties === "first" ? from : to;
    }
    for (let i = last - 1; i >= 0 && ++types[i] === profiles.sizes[i]; i--) types[i] = 0;
  }
  return {
    environment,
    chosen,
    tied,
    probability,
    whole,
    values: values.map((table) => table.machineTable()),
    outsideOptions: outsideOptions.map((table) => table.machineTable()),
    costs: costs.machineTable(),
    largest,
  };
}

/** By profile of the others in their order: its probability, over the product of their denominators. */
export function othersWeights({ prior }: Environment, agent: number): Float64Array {
  let weights = Float64Array.of(1);
  prior.marginals.forEach(({ numerators }, j) => {
    if (j === agent) return;
    const own = numerators as Float64Array;
    const longer = new Float64Array(weights.length * own.length);
    for (let k = 0; k < longer.length; k++) {
      longer[k] = weights[Math.floor(k / own.length)] * own[k % own.length];
    }
    weights = longer;
  });
  return weights;
}

/** What the agent gets from outcomes beyond its outside option, by type, or by profile where either depends on it. */
export function gainTable({ environment, values, outsideOptions }: StatePass, agent: number): MachineTable {
  const { profiles, outcomes } = environment;
  const width = outcomes.length;
  const [own, outside] = [values[agent], outsideOptions[agent]];
  const byProfile = own.profileStride > 0 || outside.profileStride > 0;
  const rows = byProfile ? profiles.count : profiles.sizes[agent];
  const numerators = new Float64Array(rows * width);
  for (let row = 0; row < rows; row++) {
    const type = byProfile ? profiles.typeOf(row, agent) : row;
    for (let x = 0; x < width; x++) {
      numerators[row * width + x] = machineEntry(own, type, row, x) - machineEntry(outside, type, row, 0);
    }
  }
  return {
    numerators,
    typeStride: byProfile ? 0 : width,
    profileStride: byProfile ? width : 0,
    outcomeStride: 1,
  };
}

/** What `agent`, being of `type` at the true profile `s`, gets from an outcome, over the money denominator. */
export function worthAt(pass: StatePass, agent: number, type: number, outcome: number, s: number): number {
  return machineEntry(pass.values[agent], type, s, outcome);
}

/** The outside option of `agent`, being of `type` at `s`. */
export function outsideAt(pass: StatePass, agent: number, type: number, s: number): number {
  return machineEntry(pass.outsideOptions[agent], type, s, 0);
}

export function costAt(pass: StatePass, outcome: number, s: number): number {
  return machineEntry(pass.costs, 0, s, outcome);
}

/** Expected welfare beyond the outside options, over `whole` and the money denominator. */
export function gainsOf(pass: StatePass): bigint {
  const { profiles } = pass.environment;
  const total = new IntegerSum();
  for (let s = 0; s < profiles.count; s++) {
    let gains = -costAt(pass, pass.chosen[s], s);
    for (let agent = 0; agent < profiles.agentCount; agent++) {
      const type = profiles.typeOf(s, agent);
      gains += worthAt(pass, agent, type, pass.chosen[s], s) - outsideAt(pass, agent, type, s);
    }
    total.addProduct(pass.probability[s], gains);
  }
  return total.value;
}
