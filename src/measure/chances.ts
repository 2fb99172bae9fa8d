import { SlackTally } from "../kernel/slack-tally.js";
import { type Integer, negate, times } from "../number/integer.js";
import { IntegerSum } from "../number/integer-sum.js";
import { Rational } from "../number/rational.js";
import type { ReportedProbability } from "./reported.js";

/** Adds up the probability of profiles without a loss, and keeps the first of the largest losses. */
export class Chances {
  private readonly mass = new IntegerSum();
  private readonly losses: SlackTally;
  private isLost = false;

  /** Losses are over `unit`, probabilities over `whole`. `label` names a loss by the numbers that it was told with. */
  constructor(
    unit: bigint,
    private readonly whole: bigint,
    label: (a: number, b: number, c: number) => string,
  ) {
    this.losses = new SlackTally(unit, label);
  }

  /** Of a profile. */
  begin(): void {
    this.isLost = false;
  }

  /** A positive loss, over `unit * over`. */
  lose(loss: Integer, over: Integer, a: number, b: number, c = 0): void {
    this.isLost = true;
    this.losses.offer(negate(loss), over, a, b, c);
  }

  end(lead: Integer, spread: Integer): void {
    if (!this.isLost) this.mass.add(times(lead, spread));
  }

  get result(): ReportedProbability {
    const { smallest } = this.losses;
    return {
      checked: true,
      probability: Rational.of(this.mass.value, this.whole),
      largestLoss: smallest ? smallest.slack.negate() : Rational.ZERO,
      worst: smallest?.worst,
    };
  }
}
