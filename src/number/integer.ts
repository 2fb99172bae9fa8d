/**
 * A whole number of any size: a double while that is exact, a BigInt beyond. The functions below switch by themselves, so that
 * no caller has to ask whether a number still fits. Comparisons with `<` and `>` are exact between both kinds.
 */
export type Integer = number | bigint;

const MOST = Number.MAX_SAFE_INTEGER;

export function plus(a: Integer, b: Integer): Integer {
  if (typeof a === "number" && typeof b === "number") {
    const sum = a + b;
    // A rounded sum is at least 2^53 in size.
    if (sum <= MOST && sum >= -MOST) return sum;
  }
  return BigInt(a) + BigInt(b);
}

export function minus(a: Integer, b: Integer): Integer {
  if (typeof a === "number" && typeof b === "number") {
    const difference = a - b;
    if (difference <= MOST && difference >= -MOST) return difference;
  }
  return BigInt(a) - BigInt(b);
}

export function times(a: Integer, b: Integer): Integer {
  if (typeof a === "number" && typeof b === "number") {
    const product = a * b;
    // Not -0, which would be another text and another key than 0.
    if (product <= MOST && product >= -MOST) return product + 0;
  }
  return BigInt(a) * BigInt(b);
}

/** A quotient that is known to be whole. */
export function over(a: Integer, b: Integer): Integer {
  if (typeof a === "number" && typeof b === "number") return a / b;
  return short(BigInt(a) / BigInt(b));
}

export function negate(a: Integer): Integer {
  return typeof a === "number" ? 0 - a : -a;
}

/** The smaller of two. */
export function smaller(a: Integer, b: Integer): Integer {
  if (b < a) return b;
  return a;
}

/** The greater of two. */
export function greater(a: Integer, b: Integer): Integer {
  if (b > a) return b;
  return a;
}

/** Whether two are the same number, of whichever kind. */
export function equal(a: Integer, b: Integer): boolean {
  return typeof a === typeof b ? a === b : BigInt(a) === BigInt(b);
}

/** Negative, zero or positive as the first is smaller, equal or greater. */
export function compared(a: Integer, b: Integer): -1 | 0 | 1 {
  if (a < b) return -1;
  return a > b ? 1 : 0;
}

export function isZero(a: Integer): boolean {
  return a === 0 || a === 0n;
}

/** The same number as a double if that is exact: equal numbers are then equal keys. */
export function canonical(a: Integer): Integer {
  return typeof a === "number" ? a : short(a);
}

/** A BigInt as a double if that is exact. */
export function short(a: bigint): Integer {
  return a <= MOST && a >= -MOST ? Number(a) : a;
}

/** So many zeros, to be added to. */
export function zeros(length: number): Integer[] {
  return new Array<Integer>(length).fill(0);
}
