import { type IntegerVector, packIntegers } from "../number/rational-vector.js";

/** A sparse integer matrix, line by line: line `i` holds `value[k]` at `index[k]`, `start[i] <= k < start[i + 1]`. */
export interface SparseIntegers {
  readonly start: Int32Array;
  readonly index: Int32Array;
  readonly value: IntegerVector;
  /** At least the sum of absolute values of any line (a double that was rounded up). */
  readonly largestSum: number;
}

export function sparseIntegers(start: Int32Array, index: Int32Array, value: IntegerVector): SparseIntegers {
  let largestSum = 0;
  for (let i = 0; i + 1 < start.length; i++) {
    let sum = 0;
    for (let k = start[i]; k < start[i + 1]; k++) sum += Math.abs(Number(value[k]));
    if (!(sum <= largestSum)) largestSum = sum;
  }
  if (!(largestSum <= Number.MAX_SAFE_INTEGER)) largestSum *= 1 + 1e-6;
  return { start, index, value, largestSum };
}

/** The same matrix with its `width` columns as lines. */
export function transpose(matrix: SparseIntegers, width: number): SparseIntegers {
  const { start, index, value } = matrix;
  const next = new Int32Array(width + 1);
  for (let k = 0; k < index.length; k++) next[index[k] + 1]++;
  for (let j = 0; j < width; j++) next[j + 1] += next[j];
  const transposedStart = next.slice();
  const transposedIndex = new Int32Array(index.length);
  const doubles = value instanceof Float64Array ? new Float64Array(index.length) : undefined;
  const integers: bigint[] = doubles ? [] : new Array<bigint>(index.length);
  for (let i = 0; i + 1 < start.length; i++) {
    for (let k = start[i]; k < start[i + 1]; k++) {
      const place = next[index[k]]++;
      transposedIndex[place] = i;
      if (doubles) doubles[place] = Number(value[k]);
      else integers[place] = BigInt(value[k]);
    }
  }
  return sparseIntegers(transposedStart, transposedIndex, doubles ?? integers);
}

/** At least the largest absolute value of a vector's entries; 0 for none. */
export function largestMagnitude(vector: IntegerVector): number {
  let largest = 0;
  if (vector instanceof Float64Array) {
    for (let k = 0; k < vector.length; k++) {
      const size = Math.abs(vector[k]);
      if (!(size <= largest)) largest = size;
    }
    return largest;
  }
  for (const entry of vector) {
    const size = Math.abs(Number(entry));
    if (!(size <= largest)) largest = size;
  }
  return largest * (1 + 1e-6);
}

/** The inner products of the matrix's lines with a vector, exactly: in doubles where nothing can round. */
export function multiply(matrix: SparseIntegers, vector: IntegerVector): IntegerVector {
  const { start, index, value } = matrix;
  const lineCount = start.length - 1;
  if (
    value instanceof Float64Array &&
    vector instanceof Float64Array &&
    matrix.largestSum * largestMagnitude(vector) <= Number.MAX_SAFE_INTEGER
  ) {
    const product = new Float64Array(lineCount);
    for (let i = 0; i < lineCount; i++) {
      let sum = 0;
      for (let k = start[i]; k < start[i + 1]; k++) sum += value[k] * vector[index[k]];
      product[i] = sum;
    }
    return product;
  }
  const entries = toBigInts(vector);
  const product = new Array<bigint>(lineCount);
  for (let i = 0; i < lineCount; i++) {
    let sum = 0n;
    for (let k = start[i]; k < start[i + 1]; k++) {
      const entry = entries[index[k]];
      if (entry === 0n) continue;
      const coefficient = value[k];
      if (coefficient === 1) sum += entry;
      else if (coefficient === -1) sum -= entry;
      else sum += BigInt(coefficient) * entry;
    }
    product[i] = sum;
  }
  return packIntegers(product);
}

export function toBigInts(vector: IntegerVector): readonly bigint[] {
  return vector instanceof Float64Array ? Array.from(vector, BigInt) : vector;
}

/** The vector times an integer. */
export function scaleIntegers(vector: IntegerVector, factor: bigint): IntegerVector {
  if (factor === 1n) return vector;
  if (vector instanceof Float64Array) {
    const multiplier = Number(factor);
    if (largestMagnitude(vector) * Math.abs(multiplier) <= Number.MAX_SAFE_INTEGER) {
      return vector.map((entry) => entry * multiplier);
    }
  }
  return packIntegers(toBigInts(vector).map((entry) => entry * factor));
}
