import { type Integer, isZero, plus, times } from "../number/integer.js";
import { Rational } from "../number/rational.js";
import type { Choices } from "../space/choices.js";
import { LotterySums } from "../space/lottery-sums.js";
import type { Row, Space } from "../space/space.js";
import { SureOutcomes } from "../space/sure-outcomes.js";
import { TIED } from "../space/sure-row.js";
import { support } from "./choice.js";

/** How often a rule chooses what: sums over all rows. */
export class RuleCensus {
  /** At how many profiles nothing is chosen for sure. */
  private open: Integer = 0;
  private readonly sums: LotterySums;
  private readonly met: SureOutcomes;
  /** By outcome: whether it is chosen for sure somewhere. */
  private readonly isChosen: boolean[];

  constructor(private readonly space: Space) {
    const { length } = space.environment.outcomes;
    this.sums = new LotterySums(length);
    this.met = new SureOutcomes(space);
    this.isChosen = new Array<boolean>(length).fill(false);
  }

  /** The choices are those of the row. */
  add(row: Row, choices: Choices): void {
    const { sums, met } = this;
    const { lead, spread, sizes } = row;
    met.add(row, choices);
    for (const end of choices.ends) {
      const x = choices.sure[end - 1];
      if (x !== TIED) this.isChosen[x] = true;
    }
    met.mass.forEach((mass, x) => {
      if (!isZero(mass)) sums.whole[x] = plus(sums.whole[x], times(lead, mass));
    });
    for (const b of choices.open) {
      const lottery = choices.lottery(b);
      const outcomes = support(lottery);
      if (outcomes.length === 1) this.isChosen[outcomes[0]] = true;
      else this.open = plus(this.open, sizes[b]);
      const chances = sums.of(lottery.denominator);
      const weight = times(lead, spread[b]);
      lottery.outcomes.forEach((x, k) => {
        chances[x] = plus(chances[x], times(weight, lottery.shares[k]));
      });
    }
  }

  /** The outcome that is chosen wherever one is for sure, if there is only one. */
  get only(): number | undefined {
    const [first, ...others] = this.isChosen.flatMap((is, x) => (is ? [x] : []));
    return others.length === 0 ? first : undefined;
  }

  get lotteries(): number {
    return Number(this.open);
  }

  /** By outcome: how likely it is chosen. */
  chances(): Rational[] {
    const { space, sums } = this;
    const found = sums.value(1n, () => space.whole);
    const alone = space.environment.outcomes.map((_, x) => found.at(x));
    if (!space.exchange) return alone;
    // Rows show profiles with increasing types: others have outcomes that go with these, and each of those the same chance.
    const { swaps } = space.exchange;
    const chances = [...alone];
    const seen = new Set<number>();
    for (let x = 0; x < alone.length; x++) {
      if (seen.has(x)) continue;
      const orbit = [x];
      seen.add(x);
      for (const y of orbit) {
        for (const swap of swaps) {
          if (seen.has(swap[y])) continue;
          seen.add(swap[y]);
          orbit.push(swap[y]);
        }
      }
      const share = Rational.sum(orbit.map((y) => alone[y])).divide(Rational.of(orbit.length));
      for (const y of orbit) chances[y] = share;
    }
    return chances;
  }
}
