import { Rational } from "../number/rational.js";
import { RationalSum } from "../number/rational-sum.js";
import { efficientOutcomes, expectedEfficientGains, gains } from "./efficiency.js";
import { EfficientRows } from "./efficient-rows.js";
import type { Environment } from "./environment.js";
import { exchangeability } from "./orbits/exchangeability.js";
import { expectedOutsideOptions } from "./orbits/orbit-sums.js";
import { OrbitTable } from "./orbits/orbit-table.js";
import { orbits } from "./orbits/orbits.js";
import { efficientClasses, orderedRule, symmetricOutcomes } from "./orbits/symmetric-rule.js";

/**
 * `expectedEfficientGains` for many profiles: a row at a time, in machine integers, where types are independent and outside
 * options depend on the own type alone.
 */
export function efficientGains(environment: Environment): Rational {
  if (environment.profiles.count > FEWEST_FOR_ORBITS && exchangeability(environment)) {
    const own = environment.prior.kind === "independent" && environment.hasPrivateValues;
    return own ? gainsOfOneAgent(environment) : gainsByOrbit(environment);
  }
  const { prior, profiles, outsideOptions, agentCount, moneyDenominator } = environment;
  const last = agentCount - 1;
  const own = prior.marginals[last].numerators;
  const rows = EfficientRows.of(environment);
  const plain = prior.kind === "joint" || outsideOptions.some((table) => table.dependsOnProfile);
  if (plain || !rows || !(own instanceof Float64Array)) return expectedEfficientGains(environment);
  let total = 0n;
  for (let row = 0; row < rows.rowCount; row++) {
    rows.fill(row);
    let sum = 0;
    let most = 0;
    for (let b = 0; b < rows.rowLength; b++) {
      sum += own[b] * rows.welfare[b];
      most += own[b] * Math.abs(rows.welfare[b]);
    }
    if (!(most <= Number.MAX_SAFE_INTEGER)) return expectedEfficientGains(environment);
    let weight = 1n;
    for (let i = 0; i < last; i++) {
      weight *= prior.marginals[i].numeratorAt(profiles.typeOf(row * rows.rowLength, i));
    }
    total += weight * BigInt(sum);
  }
  const whole = prior.marginals.reduce((product, marginal) => product * marginal.denominator, 1n);
  let expected = Rational.of(total, whole * moneyDenominator);
  outsideOptions.forEach((table, agent) => {
    const marginal = prior.marginals[agent];
    let outside = 0n;
    for (let type = 0; type < marginal.length; type++) {
      outside += marginal.numeratorAt(type) * BigInt(table.numerator(type, 0, 0));
    }
    expected = expected.subtract(Rational.of(outside, marginal.denominator * moneyDenominator));
  });
  return expected;
}

/** From here on it pays to ask whether agents are exchangeable, so that one profile can stand for many. */
const FEWEST_FOR_ORBITS = 1e5;

function gainsByOrbit(environment: Environment): Rational {
  const total = new RationalSum();
  for (const { profile, size } of orbits(environment)) {
    const probability = environment.prior.probability(profile).multiply(Rational.of(size));
    if (probability.isZero) continue;
    total.addProduct(probability, gains(environment, efficientOutcomes(environment, profile)[0], profile));
  }
  return total.value;
}

/** Exchangeable agents with private values and independent types expect the same, so one agent's expectations are enough. */
function gainsOfOneAgent(environment: Environment): Rational {
  const table = OrbitTable.of(environment);
  const { values, mass } = table;
  const [marginal] = environment.prior.marginals;
  const { chances, costs } = symmetricOutcomes(table, orderedRule(efficientClasses(table), false));
  const outside = expectedOutsideOptions(table);
  const total = new RationalSum();
  mass.forEach((_, type) => {
    const p = marginal.at(type);
    const each = p.multiply(Rational.of(environment.agentCount));
    for (let k = 0; k < values.count; k++) {
      const place = type * values.count + k;
      const value = Rational.of(values.values[place], environment.moneyDenominator);
      total.addProduct(each.multiply(chances.at(place)), value);
    }
    total.addProduct(each.negate(), outside.at(type)).addProduct(p.negate(), costs.at(type));
  });
  return total.value;
}
