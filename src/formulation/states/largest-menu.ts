import { NOBODY, OTHER_OUTCOME } from "../../certificate/multipliers.js";
import type { OutcomeThresholds } from "../../engine/outcome-thresholds.js";
import type { Environment } from "../../environment/environment.js";

/** An agent's largest prices of two outcomes by the threshold that the others make, and what keeps each from being larger. */
export interface LargestMenu {
  /** `prices[2 * threshold + outcome]`, over the money denominator; 0 where nobody gets the outcome. */
  readonly prices: Float64Array;
  readonly keepers: Int32Array;
}

/**
 * With types in the order of their gain `d` by the second outcome, those before the threshold pay at most `min (v_0 - u)`, those behind
 * it at most `min (v_1 - u)`, and the two prices differ by at least the gain of the last type before the threshold and at most
 * that of the first behind it: `O(1)` a threshold.
 */
export function largestMenu(
  environment: Environment,
  thresholds: OutcomeThresholds,
  agent: number,
): LargestMenu {
  const order = thresholds.order(agent);
  const gain = thresholds.differences(agent);
  const size = order.length;
  const worth = (k: number, x: number) =>
    (environment.values[agent].numerator(order[k], 0, x) as number) -
    (environment.outsideOptions[agent].numerator(order[k], 0, 0) as number);
  const prices = new Float64Array(2 * (size + 1));
  const keepers = new Int32Array(2 * (size + 1)).fill(NOBODY);
  let least = Number.POSITIVE_INFINITY;
  for (let threshold = 1, keeper = NOBODY; threshold <= size; threshold++) {
    if (worth(threshold - 1, 0) < least) {
      least = worth(threshold - 1, 0);
      keeper = order[threshold - 1];
    }
    prices[2 * threshold] = least;
    keepers[2 * threshold] = keeper;
  }
  least = Number.POSITIVE_INFINITY;
  for (let threshold = size - 1, keeper = NOBODY; threshold >= 0; threshold--) {
    if (worth(threshold, 1) < least) {
      least = worth(threshold, 1);
      keeper = order[threshold];
    }
    prices[2 * threshold + 1] = least;
    keepers[2 * threshold + 1] = keeper;
  }
  for (let threshold = 1; threshold < size; threshold++) {
    const [zero, one] = [prices[2 * threshold], prices[2 * threshold + 1]];
    if (zero + gain[threshold] < one) {
      prices[2 * threshold + 1] = zero + gain[threshold];
      keepers[2 * threshold + 1] = OTHER_OUTCOME;
    } else if (one - gain[threshold - 1] < zero) {
      prices[2 * threshold] = one - gain[threshold - 1];
      keepers[2 * threshold] = OTHER_OUTCOME;
    }
  }
  return { prices, keepers };
}
