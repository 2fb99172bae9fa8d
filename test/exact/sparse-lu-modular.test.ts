import { describe, expect, it } from "vitest";
import { PrimeField } from "../../src/exact/modular-arithmetic.js";
import { factorise, type ModularMatrix } from "../../src/exact/sparse-lu-modular.js";
import { generator } from "./random-program.js";

const field = PrimeField.below();

function modularMatrix(rows: number[][]): ModularMatrix {
  const start = [0];
  const index: number[] = [];
  const value: number[] = [];
  for (const row of rows) {
    row.forEach((entry, j) => {
      if (entry === 0) return;
      index.push(j);
      value.push(field.reduceInteger(entry));
    });
    start.push(index.length);
  }
  return {
    rowCount: rows.length,
    columnCount: rows[0].length,
    start: Int32Array.from(start),
    index: Int32Array.from(index),
    value: Float64Array.from(value),
  };
}

function residual(rows: number[][], x: Float64Array, b: Float64Array): bigint[] {
  const prime = BigInt(field.prime);
  return rows.map((row, i) => {
    const sum = row.reduce((total, entry, j) => total + BigInt(entry) * BigInt(x[j]), 0n);
    return (sum - BigInt(b[i])) % prime;
  });
}

describe("factorise", () => {
  it("solves random sparse systems and their transposes modulo the prime", () => {
    const seed = 20090701;
    const random = generator(seed);
    let solved = 0;
    for (let round = 0; round < 60; round++) {
      const size = 1 + Math.floor(random() * 90);
      const density = (1 + random() * 6) / size;
      const rows = Array.from({ length: size }, (_, i) =>
        Array.from({ length: size }, (_, j) =>
          random() < density || i === j ? Math.floor(random() * field.prime) : 0,
        ),
      );
      const factors = factorise(modularMatrix(rows), field);
      if (factors.rank < size) continue;
      solved++;
      const b = Float64Array.from({ length: size }, () => field.reduce(Math.floor(random() * field.prime)));
      const x = new Float64Array(size);
      factors.solve(b, x);
      expect(residual(rows, x, b).every((r) => r === 0n)).toBe(true);
      factors.solveTransposed(b, x);
      const transposed = rows.map((_, j) => rows.map((row) => row[j]));
      expect(residual(transposed, x, b).every((r) => r === 0n)).toBe(true);
    }
    expect(solved, `seed ${seed}`).toBeGreaterThan(40);
  });

  it("does not round where hundreds of the largest residues add up", () => {
    const size = 401;
    const largest = (field.prime - 1) / 2;
    const rows = Array.from({ length: size }, (_, i) =>
      Array.from({ length: size }, (_, j) => (i === j ? 1 : i === size - 1 ? largest : 0)),
    );
    const b = new Float64Array(size).fill(largest - 1);
    const x = new Float64Array(size);
    factorise(modularMatrix(rows), field).solve(b, x);
    expect(residual(rows, x, b).every((r) => r === 0n)).toBe(true);
  });

  it("finds the rank of a matrix with dependent rows", () => {
    const factors = factorise(
      modularMatrix([
        [1, 2, 3, 0],
        [2, 4, 6, 0],
        [0, 1, 1, 5],
        [1, 3, 4, 5],
      ]),
      field,
    );
    expect(factors.rank).toBe(2);
  });

  it("uses preferred rows and columns as far as they go, then the others", () => {
    const matrix = modularMatrix([
      [1, 1, 0, 0],
      [0, 1, 1, 1],
      [0, 2, 1, 0],
    ]);
    const rowClass = Uint8Array.from([1, 0, 0]);
    const columnClass = Uint8Array.from([1, 0, 1, 0]);
    const preferred = { rowClass: 0, columnClass: 0 };
    const only = factorise(matrix, field, { rowClass, columnClass, stages: [preferred] });
    expect([...only.pivotRow].sort()).toEqual([1, 2]);
    expect([...only.pivotColumn].sort()).toEqual([1, 3]);
    const all = factorise(matrix, field, {
      rowClass,
      columnClass,
      stages: [preferred, { rowClass: 1, columnClass: 1 }],
    });
    expect(all.rank).toBe(3);
    expect([...all.pivotColumn.slice(0, 2)].sort()).toEqual([1, 3]);
  });
});
