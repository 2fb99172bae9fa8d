/**
 * Arithmetic modulo a prime below 2^24, in doubles. Residues are symmetric, at most `prime / 2 + 1` in size, so
 * that a product is at most about 2^46 and `TERMS_BETWEEN_REDUCTIONS` of them add up without rounding.
 */
export const TERMS_BETWEEN_REDUCTIONS = 60;

const LARGEST_PRIME = 2 ** 24;

export class PrimeField {
  /** `1 / prime`: `value - prime * floor(value * reciprocal + 0.5)` reduces any |value| <= 2^52. */
  readonly reciprocal: number;

  private constructor(readonly prime: number) {
    this.reciprocal = 1 / prime;
  }

  /** The field of the largest prime below `prime`, or below 2^24. A fresh prime for when another one divides a pivot. */
  static below(prime = LARGEST_PRIME): PrimeField {
    let candidate = prime - 1;
    while (!isPrime(candidate)) candidate--;
    return new PrimeField(candidate);
  }

  /** The symmetric residue of an integer of at most 2^52 in size. */
  reduce(value: number): number {
    return value - this.prime * Math.floor(value * this.reciprocal + 0.5);
  }

  /** The symmetric residue of any integer. */
  reduceInteger(value: number | bigint): number {
    if (typeof value === "bigint") return this.reduce(Number(value % BigInt(this.prime)));
    return this.reduce(value % this.prime);
  }

  /** The multiplicative inverse of a residue that is not zero. */
  inverse(value: number): number {
    let [a, b] = [((value % this.prime) + this.prime) % this.prime, this.prime];
    let [x, y] = [1, 0];
    while (b !== 0) {
      const quotient = Math.floor(a / b);
      [a, b] = [b, a - quotient * b];
      [x, y] = [y, x - quotient * y];
    }
    if (a !== 1) throw new RangeError(`${value} has no inverse modulo ${this.prime}`);
    return this.reduce(x);
  }
}

function isPrime(candidate: number): boolean {
  if (candidate % 2 === 0) return candidate === 2;
  for (let d = 3; d * d <= candidate; d += 2) if (candidate % d === 0) return false;
  return candidate > 1;
}
