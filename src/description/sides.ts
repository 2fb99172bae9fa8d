import type { Integer } from "../number/integer.js";
import type { Shares } from "../space/rule.js";
import { sharesKey } from "./choice.js";

/** On which side of a threshold a score is where one outcome is chosen, the other, or a lottery over both. */
export class Sides {
  /** The least score at which the upper outcome is chosen for sure. */
  leastAbove: Integer | undefined;
  /** The greatest at which the lower one is. */
  mostBelow: Integer | undefined;
  /** The least and the greatest at which there is a lottery. */
  leastMixed: Integer | undefined;
  mostMixed: Integer | undefined;
  private first: Shares | undefined;
  private hasSeveral = false;

  above(score: Integer): void {
    if (this.leastAbove === undefined || score < this.leastAbove) this.leastAbove = score;
  }

  below(score: Integer): void {
    if (this.mostBelow === undefined || score > this.mostBelow) this.mostBelow = score;
  }

  mixed(score: Integer, lottery: Shares): void {
    if (this.leastMixed === undefined || score < this.leastMixed) this.leastMixed = score;
    if (this.mostMixed === undefined || score > this.mostMixed) this.mostMixed = score;
    this.first ??= lottery;
    if (sharesKey(lottery) !== sharesKey(this.first)) this.hasSeveral = true;
  }

  /** The lottery, where there is one and it is always the same. */
  get lottery(): Shares | undefined {
    return this.hasSeveral ? undefined : this.first;
  }

  /** Whether every score of one side is below every score of the other, with lotteries between. */
  get areApart(): boolean {
    const { mostBelow: low, leastMixed, mostMixed, leastAbove: high } = this;
    return isLess(low, high) && isLess(low, leastMixed) && isLess(mostMixed, high);
  }

  /** The scores between which either may be chosen, or a lottery, beyond which it is for sure; undefined where they are apart. */
  get between(): readonly [least: Integer, most: Integer] | undefined {
    const least = lesser(this.leastAbove, this.leastMixed);
    const most = greater(this.mostBelow, this.mostMixed);
    return least === undefined || most === undefined || least > most ? undefined : [least, most];
  }
}

/** Of absent ones, everything is true. */
function isLess(a: Integer | undefined, b: Integer | undefined): boolean {
  return a === undefined || b === undefined || a < b;
}

function lesser(a: Integer | undefined, b: Integer | undefined): Integer | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a < b ? a : b;
}

function greater(a: Integer | undefined, b: Integer | undefined): Integer | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a > b ? a : b;
}
