import { type Integer, minus, plus, times } from "../number/integer.js";
import { Rational } from "../number/rational.js";
import { decimalOrFraction } from "../number/rational-text.js";
import type { Choices } from "../space/choices.js";
import type { Row, Space } from "../space/space.js";
import { chosenAt } from "./choice.js";
import type { Form } from "./form.js";
import { GainsInWords } from "./gains-in-words.js";
import { Sides } from "./sides.js";

/** Small weights without common factors, smaller ones first. */
const WEIGHTS: readonly (readonly [number, number])[] = [
  [2, 1],
  [1, 2],
  [3, 1],
  [1, 3],
  [3, 2],
  [2, 3],
  [4, 1],
  [1, 4],
  [4, 3],
  [3, 4],
];

/**
 * Of two outcomes the upper one, where a weighted sum of what it is worth to two agents beyond the other is above a threshold: one
 * whose virtual values rise faster than the other's counts for more.
 */
export class Weighted implements Form {
  refuted = false;
  /** By agent and type: its gain by the upper outcome. */
  private readonly gains: readonly (readonly Integer[])[];
  private readonly sides = new Sides();

  /** There must be two agents with private values, and no lotteries. */
  constructor(
    private readonly space: Space,
    private readonly upper: number,
    private readonly lower: number,
    private readonly weights: readonly [number, number],
  ) {
    const { values, agents } = space.environment;
    this.gains = values.map((table, i) =>
      agents[i].types.map((_, type) =>
        times(weights[i], minus(table.numerator(type, 0, upper), table.numerator(type, 0, lower))),
      ),
    );
  }

  add({ types }: Row, choices: Choices, places: readonly number[]): void {
    const { gains, sides, upper } = this;
    const first = gains[0][types[0]];
    for (const b of places) {
      if (this.refuted) return;
      const chosen = chosenAt(choices, b);
      const score = plus(first, gains[1][b]);
      if (typeof chosen === "object") this.refuted = true;
      else if (chosen === upper) sides.above(score);
      else sides.below(score);
      if (!sides.areApart) this.refuted = true;
    }
  }

  words(): readonly string[] | undefined {
    const { leastAbove, mostBelow } = this.sides;
    if (this.refuted || leastAbove === undefined || mostBelow === undefined) return undefined;
    const { agents, outcomes, moneyDenominator } = this.space.environment;
    const terms = agents.map(({ name }, i) => {
      const own = this.gains[i];
      const sign = own.every((gain) => gain >= 0) ? 1 : own.every((gain) => gain <= 0) ? -1 : 0;
      const weight = this.weights[i] === 1 ? "" : `${this.weights[i]} × `;
      return { sign, text: `${weight}${name}'s ${sign < 0 ? "cost" : "value"}` };
    });
    // Who gains comes first; of two who lose nothing is said, nor of one who does either.
    terms.sort((a, b) => b.sign - a.sign);
    if (terms[0].sign <= 0 || terms[1].sign === 0) return undefined;
    const number = (score: Integer) => decimalOrFraction(Rational.of(BigInt(score), moneyDenominator));
    const sum = terms.map(({ text }) => text).join(terms[1].sign < 0 ? " less " : " plus ");
    const { meaning } = new GainsInWords(this.space.environment, this.upper, this.lower);
    return [
      `${outcomes[this.upper]} where ${sum} is at least ${number(leastAbove)}; ${outcomes[this.lower]} where it is at most ${number(mostBelow)}.`,
      ...(meaning === undefined ? [] : [`Here ${meaning}.`]),
    ];
  }
}

/** A form for each pair of weights; none where there are not two agents with private values, each by itself. */
export function weightedForms(space: Space, upper: number, lower: number): Weighted[] {
  const { agentCount, hasPrivateValues, costs } = space.environment;
  if (agentCount !== 2 || !hasPrivateValues || costs.dependsOnProfile || space.alike) return [];
  return WEIGHTS.map((weights) => new Weighted(space, upper, lower, weights));
}
