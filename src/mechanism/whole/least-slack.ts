import { Rational } from "../../number/rational.js";
import type { Finding } from "../properties.js";

/**
 * Keeps the least of slacks that come in the order of the audit, as whole numbers over one denominator, and counts them:
 * the first of equals is the worst, as there.
 */
export class LeastSlack {
  private least = Number.POSITIVE_INFINITY;
  private place = -1;
  private requirements = 0;
  private binding = 0;

  /** `place` is what the label is made of, once it is asked for. */
  add(slack: number, place: number): void {
    this.requirements++;
    if (slack === 0) this.binding++;
    if (slack < this.least) {
      this.least = slack;
      this.place = place;
    }
  }

  finding(denominator: bigint, label: (place: number) => string): Finding {
    const { least, place, requirements, binding } = this;
    const holds = place < 0 || least >= 0;
    return {
      holds,
      violation: holds ? Rational.ZERO : Rational.of(-least, denominator),
      worst: place < 0 ? undefined : label(place),
      requirements,
      binding,
    };
  }
}
