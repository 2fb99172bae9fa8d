import type { Environment } from "../environment/environment.js";
import type { AllocationRule } from "../environment/lottery.js";
import type { OrbitTable } from "../environment/orbits/orbit-table.js";
import type { SymmetricRule } from "../environment/orbits/symmetric-rule.js";
import { Rational } from "../number/rational.js";
import { RationalSum } from "../number/rational-sum.js";
import type { RationalVector } from "../number/rational-vector.js";
import { SymmetricMechanism } from "./symmetric-mechanism.js";

/**
 * A mechanism of exchangeable agents known by a symmetric rule and interim payments `T(a)`. Without insurance every agent pays
 * its interim payment at every profile. With it, everybody bears an equal share of the deficit `d(s) = r(s) - sum_i T(s_i)`
 * beyond what the types let one predict (BN, after Prop. 1), `e(a) = E[d | a]`:
 *
 *     t_i(s) = T(s_i) + (d(s) - e(s_i)) / n + sum over the others j of (e(s_j) - E e) / (n (n - 1))
 *
 * so that payments fall short of the cost by `E e` at every profile, and no interim payment changes if the predicted costs
 * are right.
 */
export class MutualInsurance extends SymmetricMechanism {
  constructor(
    table: OrbitTable,
    readonly rule: SymmetricRule,
    /** `T(a)`, by type. */
    readonly interimPayments: RationalVector,
    /** `E[r | a]`, by type, from which `e` is reckoned; no insurance when absent. */
    readonly predictedCosts: RationalVector | undefined,
    /** The same at every profile. */
    readonly constantSubsidy: Rational,
  ) {
    const { environment, exchange } = table;
    const lottery = (increasing: number) => rule(table.viewOf(increasing)).lottery;
    const payment = predictedCosts
      ? insuredPayment(environment, lottery, interimPayments, predictedCosts)
      : (type: number) => interimPayments.at(type);
    super(environment, exchange, lottery, payment, () => constantSubsidy);
  }
}

/** What an agent of a type pays at profiles with increasing types, given interim payments and `E[r | a]`. */
export function insuredPayment(
  environment: Environment,
  lottery: AllocationRule,
  payments: RationalVector,
  predictedCosts: RationalVector,
): (type: number, increasing: number) => Rational {
  const n = environment.agentCount;
  const [marginal] = environment.prior.marginals;
  const mean = (of: readonly Rational[]) =>
    Rational.sum(of.map((value, type) => value.multiply(marginal.at(type))));
  const own = payments.toRationals();
  const others = mean(own).multiply(Rational.of(n - 1));
  const expected = own.map((payment, type) => predictedCosts.at(type).subtract(payment).subtract(others));
  const whole = mean(expected);
  // A part by the own type, and a part by the profile that is the same for everybody there.
  const byType = own.map((payment, type) => payment.subtract(expected[type].divide(Rational.of(n - 1))));
  const byOthers = own.map((payment, type) =>
    expected[type]
      .divide(Rational.of(n - 1))
      .subtract(payment)
      .divide(Rational.of(n)),
  );
  const byProfile = (increasing: number): Rational => {
    const total = new RationalSum().addProduct(whole, Rational.of(-1, n));
    for (const { outcome, probability } of lottery(increasing)) {
      total.addProduct(probability.divide(Rational.of(n)), environment.cost(outcome, increasing));
    }
    for (const type of environment.profiles.typesOf(increasing)) total.add(byOthers[type]);
    return total.value;
  };
  let last = { increasing: -1, part: Rational.ZERO };
  return (type, increasing) => {
    if (last.increasing !== increasing) last = { increasing, part: byProfile(increasing) };
    return byType[type].add(last.part);
  };
}
