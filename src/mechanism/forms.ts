import type { Environment } from "../environment/environment.js";
import type { AllocationRule } from "../environment/lottery.js";
import { Rational } from "../number/rational.js";
import { RationalVector } from "../number/rational-vector.js";
import type { Rule } from "../space/rule.js";
import type { OutsideMoney, Payment, SumPayment } from "./payments.js";
import { StructuredMechanism } from "./structured-mechanism.js";

/** What every mechanism below is of: an environment with its given rule, a rule, and outside money that is the same everywhere. */
export interface Frame {
  readonly environment: Environment;
  readonly given?: AllocationRule;
  readonly rule: Rule;
  readonly subsidy: Rational;
}

function mechanism(frame: Frame, alike: boolean, payments: readonly Payment[]): StructuredMechanism {
  const { environment, given, rule, subsidy } = frame;
  return new StructuredMechanism(
    environment,
    { alike, rule, payments, money: constantMoney(subsidy) },
    given,
  );
}

export function constantMoney(amount: Rational): OutsideMoney {
  return { kind: "constant", amount };
}

const NOTHING: SumPayment = { kind: "sum", byType: [], onCost: Rational.ZERO, onValue: false };

/** Every agent pays its interim payment at every profile. */
export function interimPaid(frame: Frame, interim: readonly RationalVector[]): StructuredMechanism {
  const payments = interim.map((own, i) => ({
    ...NOTHING,
    byType: interim.map((_, j) => (i === j ? own : undefined)),
  }));
  return mechanism(frame, false, payments);
}

/**
 * Interim payments `T_i`, insured by the first two agents (BN, insurance contracts), with an independent prior: the first bears
 * the deficit less what its own type lets one predict of it, `E[r | type]`, the second bears that less its mean. So payments
 * fall short of the cost by the mean deficit at every profile (BN Prop. 2), and no interim payment changes if the predicted
 * costs are right.
 */
export function insured(
  frame: Frame,
  interim: readonly RationalVector[],
  predictedCosts: RationalVector,
): StructuredMechanism {
  const { marginals } = frame.environment.prior;
  // By how much interim payments, and predicted costs, differ from their means.
  const surprise = interim.map((own, i) => own.plus(marginals[i].dot(own).negate()));
  const predicted = predictedCosts.plus(marginals[0].dot(predictedCosts).negate());
  const payments = interim.map((own, i): SumPayment => {
    const byType: (RationalVector | undefined)[] = interim.map((_, j) => (i === j ? own : undefined));
    if (i === 0) {
      const first = RationalVector.combined([own, Rational.ONE], [predictedCosts, MINUS_ONE]);
      const all = surprise.map((other, j) => (j === 0 ? first : RationalVector.combined([other, MINUS_ONE])));
      return { ...NOTHING, byType: all, onCost: Rational.ONE };
    }
    if (i === 1) byType[0] = RationalVector.combined([predicted, Rational.ONE], [surprise[0], MINUS_ONE]);
    return { ...NOTHING, byType };
  });
  return mechanism(frame, false, payments);
}

const MINUS_ONE = Rational.of(-1);

/**
 * Types gain the same beyond their outside options at every profile, `t_i(s) = (v_i - u_i)(s) - g_i(s_i)`: participation at every
 * profile is then no more than participation in expectation.
 */
export function steadyGains(frame: Frame, gains: readonly RationalVector[]): StructuredMechanism {
  const payments = gains.map((own, i): SumPayment => {
    const less = RationalVector.combined([own, MINUS_ONE]);
    return { ...NOTHING, byType: gains.map((_, j) => (i === j ? less : undefined)), onValue: true };
  });
  return mechanism(frame, false, payments);
}

/** Alike agents each pay `T(a)` at every profile. */
export function interimPaidAlike(frame: Frame, interim: RationalVector): StructuredMechanism {
  return mechanism(frame, true, [{ ...NOTHING, byType: [interim, undefined] }]);
}

/**
 * Alike agents with interim payments `T(a)` insure each other: everybody bears an equal share of the deficit
 * `d(s) = r(s) - sum_i T(s_i)` beyond what the types let one predict (BN, after Prop. 1), `e(a) = E[d | a]`:
 *
 *     t_i(s) = T(s_i) + (d(s) - e(s_i)) / n + sum over the others j of (e(s_j) - E e) / (n (n - 1))
 *
 * so that payments fall short of the cost by `E e` at every profile, and no interim payment changes if `E[r | a]` is right.
 */
export function insuredAlike(
  frame: Frame,
  interim: RationalVector,
  predictedCosts: RationalVector,
): StructuredMechanism {
  const n = frame.environment.agentCount;
  const [marginal] = frame.environment.prior.marginals;
  const others = marginal.dot(interim).multiply(Rational.of(1 - n));
  const deficit = RationalVector.combined([predictedCosts, Rational.ONE], [interim, MINUS_ONE]).plus(others);
  const surprise = deficit.plus(marginal.dot(deficit).negate());
  const share = Rational.of(-1, n);
  const own = RationalVector.combined([interim, Rational.of(n - 1, n)], [deficit, share]);
  const other = RationalVector.combined([interim, share], [surprise, Rational.of(1, n * (n - 1))]);
  return mechanism(frame, true, [{ ...NOTHING, byType: [own, other], onCost: Rational.of(1, n) }]);
}

/** As `steadyGains`, of alike agents. */
export function steadyGainsAlike(frame: Frame, gains: RationalVector): StructuredMechanism {
  const less = RationalVector.combined([gains, MINUS_ONE]);
  return mechanism(frame, true, [{ ...NOTHING, byType: [less, undefined], onValue: true }]);
}
