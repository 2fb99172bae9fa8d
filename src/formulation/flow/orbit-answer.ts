import type { Multipliers } from "../../certificate/multipliers.js";
import { listed } from "../../certificate/price-blocks.js";
import type { SymmetricRule } from "../../engine/orbits/symmetric-rule.js";
import { constantMoney } from "../../mechanism/forms.js";
import { StructuredMechanism } from "../../mechanism/structured-mechanism.js";
import { Rational } from "../../number/rational.js";
import { RationalSum } from "../../number/rational-sum.js";
import { RationalVector } from "../../number/rational-vector.js";
import type { Problem } from "../../question/problem.js";
import type { FlowTask } from "./flow-cut.js";
import type { FlowStates } from "./flow-states.js";
import type { FlowFound } from "./state-flow.js";
import type { StatePrices } from "./state-prices.js";

/**
 * The mechanism that a flow over orbits describes: what a state gives to a type is divided by the state's probability and among
 * the agents of the type, and so is what comes from outside. As `profileMechanism`, one orbit at a time.
 */
export function orbitMechanism(
  { environment, givenRule }: Problem,
  { rule }: SymmetricRule,
  states: FlowStates,
  task: FlowTask,
  flow: FlowFound,
  scale: bigint,
): StructuredMechanism {
  const { groups, stateCount, slotStart, slotNode, slotAgents, worth, gain, mass, whole, denominator } =
    states;
  const [{ agents, weight, weightTotal }] = groups;
  const lacking = Array.from(flow.lacking, (amount, type) =>
    Rational.of(BigInt(amount) * BigInt(weightTotal), BigInt(agents) * BigInt(weight[type]) * scale),
  );
  const payments = new Array<Rational>(slotNode.length);
  const subsidies = new Array<Rational>(stateCount);
  for (let orbit = 0; orbit < stateCount; orbit++) {
    const [unit, share] = [BigInt(denominator), BigInt(mass[orbit]) * scale];
    let given = 0n;
    const needed = new RationalSum().addFraction(BigInt(-gain[orbit]), unit);
    for (let slot = slotStart[orbit]; slot < slotStart[orbit + 1]; slot++) {
      const own = BigInt(flow.givenTo(slot));
      given += own;
      needed.addProduct(lacking[slotNode[slot]], Rational.of(slotAgents[slot]));
      // What the agents of the type are worth less what they are given, in one fraction.
      const left = BigInt(worth[slot]) * share - own * BigInt(whole) * unit;
      const each = Rational.of(left, unit * share * BigInt(slotAgents[slot]));
      payments[slot] = each.subtract(lacking[slotNode[slot]]);
    }
    needed.addFraction(given * BigInt(whole), share);
    subsidies[orbit] = Rational.maximum(needed.value, Rational.ZERO);
  }
  return new StructuredMechanism(
    environment,
    {
      alike: true,
      rule,
      payments: [{ kind: "table", amounts: RationalVector.from(payments) }],
      money:
        task.money === "none"
          ? constantMoney(Rational.ZERO)
          : { kind: "table", amounts: RationalVector.from(subsidies) },
    },
    givenRule,
  );
}

export function orbitMultipliers(
  purpose: Multipliers["purpose"],
  { incentive, budget, participation }: StatePrices,
): Multipliers {
  const misreports = incentive.map(({ type, report, weight }) => ({ type, report, weight }));
  return {
    purpose,
    alike: true,
    prices: [
      ...listed("incentive", misreports),
      { kind: "profiles", on: "participation", weights: participation },
      { kind: "profiles", on: "budget", weights: budget },
    ],
  };
}

/** An orbit where all together lose: no payments satisfy everybody and the budget. */
export function losingOrbit(states: FlowStates, orbit: number): Multipliers {
  const money = new Float64Array(states.stateCount);
  const taking = new Float64Array(states.slotNode.length);
  money[orbit] = 1;
  taking.fill(1, states.slotStart[orbit], states.slotStart[orbit + 1]);
  const [budget, participation] = [money, taking].map((numerators) => new RationalVector(numerators, 1n));
  return orbitMultipliers("infeasibility", { incentive: [], budget, participation });
}
