import { integralAbove, PiecewisePolynomial } from "../../number/piecewise-polynomial.js";
import { PiecewiseQuotient } from "../../number/piecewise-quotient.js";
import { Polynomial } from "../../number/polynomial.js";
import { Rational } from "../../number/rational.js";
import { ofType, sum } from "./expression.js";
import { type ConstructionGround, NotCovered } from "./ground.js";
import { constant } from "./groves-schemes.js";
import type { ContinuousConstruction, ContinuousMechanism, InterimPayoff } from "./mechanism.js";
import { ranked } from "./ranked.js";

const MINUS_ONE = Rational.of(-1);

/** A private good for agents whose types come from one interval: what it is worth to the highest type. */
interface HighestType {
  readonly worth: PiecewisePolynomial;
  /** Of each agent. */
  readonly distributions: readonly PiecewisePolynomial[];
}

function highestType({ highestWorth: worth, densities }: ConstructionGround): HighestType {
  return { worth, distributions: densities.map((density) => density.antiderivative()) };
}

function requireAlike({ densities }: ConstructionGround): void {
  const [first, ...others] = densities;
  const alike = others.every(
    (density) =>
      density.from.equals(first.from) &&
      density.to.equals(first.to) &&
      density.minus(first).pieces.every(({ isZero }) => isZero),
  );
  if (!alike) throw new NotCovered("types are not identically distributed");
}

function power(of: PiecewisePolynomial, exponent: number): PiecewisePolynomial {
  let result = of.map(() => Polynomial.ONE);
  for (let k = 0; k < exponent; k++) result = result.times(of);
  return result;
}

function quotient(above: PiecewisePolynomial, below: PiecewisePolynomial): PiecewiseQuotient {
  const found = PiecewiseQuotient.of(above).dividedBy(PiecewiseQuotient.of(below));
  if (!found.meetsAtNodes) throw new NotCovered("its prices are not bounded");
  return found;
}

/** `1 - F` */
function complement(of: PiecewisePolynomial): PiecewisePolynomial {
  return of.map((piece) => Polynomial.ONE.minus(piece));
}

/** M1: the highest type gets the good and pays its price, which the others share equally. */
function winnerPays(
  ground: ConstructionGround,
  { worth, distributions }: HighestType,
  prices: readonly PiecewiseQuotient[],
): ContinuousMechanism {
  const { size: n, densities } = ground;
  const share = Rational.of(1, n - 1);
  const paid = (winner: number) => ofType(winner, prices[winner], n);
  const payoffs = ranked(n, (agent, [winner]) =>
    winner === agent
      ? sum(ofType(agent, PiecewiseQuotient.of(worth), n), [MINUS_ONE, paid(winner)])
      : sum([share, paid(winner)]),
  );
  const one = worth.map(() => Polynomial.ONE);
  const allBelow = (...left: number[]) =>
    distributions.reduce((product, of, i) => (left.includes(i) ? product : product.times(of)), one);
  const agents = prices.map((price, i): InterimPayoff => {
    const winning = PiecewiseQuotient.of(allBelow(i)).times(PiecewiseQuotient.of(worth).minus(price));
    const losing = prices.flatMap((other, j) =>
      j === i ? [] : [other.times(PiecewiseQuotient.of(densities[j].times(allBelow(i, j)))).scaled(share)],
    );
    return {
      slope: losing.reduce((rest, part) => rest.minus(part), winning.derivative()),
      at: worth.to,
      payoff: worth.at(worth.to).subtract(price.at(worth.to)),
    };
  });
  return { payoffs, welfare: ground.surplus, incentives: { kind: "interim", agents } };
}

/** `(n-1)/n E[S(highest of n) | highest <= theta]`, Ke (4). */
function m1Symmetric(ground: ConstructionGround): ContinuousMechanism {
  const view = highestType(ground);
  requireAlike(ground);
  const { size: n, densities } = ground;
  const [distribution] = view.distributions;
  const collected = view.worth
    .times(power(distribution, n - 1))
    .times(densities[0])
    .antiderivative();
  const price = quotient(collected, power(distribution, n)).scaled(Rational.of(n - 1));
  return winnerPays(
    ground,
    view,
    densities.map(() => price),
  );
}

export const m1: ContinuousConstruction = { name: "m1", build: m1Symmetric };

/** In its equilibrium every type bids M1's price. */
export const firstPriceEntitlement: ContinuousConstruction = {
  name: "first-price-entitlement",
  build: m1Symmetric,
};

/** `S(lowest)/2 + int f_j / (F_i F_j^2) (int F_i F_j S')`, Ke (7), where the integrand of the outer integral is a polynomial. */
function m1OfTwo(ground: ConstructionGround): ContinuousMechanism {
  if (ground.size !== 2) throw new NotCovered("prices of more than two agents solve differential equations");
  const view = highestType(ground);
  const { worth, distributions } = view;
  const product = distributions[0].times(distributions[1]);
  const rise = product.times(worth.map((piece) => piece.derivative())).antiderivative();
  const prices = distributions.map((_, i) => {
    const j = 1 - i;
    const steep = quotient(ground.densities[j].times(rise), product.times(distributions[j]));
    const pieces = steep.polynomials;
    if (!pieces)
      throw new NotCovered("its prices are integrals of quotients; those that are polynomials are covered");
    const price = new PiecewisePolynomial(steep.nodes, pieces).antiderivative();
    const start = Polynomial.constant(worth.at(worth.from).divide(Rational.of(2)));
    return PiecewiseQuotient.of(price.map((piece) => piece.plus(start)));
  });
  return winnerPays(ground, view, prices);
}

