import type { OutcomeClass } from "../../environment/orbits/orbit-pattern.js";
import { type OrbitPrices, OrbitScores, welfarePrices } from "../../environment/orbits/orbit-prices.js";
import { OrbitSums, type OrbitTotals } from "../../environment/orbits/orbit-sums.js";
import type { OrbitTable } from "../../environment/orbits/orbit-table.js";
import { type ClassChoice, pricedRule, type SymmetricRule } from "../../environment/orbits/symmetric-rule.js";

/** A rule that chooses one class of outcomes at every orbit, with what it sums to over all of them. */
export interface PricedRule {
  readonly rule: SymmetricRule;
  readonly totals: OrbitTotals;
}

/** Rules that sum to the same are the same to every agent. */
export function signature({ totals: { chances, costs } }: PricedRule): string {
  return `${chances.join()} ${costs.join()}`;
}

/** What a symmetric design may choose at each orbit. Where there is but one class of outcomes, it is summed once for all. */
export class OrbitChoices {
  private readonly settled: OrbitSums;
  private readonly open: number[] = [];
  private readonly classes: (readonly OutcomeClass[])[] = [];

  constructor(
    readonly table: OrbitTable,
    private readonly choice: ClassChoice,
  ) {
    this.settled = new OrbitSums(table);
    for (let orbit = 0; orbit < table.count; orbit++) {
      const view = table.view(orbit);
      const classes = choice(view);
      if (classes.length === 1) this.settled.add(orbit, view, classes[0].surely);
      else {
        this.open.push(orbit);
        this.classes.push(classes);
      }
    }
  }

  /** The rule that makes the most of the prices, exactly; the first of the best classes where several are. */
  best(prices: OrbitPrices): PricedRule {
    return this.rule(new OrbitScores(this.table, prices));
  }

  /** An efficient rule, at profiles that nobody expects as well: some payments implement it whatever else is asked. */
  efficient(): PricedRule {
    return this.rule(new OrbitScores(this.table, welfarePrices(this.table), true));
  }

  private rule(scores: OrbitScores): PricedRule {
    const { table, open, classes } = this;
    const sums = new OrbitSums(table, this.settled);
    open.forEach((orbit, k) => {
      const view = table.view(orbit);
      sums.add(orbit, view, scores.best(view, classes[k]).surely);
    });
    return { rule: pricedRule(this.choice, scores), totals: sums.totals() };
  }
}
