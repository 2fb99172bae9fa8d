import { lotteryLabel } from "../environment/lottery.js";
import { countText } from "../number/count-text.js";
import { equal, type Integer, minus, plus } from "../number/integer.js";
import type { Choices } from "../space/choices.js";
import { lotteryOf } from "../space/rule.js";
import { Scores, WELFARE } from "../space/scores.js";
import type { Row, Space } from "../space/space.js";
import { TIED } from "../space/sure-row.js";
import { chosenAt } from "./choice.js";
import type { Form } from "./form.js";
import { GainsInWords } from "./gains-in-words.js";
import { Sides } from "./sides.js";

/** Where more profiles than one in so many are not settled by it, a threshold says too little. */
const MOST_OPEN = 4;

/** Of two outcomes the upper one, where what it is worth to all beyond the other is above a threshold. */
export class Threshold implements Form {
  readonly refuted = false;
  private readonly scores: Scores;
  private readonly sides = new Sides();
  private isSecond = false;
  /** Profiles between the two sides, and whether the same happens at all of them. */
  private open: Integer = 0;

  constructor(
    private readonly space: Space,
    private readonly upper: number,
    private readonly lower: number,
  ) {
    this.scores = new Scores(space, WELFARE);
  }

  add(row: Row, choices: Choices, places: readonly number[]): void {
    const { scores, sides, upper, lower } = this;
    scores.fill(row);
    if (this.isSecond) {
      this.count(row);
      return;
    }
    const { sure } = choices;
    for (const b of places) {
      const score = minus(scores.at(b, upper), scores.at(b, lower));
      const chosen = sure[b] === TIED ? chosenAt(choices, b) : sure[b];
      if (typeof chosen === "object") sides.mixed(score, chosen);
      else if (chosen === upper) sides.above(score);
      else sides.below(score);
    }
  }

  private count({ from, to, sizes }: Row): void {
    const { scores, upper, lower } = this;
    const [least, most] = this.sides.between!;
    for (let b = from; b < to; b++) {
      const score = minus(scores.at(b, upper), scores.at(b, lower));
      if (score >= least && score <= most) this.open = plus(this.open, sizes[b]);
    }
  }

  again(): boolean {
    if (this.isSecond || this.sides.areApart) return false;
    this.isSecond = this.sides.between !== undefined;
    return this.isSecond;
  }

  words(): readonly string[] | undefined {
    const { environment } = this.space;
    const { outcomes, profiles } = environment;
    const [upper, lower] = [outcomes[this.upper], outcomes[this.lower]];
    const { leastAbove, mostBelow, leastMixed, mostMixed, lottery, areApart, between } = this.sides;
    if (leastAbove === undefined || mostBelow === undefined) return undefined;
    const gains = new GainsInWords(environment, this.upper, this.lower);
    const meaning = gains.meaning === undefined ? [] : [`Here ${gains.meaning}.`];
    if (areApart) {
      const sides = [
        `${upper} where ${gains.atLeast(leastAbove)}`,
        `${lower} where ${gains.againAtMost(mostBelow)}`,
      ];
      if (leastMixed !== undefined && mostMixed !== undefined) {
        const what = lottery ? `${lotteryLabel(lotteryOf(lottery), outcomes)}, by lot,` : "a lottery";
        const where = equal(leastMixed, mostMixed)
          ? gains.againExactly(leastMixed)
          : gains.againBetween(leastMixed, mostMixed);
        sides.splice(1, 0, `${what} where ${where}`);
      }
      return [`${sides.join("; ")}.`, ...meaning];
    }
    if (!between || !this.isSecond || Number(this.open) * MOST_OPEN > profiles.count) return undefined;
    const [least, most] = between;
    const where = equal(least, most) ? gains.againExactly(least) : gains.againBetween(least, most);
    const either = leastMixed === undefined ? "either of them" : "either of them or a lottery,";
    const share = `${countText(Number(this.open))} of ${countText(profiles.count)} profiles`;
    return [
      `${upper} where ${gains.moreThan(most)}; ${lower} where ${gains.againLessThan(least)}; where ${where} (${share}), ${either} by profile.`,
      ...meaning,
    ];
  }
}
