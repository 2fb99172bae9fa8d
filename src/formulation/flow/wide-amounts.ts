/**
 * Integers beyond 2^53, none negative, as `high * 2^bits + low` with `0 <= low < 2^bits`: both parts are doubles, so that
 * millions of them take no more time than doubles do.
 */
export class WideAmounts {
  private constructor(
    readonly high: Float64Array,
    readonly low: Float64Array,
    readonly bits: number,
  ) {}

  static zeros(length: number, bits: number): WideAmounts {
    return new WideAmounts(new Float64Array(length), new Float64Array(length), bits);
  }

  static of(length: number, bits: number, amount: (k: number) => bigint): WideAmounts {
    const wide = WideAmounts.zeros(length, bits);
    const shift = BigInt(bits);
    for (let k = 0; k < length; k++) {
      const own = amount(k);
      wide.high[k] = Number(own >> shift);
      wide.low[k] = Number(BigInt.asUintN(bits, own));
    }
    return wide;
  }

  get length(): number {
    return this.high.length;
  }

  at(k: number): bigint {
    return (BigInt(this.high[k]) << BigInt(this.bits)) + BigInt(this.low[k]);
  }

  /** Adds to both parts; the low part may be any integer whose sum with the present one is safe. */
  add(k: number, high: number, low: number): void {
    const unit = 2 ** this.bits;
    const sum = this.low[k] + low;
    const carry = Math.floor(sum / unit);
    this.low[k] = sum - carry * unit;
    this.high[k] += high + carry;
  }

  copy(): WideAmounts {
    return new WideAmounts(this.high.slice(), this.low.slice(), this.bits);
  }

  /** Every amount as one double, or `limit` where it is larger. */
  upTo(limit: number): Float64Array {
    const unit = 2 ** this.bits;
    const most = limit / unit;
    return this.high.map((high, k) => (high < most ? Math.min(high * unit + this.low[k], limit) : limit));
  }
}
