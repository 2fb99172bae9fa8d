import type { Environment } from "../environment/environment.js";
import { equal } from "../number/integer.js";
import type { Exchangeability } from "./exchangeability.js";
import type { Rule } from "./rule.js";

/** Whether exchanging neighbours leaves all prices of a rule as they are, so that it treats alike agents alike. */
export function hasSymmetricPrices(environment: Environment, rule: Rule, exchange: Exchangeability): boolean {
  switch (rule.kind) {
    case "mixture":
      return rule.parts.every((part) => hasSymmetricPrices(environment, part.rule, exchange));
    case "except":
      return hasSymmetricPrices(environment, rule.rule, exchange);
    case "priced": {
      const width = environment.outcomes.length;
      return exchange.swaps.every((swap, i) =>
        rule.perOutcome.every((own, agent) => {
          const other = rule.perOutcome[agent === i ? i + 1 : agent === i + 1 ? i : agent];
          return Array.from(own).every((price, k) => {
            const x = k % width;
            return equal(price, other[k - x + swap[x]]);
          });
        }),
      );
    }
    default:
      return true;
  }
}
