import type { Environment } from "../environment/environment.js";
import { expectedValue } from "../mechanism/interim.js";
import type { Mechanism } from "../mechanism/mechanism.js";
import { Rational } from "../number/rational.js";
import { RationalSum } from "../number/rational-sum.js";
import { type Look, looks, places } from "../question/linear-form.js";
import type { Place, Requirement } from "../question/requirement.js";
import { audit, type Finding, type Slack } from "./finding.js";

/** What a requirement's slack is at a place, as it is defined; of an equation, minus its size. */
export function slackAt(
  environment: Environment,
  mechanism: Mechanism,
  requirement: Requirement,
  place: Place,
): Rational {
  const total = new RationalSum().add(requirement.margin);
  for (const look of looks(environment, requirement, place)) {
    if (look.factor.isZero) continue;
    total.addProduct(look.factor, termsAt(environment, mechanism, requirement, place, look));
  }
  return requirement.exact ? total.value.absolute().negate() : total.value;
}

function termsAt(
  environment: Environment,
  mechanism: Mechanism,
  { of, terms }: Requirement,
  { agent }: Place,
  { reported, truth }: Look,
): Rational {
  const total = new RationalSum();
  if (of === "agents") {
    const { value, payment, outside } = terms;
    if (value)
      total.addProduct(Rational.of(value), expectedValue(environment, mechanism, agent!, reported, truth));
    if (payment) total.addProduct(Rational.of(payment), mechanism.payment(agent!, reported));
    if (outside) total.addProduct(Rational.of(outside), environment.outsideOption(agent!, truth));
    return total.value;
  }
  const { payment, cost, subsidy } = terms;
  for (let i = 0; payment && i < environment.agentCount; i++) {
    total.addProduct(Rational.of(payment), mechanism.payment(i, reported));
  }
  if (cost) {
    for (const { outcome, probability } of mechanism.lottery(reported)) {
      total.addProduct(Rational.of(cost).multiply(probability), environment.cost(outcome, truth));
    }
  }
  if (subsidy) total.addProduct(Rational.of(subsidy), mechanism.subsidy(reported));
  return total.value;
}

/** Looks at every inequality of a requirement by itself. */
export function findingByDefinition(
  environment: Environment,
  mechanism: Mechanism,
  requirement: Requirement,
): Finding {
  return audit(slacks(environment, mechanism, requirement));
}

function* slacks(environment: Environment, mechanism: Mechanism, requirement: Requirement): Iterable<Slack> {
  for (const place of places(environment, requirement)) {
    yield {
      slack: slackAt(environment, mechanism, requirement, place),
      label: () => requirement.label(environment, place),
    };
  }
}
