import type { Environment } from "../environment/environment.js";
import { interimOutcomes } from "../environment/interim-outcomes.js";
import type { KnownRule } from "../environment/known-rule.js";
import { OrbitTable } from "../environment/orbits/orbit-table.js";
import { orbits } from "../environment/orbits/orbits.js";
import { type SymmetricRule, symmetricOutcomes } from "../environment/orbits/symmetric-rule.js";
import { IntegerSum } from "../number/integer-sum.js";
import { Rational } from "../number/rational.js";
import { RationalSum } from "../number/rational-sum.js";
import { packIntegers, RationalVector } from "../number/rational-vector.js";
import { InsuredMechanism } from "./insured-mechanism.js";
import { interimExpectation, truthfulUtility } from "./interim.js";
import type { Mechanism } from "./mechanism.js";
import { MutualInsurance } from "./mutual-insurance.js";
import { RuledMechanism } from "./ruled-mechanism.js";
import { SteadyGainsMechanism } from "./steady-gains-mechanism.js";
import { SymmetricMechanism } from "./symmetric-mechanism.js";
import { SymmetricSteadyGains } from "./symmetric-steady-gains.js";

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
  const ruled = mechanism instanceof InsuredMechanism || mechanism instanceof RuledMechanism;
  if (ruled && environment.hasPrivateValues && environment.prior.kind === "independent") {
    const worth = interimWorths(environment, mechanism.rule);
    const payments =
      mechanism instanceof InsuredMechanism
        ? mechanism.interimPayments
        : mechanism.payments.map((own, agent) => interimMeans(environment, agent, own));
    return (agent, type) => {
      const payment = payments[agent].at(type);
      return { payment, utility: worth(agent, type).subtract(payment) };
    };
  }
  if (mechanism instanceof SteadyGainsMechanism && environment.hasPrivateValues) {
    const worth = interimWorths(environment, mechanism.rule);
    return (agent, type) => {
      const outside = interimExpectation(environment, agent, type, (s) =>
        environment.outsideOption(agent, s),
      );
      const utility = mechanism.gains[agent].at(type).add(outside);
      return { payment: worth(agent, type).subtract(utility), utility };
    };
  }
  if (mechanism instanceof MutualInsurance && mechanism.environment === environment) {
    const { rule, interimPayments } = mechanism;
    const rows = symmetricWorths(environment, rule).map((worth, type) => {
      const payment = interimPayments.at(type);
      return { payment, utility: worth.subtract(payment) };
    });
    return (_, type) => rows[type];
  }
  const [option] = environment.outsideOptions;
  if (mechanism instanceof SymmetricSteadyGains && !option.dependsOnProfile) {
    const { rule, gains } = mechanism;
    const rows = symmetricWorths(environment, rule).map((worth, type) => {
      const utility = gains.at(type).add(option.at(type, 0, 0));
      return { payment: worth.subtract(utility), utility };
    });
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

/** What a rule's outcomes are worth to a type in expectation, of private values and independent types. */
function interimWorths(environment: Environment, rule: KnownRule): (agent: number, type: number) => Rational {
  const { probabilities } = interimOutcomes(environment, rule);
  const width = environment.outcomes.length;
  return (agent, type) => {
    const worth = new RationalSum();
    environment.outcomes.forEach((_, outcome) => {
      const probability = probabilities[agent].at(type * width + outcome);
      worth.addProduct(probability, environment.values[agent].at(type, 0, outcome));
    });
    return worth.value;
  };
}

/** `E[of | type]` of a table by profile, by the agent's type, with an independent prior. */
function interimMeans({ profiles, prior }: Environment, agent: number, of: RationalVector): RationalVector {
  const size = profiles.sizes[agent];
  const sums = Array.from({ length: size }, () => new IntegerSum());
  const whole = prior.marginals.reduce(
    (product, { denominator }, j) => (j === agent ? product : product * denominator),
    1n,
  );
  for (let others = 0; others < profiles.othersCount(agent); others++) {
    const first = profiles.withOthers(agent, others);
    const weight = prior.marginals.reduce(
      (product, marginal, j) =>
        j === agent ? product : product * marginal.numeratorAt(profiles.typeOf(first, j)),
      1n,
    );
    const factor = whole <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(weight) : weight;
    for (let type = 0, s = first; type < size; type++, s += profiles.strides[agent]) {
      sums[type].addProductOf(factor, of.numerators[s]);
    }
  }
  return new RationalVector(packIntegers(sums.map(({ value }) => value)), whole * of.denominator);
}

/** What a symmetric rule's outcomes are worth in expectation to any one of the agents, by type. */
function symmetricWorths(environment: Environment, rule: SymmetricRule): Rational[] {
  const table = OrbitTable.of(environment);
  const { values, count } = table.values;
  const { chances } = symmetricOutcomes(table, rule);
  return table.mass.map((_, type) => {
    const worth = new RationalSum();
    for (let k = type * count; k < (type + 1) * count; k++) {
      worth.addProduct(chances.at(k), Rational.of(values[k], environment.moneyDenominator));
    }
    return worth.value;
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
