import { type StatePass, worthAt } from "./state-pass.js";

/** A requirement of ex post incentive compatibility, evaluated. */
export interface StateSlack {
  readonly slack: number;
  readonly agent: number;
  readonly truth: number;
  readonly report: number;
}

export interface StateSlacks {
  /** The smallest slack; undefined where no agent has a second type. */
  readonly least: StateSlack | undefined;
  /** How many slacks are zero. */
  readonly binding: number;
}

/**
 * Ex post IC, line by line of an agent's types: where types later on the line gain at least as much by every change of
 * outcome along it, a slack against a distant report is the sum of the neighbours' slacks and of differences that are not
 * negative, so that neighbours decide, and only runs of zeros need counting. Otherwise, or where a neighbour gains, every pair.
 */
export function lineSlacks(pass: StatePass, payments: readonly Float64Array[], scale: number): StateSlacks {
  let least: StateSlack | undefined;
  let binding = 0;
  payments.forEach((own, agent) => {
    const { count, sizes, strides } = pass.environment.profiles;
    const line = new PaymentLine(pass, agent, own, scale);
    for (let block = 0; block < count; block += sizes[agent] * strides[agent]) {
      for (let k = 0; k < strides[agent]; k++) {
        const found = line.look(block, k);
        binding += found.binding;
        if (found.least && (!least || found.least.slack < least.slack)) least = found.least;
      }
    }
  });
  return { least, binding };
}

/** So many lines are read at once. */
const TOGETHER = 16;

class PaymentLine {
  private readonly size: number;
  private readonly stride: number;
  private readonly isPrivate: boolean;
  private readonly increasing = new Map<number, boolean>();
  private first = 0;
  /** On the line that is looked at: what is paid and chosen, by type. */
  private paid: Float64Array;
  private chosen: Int32Array;
  /** The same of the lines that were read together, one after the other. */
  private readonly read: { readonly paid: Float64Array; readonly chosen: Int32Array };
  /** Slacks of `k` against `k + 1`, and of `k + 1` against `k`. */
  private readonly up: Float64Array;
  private readonly down: Float64Array;

  constructor(
    private readonly pass: StatePass,
    private readonly agent: number,
    private readonly payments: Float64Array,
    private readonly scale: number,
  ) {
    this.size = pass.environment.profiles.sizes[agent];
    this.stride = pass.environment.profiles.strides[agent];
    this.isPrivate = !pass.environment.values[agent].dependsOnProfile;
    this.read = {
      paid: new Float64Array(TOGETHER * this.size),
      chosen: new Int32Array(TOGETHER * this.size),
    };
    this.paid = this.read.paid;
    this.chosen = this.read.chosen;
    this.up = new Float64Array(Math.max(0, this.size - 1));
    this.down = new Float64Array(Math.max(0, this.size - 1));
  }

  /** The `k`-th of the lines that lie side by side in the block which begins at a profile. */
  look(block: number, k: number): StateSlacks {
    const { size, read } = this;
    if (k % TOGETHER === 0) this.readTogether(block + k, Math.min(TOGETHER, this.stride - k));
    const place = (k % TOGETHER) * size;
    this.first = block + k;
    this.paid = read.paid.subarray(place, place + size);
    this.chosen = read.chosen.subarray(place, place + size);
    return this.neighbours() ?? this.everyPair();
  }

  /** Lines that lie side by side are read together: each by itself would have its profiles far apart. */
  private readTogether(first: number, width: number): void {
    const { pass, payments, size, stride, read } = this;
    for (let type = 0; type < size; type++) {
      for (let k = 0, s = first + type * stride; k < width; k++, s++) {
        read.paid[k * size + type] = payments[s];
        read.chosen[k * size + type] = pass.chosen[s];
      }
    }
  }

  private slack(type: number, report: number): number {
    const { pass, agent, paid, chosen, first, stride, scale } = this;
    const less = paid[report] - paid[type];
    if (chosen[type] === chosen[report]) return less;
    const truth = first + type * stride;
    const truthful = worthAt(pass, agent, type, chosen[type], truth);
    return less + scale * (truthful - worthAt(pass, agent, type, chosen[report], truth));
  }

  private neighbours(): StateSlacks | undefined {
    const { agent, chosen, first, size, stride, up, down } = this;
    let smallest = Number.POSITIVE_INFINITY;
    let type = 0;
    let report = 0;
    const changes: number[] = [];
    for (let k = 0; k + 1 < size; k++) {
      const upward = this.slack(k, k + 1);
      const downward = this.slack(k + 1, k);
      if (upward < 0 || downward < 0) return undefined;
      up[k] = upward;
      down[k] = downward;
      if (upward < smallest) {
        smallest = upward;
        type = k;
        report = k + 1;
      }
      if (downward < smallest) {
        smallest = downward;
        type = k + 1;
        report = k;
      }
      if (chosen[k] !== chosen[k + 1]) changes.push(k);
    }
    for (const k of changes) if (!this.gainsIncrease(k)) return undefined;
    const least = size < 2 ? undefined : { slack: smallest, agent, truth: first + type * stride, report };
    return { least, binding: this.zeros(changes) };
  }

  /** Whether types later on the line gain at least as much by the change of outcome after `k`. */
  private gainsIncrease(k: number): boolean {
    const { pass, chosen, size, increasing, isPrivate } = this;
    const key = chosen[k] * pass.environment.outcomes.length + chosen[k + 1];
    // With private values it is the same whatever the others' types are.
    const known = isPrivate ? increasing.get(key) : undefined;
    if (known !== undefined) return known;
    let found = true;
    for (let type = 1; type < size && found; type++) found = this.gain(k, type - 1) <= this.gain(k, type);
    if (isPrivate) increasing.set(key, found);
    return found;
  }

  /** What the change of outcome after `k` is worth to a type. */
  private gain(k: number, type: number): number {
    const { pass, agent, chosen, first, stride } = this;
    const truth = first + type * stride;
    return worthAt(pass, agent, type, chosen[k + 1], truth) - worthAt(pass, agent, type, chosen[k], truth);
  }

  /** A distant slack is zero where all between are, and the changes between are worth the same to both their ends. */
  private zeros(changes: readonly number[]): number {
    const { size, up, down } = this;
    const upwards = changes.map((k) => this.gain(k, k));
    const downwards = changes.map((k) => this.gain(k, k + 1));
    let binding = 0;
    let stop = size - 1;
    for (let type = size - 2; type >= 0; type--) {
      if (up[type] !== 0) stop = type;
      let reach = stop;
      for (let c = 0; c < changes.length; c++) {
        const k = changes[c];
        if (k >= type && k < reach && upwards[c] !== this.gain(k, type)) reach = k;
      }
      binding += reach - type;
    }
    stop = 0;
    for (let type = 1; type < size; type++) {
      if (down[type - 1] !== 0) stop = type;
      let reach = stop;
      for (let c = 0; c < changes.length; c++) {
        const k = changes[c];
        if (k >= stop && k < type && downwards[c] !== this.gain(k, type)) reach = k + 1;
      }
      binding += type - reach;
    }
    return binding;
  }

  private everyPair(): StateSlacks {
    const { agent, first, size, stride } = this;
    let least: StateSlack | undefined;
    let binding = 0;
    for (let type = 0; type < size; type++) {
      for (let report = 0; report < size; report++) {
        if (report === type) continue;
        const slack = this.slack(type, report);
        if (!least || slack < least.slack) least = { slack, agent, truth: first + type * stride, report };
        if (slack === 0) binding++;
      }
    }
    return { least, binding };
  }
}
