import { Rational } from "../../number/rational.js";
import { AffineForm } from "./affine-form.js";
import { affine, type Expression, largest, sum } from "./expression.js";
import { type ConstructionGround, NotCovered } from "./ground.js";
import type { ContinuousConstruction, ContinuousMechanism } from "./mechanism.js";

const MINUS_ONE = Rational.of(-1);

/** A number, as an expression. */
export function constant(value: Rational, { size }: ConstructionGround): Expression {
  return affine(AffineForm.constant(value, size));
}

/** Groves' scheme: each agent has the surplus less the largest of forms of the others' types, and what is paid out to it. */
function scheme(
  ground: ConstructionGround,
  term: (agent: number) => readonly AffineForm[],
  paidOut: readonly Rational[] = ground.densities.map(() => Rational.ZERO),
): ContinuousMechanism {
  const terms = ground.densities.map((_, agent) => term(agent));
  return {
    payoffs: terms.map((forms, agent) =>
      sum(ground.surplus, [MINUS_ONE, largest(forms)], constant(paidOut[agent], ground)),
    ),
    welfare: ground.surplus,
    incentives: {
      kind: "groves",
      constants: terms.map((forms, agent) => paidOut[agent].subtract(ground.meanLargest(forms))),
    },
  };
}

export const vcg: ContinuousConstruction = {
  name: "vcg",
  build: (ground) => scheme(ground, (agent) => ground.withoutAgent(agent)),
};

/** With no term at all, as the construction's default is on grids. */
export const groves: ContinuousConstruction = {
  name: "groves",
  build: (ground) => scheme(ground, () => [AffineForm.constant(Rational.ZERO, ground.size)]),
};

/**
 * What every agent has to be paid beyond VCG for its most reluctant type to take part (Krishna and Perry); rounded up where
 * it is no fraction that is known exactly.
 */
export function participationPayments(ground: ConstructionGround): {
  payments: Rational[];
  rounded?: string;
} {
  const found = ground.densities.map((_, agent) => ground.reluctance(agent));
  const isExact = found.every(({ lower, upper }) => lower.equals(upper));
  const payments = found.map(({ lower, upper }, agent) => {
    const payment = upper.add(ground.meanWithout(agent));
    return lower.equals(upper) ? payment : roundedUp(payment);
  });
  if (isExact) return { payments };
  return { payments, rounded: `the least payments for participation, rounded up to ${DECIMALS} decimals` };
}

const DECIMALS = 12;

function roundedUp({ numerator, denominator }: Rational): Rational {
  const scaled = numerator * 10n ** BigInt(DECIMALS);
  const floor = scaled / denominator - (scaled % denominator < 0n ? 1n : 0n);
  return Rational.of(floor * denominator === scaled ? floor : floor + 1n, 10n ** BigInt(DECIMALS));
}

export const irVcg: ContinuousConstruction = {
  name: "ir-vcg",
  build: (ground) => {
    const { payments, ...rounding } = participationPayments(ground);
    return { ...scheme(ground, (agent) => ground.withoutAgent(agent), payments), ...rounding };
  },
};

/**
 * The largest payments that are ex post incentive compatible and individually rational. With an interval of types and payoff
 * equivalence they are Groves' with the least gain over the own types as the term.
 */
export const generalisedVcg: ContinuousConstruction = {
  name: "generalised-vcg",
  build: (ground) => scheme(ground, (agent) => ground.leastGain(agent)),
};

/** With continuous types ties have probability 0, and how they are broken makes no difference to payments. */
export const deficitMinimising: ContinuousConstruction = {
  name: "deficit-minimising",
  build: (ground) => {
    if (ground.size !== 2 || ground.welfare.length !== 2)
      throw new NotCovered("this is not trade between two agents");
    return generalisedVcg.build(ground);
  },
};
