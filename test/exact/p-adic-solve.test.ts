import { describe, expect, it } from "vitest";
import { PrimeField } from "../../src/exact/modular-arithmetic.js";
import { PAdicSolver } from "../../src/exact/p-adic-solve.js";
import { sparseIntegers } from "../../src/exact/sparse-integers.js";
import { factorise } from "../../src/exact/sparse-lu-modular.js";
import { packIntegers } from "../../src/number/rational-vector.js";
import { generator } from "./random-program.js";

function solverOf(rows: bigint[][], field = PrimeField.below()): PAdicSolver {
  const size = rows.length;
  const start = Int32Array.from({ length: size + 1 }, (_, i) => i * size);
  const index = Int32Array.from({ length: size * size }, (_, k) => k % size);
  const equations = sparseIntegers(start, index, packIntegers(rows.flat()));
  const value = Float64Array.from(rows.flat(), (entry) => field.reduceInteger(entry));
  const factors = factorise({ rowCount: size, columnCount: size, start, index, value }, field);
  if (factors.rank < size) throw new RangeError("singular modulo the prime");
  return new PAdicSolver({ equations, field, solveModular: (b, x) => factors.solve(b, x) });
}

/** True if `rows x = rhs` holds exactly. */
function solves(rows: bigint[][], rhs: bigint[], x: ReturnType<PAdicSolver["solve"]>): boolean {
  return rows.every((row, i) => {
    const sum = row.reduce((total, entry, j) => total + entry * x.numeratorAt(j), 0n);
    return sum === rhs[i] * x.denominator;
  });
}

/** The Hilbert matrix times the least common multiple of 1 .. 2n. */
function hilbert(size: number): { rows: bigint[][]; scale: bigint } {
  let scale = 1n;
  for (let k = 2n; k < 2n * BigInt(size); k++) {
    let [a, b] = [scale, k];
    while (b !== 0n) [a, b] = [b, a % b];
    scale = (scale / a) * k;
  }
  const rows = Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (_, j) => scale / BigInt(i + j + 1)),
  );
  return { rows, scale };
}

describe("PAdicSolver", () => {
  it("inverts Hilbert's matrix of order 20, whose condition number is beyond every double", () => {
    const { rows, scale } = hilbert(20);
    const rhs = rows.map((_, i) => (i === 0 ? scale : 0n));
    const x = solverOf(rows).solve(packIntegers(rhs));
    // The corner of the inverse is n^2 (Hilbert 1894).
    expect(x.at(0).toString()).toBe("400");
    expect(x.denominator).toBe(1n);
    expect(solves(rows, rhs, x)).toBe(true);
  });

  it("solves random systems with entries and right-hand sides from one digit to forty", () => {
    const seed = 8128;
    const random = generator(seed);
    const integer = (digits: number) => {
      let value = 0n;
      for (let d = 0; d < digits; d++) value = value * 10n + BigInt(Math.floor(random() * 10));
      return random() < 0.5 ? value : -value;
    };
    let solved = 0;
    for (let round = 0; round < 80; round++) {
      const size = 1 + Math.floor(random() * 12);
      const digits = 1 + Math.floor(random() ** 2 * 40);
      const rows = Array.from({ length: size }, () => Array.from({ length: size }, () => integer(digits)));
      const rhs = rows.map(() => integer(1 + Math.floor(random() * 40)));
      let solver: PAdicSolver;
      try {
        solver = solverOf(rows);
      } catch {
        continue;
      }
      const x = solver.solve(packIntegers(rhs));
      solved++;
      expect(solves(rows, rhs, x), `seed ${seed}, round ${round}`).toBe(true);
    }
    expect(solved).toBeGreaterThan(60);
  });

  it("keeps sums exact where a row has hundreds of entries beyond the prime", () => {
    const random = generator(3);
    const size = 150;
    const entry = () => BigInt(Math.floor(random() * 2 ** 52)) - 2n ** 51n;
    const rows = Array.from({ length: size }, () => Array.from({ length: size }, entry));
    const ones = rows.map((row) => row.reduce((sum, a) => sum + a, 0n));
    const x = solverOf(rows).solve(packIntegers(ones));
    expect(x.toRationals().every((v) => v.toString() === "1")).toBe(true);
  });

  it("gives the common denominator in lowest terms", () => {
    const x = solverOf([
      [6n, 0n],
      [0n, 4n],
    ]).solve(packIntegers([2n, 1n]));
    expect([x.denominator, x.numeratorAt(0), x.numeratorAt(1)]).toEqual([12n, 4n, 3n]);
  });

  it("stops when its checkpoint throws", () => {
    const { rows } = hilbert(8);
    const interrupt = () => {
      throw new Error("enough");
    };
    expect(() => solverOf(rows).solve(packIntegers(rows.map(() => 1n)), interrupt)).toThrow("enough");
  });
});
