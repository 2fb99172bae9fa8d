import type { OrbitPrices } from "../../engine/orbits/orbit-prices.js";
import type { OrbitTotals } from "../../engine/orbits/orbit-sums.js";
import type { OrbitTable } from "../../engine/orbits/orbit-table.js";
import { lcm, Rational } from "../../number/rational.js";
import type { PaymentFlow } from "../rule-design.js";

/** Prices that are whole numbers over `scale`. */
export interface ScaledPrices extends OrbitPrices {
  readonly scale: bigint;
}

/**
 * What requirements' prices that are the same for all agents make of outcomes: minus their coefficient in the Lagrangian,
 * divided by the profile's probability. With `out(a)` the prices on IC and IR of type `a` and `in(c -> a)` those on IC of `c`
 * against `a`, an agent of type `a` who gets what class `k` is worth adds
 *
 *     [ out(a) v(k|a) - sum_c in(c -> a) v(k|c) ] / p(a),     and `gains` times its value v(k|a),
 *
 * while cost counts `money + gains` times. That is Myerson's virtual value, for whatever requirements bind. A type of
 * probability zero is priced by the others' weight.
 */
export function pricesOf(
  table: OrbitTable,
  { incentive, participation }: PaymentFlow,
  money: Rational,
  gains: Rational,
): ScaledPrices {
  const { mass, massDenominator, values, environment } = table;
  const width = values.count;
  const value = values.beyondBase;
  const [marginal] = environment.prior.marginals;
  const out = mass.map(() => Rational.ZERO);
  const into: [from: number, weight: Rational][][] = mass.map(() => []);
  for (const { type, report, weight } of incentive) {
    out[type!] = out[type!].add(weight);
    into[report!].push([type!, weight]);
  }
  keptByType(table, { incentive, participation }).forEach((weight, type) => {
    out[type] = out[type].add(weight);
  });
  const perClass = value.map((own, k) => {
    const type = Math.floor(k / width);
    let total = out[type].multiply(Rational.of(own));
    for (const [from, weight] of into[type]) {
      total = total.subtract(weight.multiply(Rational.of(value[from * width + (k % width)])));
    }
    if (mass[type] === 0n) return total.multiply(Rational.of(massDenominator));
    return total.divide(marginal.at(type)).add(gains.multiply(Rational.of(own)));
  });
  const perCost = money.add(gains);
  const scale = perClass.reduce((common, { denominator }) => lcm(common, denominator), perCost.denominator);
  const whole = ({ numerator, denominator }: Rational) => numerator * (scale / denominator);
  return { perClass: perClass.map(whole), perCost: whole(perCost), scale };
}

/** The prices on IR of an agent's types; those on IR ex ante are shared out by probability. */
export function keptByType({ mass, environment }: OrbitTable, { participation }: PaymentFlow): Rational[] {
  const [marginal] = environment.prior.marginals;
  const kept = mass.map(() => Rational.ZERO);
  for (const { type, weight } of participation) {
    if (type !== undefined) kept[type] = kept[type].add(weight);
    else
      mass.forEach((_, own) => {
        kept[own] = kept[own].add(weight.multiply(marginal.at(own)));
      });
  }
  return kept;
}

/** What a rule is worth at the prices, in expectation, up to what agents get from the base class. */
export function worthOf(table: OrbitTable, prices: ScaledPrices, totals: OrbitTotals): Rational {
  const { agentCount, moneyDenominator } = table.environment;
  const n = BigInt(agentCount);
  const whole = table.massDenominator ** n * n * totals.denominator;
  return Rational.of(worthNumerator(table, prices, totals), whole * prices.scale * moneyDenominator);
}

/** The same, over a denominator that is the same for all rules. */
export function worthNumerator(
  { mass, environment }: OrbitTable,
  { perClass, perCost }: OrbitPrices,
  { chances, costs }: OrbitTotals,
): bigint {
  let worth = 0n;
  chances.forEach((chance, k) => {
    worth += perClass[k] * chance;
  });
  worth *= BigInt(environment.agentCount);
  // Every agent's type sees the cost of every profile that has it; a type of probability zero sees none that counts.
  costs.forEach((cost, type) => {
    if (mass[type] !== 0n) worth -= perCost * cost;
  });
  return worth;
}
