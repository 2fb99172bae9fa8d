import { Rational } from "../number/rational.js";

/** A reproducible stream of random draws: the same seed gives the same draws everywhere. */
export class RandomSource {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** A double in [0, 1). The generator is Mulberry32: 32 bits of state, of good quality for drawing test cases. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from `least` to `most`, both included. */
  integer(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  /** `true` once in `times`. */
  onceIn(times: number): boolean {
    return this.integer(1, times) === 1;
  }

  pick<T>(from: readonly T[]): T {
    return from[this.integer(0, from.length - 1)];
  }

  /** A small fraction, from `least` to `most`, in steps of one, a half or a third: equal draws are common. */
  money(least: number, most: number): Rational {
    const denominator = this.pick([1, 1, 1, 2, 3]);
    return Rational.of(this.integer(least * denominator, most * denominator), denominator);
  }

  /** Probabilities with small denominators; a weight is zero once in `zeroOnceIn`, but not all of them. */
  distribution(size: number, zeroOnceIn = Number.POSITIVE_INFINITY): Rational[] {
    const weights = Array.from({ length: size }, () =>
      this.next() * zeroOnceIn < 1 ? 0 : this.integer(1, 4),
    );
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    if (total === 0) return this.distribution(size);
    return weights.map((weight) => Rational.of(weight, total));
  }
}
