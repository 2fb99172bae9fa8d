import type { PiecewisePolynomial } from "../../number/piecewise-polynomial.js";
import { PiecewiseQuotient } from "../../number/piecewise-quotient.js";
import { Polynomial } from "../../number/polynomial.js";
import { Rational } from "../../number/rational.js";
import { AffineForm } from "./affine-form.js";
import { affine, byLargest, type Expression, largest, ofType, sum } from "./expression.js";
import type { ConstructionGround } from "./ground.js";
import { constant, participationPayments } from "./groves-schemes.js";
import type { ContinuousConstruction, ContinuousMechanism, InterimPayoff } from "./mechanism.js";

const MINUS_ONE = Rational.of(-1);

/** Who bears what another agent's expected payment deviates from its mean. */
type Division = "next" | "equal";

/**
 * VCG with constants paid out, balanced at every profile: each agent pays an equal share of the cost and what it is expected
 * to pay beyond that, less an equal share of the expected surplus, and others bear the deviation of that from its mean.
 */
function balancedVcg(
  ground: ConstructionGround,
  division: Division,
  paidOut: readonly Rational[],
): ContinuousMechanism {
  const { size: n, values, costs, welfare } = ground;
  const share = Rational.of(1, n);
  const expected = ground.densities.map((_, i) => {
    const level = ground.meanWithout(i).subtract(paidOut[i]);
    // E[v_i - c/n | t_i] less the payoff of VCG with its constant.
    return ground
      .interimValue(i, share)
      .minus(ground.interimSurplus(i))
      .map((piece) => piece.plus(Polynomial.constant(level)));
  });
  const means = expected.map((payment, i) => ground.mean(i, payment));
  const surplusShare = Rational.sum(means).multiply(share);
  const excess = (i: number) => centred(expected[i], means[i]);
  const payoffs = expected.map((own, i): Expression => {
    const enjoyed = values[i].map((value, x) =>
      affine(value.minus(AffineForm.constant(costs[x].multiply(share), n))),
    );
    const others = expected.flatMap((_, j): (readonly [Rational, Expression])[] => {
      if (j === i) return [];
      const weight =
        division === "equal" ? Rational.of(1, n - 1) : j === (i + 1) % n ? Rational.ONE : Rational.ZERO;
      return weight.isZero ? [] : [[weight, ofType(j, PiecewiseQuotient.of(excess(j)), n)]];
    });
    return sum(
      byLargest(welfare, enjoyed),
      [MINUS_ONE, ofType(i, PiecewiseQuotient.of(own), n)],
      constant(surplusShare, ground),
      ...others,
    );
  });
  const agents = expected.map((own, i): InterimPayoff => {
    const payoff = ground.interimValue(i, share).minus(own);
    const at = ground.densities[i].from;
    return {
      slope: PiecewiseQuotient.of(payoff).derivative(),
      at,
      payoff: payoff.at(at).add(surplusShare),
    };
  });
  return { payoffs, welfare: ground.surplus, incentives: { kind: "interim", agents } };
}

function centred(of: PiecewisePolynomial, mean: Rational): PiecewisePolynomial {
  return of.map((piece) => piece.minus(Polynomial.constant(mean)));
}

const nothing = ({ densities }: ConstructionGround) => densities.map(() => Rational.ZERO);

export const agv: ContinuousConstruction = {
  name: "agv",
  build: (ground) => balancedVcg(ground, "next", nothing(ground)),
};

export const agvEqualShares: ContinuousConstruction = {
  name: "agv-equal-shares",
  build: (ground) => balancedVcg(ground, "equal", nothing(ground)),
};

export const balanced: ContinuousConstruction = {
  name: "balanced",
  build: (ground) => {
    const { payments, ...rounding } = participationPayments(ground);
    return { ...balancedVcg(ground, "next", payments), ...rounding };
  },
};

/**
 * IR-VCG with its expected surplus shared equally, its deficit at profiles insured: the first agent bears it, against what the
 * second bears of it, its mean given the first one's type (Börgers and Norman, Prop. 1 and 2).
 */
export const insured: ContinuousConstruction = {
  name: "insured",
  build: (ground) => {
    const { size: n, densities } = ground;
    const { payments, ...rounding } = participationPayments(ground);
    const withoutEach = densities.map((_, i) => ground.withoutAgent(i));
    // The base leaves S - S_-i + paid, its expected deficit (n-1) E S - sum E S_-i + sum paid shared equally.
    const deficit = Rational.sum([
      ground.meanSurplus.multiply(Rational.of(n - 1)),
      ...densities.map((_, i) => payments[i].subtract(ground.meanWithout(i))),
    ]);
    const paid = payments.map((payment) => payment.subtract(deficit.divide(Rational.of(n))));
    const base = withoutEach.map((forms, i) =>
      sum(ground.surplus, [MINUS_ONE, largest(forms)], constant(paid[i], ground)),
    );
    const expenditure = sum(...base, [MINUS_ONE, ground.surplus]);
    // E[expenditure | t_0]: the surplus n - 1 times, less what it is without each agent.
    const predicted = withoutEach
      .map((forms) => ground.interim(forms, 0))
      .reduce(
        (rest, without) => rest.minus(without),
        ground.interimSurplus(0).map((piece) => piece.scaled(Rational.of(n - 1))),
      )
      .map((piece) => piece.plus(Polynomial.constant(Rational.sum(paid))));
    const prediction = ofType(0, PiecewiseQuotient.of(predicted), n);
    const payoffs = base.map((own, i) => {
      if (i === 0) return sum(own, [MINUS_ONE, expenditure], prediction);
      return i === 1 ? sum(own, [MINUS_ONE, prediction]) : own;
    });
    const agents = densities.map((density, i): InterimPayoff => {
      const payoff = ground.interimSurplus(i);
      const level = paid[i].subtract(ground.meanWithout(i));
      return {
        slope: PiecewiseQuotient.of(payoff).derivative(),
        at: density.from,
        payoff: payoff.at(density.from).add(level),
      };
    });
    return { payoffs, welfare: ground.surplus, incentives: { kind: "interim", agents }, ...rounding };
  },
};
