import type { OrbitTable } from "../../environment/orbits/orbit-table.js";
import type { SymmetricRule } from "../../environment/orbits/symmetric-rule.js";
import { OrbitMechanism } from "../../mechanism/orbit-mechanism.js";
import { Rational } from "../../number/rational.js";
import { RationalSum } from "../../number/rational-sum.js";
import { RationalVector } from "../../number/rational-vector.js";
import type { Multipliers } from "../../proof/multipliers.js";
import { OrbitPriceMultipliers } from "../../proof/orbits/orbit-price-multipliers.js";
import type { FlowTask } from "./flow-cut.js";
import type { FlowStates } from "./flow-states.js";
import type { FlowFound } from "./state-flow.js";
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
  flow: FlowFound,
  scale: bigint,
): OrbitMechanism {
  const { groups, slotStart, slotNode, slotAgents, worth, gain, mass, whole, denominator } = states;
  const [{ agents, weight, weightTotal }] = groups;
  const lacking = Array.from(flow.lacking, (amount, type) =>
    Rational.of(BigInt(amount) * BigInt(weightTotal), BigInt(agents) * BigInt(weight[type]) * scale),
  );
  return new OrbitMechanism(table, rule, {
    payment: (orbit, block) => {
      const slot = slotStart[orbit] + block;
      const [unit, share] = [BigInt(denominator), BigInt(mass[orbit]) * scale];
      // What the agents of the type are worth less what they are given, in one fraction.
      const left = BigInt(worth[slot]) * share - BigInt(flow.givenTo(slot)) * BigInt(whole) * unit;
      const each = Rational.of(left, unit * share * BigInt(slotAgents[slot]));
      return each.subtract(lacking[slotNode[slot]]);
    },
    subsidy: (orbit) => {
      if (task.money === "none") return Rational.ZERO;
      let given = 0n;
      const needed = new RationalSum().addFraction(BigInt(-gain[orbit]), BigInt(denominator));
      for (let slot = slotStart[orbit]; slot < slotStart[orbit + 1]; slot++) {
        given += BigInt(flow.givenTo(slot));
        needed.addProduct(lacking[slotNode[slot]], Rational.of(slotAgents[slot]));
      }
      needed.addFraction(given * BigInt(whole), BigInt(mass[orbit]) * scale);
      return Rational.maximum(needed.value, Rational.ZERO);
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
