import type { OrbitTable } from "../../environment/orbits/orbit-table.js";
import { efficientClasses, type SymmetricRule } from "../../environment/orbits/symmetric-rule.js";
import { Rational } from "../../number/rational.js";
import type { Question } from "../../problem/question.js";
import type { OrbitPriceMultipliers } from "../../proof/orbits/orbit-price-multipliers.js";

/**
 * Whether a rule of exchangeable agents that breaks ties in its own way does as well by the multipliers at every tied multiset of
 * types as any other way would: then its mechanism is best among all efficient rules. As `isBestAtTiesExPost`, one profile for
 * all that have the multiset; no type has probability zero.
 */
export function isBestAtOrbitTies(
  { objective }: Question,
  table: OrbitTable,
  rule: SymmetricRule,
  multipliers: OrbitPriceMultipliers,
): boolean {
  const { environment, values } = table;
  const { prior, costs } = environment;
  const types = table.mass.length;
  const worth = Array.from({ length: types * values.count }, () => Rational.ZERO);
  for (const { type, report, weight } of multipliers.misreports) {
    for (let k = 0; k < values.count; k++) {
      const priced = weight.multiply(Rational.of(values.values[type * values.count + k]));
      worth[type * values.count + k] = worth[type * values.count + k].subtract(priced);
      worth[report * values.count + k] = worth[report * values.count + k].add(priced);
    }
  }
  const choice = efficientClasses(table);
  const surplus = multipliers.purpose === "bound" && objective === "max-surplus";
  for (let orbit = 0, slot = 0; orbit < table.count; orbit++) {
    const view = table.view(orbit);
    const { counts } = view.pattern;
    const first = slot;
    slot += counts.length;
    const classes = choice(view);
    if (classes.length === 1) continue;
    const paid = multipliers.money.at(orbit).add(surplus ? prior.probability(view.profile) : Rational.ZERO);
    // The Lagrangian's coefficient of a class, up to what all efficient ones have in common.
    const coefficient = ([x]: readonly number[]): Rational => {
      const terms = [paid.multiply(Rational.of(costs.numerator(0, view.profile, x)))];
      for (let block = 0, agent = 0; block < counts.length; block++) {
        const type = view.types[view.from + block];
        const belief = prior.belief(agent, view.profile);
        const taking = multipliers.taking.at(first + block);
        for (const end = agent + counts[block]; agent < end; agent++) {
          const place = type * values.count + values.of(agent, x);
          terms.push(belief.multiply(worth[place]));
          terms.push(taking.multiply(Rational.of(values.values[place])).negate());
        }
      }
      return Rational.sum(terms);
    };
    const found = classes.map(({ outcomes }) => coefficient(outcomes));
    const least = found.reduce(Rational.minimum);
    const chosen = rule(view).parts.map(({ of }) => found[classes.indexOf(of)]);
    if (!chosen.every((own) => own.equals(least))) return false;
  }
  return true;
}
