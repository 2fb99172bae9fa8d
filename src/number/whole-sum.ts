/** A sum of whole numbers of any size: in doubles as far as that is exact, in a BigInt beyond. */
export class WholeSum {
  private whole = 0n;
  private part = 0;

  /** Both must be safe integers, their product need not be. */
  addProduct(a: number, b: number): void {
    const product = a * b;
    // A product or a sum that is not exact is at least 2^53 in size, and so is what it is rounded to.
    if (Math.abs(product) <= Number.MAX_SAFE_INTEGER) this.add(product);
    else this.whole += BigInt(a) * BigInt(b);
  }

  /** The term must be a safe integer. */
  add(term: number): void {
    const next = this.part + term;
    if (Math.abs(next) <= Number.MAX_SAFE_INTEGER) {
      this.part = next;
      return;
    }
    this.whole += BigInt(this.part);
    this.part = term;
  }

  get value(): bigint {
    return this.whole + BigInt(this.part);
  }
}
