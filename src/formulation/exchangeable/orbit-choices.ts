import type { OutcomeClass } from "../../engine/orbits/orbit-pattern.js";
import { type OrbitPrices, OrbitScores, welfarePrices } from "../../engine/orbits/orbit-prices.js";
import { OrbitSums, type OrbitTotals } from "../../engine/orbits/orbit-sums.js";
import type { OrbitTable } from "../../engine/orbits/orbit-table.js";
import {
  type ClassChoice,
  orderedRule,
  pricedRule,
  type SymmetricRule,
} from "../../engine/orbits/symmetric-rule.js";

/** A rule that chooses one class of outcomes at every orbit, with what it sums to over all of them. */
export interface SummedRule {
  readonly rule: SymmetricRule;
  readonly totals: OrbitTotals;
}

/** Rules that sum to the same are the same to every agent. */
export function signature({ totals: { chances, costs } }: SummedRule): string {
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
      const classes = choice.at(view);
      if (classes.length === 1) this.settled.add(orbit, view, classes[0].surely);
      else {
        this.open.push(orbit);
        this.classes.push(classes);
      }
    }
  }

  /** The rule that makes the most of the prices, exactly; the first of the best classes where several are. */
  best(prices: OrbitPrices): SummedRule {
    const scores = new OrbitScores(this.table, prices);
    return { rule: pricedRule(this.table, this.choice, scores), totals: this.totals(scores) };
  }

  /** An efficient rule, at profiles that nobody expects as well: some payments implement it whatever else is asked. */
  efficient(): SummedRule {
    const scores = new OrbitScores(this.table, welfarePrices(this.table), true);
    return { rule: orderedRule(this.table, "first"), totals: this.totals(scores) };
  }

  private totals(scores: OrbitScores): OrbitTotals {
    const { table, open, classes } = this;
    const sums = new OrbitSums(table, this.settled);
    open.forEach((orbit, k) => {
      const view = table.view(orbit);
      sums.add(orbit, view, scores.best(view, classes[k]).surely);
    });
    return sums.totals();
  }
}
