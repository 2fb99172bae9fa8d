import type { StructuredMechanism } from "../mechanism/structured-mechanism.js";
import { type Integer, isZero, plus, times } from "../number/integer.js";
import { Rational } from "../number/rational.js";
import { SumsOver } from "../number/sums-over.js";
import type { Row, Space } from "../space/space.js";
import type { Quantities } from "./quantities.js";

/** Outside money over all profiles: what is expected of it, and the most. */
export class OutsideMoneySums {
  private readonly constant: Rational | undefined;
  private readonly sums = new SumsOver();
  /** By the denominator of lotteries. */
  private readonly largest = new Map<Integer, Integer>();

  constructor(
    private readonly space: Space,
    private readonly quantities: Quantities,
    { money }: StructuredMechanism,
  ) {
    this.constant = money.kind === "constant" ? money.amount : undefined;
  }

  add({ from, to, lead, spread }: Row): void {
    if (this.constant) return;
    const { quantities, sums, largest } = this;
    const subsidies = quantities.subsidies();
    let sum: Integer = 0;
    let most: Integer = 0;
    for (let b = from, next = 0; b < to; b++) {
      const amount = subsidies[b];
      if (quantities.choices.open[next] === b) {
        next++;
        const over = quantities.denominator(b);
        sums.add(times(times(lead, spread[b]), amount), over);
        if (amount > (largest.get(over) ?? 0)) largest.set(over, amount);
        continue;
      }
      if (isZero(amount)) continue;
      sum = plus(sum, times(spread[b], amount));
      if (amount > most) most = amount;
    }
    sums.add(times(lead, sum), 1);
    if (most > (largest.get(1) ?? 0)) largest.set(1, most);
  }

  /** `E z`. */
  get expected(): Rational {
    if (this.constant) return this.constant;
    return this.sums.value(this.space.whole * this.quantities.unit);
  }

  /** `max z`, zero at least. */
  get most(): Rational {
    if (this.constant) return Rational.maximum(this.constant, Rational.ZERO);
    const { unit } = this.quantities;
    return Array.from(this.largest, ([over, amount]) =>
      Rational.of(BigInt(amount), unit * BigInt(over)),
    ).reduce(Rational.maximum, Rational.ZERO);
  }
}
