import { Rational } from "../../number/rational.js";
import { packIntegers, RationalVector } from "../../number/rational-vector.js";
import type { InterimValues } from "../interim-values.js";
import type { FlowGroup, FlowNetwork } from "./flow-network.js";

/** One of an agent's types, and another that it might report. */
export type Misreport = readonly [type: number, report: number];

/**
 * The columns of a group's interim gains `g`. With incentives they are the first gain along an order of the types and then the
 * steps from one type to the next: incentives between neighbours bound a step from below and from above, so that they are no
 * rows, and the linear program has next to no rows at all. Without incentives the columns are the gains themselves.
 */
export class GainColumns {
  /** The types in the order of the steps: one in which differences increase, if there is one. */
  readonly order: Int32Array;
  /** Whether incentives between neighbours imply all others, by increasing differences and a monotone rule. */
  readonly isComplete: boolean;
  /** By place in the order: the least and the greatest step to it from the place before; the first is the gain itself. */
  readonly lower: readonly (Rational | undefined)[];
  readonly upper: readonly (Rational | undefined)[];
  private readonly place: Int32Array;

  constructor(
    readonly group: FlowGroup,
    private readonly withIncentives: boolean,
  ) {
    const { size, values } = group;
    const found = withIncentives ? values.increasingDifferences() : undefined;
    this.order = found?.order ?? Int32Array.from({ length: size }, (_, type) => type);
    this.isComplete =
      !withIncentives ||
      (found?.order.every((type, k) => k === 0 || found.reports[found.order[k - 1]] <= found.reports[type]) ??
        false);
    this.place = new Int32Array(size);
    this.order.forEach((type, k) => {
      this.place[type] = k;
    });
    const steps = Array.from({ length: size }, (_, k) => this.step(k));
    this.lower = steps.map(({ lower }) => lower);
    this.upper = steps.map(({ upper }) => upper);
  }

  private step(k: number): { lower?: Rational; upper?: Rational } {
    if (k === 0 || !this.withIncentives) return { lower: Rational.ZERO };
    const { values } = this.group;
    const [before, type] = [this.order[k - 1], this.order[k]];
    return {
      lower: incentiveBound(values, [type, before]),
      upper: incentiveBound(values, [before, type]).negate(),
    };
  }

  /** The place of a step with no room: the two neighbours would report each other whatever is paid. -1 if there is none. */
  contradiction(): number {
    return this.lower.findIndex((lower, k) => {
      const upper = this.upper[k];
      return lower !== undefined && upper !== undefined && lower.compare(upper) > 0;
    });
  }

  /** Writes the gains by type into `gains`, from the columns' values. */
  read(columns: Float64Array, gains: Float64Array): void {
    const { first, size } = this.group;
    for (let k = 0, sum = 0; k < size; k++) {
      sum = this.withIncentives ? sum + columns[first + k] : columns[first + k];
      gains[first + this.order[k]] = sum;
    }
  }

  /** The same exactly, over the columns' denominator. */
  readExactly(columns: RationalVector, gains: bigint[]): void {
    const { first, size } = this.group;
    let sum = 0n;
    for (let k = 0; k < size; k++) {
      const own = columns.numeratorAt(first + k);
      sum = this.withIncentives ? sum + own : own;
      gains[first + this.order[k]] = sum;
    }
  }

  /** Turns coefficients of the gains by type, whole numbers, into coefficients of the columns. */
  write(ofGains: Float64Array, ofColumns: Float64Array): void {
    const { first, size } = this.group;
    for (let k = size - 1, sum = 0; k >= 0; k--) {
      const own = ofGains[first + this.order[k]];
      sum = this.withIncentives ? sum + own : own;
      ofColumns[first + k] = sum;
    }
  }

  /**
   * The duals of the steps' bounds, from what is left of every gain's cost, by type and over one denominator, after all rows'
   * duals: on a misreport to the type before where a step's lower bound holds it, else to the one after.
   */
  stepDuals(left: readonly bigint[]): [misreport: Misreport, dual: bigint][] {
    const { first, size } = this.group;
    const duals: [Misreport, bigint][] = [];
    if (!this.withIncentives) return duals;
    let sum = 0n;
    for (let k = size - 1; k > 0; k--) {
      sum += left[first + this.order[k]];
      const [before, type] = [this.order[k - 1], this.order[k]];
      if (sum > 0n) duals.push([[type, before], sum]);
      if (sum < 0n) duals.push([[before, type], -sum]);
    }
    return duals;
  }

  /** Whether a misreport is to a neighbour, and so already bounds a step. */
  isStep([type, report]: Misreport): boolean {
    return Math.abs(this.place[type] - this.place[report]) === 1;
  }
}

/** `g(type) - g(report)` is at least `V(report|type) - V(report|report) + U(report) - U(type)`. */
export function incentiveBound(values: InterimValues, [type, report]: Misreport): Rational {
  const numerator =
    values.at(report, type) -
    values.at(report, report) +
    values.outside.numeratorAt(report) -
    values.outside.numeratorAt(type);
  return Rational.of(numerator, values.denominator);
}

/** The gains by type of all groups. */
export function exactGains(
  { nodeCount }: FlowNetwork,
  groups: readonly GainColumns[],
  columns: RationalVector,
): RationalVector {
  const gains = new Array<bigint>(nodeCount);
  for (const group of groups) group.readExactly(columns, gains);
  return new RationalVector(packIntegers(gains), columns.denominator);
}
