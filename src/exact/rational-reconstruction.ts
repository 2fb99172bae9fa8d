/** `numerator / denominator` in lowest terms, the denominator positive. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/**
 * The fraction `n / d` with `n = d * residue (mod modulus)` that stands out: the step of Euclid's algorithm with
 * the largest quotient (Monagan 2004), if that quotient has more than `spareBits` bits. So a fraction
 * is found as soon as the modulus is a little longer than numerator and denominator together, however unequal they
 * are. It is a guess: undefined, or wrong with a chance of about `2^-spareBits`, while the modulus is too short.
 */
export function reconstructFraction(
  residue: bigint,
  modulus: bigint,
  spareBits: number,
): Fraction | undefined {
  let [r0, r1] = [modulus, ((residue % modulus) + modulus) % modulus];
  let [t0, t1] = [0n, 1n];
  if (r1 === 0n) return { numerator: 0n, denominator: 1n };
  let largest = 1n << BigInt(spareBits);
  let found: Fraction | undefined;
  while (r1 !== 0n) {
    // No later quotient can exceed r1, because all of them multiply up to it.
    if (found && r0 <= largest) break;
    const quotient = r0 / r1;
    if (quotient > largest) {
      largest = quotient;
      found = t1 > 0n ? { numerator: r1, denominator: t1 } : { numerator: -r1, denominator: -t1 };
    }
    [r0, r1] = [r1, r0 - quotient * r1];
    [t0, t1] = [t1, t0 - quotient * t1];
  }
  return found;
}

/** The residue of least size: at most half the modulus. */
export function symmetricResidue(value: bigint, modulus: bigint): bigint {
  const residue = value % modulus;
  const half = modulus >> 1n;
  return residue > half ? residue - modulus : residue < -half ? residue + modulus : residue;
}
