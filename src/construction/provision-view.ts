import type { Environment } from "../environment/environment.js";
import type { Rational } from "../number/rational.js";
import { notDefined } from "./preconditions.js";

/** An environment seen as the provision of one public good at a fixed cost. */
export interface ProvisionView {
  readonly without: number;
  readonly provided: number;
  /** What provision costs. */
  readonly cost: Rational;
  /** What provision adds to the agent's outside option. */
  value(agent: number, profile: number): Rational;
}

/**
 * Recognises a public good: two outcomes, one of which costs nothing and leaves everybody at the outside option, while
 * the other costs the same at every profile. Throws InputError, naming what is missing.
 */
export function provisionView(construction: string, environment: Environment): ProvisionView {
  const { agents, outcomes, profiles } = environment;
  if (outcomes.length !== 2) {
    throw notDefined(
      construction,
      "two outcomes, with and without the public good",
      `this instance has ${outcomes.length}`,
    );
  }
  const everywhere = Array.from({ length: profiles.count }, (_, s) => s);
  const value = (agent: number, outcome: number, profile: number) =>
    environment.value(agent, outcome, profile).subtract(environment.outsideOption(agent, profile));
  const idle = [0, 1].filter((outcome) =>
    everywhere.every(
      (s) => environment.cost(outcome, s).isZero && agents.every((_, i) => value(i, outcome, s).isZero),
    ),
  );
  if (idle.length === 0) {
    throw notDefined(
      construction,
      "a free outcome that is everybody's outside option (no provision)",
      `neither ${outcomes.join(" nor ")} is`,
    );
  }
  const without = idle[0];
  const provided = 1 - without;
  const cost = environment.cost(provided, 0);
  const changing = everywhere.find((s) => !environment.cost(provided, s).equals(cost));
  if (changing !== undefined) {
    const found = `it changes at ${environment.profileLabel(changing)}`;
    throw notDefined(construction, "a cost of provision that does not depend on types", found);
  }
  return { without, provided, cost, value: (agent, profile) => value(agent, provided, profile) };
}
