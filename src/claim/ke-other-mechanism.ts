import type { Ground } from "../construction/construction.js";
import { mechanismOfPayoffs } from "../construction/payoff-mechanism.js";
import { expectedValue } from "../mechanism/interim.js";
import type { Mechanism } from "../mechanism/mechanism.js";
import { Polynomial } from "../number/polynomial.js";
import { Rational } from "../number/rational.js";
import { toRational } from "../number/rational-text.js";

const [HALF, ONE, TWO] = [Rational.of(1, 2), Rational.ONE, Rational.of(2)];

/** How much of the change is made. */
const SHARE = Rational.of(1, 4);

/** `(2h - 1) (l - 1/2)` for l > 1/2: how much more the loser of a higher type gets. */
const more = (higher: Rational, lower: Rational) =>
  lower.compare(HALF) <= 0
    ? Rational.ZERO
    : TWO.multiply(higher).subtract(ONE).multiply(lower.subtract(HALF));

/**
 * Payments in which a winner of type h > 1/2 gets `d(h, l)/4` more from a loser of type l than under `mechanism`, with
 * `d(h, l) = c(h) - (2h - 1) max(l - 1/2, 0)` and such c that nobody expects more or less. For two agents with one list of types.
 */
export function otherPayments(ground: Ground, mechanism: Mechanism): Mechanism {
  const { environment } = ground;
  const { profiles, prior } = environment;
  const probabilities = prior.marginals[0].toRationals();
  const types = environment.agents[0].types.map((label) => toRational(label));
  const constants = circulation(types, probabilities);
  const change = (winner: number, loser: number) =>
    types[winner].compare(HALF) <= 0
      ? Rational.ZERO
      : constants[winner].subtract(more(types[winner], types[loser])).multiply(SHARE);
  return mechanismOfPayoffs(ground, (agent, s) => {
    const [own, other] = [profiles.typeOf(s, agent), profiles.typeOf(s, 1 - agent)];
    const before = expectedValue(environment, mechanism, agent, s, s).subtract(mechanism.payment(agent, s));
    if (own === other) return before;
    return own > other ? before.add(change(own, other)) : before.subtract(change(other, own));
  });
}

/** `F(t-) c(t) = sum over h > t of p(h) (c(h) - more(h, t)) + sum over l < t of p(l) more(t, l)`, from the highest type down. */
function circulation(types: readonly Rational[], probabilities: readonly Rational[]): Rational[] {
  const constants = types.map(() => Rational.ZERO);
  for (let t = types.length - 1; t > 0 && types[t].compare(HALF) > 0; t--) {
    const below = Rational.sum(probabilities.slice(0, t));
    const terms = types.map((other, k) => {
      if (k > t) return constants[k].subtract(more(other, types[t])).multiply(probabilities[k]);
      return k < t ? more(types[t], other).multiply(probabilities[k]) : Rational.ZERO;
    });
    constants[t] = Rational.sum(terms).divide(below);
  }
  return constants;
}

/** The same for all types of [0, 1], uniform: `c(h) = (h - 1/2) (3h/2 - 5/4)`. */
const constant = Polynomial.affine(HALF.negate(), ONE).times(
  Polynomial.affine(Rational.of(-5, 4), Rational.of(3, 2)),
);

/** That each type gives up in expectation as a loser what it gets as a winner: an identity of polynomials above 1/2, and a number below. */
export function nobodyExpectsMore(): boolean {
  const slope = Polynomial.affine(ONE.negate(), TWO);
  const beyond = Polynomial.affine(HALF.negate(), ONE);
  const above = (of: Polynomial) => {
    const integral = of.antiderivative();
    return Polynomial.constant(integral.at(ONE)).minus(integral);
  };
  const asWinner = constant.times(Polynomial.X).minus(slope.times(beyond).times(beyond).scaled(HALF));
  const asLoser = above(constant).minus(beyond.times(above(slope)));
  return asWinner.equals(asLoser) && constant.integral(HALF, ONE).isZero;
}
