import type { StructuredMechanism } from "../mechanism/structured-mechanism.js";
import type { Integer } from "../number/integer.js";
import { Rational } from "../number/rational.js";
import { sameLottery } from "../space/lotteries.js";
import { equalShares, lotteryOf } from "../space/rule.js";
import { scattered } from "../space/scattered.js";
import type { Row, Space } from "../space/space.js";
import { TIED } from "../space/sure-row.js";
import type { Quantities } from "./quantities.js";

/** So many profiles of every audit are compared with the definitions. */
const SAMPLES = 12;

/**
 * Compares what the one pass makes of a mechanism with what the mechanism does by definition, at profiles that are scattered over
 * the whole space. Throws where the two disagree: that would be a bug here.
 */
export class Samples {
  private readonly places: number[];

  constructor(
    private readonly space: Space,
    private readonly quantities: Quantities,
    private readonly mechanism: StructuredMechanism,
  ) {
    this.places = scattered(SAMPLES, space.count).sort((a, b) => a - b);
  }

  /** Of a row that the quantities are of. */
  add({ first, from, to, start }: Row): void {
    const { places } = this;
    for (; places.length > 0 && places[0] < start + to - from; places.shift()) {
      const b = places[0] - start + from;
      this.compare(first + b, b);
    }
  }

  private compare(profile: number, b: number): void {
    const { quantities, mechanism, space } = this;
    const { choices } = quantities;
    const { environment } = space;
    const unit = BigInt(quantities.denominator(b)) * quantities.unit;
    const money = (amount: Integer) => Rational.of(amount, unit);
    const lottery = lotteryOf(choices.sure[b] === TIED ? choices.lottery(b) : equalShares([choices.sure[b]]));
    const same =
      sameLottery(lottery, mechanism.lottery(profile)) &&
      environment.agents.every((_, i) => {
        return money(quantities.payments(i)[b]).equals(mechanism.payment(i, profile));
      }) &&
      money(quantities.subsidies()[b]).equals(mechanism.subsidy(profile));
    if (same) return;
    throw new Error(
      `two ways to tell what happens at ${environment.profileLabel(profile)} disagree: this is a bug`,
    );
  }
}
