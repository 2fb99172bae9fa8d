import type { Environment } from "../environment/environment.js";
import { interimOutcomes } from "../environment/interim-outcomes.js";
import { OrbitTable } from "../environment/orbit-table.js";
import { orbits } from "../environment/orbits.js";
import { symmetricOutcomes } from "../environment/symmetric-rule.js";
import { Rational } from "../number/rational.js";
import { RationalSum } from "../number/rational-sum.js";
import { InsuredMechanism } from "./insured-mechanism.js";
import { interimExpectation, truthfulUtility } from "./interim.js";
import type { Mechanism } from "./mechanism.js";
import { MutualInsurance } from "./mutual-insurance.js";
import { SymmetricMechanism } from "./symmetric-mechanism.js";

/** What a type expects when all tell the truth. */
export interface InterimRow {
  readonly payment: Rational;
  readonly utility: Rational;
}

/**
 * Expected payment and utility of a type of an agent, asked for one by one. A mechanism known by its interim payments is
 * looked at once, whatever the number of profiles.
 */
export function interimTable(
  environment: Environment,
  mechanism: Mechanism,
): (agent: number, type: number) => InterimRow {
  if (mechanism instanceof InsuredMechanism && environment.hasPrivateValues) {
    const { probabilities } = interimOutcomes(environment, mechanism.rule);
    return (agent, type) => {
      const payment = mechanism.interimPayments[agent].at(type);
      const utility = new RationalSum().add(payment.negate());
      environment.outcomes.forEach((_, outcome) => {
        const probability = probabilities[agent].at(type * environment.outcomes.length + outcome);
        utility.addProduct(probability, environment.values[agent].at(type, 0, outcome));
      });
      return { payment, utility: utility.value };
    };
  }
  if (mechanism instanceof MutualInsurance && mechanism.environment === environment) {
    const rows = insuredRows(mechanism);
    return (_, type) => rows[type];
  }
  if (mechanism instanceof SymmetricMechanism && environment.hasPrivateValues) {
    const rows = symmetricRows(environment, mechanism);
    return (_, type) => rows[type];
  }
  return (agent, type) => ({
    payment: interimExpectation(environment, agent, type, (profile) => mechanism.payment(agent, profile)),
    utility: interimExpectation(environment, agent, type, (profile) =>
      truthfulUtility(environment, mechanism, agent, profile),
    ),
  });
}

/** By type, of any one of the agents. */
function insuredRows({ environment, rule, interimPayments }: MutualInsurance): InterimRow[] {
  const table = OrbitTable.of(environment);
  const { values, count } = table.values;
  const { chances } = symmetricOutcomes(table, rule);
  return table.mass.map((_, type) => {
    const payment = interimPayments.at(type);
    const utility = new RationalSum().add(payment.negate());
    for (let k = type * count; k < (type + 1) * count; k++) {
      utility.addProduct(chances.at(k), Rational.of(values[k], environment.moneyDenominator));
    }
    return { payment, utility: utility.value };
  });
}

/** Exchangeable agents expect the same, so one multiset of types stands for all the profiles that have it. */
function symmetricRows(environment: Environment, mechanism: SymmetricMechanism): InterimRow[] {
  const { profiles, prior, agentCount } = environment;
  const sums = Array.from({ length: profiles.sizes[0] }, () => ({
    payment: new RationalSum(),
    utility: new RationalSum(),
  }));
  for (const { profile, size, present } of orbits(environment)) {
    for (const { type, count, agent } of present) {
      // Of the orbit's profiles, count / n give a certain agent this type.
      const ways = Rational.of(BigInt(size) * BigInt(count), agentCount);
      const belief = prior.belief(agent, profile).multiply(ways);
      if (belief.isZero) continue;
      sums[type].payment.addProduct(belief, mechanism.payment(agent, profile));
      sums[type].utility.addProduct(belief, truthfulUtility(environment, mechanism, agent, profile));
    }
  }
  return sums.map(({ payment, utility }) => ({ payment: payment.value, utility: utility.value }));
}
