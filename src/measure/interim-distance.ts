import type { Environment } from "../environment/environment.js";
import { interimTable } from "../kernel/interim-table.js";
import { asData } from "../mechanism/as-data.js";
import type { Mechanism } from "../mechanism/mechanism.js";
import { Rational } from "../number/rational.js";

/** The largest difference of an interim payment between two mechanisms, and whose it is. */
export interface InterimDistance {
  readonly distance: Rational;
  /** `buyer 0.35`; undefined where all interim payments are the same. */
  readonly at: string | undefined;
}

/** `max |T_i(a) - T'_i(a)|` over agents and types, those of probability zero included. */
export function interimDistance(environment: Environment, a: Mechanism, b: Mechanism): InterimDistance {
  const [first, second] = [a, b].map((mechanism) => interimTable(asData(environment, mechanism)));
  let distance: Rational = Rational.ZERO;
  let at: string | undefined;
  environment.agents.forEach(({ name, types }, agent) => {
    types.forEach((_, type) => {
      const difference = first(agent, type).payment.subtract(second(agent, type).payment).absolute();
      if (difference.compare(distance) <= 0) return;
      distance = difference;
      at = `${name} ${environment.typeLabel(agent, type)}`;
    });
  });
  return { distance, at };
}
