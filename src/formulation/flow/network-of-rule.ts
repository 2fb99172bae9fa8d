import type { Environment } from "../../environment/environment.js";
import { type MachineTable, machineEntry } from "../../environment/table.js";
import { times } from "../../number/integer.js";
import { lcm } from "../../number/rational.js";
import type { Problem } from "../../question/problem.js";
import { Rules } from "../../space/choices.js";
import type { Rule, Shares } from "../../space/rule.js";
import type { Space } from "../../space/space.js";
import { TIED } from "../../space/sure-row.js";
import { RuleDesigns } from "../rule-design.js";
import type { FlowNetwork } from "./flow-network.js";

/**
 * A rule's network over a space: every profile, or orbit, is a cell; and every type of a group of alike agents is a node, whichever
 * of them have it. Undefined where integers may not fit doubles.
 */
export function networkOfRule(problem: Problem, space: Space, rule: Rule): FlowNetwork | undefined {
  const { environment, givenRule } = problem;
  const { values, costs, outsideOptions, agentCount, moneyDenominator } = environment;
  let money = 1;
  for (const { entries } of [...values, costs, ...outsideOptions]) {
    if (!(entries.numerators instanceof Float64Array)) return undefined;
    money += entries.greatestNumerator();
  }
  const whole = Number(space.whole);
  // Weighted sums over all cells of all tables.
  const fits = (shares: bigint) => money * Number(shares) * 4 * whole <= Number.MAX_SAFE_INTEGER;
  if (!fits(1n)) return undefined;

  const { groups, groupOf, count } = space;
  let nodeCount = 0;
  const firstNode = groups.map(({ types }) => {
    nodeCount += types;
    return nodeCount - types;
  });
  const slotStart = new Int32Array(count + 1);
  const slotNode = new Int32Array(count * agentCount);
  const slotAgents = new Uint8Array(count * agentCount);
  const worth = new Float64Array(count * agentCount);
  const gain = new Float64Array(count);
  const mass = new Float64Array(count);
  const profileMass = space.alike ? new Float64Array(count) : mass;
  const charges = costs.machineTable();
  const worths = values.map((_, agent) => worthTable(environment, agent));
  const choices = new Rules(space, givenRule, true).choices(rule);
  /** Cells at which a lottery is chosen, with its denominator, over which their amounts are. */
  const mixed: [cell: number, denominator: bigint][] = [];
  let shares = 1n;
  let [s, slot] = [0, 0];
  space.rows((row) => {
    const { types, first, from, to, lead, spread, sizes } = row;
    choices.fill(row);
    const { sure } = choices;
    for (let b = from; b < to; b++, s++) {
      const lottery = sure[b] === TIED ? choices.lottery(b) : undefined;
      if (lottery) {
        mixed.push([s, lottery.denominator]);
        shares = lcm(shares, lottery.denominator);
      }
      let total = -amount(charges, 0, first + b, sure[b], lottery);
      let before = -1;
      for (let i = 0; i < agentCount; i++) {
        const type = i === types.length ? b : types[i];
        const node = firstNode[groupOf[i]] + type;
        // Alike agents of the same type are next to each other.
        if (node !== before) slotNode[slot++] = node;
        before = node;
        const value = amount(worths[i], type, first + b, sure[b], lottery);
        worth[slot - 1] += value;
        slotAgents[slot - 1]++;
        total += value;
      }
      gain[s] = total;
      mass[s] = Number(times(lead, spread[b]));
      profileMass[s] = mass[s] / Number(sizes[b]);
      slotStart[s + 1] = slot;
    }
  });
  if (!fits(shares)) return undefined;
  const scale = Number(shares);
  if (scale > 1) {
    const own = new Float64Array(count).fill(scale);
    for (const [cell, denominator] of mixed) own[cell] = scale / Number(denominator);
    for (let cell = 0; cell < count; cell++) {
      gain[cell] *= own[cell];
      for (let k = slotStart[cell]; k < slotStart[cell + 1]; k++) worth[k] *= own[cell];
    }
  }
  const { values: expected } = new RuleDesigns(problem, space).expected(rule);
  return {
    cellCount: count,
    nodeCount,
    groups: groups.map(({ agents, types, weight, total }, g) => ({
      first: firstNode[g],
      size: types,
      agents,
      weight: Float64Array.from(weight, Number),
      weightTotal: Number(total),
      values: expected[g],
    })),
    slotStart,
    slotNode: slotNode.slice(0, slot),
    slotAgents: slotAgents.slice(0, slot),
    worth: worth.slice(0, slot),
    gain,
    denominator: Number(moneyDenominator) * scale,
    mass,
    whole,
    profileMass,
  };
}

/** What an outcome, or a lottery, comes to; over the lottery's denominator. */
function amount(
  table: MachineTable,
  type: number,
  profile: number,
  outcome: number,
  lottery: Shares | undefined,
): number {
  if (!lottery) return machineEntry(table, type, profile, outcome);
  return lottery.outcomes.reduce(
    (sum, x, k) => sum + Number(lottery.shares[k]) * machineEntry(table, type, profile, x),
    0,
  );
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
