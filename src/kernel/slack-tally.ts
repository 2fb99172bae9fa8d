import { type Integer, isZero, times } from "../number/integer.js";
import { Rational } from "../number/rational.js";
import type { Finding } from "./finding.js";

/** Collects slacks over one unit, each of which may stand for several requirements that are alike. */
export class SlackTally {
  /** The smallest slack so far is `least / (unit * over)`, and which it is of. */
  private least: Integer | undefined;
  private over: Integer = 1;
  private place: readonly number[] = [];
  private requirements = 0;
  private binding = 0;

  /** `label` names a slack by the numbers that it was added with. */
  constructor(
    private readonly unit: bigint,
    private readonly label: (...place: number[]) => string,
  ) {}

  /** A slack over `unit * over`, both positive, of so many requirements. */
  add(slack: Integer, over: Integer, count: number, a = 0, b = 0, c = 0, d = 0): void {
    this.requirements += count;
    if (isZero(slack)) this.binding += count;
    if (this.isSmaller(slack, over)) this.keep(slack, over, a, b, c, d);
  }

  /** Requirements that are counted by themselves, with how many of them bind. */
  count(requirements: number, binding: number): void {
    this.requirements += requirements;
    this.binding += binding;
  }

  /** A slack that may be the smallest. */
  offer(slack: Integer, over: Integer, a = 0, b = 0, c = 0, d = 0): void {
    if (this.isSmaller(slack, over)) this.keep(slack, over, a, b, c, d);
  }

  private isSmaller(slack: Integer, over: Integer): boolean {
    const { least } = this;
    if (least === undefined) return true;
    return this.over === over ? slack < least : times(slack, this.over) < times(least, over);
  }

  private keep(slack: Integer, over: Integer, ...place: number[]): void {
    this.least = slack;
    this.over = over;
    this.place = place;
  }

  /** The smallest slack, and which it is of; undefined where there was none. */
  get smallest(): { readonly slack: Rational; readonly worst: string } | undefined {
    const { least, unit, over } = this;
    if (least === undefined) return undefined;
    return { slack: Rational.of(least, unit * BigInt(over)), worst: this.label(...this.place) };
  }

  get finding(): Finding {
    const { smallest, requirements, binding } = this;
    const holds = !smallest || smallest.slack.sign >= 0;
    return {
      holds,
      violation: holds ? Rational.ZERO : smallest.slack.negate(),
      worst: smallest?.worst,
      requirements,
      binding,
    };
  }
}
