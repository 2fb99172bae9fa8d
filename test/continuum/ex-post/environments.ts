import {
  type Atom,
  type ContinuousEnvironment,
  type ContinuousOutcome,
  finiteSurplus,
} from "../../../src/environment/continuous-environment.js";
import { PiecewisePolynomial } from "../../../src/number/piecewise-polynomial.js";
import { Polynomial } from "../../../src/number/polynomial.js";
import { Rational } from "../../../src/number/rational.js";
import { rationalOfDecimal } from "../../../src/number/rational-text.js";
import { defaultQuestion, type Question } from "../../../src/question/question.js";

/** `3`, `"1/3"` as a fraction. */
export function q(value: number | string): Rational {
  if (typeof value === "number") return rationalOfDecimal(value);
  const [n, d] = value.split("/");
  return Rational.of(BigInt(n), BigInt(d ?? 1));
}

/** On [0, 1], by its coefficients. */
export function onUnit(...coefficients: (number | string)[]): PiecewisePolynomial {
  return PiecewisePolynomial.of(new Polynomial(coefficients.map(q)), Rational.ZERO, Rational.ONE);
}

export const uniform = onUnit(1);
/** The density of the distribution function t^2. */
export const rising = onUnit(0, 2);

export const exPost: Question = { ...defaultQuestion, ir: "ex-post" };
export const noDeficit: Question = { ...exPost, balance: "no-deficit" };

export function finite(
  outcomes: readonly ContinuousOutcome[],
  agents: readonly {
    density: PiecewisePolynomial;
    outsideOption: PiecewisePolynomial;
    atoms?: readonly Atom[];
  }[],
): ContinuousEnvironment {
  return {
    name: "finite",
    outcomes,
    surplus: finiteSurplus(outcomes),
    agents: agents.map(({ atoms = [], ...agent }, i) => ({ name: `agent ${i + 1}`, atoms, ...agent })),
  };
}

/** A good that is worth its owner's type, plus a bonus; each partner's outside option is its share of the type. */
export function partnership(
  shares: readonly (number | string)[],
  density = uniform,
  bonus = 0,
): ContinuousEnvironment {
  const outcomes = shares.map((_, owner) => ({
    label: `to ${owner + 1}`,
    slopes: shares.map((_, i) => Rational.of(i === owner ? 1 : 0)),
    constants: shares.map((_, i) => Rational.of(i === owner ? bonus : 0)),
    cost: Rational.ZERO,
  }));
  return finite(
    outcomes,
    shares.map((share) => ({ density, outsideOption: onUnit(0, share) })),
  );
}

export function trade(buyer = uniform, seller = uniform): ContinuousEnvironment {
  const zeros = [Rational.ZERO, Rational.ZERO];
  return finite(
    [
      { label: "no trade", slopes: zeros, constants: zeros, cost: Rational.ZERO },
      { label: "trade", slopes: [Rational.ONE, Rational.of(-1)], constants: zeros, cost: Rational.ZERO },
    ],
    [buyer, seller].map((density) => ({ density, outsideOption: onUnit() })),
  );
}

/** A divisible good of which `x` is worth `type (2 x - x^2)`, endowed in parts `e` and `1 - e` (KE, Example 5). */
export function quadraticGood(endowment: Rational): ContinuousEnvironment {
  const one = Rational.ONE;
  const above = ([x, y]: readonly Rational[]) => {
    const sum = x.add(y);
    return sum.isZero ? sum : sum.subtract(x.multiply(y).divide(sum));
  };
  const worth = (part: Rational) => part.add(part).subtract(part.multiply(part));
  return {
    name: "quadratic good",
    surplus: {
      above,
      tangent(types) {
        const [x, y] = types;
        const sum = x.add(y);
        const part = sum.isZero ? Rational.of(1, 2) : x.divide(sum);
        return { value: above(types), slopes: [worth(part), worth(one.subtract(part))] };
      },
    },
    agents: [endowment, one.subtract(endowment)].map((part, i) => ({
      name: `agent ${i + 1}`,
      density: uniform,
      atoms: [],
      outsideOption: onUnit(0, `${worth(part)}`),
    })),
  };
}

/** A small generator with a seed, so that random instances are the same each time. */
export function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    // Numerical Recipes' linear congruence; its upper bits are good enough here.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Densities with a gap or an atom, several outcomes, outside options with kinks and curvature, two or three agents. */
export function randomEnvironment(random: (below: number) => number): ContinuousEnvironment {
  const count = 2 + (random(4) === 0 ? 1 : 0);
  const number = (most: number) => Rational.of(random(2 * most + 1) - most, 1 + random(3));
  const outcomes = Array.from({ length: 2 + random(3) }, (_, x) => ({
    label: `${x}`,
    slopes: Array.from({ length: count }, () => number(3)),
    constants: Array.from({ length: count }, () => number(2)),
    cost: number(1),
  }));
  return finite(
    outcomes,
    Array.from({ length: count }, () => ({
      ...randomTypes(random),
      outsideOption: randomOutside(random, number),
    })),
  );
}

function randomTypes(random: (below: number) => number) {
  const half = Rational.of(1, 2);
  const cut = Rational.of(1 + random(4), 5);
  const [zero, one] = [Rational.ZERO, Rational.ONE];
  switch (random(4)) {
    case 0:
      return { density: uniform };
    case 1:
      return { density: onUnit(0, 2) };
    case 2: {
      // Nothing between the cut and 1.
      const height = Polynomial.constant(one.divide(cut));
      return { density: new PiecewisePolynomial([zero, cut, one], [height, Polynomial.ZERO]) };
    }
    default:
      return { density: onUnit("1/2"), atoms: [{ type: cut, probability: half }] };
  }
}

function randomOutside(random: (below: number) => number, number: (most: number) => Rational) {
  const [zero, one] = [Rational.ZERO, Rational.ONE];
  if (random(2) === 0) return new PiecewisePolynomial([zero, one], [new Polynomial([number(1), number(1)])]);
  if (random(2) === 0)
    return new PiecewisePolynomial([zero, one], [new Polynomial([number(1), number(1), number(1)])]);
  const [kink, left, right, level] = [Rational.of(1 + random(5), 6), number(1), number(1), number(1)];
  return new PiecewisePolynomial(
    [zero, kink, one],
    [
      Polynomial.affine(level, left),
      Polynomial.affine(level.add(kink.multiply(left.subtract(right))), right),
    ],
  );
}
