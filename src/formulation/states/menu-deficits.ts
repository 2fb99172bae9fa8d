import type { OutcomeThresholds } from "../../engine/outcome-thresholds.js";
import type { Environment } from "../../environment/environment.js";
import { IntegerSum } from "../../number/integer-sum.js";
import { Rational } from "../../number/rational.js";
import { Ranges } from "./profile-design.js";

/**
 * What menus leave of the budget at every profile: cost less payments, a row of the last agent's types at a time. Over the
 * money denominator, in machine integers.
 */
export class MenuDeficits {
  readonly rowCount: number;
  readonly rowLength: number;
  /** In the row last filled, by type of the last agent. */
  readonly deficit: Float64Array;
  /** By agent but the last, and outcome: the price by profile of the others. */
  private readonly prices: readonly (readonly [Float64Array, Float64Array])[];
  private readonly charge: readonly [number, number];

  constructor(
    private readonly environment: Environment,
    private readonly thresholds: OutcomeThresholds,
    /** For each agent: `menus[2 * threshold + outcome]`. */
    private readonly menus: readonly Float64Array[],
  ) {
    const { profiles, costs, agentCount } = environment;
    this.rowLength = profiles.sizes[agentCount - 1];
    this.rowCount = profiles.count / this.rowLength;
    this.deficit = new Float64Array(this.rowLength);
    this.charge = [costs.numerator(0, 0, 0) as number, costs.numerator(0, 0, 1) as number];
    this.prices = menus.slice(0, -1).map((menu, agent) => {
      const own = thresholds.of(agent);
      const prices = [new Float64Array(own.length), new Float64Array(own.length)] as const;
      for (let k = 0; k < own.length; k++) {
        prices[0][k] = menu[2 * own[k]];
        prices[1][k] = menu[2 * own[k] + 1];
      }
      return prices;
    });
  }

  fill(row: number): void {
    const { thresholds, deficit, prices, charge, rowLength } = this;
    const { profiles, agentCount } = this.environment;
    const last = agentCount - 1;
    const order = thresholds.order(last);
    const threshold = thresholds.of(last)[row];
    const menu = this.menus[last];
    const first = charge[0] - menu[2 * threshold];
    const second = charge[1] - menu[2 * threshold + 1];
    for (let k = 0; k < threshold; k++) deficit[order[k]] = first;
    for (let k = threshold; k < rowLength; k++) deficit[order[k]] = second;
    for (let agent = 0; agent < last; agent++) {
      // The last agent is fastest among the others of any other agent as well.
      const start = profiles.othersOf(agent, row * rowLength);
      const [zero, one] = prices[agent];
      for (let k = 0; k < threshold; k++) deficit[order[k]] -= zero[start + order[k]];
      for (let k = threshold; k < rowLength; k++) deficit[order[k]] -= one[start + order[k]];
    }
  }

  /** Of the deficit before outside money. */
  expectation(): Rational {
    const { rowCount, rowLength, deficit } = this;
    const { prior, profiles, agentCount, moneyDenominator } = this.environment;
    const marginals = prior.marginals.map(({ numerators }) => numerators as Float64Array);
    const last = agentCount - 1;
    const total = new IntegerSum();
    for (let row = 0; row < rowCount; row++) {
      this.fill(row);
      let sum = 0;
      for (let b = 0; b < rowLength; b++) sum += marginals[last][b] * deficit[b];
      let weight = 1;
      for (let i = 0; i < last; i++) weight *= marginals[i][profiles.typeOf(row * rowLength, i)];
      total.addProduct(weight, sum);
    }
    const whole = prior.marginals.reduce((product, { denominator }) => product * denominator, 1n);
    return Rational.of(total.value, whole * moneyDenominator);
  }

  /** The profiles at which money is missing, and where most is, if it is anywhere. */
  shortage(): { readonly ranges: [number, number][]; readonly worst: number | undefined } {
    const { rowCount, rowLength, deficit } = this;
    const ranges = new Ranges();
    let worst: number | undefined;
    let most = 0;
    for (let row = 0, s = 0; row < rowCount; row++) {
      this.fill(row);
      for (let b = 0; b < rowLength; b++, s++) {
        if (!(deficit[b] > 0)) continue;
        ranges.add(s);
        if (deficit[b] > most) {
          most = deficit[b];
          worst = s;
        }
      }
    }
    return { ranges: ranges.all, worst };
  }
}
