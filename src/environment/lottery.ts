import { Rational } from "../number/rational.js";

/** Outcomes with their probabilities: non-negative, summing to 1, no outcome twice. */
export type Lottery = readonly LotteryEntry[];

/** An outcome, by its place, with its probability. */
export interface LotteryEntry {
  readonly outcome: number;
  readonly probability: Rational;
}

export function certain(outcome: number): Lottery {
  return [{ outcome, probability: Rational.ONE }];
}

/** Each of the outcomes with the same probability. */
export function uniformLottery(outcomes: readonly number[]): Lottery {
  const probability = Rational.of(1, outcomes.length);
  return outcomes.map((outcome) => ({ outcome, probability }));
}

/** `trade`, or `1/2 trade + 1/2 no trade`. */
export function lotteryLabel(lottery: Lottery, outcomes: readonly string[]): string {
  if (lottery.length === 1 && lottery[0].probability.equals(Rational.ONE))
    return outcomes[lottery[0].outcome];
  return lottery.map(({ outcome, probability }) => `${probability} ${outcomes[outcome]}`).join(" + ");
}

/** An allocation rule: a lottery at each profile. */
export type AllocationRule = (profile: number) => Lottery;
