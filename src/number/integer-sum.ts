import type { Integer } from "./integer.js";

/** A sum of many whole numbers: a double is added to as long as that is exact, and kept apart when it is not. */
export class IntegerSum {
  private small = 0;
  private large = 0n;

  add(term: Integer): void {
    if (typeof term === "number") {
      const next = this.small + term;
      // A rounded sum is at least 2^53 in size.
      if (next <= Number.MAX_SAFE_INTEGER && next >= -Number.MAX_SAFE_INTEGER) {
        this.small = next;
        return;
      }
      this.large += BigInt(this.small);
      this.small = term;
    } else this.large += term;
  }

  addProduct(a: Integer, b: Integer): void {
    if (typeof a === "number" && typeof b === "number") {
      const product = a * b;
      if (Math.abs(product) <= Number.MAX_SAFE_INTEGER) {
        this.add(product);
        return;
      }
    }
    this.large += BigInt(a) * BigInt(b);
  }

  get value(): bigint {
    return this.large + BigInt(this.small);
  }
}
