import type { ContinuousEnvironment } from "../../environment/continuous-environment.js";
import { Rational } from "../../number/rational.js";
import type { Question } from "../../question/question.js";
import type { Bracket } from "../method.js";
import type { ExPostBound, ExPostCertificate, ExPostMechanism } from "./certificate.js";
import { judgeExpectation } from "./expectation-judge.js";
import {
  bracketAtProfiles,
  demand,
  demandLength,
  demandLotteries,
  demandSize,
  demandWeights,
  isBounded,
  lotteryWelfare,
  shiftsByCell,
  slopesOf,
  waived,
} from "./profile-judge.js";
import { AGENTS, pooledScores, TwoAgents, utilityCells } from "./two-agents.js";

/**
 * The bracket that a certificate proves of two agents with a free allocation, Bayesian incentives, and participation and budget at
 * every profile. It computes everything in fractions, and relies on two theorems ("Continuous types" in docs/theory.md):
 *
 * - B1, multipliers bound every mechanism: weights `y_i` on `E[g_i | t_i] = U_i - u_i`, of the same total as weights `nu_i >= 0` on
 *   participation, and on products of cells any `Z >= y_i - kappa` (and `>= 0` without deficit), as gains `g_i` are not negative
 *   and sum to what there is; then agents separate, and what is left in `A_i` is bounded by `score_i` and `excess_i`;
 * - B2, gains that are affine on products of cells, not negative at their corners, with the means that the envelope asks for, and
 *   interim slopes that do not fall, are a mechanism.
 *
 * Besides, a bound on mechanisms that meet all requirements in expectation (`judgeExpectation`) is one on these.
 * Throws ContinuumRefuted where a condition of these fails.
 */
export function judgeExPost(
  environment: ContinuousEnvironment,
  question: Question,
  { cells, bound, inExpectation, mechanism }: ExPostCertificate,
): Bracket {
  demandSize(environment, cells);
  const two = new TwoAgents(environment, cells);
  return bracketAtProfiles(
    question,
    mechanism && attained(two, question, mechanism),
    bound && isBounded(question) ? provedExPost(two, question, bound) : undefined,
    inExpectation ? judgeExpectation(environment, question, { ...inExpectation, rules: [] }) : {},
  );
}

/** What no mechanism exceeds. */
export function provedExPost(two: TwoAgents, question: Question, bound: ExPostBound): Rational {
  for (const list of [bound.weights, bound.participation, bound.shifts, bound.levels])
    if (list) demandLength(list, 2, "agents");
  const agents = AGENTS.map((i) => {
    const weights = { onCells: bound.weights[i], atTypes: bound.participation[i] };
    demandWeights(two, i, weights);
    const shifts = shiftsByCell(bound.shifts[i], two.size(i));
    const virtual = utilityCells(two.meshes[i], weights, () => bound.averaged);
    const pooled = pooledScores(two.meshes[i], virtual, shifts, two.range[i], bound.levels?.[i]);
    const outside = Rational.sum(
      weights.onCells.map((y, a) => y.multiply(two.meshes[i].cells[a].outsideMoment)),
    );
    return { ...pooled, constant: outside.subtract(waived(two, i, weights.atTypes)) };
  });
  let sum = Rational.sum(agents.flatMap(({ excess, constant }) => [excess, constant]));
  const paid = question.objective === "max-surplus" ? Rational.ONE : Rational.ZERO;
  for (let a = 0; a < two.size(0); a++) {
    for (let b = 0; b < two.size(1); b++) {
      let least = Rational.maximum(bound.weights[0][a], bound.weights[1][b]).subtract(paid);
      if (question.balance === "no-deficit") least = Rational.maximum(least, Rational.ZERO);
      const cell = cellBound(two, a, b, [agents[0].scores[a], agents[1].scores[b]], bound.averaged, least);
      sum = sum.add(two.mass(a, b).multiply(cell));
    }
  }
  return sum;
}

/**
 * At least the mean over a product of cells of the largest `(1 + Z) gain_x + scores`, for the best constant `Z >= least`. For a fixed
 * `Z` that is convex in each type, so moving probability to the corners raises it. In `Z` it is convex and piecewise linear.
 */
function cellBound(
  two: TwoAgents,
  a: number,
  b: number,
  scores: readonly [Rational, Rational],
  averaged: Rational,
  least: Rational,
): Rational {
  const outside = two.outsideMeans[0][a].add(two.outsideMeans[1][b]);
  const corners = two.corners(a, b).map(({ first, second, weight }) => {
    // What was averaged is no more at the corners than at the means.
    const left = scores[0].subtract(first.subtract(two.means[0][a]).multiply(averaged));
    const right = scores[1].subtract(second.subtract(two.means[1][b]).multiply(averaged));
    return {
      weight,
      welfare: two.outcomes.map((_, x) => two.welfare(x, first, second)),
      extra: two.outcomes.map(({ slopes }) => slopes[0].multiply(left).add(slopes[1].multiply(right))),
    };
  });
  const at = (z: Rational) => {
    const factor = Rational.ONE.add(z);
    let value = outside.multiply(factor).negate();
    let slope = outside.negate();
    for (const { weight, welfare, extra } of corners) {
      let best = { value: factor.multiply(welfare[0]).add(extra[0]), welfare: welfare[0] };
      for (let x = 1; x < extra.length; x++) {
        const here = factor.multiply(welfare[x]).add(extra[x]);
        const lead = here.compare(best.value) || welfare[x].compare(best.welfare);
        if (lead > 0) best = { value: here, welfare: welfare[x] };
      }
      value = value.add(weight.multiply(best.value));
      slope = slope.add(weight.multiply(best.welfare));
    }
    return { value, slope };
  };
  let found = at(least);
  if (found.slope.sign >= 0) return found.value;
  const turns = corners.flatMap(({ welfare, extra }) =>
    extra.flatMap((score, x) =>
      extra.slice(0, x).flatMap((other, y) => {
        const difference = welfare[x].subtract(welfare[y]);
        return difference.isZero ? [] : [other.subtract(score).divide(difference).subtract(Rational.ONE)];
      }),
    ),
  );
  for (const z of turns.filter((turn) => turn.compare(least) > 0).sort((p, q) => p.compare(q))) {
    found = at(z);
    if (found.slope.sign >= 0) break;
  }
  return found.value;
}

