import { lotteryLabel } from "../environment/lottery.js";
import { equal, type Integer, isZero, minus } from "../number/integer.js";
import { Rational } from "../number/rational.js";
import { decimalOrFraction } from "../number/rational-text.js";
import type { Choices } from "../space/choices.js";
import { lotteryOf, type Shares } from "../space/rule.js";
import { Scores, WELFARE } from "../space/scores.js";
import type { Row, Space } from "../space/space.js";
import { chosenAt, support } from "./choice.js";
import type { Form } from "./form.js";
import { prizesOf, prizeText } from "./prizes.js";
import { Sides } from "./sides.js";

/** How one of several equally good outcomes is chosen. */
type Tie = "first" | "last" | "evenly" | "somehow";

/**
 * Of many outcomes one of the greatest welfare, unless what it gains beyond one of them, `otherwise`, is below a threshold: that one is
 * chosen then. Without `otherwise` the rule is efficient.
 */
export class BestOutcome implements Form {
  refuted = false;
  private readonly scores: Scores;
  private readonly sides = new Sides();
  private readonly ties = new Set<Tie>();

  constructor(
    private readonly space: Space,
    private readonly otherwise: number | undefined,
  ) {
    this.scores = new Scores(space, WELFARE);
  }

  add(row: Row, choices: Choices, places: readonly number[]): void {
    const { scores, sides, otherwise } = this;
    scores.fill(row);
    for (const b of places) {
      if (this.refuted) return;
      const { first, count, most } = this.bestOthers(b);
      const gap = otherwise === undefined ? most : minus(most, scores.at(b, otherwise));
      const x = chosenAt(choices, b);
      if (x === otherwise) sides.below(gap);
      else if (count === 1 && x === first) sides.above(gap);
      else if (typeof x === "object") this.addLottery(x, this.allBest(b, most, count), gap);
      else this.addTie(x, this.allBest(b, most, count), gap);
      if (!sides.areApart) this.refuted = true;
    }
  }

  /** The greatest welfare of all outcomes but `otherwise`, which has it first, and how many have it. */
  private bestOthers(b: number): { first: number; count: number; most: Integer } {
    const { scores, otherwise, space } = this;
    const { length } = space.environment.outcomes;
    let first = otherwise === 0 ? 1 : 0;
    let most = scores.at(b, first);
    let count = 1;
    for (let x = first + 1; x < length; x++) {
      if (x === otherwise) continue;
      const own = scores.at(b, x);
      if (own < most) continue;
      if (own > most) {
        first = x;
        most = own;
        count = 1;
      } else count++;
    }
    return { first, count, most };
  }

  /** All of them that have it. */
  private allBest(b: number, most: Integer, count: number): number[] {
    const { scores, otherwise } = this;
    const best: number[] = [];
    for (let x = 0; best.length < count; x++) {
      if (x !== otherwise && equal(scores.at(b, x), most)) best.push(x);
    }
    return best;
  }

  private addTie(x: number, best: readonly number[], gap: Integer): void {
    if (!best.includes(x)) this.refuted = true;
    else this.ties.add(x === best[0] ? "first" : x === best[best.length - 1] ? "last" : "somehow");
    this.sides.above(gap);
  }

  private addLottery(lottery: Shares, best: readonly number[], gap: Integer): void {
    const { sides, otherwise } = this;
    const chosen = support(lottery);
    if (chosen.some((x) => x !== otherwise && !best.includes(x))) this.refuted = true;
    else if (otherwise !== undefined && chosen.includes(otherwise)) {
      sides.mixed(gap, lottery);
    } else {
      sides.above(gap);
      if (best.length === 1) return;
      const positive = lottery.shares.filter((share) => !isZero(share));
      const isEven =
        chosen.length === best.length &&
        best.every((x) => chosen.includes(x)) &&
        positive.every((share) => equal(share, positive[0]));
      this.ties.add(isEven ? "evenly" : "somehow");
    }
  }

  words(): readonly string[] | undefined {
    const { environment } = this.space;
    const { leastAbove, mostBelow, leastMixed } = this.sides;
    if (this.refuted || leastAbove === undefined) return undefined;
    // Without a profile at which it is chosen, this is the same as without it.
    if (this.otherwise !== undefined && mostBelow === undefined) return undefined;
    const prizes = prizesOf(environment, this.otherwise);
    const tie = this.ties.size === 0 ? undefined : this.ties.size === 1 ? [...this.ties][0] : "somehow";
    const ties = tie === undefined ? [] : [tieText[tie][prizes ? "prizes" : "outcomes"]];
    const lots = leastMixed === undefined ? [] : [this.lotteryText()];
    if (!prizes) {
      if (this.otherwise === undefined) return ["An efficient outcome at every profile.", ...ties];
      const other = environment.outcomes[this.otherwise];
      const amount = (score: Integer) =>
        decimalOrFraction(Rational.of(BigInt(score), environment.moneyDenominator));
      return [
        `The outcome that is worth most to all together, less its cost, where that is at least ${amount(leastAbove)} more than with ${other}; ${other} where it is at most ${amount(mostBelow!)} more.`,
        ...lots,
        ...ties,
      ];
    }
    const meaning = prizes.isEvident ? [] : ["Here a value is what winning is worth to an agent."];
    if (this.otherwise === undefined) return ["The agent of the highest value wins.", ...ties, ...meaning];
    const amount = (score: Integer) => prizeText(score, prizes, environment.moneyDenominator);
    return [
      `The agent of the highest value wins where that value is at least ${amount(leastAbove)}; ${environment.outcomes[this.otherwise]} where it is at most ${amount(mostBelow!)}.`,
      ...lots,
      ...ties,
      ...meaning,
    ];
  }

  private lotteryText(): string {
    const { lottery } = this.sides;
    const { outcomes } = this.space.environment;
    return lottery
      ? `Between these, by lot: ${lotteryLabel(lotteryOf(lottery), outcomes)}.`
      : "Between these, by lot.";
  }
}

const tieText: Readonly<Record<Tie, { readonly prizes: string; readonly outcomes: string }>> = {
  first: {
    prizes: "Of equal values that one wins whose outcome comes first.",
    outcomes: "Of equally good outcomes the first is chosen.",
  },
  last: {
    prizes: "Of equal values that one wins whose outcome comes last.",
    outcomes: "Of equally good outcomes the last is chosen.",
  },
  evenly: {
    prizes: "Of equal values each wins with the same probability.",
    outcomes: "Of equally good outcomes each is chosen with the same probability.",
  },
  somehow: {
    prizes: "Of equal values one wins, or a lottery decides among them.",
    outcomes: "Of equally good outcomes one is chosen, or a lottery decides among them.",
  },
};
