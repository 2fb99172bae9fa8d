import { type Integer, zeros } from "../number/integer.js";
import { lcm } from "../number/rational.js";
import { packIntegers, RationalVector } from "../number/rational-vector.js";

/** Sums by place, each over the denominator of the lotteries that it is of. */
export class LotterySums {
  /** Over the denominator 1, as most are. */
  readonly whole: Integer[];
  private readonly others = new Map<bigint, Integer[]>();

  constructor(private readonly length: number) {
    this.whole = zeros(length);
  }

  of(denominator: bigint): Integer[] {
    if (denominator === 1n) return this.whole;
    let sums = this.others.get(denominator);
    if (!sums) {
      sums = zeros(this.length);
      this.others.set(denominator, sums);
    }
    return sums;
  }

  /** All together, over `unit * over(place)`. */
  value(unit: bigint, over: (place: number) => bigint): RationalVector {
    const divisors = this.whole.map((_, place) => over(place));
    if (this.others.size === 0 && divisors.every((divisor) => divisor === divisors[0]))
      return new RationalVector(packIntegers(this.whole), divisors[0] * unit);
    let common = 1n;
    for (const denominator of this.others.keys()) common = lcm(common, denominator);
    const totals = this.whole.map((sum) => BigInt(sum) * common);
    for (const [denominator, sums] of this.others) {
      const factor = common / denominator;
      sums.forEach((sum, k) => {
        totals[k] += BigInt(sum) * factor;
      });
    }
    const all = divisors.reduce((so, divisor) => lcm(so, divisor), 1n);
    const numerators = totals.map((total, place) => total * (all / divisors[place]));
    return new RationalVector(packIntegers(numerators), all * common * unit);
  }
}
