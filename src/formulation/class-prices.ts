import type { OrbitPrices } from "../environment/orbit-prices.js";
import type { OrbitTable } from "../environment/orbit-table.js";
import { lcm, Rational } from "../number/rational.js";
import type { Problem } from "../problem/problem.js";
import type { Question } from "../problem/question.js";
import type { Multipliers } from "../proof/multipliers.js";

/** What money and gains are worth in a Lagrangian: a unit beyond the cost, and a unit of gains. */
export interface Worth {
  readonly money: Rational;
  readonly gains: Rational;
}

/** What the objective and the budget's price make them worth. */
export function worthIn({ question }: Problem, { purpose, budget }: Multipliers): Worth {
  const wanted = (objective: Question["objective"]) =>
    purpose === "bound" && question.objective === objective ? Rational.ONE : Rational.ZERO;
  const price =
    budget.kind === "prior" ? budget.scale : budget.kind === "expectation" ? budget.price : Rational.ZERO;
  return { money: price.add(wanted("max-surplus")), gains: wanted("max-gains") };
}

/**
 * What multipliers that are the same for all agents make of an outcome: minus its coefficient in the Lagrangian, divided by
 * the profile's probability. With `out(a)` the prices on IC and IR of type `a` and `in(c -> a)` those on IC of `c` against
 * `a`, an agent of type `a` who gets what class `k` is worth adds
 *
 *     [ out(a) v(k|a) - sum_c in(c -> a) v(k|c) ] / p(a),     and its value v(k|a) as far as gains are worth anything.
 *
 * That is Myerson's virtual value, for whatever requirements bind. A type of probability zero is priced by the others' weight.
 */
export function pricesOf(
  table: OrbitTable,
  { incentive, participation }: Pick<Multipliers, "incentive" | "participation">,
  { money, gains }: Worth,
): OrbitPrices {
  const { mass, massDenominator, values, environment } = table;
  const width = values.count;
  const value = values.beyondBase;
  const [marginal] = environment.prior.marginals;
  const out = mass.map(() => Rational.ZERO);
  const into: [from: number, weight: Rational][][] = mass.map(() => []);
  for (const { agent, type, report, weight } of incentive) {
    if (agent !== 0) continue;
    out[type] = out[type].add(weight);
    into[report].push([type, weight]);
  }
  for (const { agent, type, weight } of participation) {
    if (agent !== 0) continue;
    if (type !== undefined) out[type] = out[type].add(weight);
    else
      mass.forEach((_, own) => {
        out[own] = out[own].add(weight.multiply(marginal.at(own)));
      });
  }
  const perClass = value.map((own, k) => {
    const type = Math.floor(k / width);
    let total = out[type].multiply(Rational.of(own));
    for (const [from, weight] of into[type]) {
      total = total.subtract(weight.multiply(Rational.of(value[from * width + (k % width)])));
    }
    const byMass = total.multiply(Rational.of(massDenominator, mass[type] === 0n ? 1n : mass[type]));
    return mass[type] === 0n ? byMass : byMass.add(gains.multiply(Rational.of(own)));
  });
  const perCost = money.add(gains);
  const common = perClass.reduce((all, { denominator }) => lcm(all, denominator), perCost.denominator);
  const whole = ({ numerator, denominator }: Rational) => numerator * (common / denominator);
  return { perClass: perClass.map(whole), perCost: whole(perCost) };
}
