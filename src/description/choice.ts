import { isZero } from "../number/integer.js";
import { Rational } from "../number/rational.js";
import type { Choices } from "../space/choices.js";
import type { Shares } from "../space/rule.js";
import { TIED } from "../space/sure-row.js";

/** What is chosen where the last agent has type `b`: the outcome if one is for sure, else the lottery. */
export function chosenAt(choices: Choices, b: number): number | Shares {
  const x = choices.sure[b];
  if (x !== TIED) return x;
  const lottery = choices.lottery(b);
  const outcomes = support(lottery);
  return outcomes.length === 1 ? outcomes[0] : lottery;
}

/** The same text for the same lottery, in whatever order it lists its outcomes. */
export function sharesKey({ outcomes, shares, denominator }: Shares): string {
  return outcomes
    .flatMap((x, k) => (isZero(shares[k]) ? [] : [`${x}:${Rational.of(shares[k], denominator)}`]))
    .sort()
    .join(" ");
}

/** The outcomes that a lottery may choose. */
export function support({ outcomes, shares }: Shares): number[] {
  return outcomes.filter((_, k) => !isZero(shares[k]));
}