export const m1TwoAgents: ContinuousConstruction = { name: "m1-two-agents", build: m1OfTwo };
export const m1Asymmetric: ContinuousConstruction = { name: "m1-asymmetric", build: m1OfTwo };

/** The winner pays the second highest bid, which the losers share; bids `(n-1)/n E[S(lowest of n) | lowest >= theta]`. */
export const secondPriceEntitlement: ContinuousConstruction = {
  name: "second-price-entitlement",
  build: (ground) => {
    const { worth, distributions } = highestType(ground);
    requireAlike(ground);
    const { size: n, densities } = ground;
    const [density] = densities;
    const below = distributions[0];
    const above = complement(below);
    const left = integralAbove(worth.times(power(above, n - 1)).times(density));
    const bid = quotient(left, power(above, n)).scaled(Rational.of(n - 1));
    const share = Rational.of(1, n - 1);
    const payoffs = ranked(n, (agent, [winner, second]) =>
      winner === agent
        ? sum(ofType(agent, PiecewiseQuotient.of(worth), n), [MINUS_ONE, ofType(second, bid, n)])
        : sum([share, ofType(second, bid, n)]),
    );
    const winning = PiecewiseQuotient.of(power(below, n - 1));
    const beating = PiecewiseQuotient.of(
      power(below, n - 2)
        .times(density)
        .map((piece) => piece.scaled(Rational.of(n - 1))),
    );
    // Second of all, behind one; or behind the second of the others, where there are others besides the two.
    const second = PiecewiseQuotient.of(above.times(power(below, n - 2)));
    const behind =
      n === 2
        ? below.map(() => Polynomial.ZERO)
        : above
            .times(power(below, n - 3))
            .times(density)
            .map((piece) => piece.scaled(Rational.of(n - 2)));
    const slope = winning
      .times(PiecewiseQuotient.of(worth))
      .plus(second.times(bid))
      .derivative()
      .minus(beating.plus(PiecewiseQuotient.of(behind)).times(bid));
    const bids = bid.polynomials;
    let payoff = { at: worth.from, payoff: bid.at(worth.from) };
    if (n > 2) {
      if (!bids)
        throw new NotCovered("its bids are no polynomials, and what types expect is an integral of them");
      const expected = new PiecewisePolynomial(bid.nodes, bids).times(behind).integral();
      payoff = { at: worth.from, payoff: expected };
    }
    return {
      payoffs,
      welfare: ground.surplus,
      incentives: { kind: "interim", agents: densities.map(() => ({ slope, ...payoff })) },
    };
  },
};

/**
 * M2 and M3 with `k = 1`: one of two agents has the surplus and pays the other a lump sum that depends on the other's type
 * alone. With `R(a)` what the surplus is worth in expectation where `a` loses and `G(a)` the chance of that,
 * `lump sum = (G R - integral of f R over the types that lose against all of these) / G^2`, which is Ke (8) and (9) integrated
 * by parts. A constant side payment makes both agents' most reluctant types gain equally.
 */
function titleForLumpSum(title: "highest" | "lowest"): (ground: ConstructionGround) => ContinuousMechanism {
  return (ground) => {
    const { size, densities } = ground;
    if (size !== 2) throw new NotCovered("there are more than two agents");
    requireAlike(ground);
    if (!ground.isSymmetric) throw new NotCovered("the surplus is not symmetric");
    const [density] = densities;
    const distribution = density.antiderivative();
    const high = title === "highest";
    const chance = high ? complement(distribution) : distribution;
    const lost = ground.surplusOver(high ? "above" : "below");
    const weighted = density.times(lost);
    const rest = high ? integralAbove(weighted) : weighted.antiderivative();
    const lumpSum = quotient(chance.times(lost).minus(rest), chance.times(chance));
    const [least, other] = [0, 1].map((agent) => ground.reluctance(agent).upper);
    const half = least.subtract(other).divide(Rational.of(2));
    const sidePayments = [half, half.negate()];
    const payoffs = ranked(2, (agent, [higher, lower]) => {
      const [winner, loser] = high ? [higher, lower] : [lower, higher];
      const part = ofType(loser, lumpSum, size);
      const own = winner === agent ? sum(ground.surplus, [MINUS_ONE, part]) : part;
      return sum(own, constant(sidePayments[agent], ground));
    });
    const winning = PiecewiseQuotient.of(ground.interimSurplus(0).minus(lost)).derivative();
    const asWinner = lumpSum.times(PiecewiseQuotient.of(density)).scaled(high ? MINUS_ONE : Rational.ONE);
    const asLoser = PiecewiseQuotient.of(chance).times(lumpSum).derivative();
    const slope = winning.plus(asWinner).plus(asLoser);
    const always = high ? density.from : density.to;
    const agents = sidePayments.map((side) => ({ slope, at: always, payoff: lumpSum.at(always).add(side) }));
    return { payoffs, welfare: ground.surplus, incentives: { kind: "interim", agents } };
  };
}

export const m2: ContinuousConstruction = { name: "m2", build: titleForLumpSum("highest") };
export const m3: ContinuousConstruction = { name: "m3", build: titleForLumpSum("lowest") };
