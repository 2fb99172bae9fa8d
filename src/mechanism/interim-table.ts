import type { Environment } from "../environment/environment.js";
import { interimOutcomes } from "../environment/interim-outcomes.js";
import type { Rational } from "../number/rational.js";
import { RationalSum } from "../number/rational-sum.js";
import { InsuredMechanism } from "./insured-mechanism.js";
import { interimExpectation, truthfulUtility } from "./interim.js";
import type { Mechanism } from "./mechanism.js";

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
  return (agent, type) => ({
    payment: interimExpectation(environment, agent, type, (profile) => mechanism.payment(agent, profile)),
    utility: interimExpectation(environment, agent, type, (profile) =>
      truthfulUtility(environment, mechanism, agent, profile),
    ),
  });
}
