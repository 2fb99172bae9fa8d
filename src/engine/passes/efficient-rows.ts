import { fitsMachineIntegers, welfareNumerators } from "../../environment/efficiency.js";
import type { Environment } from "../../environment/environment.js";

/** In place of an outcome where several are equally efficient. */
export const TIED = -1;

/**
 * The efficient outcomes of many profiles, a row at a time: a row is what the last agent's types make of one profile of
 * the others. Machine integers only; memory for one row.
 */
export class EfficientRows {
  readonly rowCount: number;
  readonly rowLength: number;
  /** `outcome[b]`: the efficient outcome of the row's b-th profile, or TIED. */
  readonly outcome: Int32Array;
  /** `welfare[b]`: the greatest welfare there, over the money denominator. */
  readonly welfare: Float64Array;
  private readonly base: Float64Array;
  private readonly separable: boolean;

  private constructor(private readonly environment: Environment) {
    const { profiles, values, costs } = environment;
    this.rowLength = profiles.sizes[profiles.agentCount - 1];
    this.rowCount = profiles.count / this.rowLength;
    this.outcome = new Int32Array(this.rowLength);
    this.welfare = new Float64Array(this.rowLength);
    this.base = new Float64Array(environment.outcomes.length);
    this.separable = !costs.dependsOnProfile && values.every((table) => !table.dependsOnProfile);
  }

  /** Undefined where welfare does not fit machine integers. */
  static of(environment: Environment): EfficientRows | undefined {
    return fitsMachineIntegers(environment) ? new EfficientRows(environment) : undefined;
  }

  /** Fills `outcome` and `welfare` with the row whose first profile is `row * rowLength`. */
  fill(row: number): void {
    if (this.separable) this.fillSeparable(row);
    else this.fillAny(row);
  }

  private fillSeparable(row: number): void {
    const { environment, base, rowLength, outcome, welfare } = this;
    const { profiles, values, costs, agentCount } = environment;
    const first = row * rowLength;
    const width = base.length;
    for (let x = 0; x < width; x++) {
      base[x] = -(costs.numerator(0, 0, x) as number);
      for (let i = 0; i < agentCount - 1; i++) {
        base[x] += values[i].numerator(profiles.typeOf(first, i), 0, x) as number;
      }
    }
    const own = values[agentCount - 1].entries.numerators as Float64Array;
    if (width === 2) {
      const [base0, base1] = base;
      for (let b = 0; b < rowLength; b++) {
        const zero = base0 + own[2 * b];
        const one = base1 + own[2 * b + 1];
        outcome[b] = zero > one ? 0 : one > zero ? 1 : TIED;
        welfare[b] = Math.max(zero, one);
      }
      return;
    }
    for (let b = 0, entry = 0; b < rowLength; b++) {
      let best = base[0] + own[entry++];
      let chosen = 0;
      for (let x = 1; x < width; x++) {
        const candidate = base[x] + own[entry++];
        if (candidate > best) {
          best = candidate;
          chosen = x;
        } else if (candidate === best) chosen = TIED;
      }
      outcome[b] = chosen;
      welfare[b] = best;
    }
  }

  private fillAny(row: number): void {
    const { environment, rowLength, outcome, welfare } = this;
    const numerator = welfareNumerators(environment);
    const width = environment.outcomes.length;
    for (let b = 0; b < rowLength; b++) {
      const profile = row * rowLength + b;
      let best = numerator(profile, 0) as number;
      let chosen = 0;
      for (let x = 1; x < width; x++) {
        const candidate = numerator(profile, x) as number;
        if (candidate > best) {
          best = candidate;
          chosen = x;
        } else if (candidate === best) chosen = TIED;
      }
      outcome[b] = chosen;
      welfare[b] = best;
    }
  }
}
