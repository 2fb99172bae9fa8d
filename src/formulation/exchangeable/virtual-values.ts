import { type Integer, short } from "../../number/integer.js";
import { lcm, Rational } from "../../number/rational.js";
import type { PricedRule } from "../../space/rule.js";
import type { Space } from "../../space/space.js";
import type { PaymentFlow } from "../payment-design.js";
import type { ExpectedRule } from "../rule-design.js";

/** Prices of what is asked of any one of alike agents, of a unit of money, and of a unit of gains. */
export interface Prices {
  readonly flow: PaymentFlow;
  readonly money: Rational;
  readonly gains: Rational;
}

/** What a rule is worth at the prices: its Lagrangian, which payments have left. */
export function lagrangian({ groups, environment }: Space, prices: Prices, expected: ExpectedRule): Rational {
  const [{ agents, types }] = groups;
  const [values] = expected.values;
  const [marginal] = environment.prior.marginals;
  const { flow, money, gains } = prices;
  const worth = (report: number, type: number) => Rational.of(values.at(report, type), values.denominator);
  const kept = keptByType(environment.prior.marginals[0], flow);
  const terms = flow.incentive.map(({ type, report, weight }) =>
    weight.multiply(worth(type!, type!).subtract(worth(report!, type!))),
  );
  for (let type = 0; type < types; type++) {
    const gain = worth(type, type);
    terms.push(kept[type].multiply(gain.subtract(values.outside.at(type))));
    terms.push(gains.multiply(marginal.at(type)).multiply(gain));
  }
  const spent = money.add(gains).multiply(expected.cost);
  return Rational.sum(terms).multiply(Rational.of(agents)).subtract(spent);
}

/** The prices on IR of an agent's types; those on IR ex ante are shared out by probability. */
function keptByType(
  marginal: ExpectedRule["outcomes"][0]["costs"],
  { participation }: PaymentFlow,
): Rational[] {
  const kept = marginal.toRationals().map(() => Rational.ZERO);
  for (const { type, weight } of participation) {
    if (type !== undefined) kept[type] = kept[type].add(weight);
    else
      kept.forEach((so, own) => {
        kept[own] = so.add(weight.multiply(marginal.at(own)));
      });
  }
  return kept;
}

/**
 * What prices make of outcomes, divided by the profile's probability: an agent of type `a` who gets what class `k` is worth adds
 *
 *     [ out(a) v(k|a) - sum_c in(c -> a) v(k|c) ] / p(a),     and `gains` times its value v(k|a),
 *
 * with `out(a)` the prices on IC and IR of type `a` and `in(c -> a)` those on IC of `c` against `a`; cost counts `money + gains`
 * times. That is Myerson's virtual value, for whatever requirements bind. A type of probability zero is priced by the others'
 * weight. The rule that makes the most of it has the greatest Lagrangian.
 */
export function bestRule(
  space: Space,
  among: PricedRule["among"],
  prices: Prices,
  bits?: number,
): PricedRule {
  const { environment, classOf } = space;
  const [{ types, classes, value, total }] = space.groups;
  const [marginal] = environment.prior.marginals;
  const { flow, money, gains } = prices;
  const out = keptByType(marginal, flow);
  const into = out.map((): [from: number, weight: Rational][] => []);
  for (const { type, report, weight } of flow.incentive) {
    out[type!] = out[type!].add(weight);
    into[report!].push([type!, weight]);
  }
  const perClass = Array.from({ length: types * classes }, (_, k) => {
    const [type, kind] = [Math.floor(k / classes), k % classes];
    const own = Rational.of(value[k]);
    const virtual = into[type].reduce(
      (so, [from, weight]) => so.subtract(weight.multiply(Rational.of(value[from * classes + kind]))),
      out[type].multiply(own),
    );
    const p = marginal.at(type);
    if (p.isZero) return virtual.multiply(Rational.of(total));
    return virtual.divide(p).add(gains.multiply(own));
  });
  const [perCost, ...whole] = wholeNumbers([money.add(gains), ...perClass], bits);
  const perOutcome = classOf.map((own) =>
    Array.from({ length: types }, (_, type) => Array.from(own, (k) => whole[type * classes + k])).flat(),
  );
  return { kind: "priced", among, perOutcome, perCost };
}

/** The numbers times a common factor; rounded to so many bits where that is said. */
function wholeNumbers(numbers: readonly Rational[], bits: number | undefined): Integer[] {
  const scale = numbers.reduce((common, { denominator }) => lcm(common, denominator), 1n);
  const exact = numbers.map(({ numerator, denominator }) => numerator * (scale / denominator));
  if (bits === undefined) return exact.map(short);
  const most = exact.reduce((so, own) => Math.max(so, own.toString(2).length), 0);
  const shift = BigInt(Math.max(0, most - bits));
  return exact.map((own) => short(own >> shift));
}
