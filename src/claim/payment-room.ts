import { largestPayments } from "../construction/largest-payments.js";
import { Environment } from "../environment/environment.js";
import type { AllocationRule } from "../environment/lottery.js";
import { Rational } from "../number/rational.js";
import { RationalVector } from "../number/rational-vector.js";

/**
 * By how much payments that implement a rule ex post may differ at most, from type to type of an agent and for the same types of the
 * others: 0 where they are the same up to constants. Undefined where none implements it.
 */
export function paymentRoom(environment: Environment, rule: AllocationRule): Rational | undefined {
  let room = Rational.ZERO;
  for (const [agent, { types }] of environment.agents.entries()) {
    const anchored = types.map((_, type) => anchoredAt(environment, rule, agent, type));
    for (let others = 0; others < environment.profiles.othersCount(agent); others++) {
      const most: (readonly Rational[])[] = [];
      for (const of of anchored) {
        const found = largestPayments(of, rule, agent, others);
        if ("cycle" in found) return undefined;
        most.push(found.payments);
      }
      for (const [a, row] of most.entries())
        for (let b = 0; b < a; b++) room = Rational.maximum(room, row[b].add(most[b][a]));
    }
  }
  return room;
}

/** Outside options at which one type of the agent takes part if it pays nothing, and all others whatever they pay. */
function anchoredAt(
  { specification, profiles, values }: Environment,
  rule: AllocationRule,
  agent: number,
  anchor: number,
): Environment {
  const { entries } = values[agent];
  const sizes = Array.from({ length: entries.length }, (_, k) => entries.at(k).absolute());
  const beyond = sizes
    .reduce(Rational.maximum)
    .add(Rational.ONE)
    .multiply(Rational.of(-4 * profiles.sizes[agent]));
  const options = Array.from({ length: profiles.count }, (_, s) => {
    const type = profiles.typeOf(s, agent);
    if (type !== anchor) return beyond;
    return Rational.sum(
      rule(s).map(({ outcome, probability }) => probability.multiply(values[agent].at(type, s, outcome))),
    );
  });
  return new Environment({
    ...specification,
    agents: specification.agents.map((own, i) =>
      i === agent
        ? { ...own, outsideOption: { shape: "profile", entries: RationalVector.from(options) } }
        : own,
    ),
  });
}
