import { NOBODY, OTHER_OUTCOME } from "../../certificate/multipliers.js";
import type { OutcomeCuts } from "../../engine/outcome-cuts.js";
import type { Environment } from "../../environment/environment.js";

/** An agent's largest prices of two outcomes by the cut that the others make, and what keeps each from being larger. */
export interface LargestMenu {
  /** `prices[2 * cut + outcome]`, over the money denominator; 0 where nobody gets the outcome. */
  readonly prices: Float64Array;
  readonly keepers: Int32Array;
}

/**
 * With types in the order of their gain `d` by the second outcome, those before the cut pay at most `min (v_0 - u)`, those behind
 * it at most `min (v_1 - u)`, and the two prices differ by at least the gain of the last type before the cut and at most
 * that of the first behind it: `O(1)` a cut.
 */
export function largestMenu(environment: Environment, cuts: OutcomeCuts, agent: number): LargestMenu {
  const order = cuts.order(agent);
  const gain = cuts.differences(agent);
  const size = order.length;
  const worth = (k: number, x: number) =>
    (environment.values[agent].numerator(order[k], 0, x) as number) -
    (environment.outsideOptions[agent].numerator(order[k], 0, 0) as number);
  const prices = new Float64Array(2 * (size + 1));
  const keepers = new Int32Array(2 * (size + 1)).fill(NOBODY);
  let least = Number.POSITIVE_INFINITY;
  for (let cut = 1, keeper = NOBODY; cut <= size; cut++) {
    if (worth(cut - 1, 0) < least) {
      least = worth(cut - 1, 0);
      keeper = order[cut - 1];
    }
    prices[2 * cut] = least;
    keepers[2 * cut] = keeper;
  }
  least = Number.POSITIVE_INFINITY;
  for (let cut = size - 1, keeper = NOBODY; cut >= 0; cut--) {
    if (worth(cut, 1) < least) {
      least = worth(cut, 1);
      keeper = order[cut];
    }
    prices[2 * cut + 1] = least;
    keepers[2 * cut + 1] = keeper;
  }
  for (let cut = 1; cut < size; cut++) {
    const [zero, one] = [prices[2 * cut], prices[2 * cut + 1]];
    if (zero + gain[cut] < one) {
      prices[2 * cut + 1] = zero + gain[cut];
      keepers[2 * cut + 1] = OTHER_OUTCOME;
    } else if (one - gain[cut - 1] < zero) {
      prices[2 * cut] = one - gain[cut - 1];
      keepers[2 * cut] = OTHER_OUTCOME;
    }
  }
  return { prices, keepers };
}
