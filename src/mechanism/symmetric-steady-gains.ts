import type { OrbitTable } from "../environment/orbits/orbit-table.js";
import type { SymmetricRule } from "../environment/orbits/symmetric-rule.js";
import type { Rational } from "../number/rational.js";
import { RationalSum } from "../number/rational-sum.js";
import type { RationalVector } from "../number/rational-vector.js";
import { SymmetricMechanism } from "./symmetric-mechanism.js";

/**
 * A mechanism of exchangeable agents known by a symmetric rule and by what types gain, the same beyond the outside option at every
 * profile; see `SteadyGainsMechanism`.
 */
export class SymmetricSteadyGains extends SymmetricMechanism {
  constructor(
    readonly table: OrbitTable,
    readonly rule: SymmetricRule,
    /** By type. */
    readonly gains: RationalVector,
    /** The same at every profile. */
    readonly constantSubsidy: Rational,
  ) {
    const { environment, exchange } = table;
    const { profiles } = environment;
    const lottery = (increasing: number) => rule(table.viewOf(increasing)).lottery;
    const payment = (type: number, increasing: number): Rational => {
      const agent = profiles.typesOf(increasing).indexOf(type);
      const total = new RationalSum()
        .add(environment.outsideOption(agent, increasing).negate())
        .add(gains.at(type).negate());
      for (const { outcome, probability } of lottery(increasing)) {
        total.addProduct(probability, environment.value(agent, outcome, increasing));
      }
      return total.value;
    };
    super(environment, exchange, lottery, payment, () => constantSubsidy);
  }
}
