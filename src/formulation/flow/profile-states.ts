import { chosenByProfile } from "../../engine/chosen-by-profile.js";
import { interimOutcomes } from "../../engine/interim-outcomes.js";
import type { KnownRule } from "../../engine/known-rule.js";
import type { Environment } from "../../environment/environment.js";
import { type MachineTable, machineEntry } from "../../environment/table.js";
import { TIED } from "../../space/scores.js";
import { InterimValues } from "../interim-values.js";
import type { FlowStates } from "./flow-states.js";

/** Every profile is a state, and every type of every agent a node. Undefined where integers may not fit doubles. */
export function profileStates(environment: Environment, rule: KnownRule): FlowStates | undefined {
  const { profiles, prior, values, costs, outsideOptions, agentCount } = environment;
  const { count, sizes } = profiles;
  const { sure, mixed, shares } = chosenByProfile(environment, rule, false);
  const scale = Number(shares);
  const weights: Float64Array[] = [];
  let whole = 1;
  for (const { numerators, denominator } of prior.marginals) {
    if (!(numerators instanceof Float64Array)) return undefined;
    weights.push(numerators);
    whole *= Number(denominator);
  }
  let money = 0;
  for (const { entries } of [...values, costs, ...outsideOptions]) {
    if (!(entries.numerators instanceof Float64Array)) return undefined;
    money += entries.greatestNumerator();
  }
  // Weighted sums over all states of all tables.
  if (!(Math.max(1, money) * scale * 4 * whole <= Number.MAX_SAFE_INTEGER)) return undefined;

  const slotStart = new Int32Array(count + 1);
  const slotNode = new Int32Array(count * agentCount);
  const worth = new Float64Array(count * agentCount);
  const gain = new Float64Array(count);
  const mass = new Float64Array(count);
  for (let s = 0; s < count; s++) slotStart[s + 1] = (s + 1) * agentCount;
  const first = sizes.map((_, i) => sizes.slice(0, i).reduce((sum, size) => sum + size, 0));
  const types = new Int32Array(agentCount);
  const charges = costs.machineTable();
  const worths = values.map((_, agent) => worthTable(environment, agent));
  for (let s = 0, slot = 0; s < count; s++) {
    const x = sure[s];
    const lottery = x === TIED ? mixed.get(s)! : undefined;
    let total = 0;
    if (!lottery) total = -scale * machineEntry(charges, 0, s, x);
    else for (const { outcome, share } of lottery) total -= share * machineEntry(charges, 0, s, outcome);
    let probability = 1;
    for (let i = 0; i < agentCount; i++, slot++) {
      const type = types[i];
      let value = 0;
      if (!lottery) value = scale * machineEntry(worths[i], type, s, x);
      else
        for (const { outcome, share } of lottery) value += share * machineEntry(worths[i], type, s, outcome);
      slotNode[slot] = first[i] + type;
      worth[slot] = value;
      total += value;
      probability *= weights[i][type];
    }
    gain[s] = total;
    mass[s] = probability;
    for (let i = agentCount - 1; i >= 0 && ++types[i] === sizes[i]; i--) types[i] = 0;
  }
  const interim = interimOutcomes(environment, rule);
  const groups = sizes.map((size, agent) => ({
    first: first[agent],
    size,
    agents: 1,
    weight: weights[agent],
    weightTotal: Number(prior.marginals[agent].denominator),
    values: InterimValues.of(environment, agent, rule, interim),
  }));
  return {
    stateCount: count,
    nodeCount: sizes.reduce((sum, size) => sum + size, 0),
    groups,
    slotStart,
    slotNode,
    slotAgents: new Uint8Array(slotNode.length).fill(1),
    worth,
    gain,
    denominator: Number(environment.moneyDenominator) * scale,
    mass,
    whole,
    profileMass: mass,
  };
}

/** What outcomes bring an agent beyond its outside option; by its type, or by profile where either depends on it. */
function worthTable(
  { profiles, values, outsideOptions, outcomes }: Environment,
  agent: number,
): MachineTable {
  const [own, outside] = [values[agent].machineTable(), outsideOptions[agent].machineTable()];
  const width = outcomes.length;
  const byProfile = own.profileStride > 0 || outside.profileStride > 0;
  const rows = byProfile ? profiles.count : profiles.sizes[agent];
  const numerators = new Float64Array(rows * width);
  for (let row = 0, entry = 0; row < rows; row++) {
    const type = byProfile ? profiles.typeOf(row, agent) : row;
    const without = machineEntry(outside, type, row, 0);
    for (let x = 0; x < width; x++, entry++) numerators[entry] = machineEntry(own, type, row, x) - without;
  }
  const [typeStride, profileStride] = byProfile ? [0, width] : [width, 0];
  return { numerators, typeStride, profileStride, outcomeStride: 1 };
}
