import { describe, expect, it } from "vitest";
import { reconstructFraction, symmetricResidue } from "../../src/exact/rational-reconstruction.js";

const MODULUS = 2n ** 127n - 1n;

function residueOf(numerator: bigint, denominator: bigint, modulus: bigint): bigint {
  let [r0, r1, s0, s1] = [modulus, denominator % modulus, 0n, 1n];
  while (r1 !== 0n) {
    const q = r0 / r1;
    [r0, r1, s0, s1] = [r1, r0 - q * r1, s1, s0 - q * s1];
  }
  return (((numerator * s0) % modulus) + modulus) % modulus;
}

describe("reconstructFraction", () => {
  it.each([
    [1n, 3n],
    [-22n, 7n],
    [123456789012345678901n, 2n],
    [-1n, 98765432109876543210987n],
    [5n, 1n],
  ])(
    "finds %s / %s behind its residue, however unequal numerator and denominator are",
    (numerator, denominator) => {
      expect(reconstructFraction(residueOf(numerator, denominator, MODULUS), MODULUS, 20)).toEqual({
        numerator,
        denominator,
      });
    },
  );

  it("finds zero", () => {
    expect(reconstructFraction(0n, MODULUS, 20)).toEqual({ numerator: 0n, denominator: 1n });
  });

  it("admits that the modulus is too short for the fraction", () => {
    const residue = residueOf(123456789012345678901n, 98765432109876543211n, MODULUS);
    expect(reconstructFraction(residue, MODULUS, 20)).toBeUndefined();
  });
});

describe("symmetricResidue", () => {
  it("is at most half the modulus in size", () => {
    expect([-8n, -4n, -3n, 0n, 3n, 4n, 11n].map((v) => symmetricResidue(v, 7n))).toEqual([
      -1n,
      3n,
      -3n,
      0n,
      3n,
      -3n,
      -3n,
    ]);
  });
});
