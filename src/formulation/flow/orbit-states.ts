import { expectedOutsideOptions } from "../../engine/orbits/orbit-sums.js";
import type { OrbitTable } from "../../engine/orbits/orbit-table.js";
import { type SymmetricRule, symmetricOutcomes } from "../../engine/orbits/symmetric-rule.js";
import { lcm } from "../../number/rational.js";
import { packIntegers, RationalVector } from "../../number/rational-vector.js";
import { InterimValues } from "../interim-values.js";
import type { FlowStates } from "./flow-states.js";

/**
 * Every multiset of types of exchangeable agents is a state, and every type a node, whichever agents have it. Undefined
 * where integers may not fit doubles.
 */
export function orbitStates(table: OrbitTable, rule: SymmetricRule): FlowStates | undefined {
  const { environment, values, mass, massDenominator, count } = table;
  const { agentCount, costs, outsideOptions, moneyDenominator } = environment;
  if (table.limbs.length > 1) return undefined;
  let shares = 1n;
  let slots = 0;
  for (let orbit = 0; orbit < count; orbit++) {
    const view = table.view(orbit);
    const { denominator } = rule.at(view);
    if (denominator !== 1n) shares = lcm(shares, denominator);
    slots += view.pattern.counts.length;
  }
  const whole = Number(massDenominator ** BigInt(agentCount));
  const money = [environment.values[0], costs, outsideOptions[0]].reduce(
    (sum, { entries }) => sum + agentCount * entries.greatestNumerator(),
    1,
  );
  if (!(money * Number(shares) * 4 * whole <= Number.MAX_SAFE_INTEGER)) return undefined;

  const scale = Number(shares);
  const worthOf = values.values.map(Number);
  const slotStart = new Int32Array(count + 1);
  const slotNode = new Int32Array(slots);
  const slotAgents = new Uint8Array(slots);
  const worth = new Float64Array(slots);
  const gain = new Float64Array(count);
  const weight = new Float64Array(count);
  const profileMass = new Float64Array(count);
  for (let orbit = 0, first = 0; orbit < count; orbit++) {
    const view = table.view(orbit);
    const { counts, size } = view.pattern;
    const { parts, denominator } = rule.at(view);
    let agent = 0;
    counts.forEach((agents, block) => {
      const slot = first + block;
      const type = view.types[view.from + block];
      slotNode[slot] = type;
      slotAgents[slot] = agents;
      const outside = Number(outsideOptions[agent].numerator(type, view.profile, 0));
      worth[slot] = agents * scale * (worthOf[type * values.count + values.base] - outside);
      agent += agents;
    });
    for (const { of, share } of parts) {
      const part = Number(share) * (scale / Number(denominator));
      of.block.forEach((block, e) => {
        const base = view.types[view.from + block] * values.count;
        worth[first + block] +=
          part * of.count[e] * (worthOf[base + of.valueClass[e]] - worthOf[base + values.base]);
      });
      gain[orbit] -= part * Number(costs.numerator(0, view.profile, of.outcomes[0]));
    }
    for (let block = 0; block < counts.length; block++) gain[orbit] += worth[first + block];
    weight[orbit] = Number(table.weight(orbit));
    profileMass[orbit] = weight[orbit] / size;
    first += counts.length;
    slotStart[orbit + 1] = first;
  }
  const { chances } = symmetricOutcomes(table, rule);
  const money1 = new RationalVector(packIntegers(values.values), moneyDenominator);
  return {
    stateCount: count,
    nodeCount: mass.length,
    groups: [
      {
        first: 0,
        size: mass.length,
        agents: agentCount,
        weight: Float64Array.from(mass, Number),
        weightTotal: Number(massDenominator),
        values: InterimValues.ofClasses(values.count, chances, money1, expectedOutsideOptions(table)),
      },
    ],
    slotStart,
    slotNode,
    slotAgents,
    worth,
    gain,
    denominator: Number(moneyDenominator) * scale,
    mass: weight,
    whole,
    profileMass,
  };
}
