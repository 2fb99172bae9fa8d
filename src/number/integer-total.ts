import type { Integer } from "./integer.js";

/** A sum of many whole numbers: a double is added to as long as that is exact, and kept apart when it is not. */
export class IntegerTotal {
  private small = 0;
  private large = 0n;

  add(term: Integer): void {
    if (typeof term === "number") {
      const next = this.small + term;
      if (next <= Number.MAX_SAFE_INTEGER && next >= -Number.MAX_SAFE_INTEGER) {
        this.small = next;
        return;
      }
      this.large += BigInt(this.small);
      this.small = term;
    } else this.large += term;
  }

  get value(): bigint {
    return this.large + BigInt(this.small);
  }
}
