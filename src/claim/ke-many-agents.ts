import { Polynomial } from "../number/polynomial.js";
import { Rational } from "../number/rational.js";
import type { Claim } from "./claim.js";

const [HALF, ONE] = [Rational.of(1, 2), Rational.ONE];
const { X } = Polynomial;

/**
 * `E[S; some other type is above t]` for a type t of three, `S = (sum of types)^2/2` as of a public good worth theta x at cost x^2/2,
 * types uniform on [0, 1]: the mean over all pairs of others less that over pairs below t.
 */
function losing(): Polynomial {
  // E (t + a + b)^2 = t^2 + 2 t E(a + b) + E (a + b)^2, over [0, 1]^2 and over [0, t]^2.
  const pair = Rational.of(7, 6);
  const all = X.times(X)
    .plus(X.scaled(Rational.of(2)))
    .plus(Polynomial.constant(pair));
  const fourth = X.times(X).times(X).times(X);
  const below = fourth.scaled(Rational.of(3).add(pair));
  return all.minus(below).scaled(HALF);
}

/**
 * By (8) with n = 3 and k = 1: `beta(theta) (1 - theta)^3 = - int R'(t) (1 - t)^2 / t` from theta to 1, R being `losing`. What stands over t,
 * and what is left of the integrand, a polynomial.
 */
function lumpSum() {
  const rest = Polynomial.affine(ONE, ONE.negate());
  const integrand = losing().derivative().times(rest).times(rest);
  const over = integrand.coefficient(0);
  const remaining = new Polynomial(integrand.coefficients.slice(1)).antiderivative();
  const at = (type: number) => {
    const polynomial = remaining
      .at(ONE)
      .subtract(remaining.at(Rational.fromDouble(type)))
      .toNumber();
    return -(polynomial - over.toNumber() * Math.log(type)) / (1 - type) ** 3;
  };
  return { over, at };
}

const manyAgents: Claim = {
  id: "KE-n3",
  kinds: ["theorem"],
  place: "Section 4.3",
  about: "why M2 does not work for more than two agents",
  says: "For n > 2 the lump sum beta^1 is in general not bounded near the lowest type, because the derivative of S over F^(n-2) dominates there.",
  assumes: "Independent types of one distribution, symmetric values, a quantity that is chosen.",
  readings: [
    "Shown on one instance, three agents and a public good worth theta x to each at cost x^2/2, types uniform on [0, 1].",
  ],
  test(trial) {
    const { over, at } = lumpSum();
    trial.fact(
      "the integrand of (8) goes as a constant over t near the lowest type, so that beta^1 goes to minus infinity as the logarithm of t does",
      over.sign > 0,
      "reproduce KE-n3",
      [
        `The constant is ${over}, the mean of dS/dt at the lowest type. beta^1 is ${[0.1, 0.01, 0.001, 0.0001].map((type) => at(type).toFixed(3)).join(", ")} at 1/10, 1/100, 1/1000 and 1/10000: two losers of low types are charged without bound.`,
      ],
    );
  },
};

export const manyAgentClaims: readonly Claim[] = [manyAgents];
