import { type Integer, plus } from "./integer.js";
import { Rational } from "./rational.js";

/** A sum of whole numbers each over a denominator of its own, of which there are few. */
export class SumsOver {
  private readonly sums = new Map<Integer, Integer>();

  add(amount: Integer, over: Integer): void {
    this.sums.set(over, plus(this.sums.get(over) ?? 0, amount));
  }

  /** All together, over `unit`. */
  value(unit: bigint): Rational {
    return Rational.sum(
      Array.from(this.sums, ([over, sum]) => Rational.of(BigInt(sum), unit * BigInt(over))),
    );
  }
}