/** What the mechanism attains, when it meets every requirement. */
function attained(two: TwoAgents, question: Question, mechanism: ExPostMechanism): Rational {
  const { base, gains, left } = mechanism;
  const lotteries = demandLotteries(two, mechanism.lotteries);
  const slopes = slopesOf(two, lotteries);
  demandLength(base, 2, "agents");
  demandLength(gains, two.productCount, "gains");
  for (const gain of gains) demandLength(gain, 3, "coefficients of a gain");
  if (left) {
    demandLength(left, two.productCount, "amounts of money left");
    demand(
      question.balance === "no-deficit" && left.every((amount) => amount.sign >= 0),
      () => "money is left where none may be",
    );
  }
  demandGains(two, lotteries, mechanism);
  let sum = Rational.ZERO;
  for (const i of AGENTS) {
    const other = two.meshes[1 - i].cells;
    let utility = base[i];
    let previous: Rational | undefined;
    two.meshes[i].cells.forEach(({ from, length, outsideOption }, own) => {
      const mean = two.means[i][own];
      let slope = Rational.ZERO;
      let gain = Rational.ZERO;
      let change = Rational.ZERO;
      other.forEach(({ mass }, j) => {
        const k = two.productOf(i, own, j);
        slope = slope.add(mass.multiply(slopes[i][k]));
        gain = gain.add(mass.multiply(gainAtMeans(two, i, own, j, lotteries[k], mechanism)));
        const ownSlope =
          i === 0 ? gains[k][1] : slopes[1][k].subtract(outsideSlope(two, 1, own)).subtract(gains[k][2]);
        change = change.add(mass.multiply(ownSlope));
      });
      demand(
        !previous || previous.compare(slope) <= 0,
        () => `the slope of agent ${i} falls at its type ${from}`,
      );
      previous = slope;
      const envelope = utility.add(slope.multiply(mean.subtract(from))).subtract(outsideOption.at(mean));
      demand(
        gain.equals(envelope),
        () => `the gain of agent ${i} at its type ${mean} is ${gain}, not ${envelope}`,
      );
      const rate = slope.subtract(outsideSlope(two, i, own));
      demand(
        change.equals(rate),
        () => `the gain of agent ${i} rises at its type ${mean} by ${change}, not ${rate}`,
      );
      utility = utility.add(slope.multiply(length));
    });
  }
  for (let a = 0; a < two.size(0); a++) {
    for (let b = 0; b < two.size(1); b++) {
      const k = two.product(a, b);
      const outside = two.outsideMeans[0][a].add(two.outsideMeans[1][b]);
      const welfare = lotteryWelfare(two, lotteries[k], two.means[0][a], two.means[1][b]);
      const worth =
        question.objective === "max-surplus" ? (left?.[k] ?? Rational.ZERO) : welfare.subtract(outside);
      sum = sum.add(two.mass(a, b).multiply(worth));
    }
  }
  return sum;
}

/** Nobody loses: affine gains that are not negative at the corners of a product of cells are so all over it. */
function demandGains(
  two: TwoAgents,
  lotteries: readonly (readonly Rational[])[],
  { gains, left }: ExPostMechanism,
): void {
  for (let a = 0; a < two.size(0); a++) {
    for (let b = 0; b < two.size(1); b++) {
      const k = two.product(a, b);
      for (const { first, second } of two.corners(a, b)) {
        const gain = gains[k][0]
          .add(gains[k][1].multiply(first.subtract(two.means[0][a])))
          .add(gains[k][2].multiply(second.subtract(two.means[1][b])));
        const outside = two.meshes[0].cells[a].outsideOption
          .at(first)
          .add(two.meshes[1].cells[b].outsideOption.at(second));
        const rest = lotteryWelfare(two, lotteries[k], first, second)
          .subtract(outside)
          .subtract(gain)
          .subtract(left?.[k] ?? Rational.ZERO);
        demand(gain.sign >= 0 && rest.sign >= 0, () => `an agent loses at the types ${first} and ${second}`);
      }
    }
  }
}

/** The gain of agent `i` at the mean types of a product of cells. */
function gainAtMeans(
  two: TwoAgents,
  i: 0 | 1,
  own: number,
  other: number,
  lottery: readonly Rational[],
  { gains, left }: ExPostMechanism,
): Rational {
  const k = two.productOf(i, own, other);
  if (i === 0) return gains[k][0];
  return lotteryWelfare(two, lottery, two.means[0][other], two.means[1][own])
    .subtract(two.outsideMeans[0][other])
    .subtract(two.outsideMeans[1][own])
    .subtract(gains[k][0])
    .subtract(left?.[k] ?? Rational.ZERO);
}

/** The slope of an affine outside option on a cell. */
function outsideSlope(two: TwoAgents, i: 0 | 1, cell: number): Rational {
  const { outsideOption } = two.meshes[i].cells[cell];
  demand(outsideOption.degree <= 1, () => "an outside option that is not affine on cells");
  return outsideOption.coefficient(1);
}
