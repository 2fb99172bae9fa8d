import type { Multipliers } from "../certificate/multipliers.js";
import { type Integer, plus, short, times } from "../number/integer.js";
import type { Problem } from "../question/problem.js";
import { allowsSubsidy } from "../question/question.js";
import type { Space } from "../space/space.js";
import { Refuted } from "./refuted.js";

/**
 * Outside money that is not negative may be priced at no more than it costs in the objective: the probability of the profile where its
 * expectation is minimised, nothing where any amount will do, and 1 over all profiles where its largest amount is minimised.
 */
export class MoneyPrices {
  /** Whether there is any outside money. */
  readonly isLimited: boolean;
  private readonly isWorst: boolean;
  /** Per weight of a profile. */
  private readonly limit: Integer;
  private sum: Integer = 0;

  /** Prices are over `unit`. */
  constructor(
    private readonly problem: Problem,
    { purpose }: Multipliers,
    space: Space,
    private readonly unit: bigint,
  ) {
    const { question } = problem;
    const bounding = purpose === "bound";
    this.isLimited = allowsSubsidy(question);
    this.isWorst = bounding && question.objective === "min-worst-subsidy";
    this.limit = bounding ? short(unit / space.whole) : 0;
  }

  /** The prices at profiles that have a weight together. Throws Refuted. */
  take(price: Integer, weight: Integer, profile: number): void {
    if (!this.isLimited || !(price > 0)) return;
    if (this.isWorst) this.sum = plus(this.sum, price);
    else if (price > times(this.limit, weight)) {
      const at = this.problem.environment.profileLabel(profile);
      throw new Refuted(`money at ${at} is priced above what it costs`);
    }
  }

  /** The same price per weight at all profiles; those sum to it times `whole`. Throws Refuted. */
  takeAll(price: Integer, { whole }: Space): void {
    if (!this.isLimited || !(price > 0)) return;
    if (this.isWorst) this.sum = times(price, short(whole));
    else if (price > this.limit) throw new Refuted("money is priced above what it costs");
  }

  /** After all profiles. Throws Refuted. */
  finish(): void {
    if (this.sum > this.unit) throw new Refuted("the prices of money sum to more than 1");
  }
}
