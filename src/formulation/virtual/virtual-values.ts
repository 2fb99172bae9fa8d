import { type Integer, short } from "../../number/integer.js";
import { lcm, Rational } from "../../number/rational.js";
import type { PricedRule } from "../../space/rule.js";
import { type Group, isImpossible, type Space } from "../../space/space.js";
import type { PaymentFlow } from "../payment-design.js";
import type { ExpectedRule } from "../rule-design.js";

/** Prices of what is asked of agents, of alike ones of any one, of a unit of money, and of a unit of gains. */
export interface Prices {
  readonly flow: PaymentFlow;
  readonly money: Rational;
  readonly gains: Rational;
}

/** The prices on one agent's requirements, by type. */
export interface OwnPrices {
  /** Of IC and IR of the type. */
  readonly out: readonly Rational[];
  /** Of IC of others against its report. */
  readonly into: readonly (readonly (readonly [from: number, weight: Rational])[])[];
  /** Of IR of the type; those on IR ex ante are shared out by probability. */
  readonly kept: readonly Rational[];
}

/** By group of alike agents: the prices on the requirements of any one of them. */
export function ownPrices(
  { groups, environment }: Space,
  { incentive, participation }: PaymentFlow,
): OwnPrices[] {
  const own = groups.map(({ types }) => ({
    kept: new Array<Rational>(types).fill(Rational.ZERO),
    into: Array.from({ length: types }, (): [from: number, weight: Rational][] => []),
  }));
  for (const { agent = 0, type, weight } of participation) {
    const { kept } = own[agent];
    const marginal = environment.prior.marginals[groups[agent].first];
    if (type !== undefined) kept[type] = kept[type].add(weight);
    else for (let a = 0; a < kept.length; a++) kept[a] = kept[a].add(weight.multiply(marginal.at(a)));
  }
  const out = own.map(({ kept }) => [...kept]);
  for (const { agent = 0, type, report, weight } of incentive) {
    out[agent][type!] = out[agent][type!].add(weight);
    own[agent].into[report!].push([type!, weight]);
  }
  return own.map((prices, g) => ({ ...prices, out: out[g] }));
}

/** What a rule is worth at the prices: its Lagrangian, which payments have left. */
export function lagrangian(space: Space, { flow, money, gains }: Prices, expected: ExpectedRule): Rational {
  const terms = ownPrices(space, flow).map(({ out, into, kept }, g) => {
    const { first, agents, types } = space.groups[g];
    const marginal = space.environment.prior.marginals[first];
    const values = expected.values[g];
    const worth = (report: number, type: number) => Rational.of(values.at(report, type), values.denominator);
    const own: Rational[] = [];
    for (let type = 0; type < types; type++) {
      own.push(out[type].add(gains.multiply(marginal.at(type))).multiply(worth(type, type)));
      own.push(kept[type].multiply(values.outside.at(type)).negate());
      for (const [from, weight] of into[type]) own.push(weight.multiply(worth(type, from)).negate());
    }
    return Rational.sum(own).multiply(Rational.of(agents));
  });
  return Rational.sum(terms).subtract(money.add(gains).multiply(expected.cost));
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
  { flow, money, gains }: Prices,
  bits?: number,
): PricedRule {
  const { classOf, groups, groupOf } = space;
  const own = ownPrices(space, flow);
  const perClass = groups.map((group, g) => virtualValues(space, group, own[g], gains));
  const [perCost, ...whole] = wholeNumbers([money.add(gains), ...perClass.flat()], bits);
  let next = 0;
  const wholes = perClass.map(({ length }) => {
    next += length;
    return whole.slice(next - length, next);
  });
  const perOutcome = classOf.map((kinds, i) => {
    const { types, classes } = groups[groupOf[i]];
    const numbers = wholes[groupOf[i]];
    return Array.from({ length: types }, (_, type) =>
      Array.from(kinds, (k) => numbers[type * classes + k]),
    ).flat();
  });
  return { kind: "priced", among, perOutcome, perCost };
}

/** By type and class. */
function virtualValues(
  { environment }: Space,
  group: Group,
  { out, into }: OwnPrices,
  gains: Rational,
): Rational[] {
  const { first, types, classes, value, total } = group;
  const marginal = environment.prior.marginals[first];
  return Array.from({ length: types * classes }, (_, k) => {
    const [type, kind] = [Math.floor(k / classes), k % classes];
    const own = Rational.of(value[k]);
    const virtual = into[type].reduce(
      (so, [from, weight]) => so.subtract(weight.multiply(Rational.of(value[from * classes + kind]))),
      out[type].multiply(own),
    );
    if (isImpossible(group, type)) return virtual.multiply(Rational.of(total));
    return virtual.divide(marginal.at(type)).add(gains.multiply(own));
  });
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
