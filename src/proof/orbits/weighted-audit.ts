import type { Finding } from "../../mechanism/audit.js";
import { Rational } from "../../number/rational.js";

/** Collects slacks, each of which stands for a number of requirements that are alike. */
export class WeightedAudit {
  /** The smallest slack so far, not in lowest terms. */
  private numerator: bigint | undefined;
  private denominator = 1n;
  private label: () => string = () => "";
  private requirements = 0;
  private binding = 0;

  add({ numerator, denominator }: Rational, times: number, label: () => string): void {
    this.addFraction(numerator, denominator, times, label);
  }

  /** The denominator must be positive. */
  addFraction(numerator: bigint, denominator: bigint, times: number, label: () => string): void {
    this.requirements += times;
    if (numerator === 0n) this.binding += times;
    if (this.numerator !== undefined && numerator * this.denominator >= this.numerator * denominator) return;
    this.numerator = numerator;
    this.denominator = denominator;
    this.label = label;
  }

  finding(): Finding {
    const { numerator, denominator, requirements, binding } = this;
    const holds = numerator === undefined || numerator >= 0n;
    return {
      holds,
      violation: holds ? Rational.ZERO : Rational.of(-numerator!, denominator),
      worst: numerator === undefined ? undefined : this.label(),
      requirements,
      binding,
    };
  }
}
