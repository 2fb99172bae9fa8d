import { type Integer, isZero, plus, times } from "../number/integer.js";
import type { RationalVector } from "../number/rational-vector.js";
import type { Choices } from "./choices.js";
import { LotterySums } from "./lottery-sums.js";
import { othersWeight, type Row, type Space } from "./space.js";
import { SureOutcomes } from "./sure-outcomes.js";
import { TIED } from "./sure-row.js";

/** What one agent of a group may expect to be chosen when it reports a type and all others tell the truth. */
export interface ExpectedOutcome {
  /** `chances.at(type * classes + class)`: how likely it gets what the class is worth. */
  readonly chances: RationalVector;
  /** By type: the cost of what is chosen. */
  readonly costs: RationalVector;
}

/** What every type may expect of a rule: sums over all rows. */
export class ExpectedOutcomes {
  /** By group. */
  private readonly sums: readonly { readonly chances: LotterySums; readonly costs: LotterySums }[];
  private readonly hasCosts: boolean;
  private readonly chosen: SureOutcomes;

  constructor(
    private readonly space: Space,
    private readonly choices: Choices,
  ) {
    this.sums = space.groups.map(({ types, classes }) => ({
      chances: new LotterySums(types * classes),
      costs: new LotterySums(types),
    }));
    this.hasCosts = space.environment.costs.entries.greatestNumerator() > 0;
    this.chosen = new SureOutcomes(space);
  }

  /** The choices are those of the row. */
  add(row: Row): void {
    this.addChosen(row);
    this.addOthers(row);
  }

  /** What is chosen for sure, of which the last agent's part is told apart at the end, and lotteries. */
  private addChosen(row: Row): void {
    const { sure, open } = this.choices;
    const { costs } = this.space.environment;
    this.chosen.add(row, this.choices);
    for (const b of open) this.addLottery(row, b);
    if (!costs.dependsOnProfile || !this.hasCosts) return;
    for (let b = row.from; b < row.to; b++) if (sure[b] !== TIED) this.addCost(row, b, sure[b]);
  }

  /** The last agent's chances, and costs where they are by outcome. */
  private addLast(): void {
    const { space, hasCosts } = this;
    const { costs, agentCount } = space.environment;
    const g = space.groupOf[agentCount - 1];
    const { chances, costs: spent } = this.sums[g];
    const { classes } = space.groups[g];
    const classOf = space.classOf[agentCount - 1];
    this.chosen.each((b, x, weight) => {
      const place = b * classes + classOf[x];
      chances.whole[place] = plus(chances.whole[place], weight);
      if (hasCosts && !costs.dependsOnProfile)
        spent.whole[b] = plus(spent.whole[b], times(weight, costs.numerator(0, 0, x)));
    });
  }

  /** The other agents' part of the outcomes that are for sure in the row, and of costs where they are by outcome. */
  private addOthers({ types, factors }: Row): void {
    const { space, hasCosts } = this;
    const { mass } = this.chosen;
    const { costs } = space.environment;
    for (let i = 0; i < types.length; i++) {
      const g = space.groupOf[i];
      const { chances, costs: spent } = this.sums[g];
      const { classes } = space.groups[g];
      for (let x = 0; x < mass.length; x++) {
        if (mass[x] === 0) continue;
        const weight = times(factors[i], mass[x]);
        const place = types[i] * classes + space.classOf[i][x];
        chances.whole[place] = plus(chances.whole[place], weight);
        if (!hasCosts || costs.dependsOnProfile) continue;
        const charged = times(weight, costs.numerator(0, 0, x));
        spent.whole[types[i]] = plus(spent.whole[types[i]], charged);
      }
    }
  }

  /** Everybody's part of the cost of a sure outcome, where that depends on the profile. */
  private addCost(row: Row, b: number, x: number): void {
    const { space, sums } = this;
    const charge = space.environment.costs.numerator(0, row.first + b, x);
    space.groupOf.forEach((g, i) => {
      const spent = sums[g].costs.whole;
      const type = i === row.types.length ? b : row.types[i];
      spent[type] = plus(spent[type], times(othersWeight(row, i, b), charge));
    });
  }

  /** Everybody's part of a lottery. */
  private addLottery(row: Row, b: number): void {
    const { space, hasCosts } = this;
    const { costs, agentCount } = space.environment;
    const { outcomes, shares, denominator } = this.choices.lottery(b);
    let charge: Integer = 0;
    for (let k = 0; hasCosts && k < outcomes.length; k++)
      charge = plus(charge, times(shares[k], costs.numerator(0, row.first + b, outcomes[k])));
    const bySum = this.sums.map(({ chances, costs: spent }) => [
      chances.of(denominator),
      spent.of(denominator),
    ]);
    for (let i = 0; i < agentCount; i++) {
      const g = space.groupOf[i];
      const { classes } = space.groups[g];
      const classOf = space.classOf[i];
      const [chances, spent] = bySum[g];
      const type = i === agentCount - 1 ? b : row.types[i];
      const weight = othersWeight(row, i, b);
      for (let k = 0; k < outcomes.length; k++) {
        const place = type * classes + classOf[outcomes[k]];
        chances[place] = plus(chances[place], times(weight, shares[k]));
      }
      if (!isZero(charge)) spent[type] = plus(spent[type], times(weight, charge));
    }
  }

  /** By group; once, at the end. */
  expectations(): ExpectedOutcome[] {
    const { space } = this;
    this.addLast();
    return this.sums.map(({ chances, costs }, g) => {
      const { first, agents, classes } = space.groups[g];
      // All agents of the group meet the same weights of others.
      const over = (type: number) => space.beliefTotal(first, type) * BigInt(agents);
      return {
        chances: chances.value(1n, (place) => over(Math.floor(place / classes))),
        costs: costs.value(space.environment.moneyDenominator, over),
      };
    });
  }
}

/** What every type may expect of choices, for one look at every profile or orbit. */
export function expectedOutcomes(space: Space, choices: Choices): ExpectedOutcome[] {
  const sums = new ExpectedOutcomes(space, choices);
  space.rows((row) => {
    choices.fill(row);
    sums.add(row);
  });
  return sums.expectations();
}
