import type { OrbitTable } from "../../environment/orbit-table.js";
import type { SymmetricRule } from "../../environment/symmetric-rule.js";
import { OrbitMechanism } from "../../mechanism/orbit-mechanism.js";
import { Rational } from "../../number/rational.js";
import { RationalVector } from "../../number/rational-vector.js";
import type { Multipliers } from "../../proof/multipliers.js";
import { OrbitPriceMultipliers } from "../../proof/orbit-price-multipliers.js";
import type { FlowTask } from "./flow-cut.js";
import type { FlowStates } from "./flow-states.js";
import type { StateFlow } from "./state-flow.js";
import type { StatePrices } from "./state-prices.js";

/**
 * The mechanism that a flow over orbits describes: what a state gives to a type is divided by the state's probability and among
 * the agents of the type, and so is what comes from outside. As `profileMechanism`, one orbit at a time.
 */
export function orbitMechanism(
  table: OrbitTable,
  rule: SymmetricRule,
  states: FlowStates,
  task: FlowTask,
  flow: StateFlow,
  scale: bigint,
): OrbitMechanism {
  const { groups, slotStart, slotNode, slotAgents, worth, gain, mass, whole, denominator } = states;
  const [{ agents, weight, weightTotal }] = groups;
  const lacking = Array.from(flow.lacking, (amount, type) =>
    Rational.of(BigInt(amount) * BigInt(weightTotal), BigInt(agents) * BigInt(weight[type]) * scale),
  );
  const received = (orbit: number, slot: number): Rational => {
    const given = BigInt(flow.givenTo(slot)) * BigInt(whole);
    const each = Rational.of(given, BigInt(mass[orbit]) * scale * BigInt(slotAgents[slot]));
    return each.add(lacking[slotNode[slot]]);
  };
  return new OrbitMechanism(table, rule, {
    payment: (orbit, block) => {
      const slot = slotStart[orbit] + block;
      return Rational.of(BigInt(worth[slot]), BigInt(denominator) * BigInt(slotAgents[slot])).subtract(
        received(orbit, slot),
      );
    },
    subsidy: (orbit) => {
      if (task.money === "none") return Rational.ZERO;
      let needed = Rational.of(-gain[orbit], denominator);
      for (let slot = slotStart[orbit]; slot < slotStart[orbit + 1]; slot++) {
        needed = needed.add(received(orbit, slot).multiply(Rational.of(slotAgents[slot])));
      }
      return Rational.maximum(needed, Rational.ZERO);
    },
  });
}

export function orbitMultipliers(
  { environment }: OrbitTable,
  purpose: Multipliers["purpose"],
  { incentive, budget, participation }: StatePrices,
): OrbitPriceMultipliers {
  const misreports = incentive.map(({ type, report, weight }) => ({ type, report, weight }));
  return new OrbitPriceMultipliers(environment, purpose, misreports, budget, participation);
}

/** An orbit where all together lose: no payments satisfy everybody and the budget. */
export function losingOrbit(
  { environment }: OrbitTable,
  states: FlowStates,
  orbit: number,
): OrbitPriceMultipliers {
  const money = new Float64Array(states.stateCount);
  const taking = new Float64Array(states.slotNode.length);
  money[orbit] = 1;
  taking.fill(1, states.slotStart[orbit], states.slotStart[orbit + 1]);
  const prices = [money, taking].map((numerators) => new RationalVector(numerators, 1n));
  return new OrbitPriceMultipliers(environment, "infeasibility", [], prices[0], prices[1]);
}
