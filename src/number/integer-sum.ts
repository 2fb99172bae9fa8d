/** A sum of integers and of products of two: in doubles while nothing can have been rounded, in BigInts beyond. */
export class IntegerSum {
  private large = 0n;
  private small = 0;

  /** The term must be an integer that a double holds exactly. */
  add(term: number): void {
    const next = this.small + term;
    // A rounded sum is at least 2^53 in size.
    if (Math.abs(next) <= Number.MAX_SAFE_INTEGER) this.small = next;
    else this.addLong(BigInt(term));
  }

  addProduct(a: number, b: number): void {
    const product = a * b;
    if (Math.abs(product) <= Number.MAX_SAFE_INTEGER) this.add(product);
    else this.large += BigInt(a) * BigInt(b);
  }

  /** The same of integers of either kind. */
  addProductOf(a: number | bigint, b: number | bigint): void {
    if (typeof a === "number" && typeof b === "number") this.addProduct(a, b);
    else this.large += BigInt(a) * BigInt(b);
  }

  addLong(term: bigint): void {
    this.large += term;
  }

  get value(): bigint {
    return this.large + BigInt(this.small);
  }
}
