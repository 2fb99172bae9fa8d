import { type Integer, plus, times } from "./integer.js";

/** Many whole numbers: doubles side by side while they are exact, the others beside them. All are zero at first. */
export class IntegerArray {
  /** NaN in place of a number that is kept in `large`. */
  private readonly small: Float64Array;
  private large: Map<number, bigint> | undefined;

  constructor(readonly length: number) {
    this.small = new Float64Array(length);
  }

  static from(numbers: ArrayLike<Integer>): IntegerArray {
    const array = new IntegerArray(numbers.length);
    if (numbers instanceof Float64Array) array.small.set(numbers);
    else for (let k = 0; k < numbers.length; k++) array.set(k, numbers[k]);
    return array;
  }

  at(k: number): Integer {
    const number = this.small[k];
    return Number.isNaN(number) ? this.large!.get(k)! : number;
  }

  set(k: number, number: Integer): void {
    if (typeof number === "number") {
      this.small[k] = number;
      return;
    }
    this.small[k] = Number.NaN;
    this.large ??= new Map();
    this.large.set(k, number);
  }

  /** So many times each of some numbers, side by side. */
  setMultiples(from: number, factor: Integer, numbers: readonly Integer[]): void {
    for (let k = 0; k < numbers.length; k++) this.set(from + k, times(factor, numbers[k]));
  }

  add(k: number, number: Integer): void {
    this.set(k, plus(this.at(k), number));
  }
}
