import type { Environment } from "../../environment/environment.js";
import { type MenuMultipliers, OTHER_OUTCOME } from "../../proof/menus/menu-multipliers.js";

/** Whether at no tied profile the multipliers like the other efficient outcome better than what the rule chooses. */
export function menusBestAtTies(environment: Environment, multipliers: MenuMultipliers): boolean {
  const { cuts } = multipliers;
  return cuts.tied().every((s) => {
    const chosen = cuts.outcome(s);
    const charge = (x: number) => environment.costs.numerator(0, s, x) as number;
    // What the second outcome costs instead of the first, at the multipliers' prices.
    let dearer = multipliers.weightAt(s) * (charge(1) - charge(0));
    for (let agent = 0; agent < environment.agentCount; agent++) {
      dearer -= carriedGain(environment, multipliers, agent, s, chosen);
    }
    return chosen === 0 ? dearer >= 0 : dearer <= 0;
  });
}

/**
 * What flows out of a profile along an agent's types times the gain of its type by the second outcome, less what flows into it
 * times the gain of the types from which it flows.
 */
function carriedGain(
  { profiles }: Environment,
  multipliers: MenuMultipliers,
  agent: number,
  profile: number,
  chosen: 0 | 1,
): number {
  const { cuts } = multipliers;
  const order = cuts.order(agent);
  const gain = cuts.differences(agent);
  const cut = cuts.cut(agent, profile);
  const bindings = multipliers.bindings[agent].subarray(2 * cut, 2 * cut + 2);
  const next = [cut - 1, cut];
  const own = profiles.typeOf(profile, agent);
  const keeper = bindings[chosen] >= 0 ? bindings[chosen] : order[next[chosen]];
  const ownGain = gain[cuts.place(agent, own)];
  if (own !== keeper) return multipliers.weightAt(profile) * ownGain;
  const weightOf = (k: number) => multipliers.weightAt(profile + (order[k] - own) * profiles.strides[agent]);
  let carried = 0;
  // Of each type with the outcome what it sends here goes on with the gain of the type here.
  const [from, to] = chosen === 0 ? [0, cut] : [cut, order.length];
  for (let k = from; k < to; k++) {
    const weight = weightOf(k);
    if (weight !== 0) carried += weight * (order[k] === own ? ownGain : ownGain - gain[k]);
  }
  if (bindings[1 - chosen] === OTHER_OUTCOME) {
    const [start, end] = chosen === 0 ? [cut, order.length] : [0, cut];
    for (let k = start; k < end; k++) carried += weightOf(k) * (ownGain - gain[next[1 - chosen]]);
  }
  return carried;
}
