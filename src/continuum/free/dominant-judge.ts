import type { ContinuousEnvironment } from "../../environment/continuous-environment.js";
import { Rational } from "../../number/rational.js";
import type { Question } from "../../question/question.js";
import type { Bracket } from "../method.js";
import type { DominantBound, DominantCertificate, DominantMechanism } from "./certificate.js";
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
 * The bracket that a certificate proves of two agents with a free allocation for whom truth is to be best, and participation and
 * budget to hold, at every profile. It computes everything in fractions, and relies on two theorems ("Continuous types" in docs/theory.md):
 *
 * - C1, multipliers bound every mechanism: prices `zeta` of the budget on products of cells (not negative without deficit), with
 *   weights on participation of the same total for every cell of the other agent; then every line of types is bounded by scores and `excess`;
 * - C2, a lottery that is constant on products of cells, with slopes that do not fall in the own cell, has payments that are constant
 *   there too, so that budget and participation are checked at corners.
 *
 * Besides, a bound on mechanisms that meet all requirements in expectation (`judgeExpectation`) is one on these.
 * Throws ContinuumRefuted where a condition of these fails.
 */
export function judgeDominant(
  environment: ContinuousEnvironment,
  question: Question,
  { cells, bound, inExpectation, mechanism }: DominantCertificate,
): Bracket {
  demandSize(environment, cells);
  const two = new TwoAgents(environment, cells);
  return bracketAtProfiles(
    question,
    mechanism && attained(two, question, mechanism),
    bound && isBounded(question) ? proved(two, question, bound) : undefined,
    inExpectation ? judgeExpectation(environment, question, { ...inExpectation, rules: [] }) : {},
  );
}

/** What no mechanism exceeds. */
function proved(two: TwoAgents, question: Question, bound: DominantBound): Rational {
  const surplus = question.objective === "max-surplus";
  demandLength(bound.budget, two.productCount, "prices of budgets");
  demandLength(bound.participation, 2, "agents");
  demandLength(bound.shifts, 2, "agents");
  const least = question.balance === "no-deficit" ? (surplus ? Rational.ONE : Rational.ZERO) : undefined;
  for (const price of bound.budget)
    demand(!least || price.compare(least) >= 0, () => `a budget's price of ${price}`);
  // The weight on what outcomes are worth, and so on types themselves.
  const weight = bound.budget.map((price) => (surplus ? price : price.add(Rational.ONE)));
  let sum = Rational.ZERO;
  const scores: Rational[][] = AGENTS.map(() => []);
  for (const i of AGENTS) {
    const others = two.meshes[1 - i].cells;
    demandLength(bound.participation[i], others.length, "cells");
    demandLength(bound.shifts[i], others.length, "cells");
    others.forEach(({ mass }, other) => {
      const places = two.meshes[i].cells.map((_, own) => two.productOf(i, own, other));
      const weights = {
        onCells: places.map((k) => bound.budget[k]),
        atTypes: bound.participation[i][other],
      };
      demandWeights(two, i, weights);
      const shifts = shiftsByCell(bound.shifts[i][other], two.size(i));
      const virtual = utilityCells(two.meshes[i], weights, (own) => weight[places[own]]);
      const pooled = pooledScores(two.meshes[i], virtual, shifts, two.range[i], undefined);
      places.forEach((k, own) => {
        scores[i][k] = pooled.scores[own];
      });
      sum = sum.add(mass.multiply(pooled.excess.subtract(waived(two, i, weights.atTypes))));
    });
    if (!surplus)
      sum = sum.subtract(Rational.sum(two.meshes[i].cells.map(({ outsideMoment }) => outsideMoment)));
  }
  for (let a = 0; a < two.size(0); a++) {
    for (let b = 0; b < two.size(1); b++) {
      const k = two.product(a, b);
      const best = two.outcomes
        .map(({ slopes }, x) =>
          weight[k]
            .multiply(two.welfare(x, two.means[0][a], two.means[1][b]))
            .add(scores[0][k].multiply(slopes[0]))
            .add(scores[1][k].multiply(slopes[1])),
        )
        .reduce(Rational.maximum);
      sum = sum.add(two.mass(a, b).multiply(best));
    }
  }
  return sum;
}

/** What the mechanism attains, when it meets every requirement. */
function attained(two: TwoAgents, question: Question, { lotteries, base }: DominantMechanism): Rational {
  const chances = demandLotteries(two, lotteries);
  const slopes = slopesOf(two, chances);
  demandLength(base, 2, "agents");
  /** By product: the utility of each agent's lowest type in the cell. */
  const utility: Rational[][] = AGENTS.map(() => []);
  for (const i of AGENTS) {
    const others = two.meshes[1 - i].cells;
    demandLength(base[i], others.length, "cells");
    others.forEach((_, other) => {
      let here = base[i][other];
      let point = 0;
      two.meshes[i].cells.forEach(({ from, length }, own) => {
        const k = two.productOf(i, own, other);
        const slope = slopes[i][k];
        utility[i][k] = here;
        demand(
          own === 0 || slopes[i][two.productOf(i, own - 1, other)].compare(slope) <= 0,
          () => `the slope of agent ${i} falls at its type ${from}`,
        );
        for (const points = two.checkpoints[i]; points[point]?.cell === own; point++) {
          const { place, required } = points[point];
          demand(
            here.add(slope.multiply(length).multiply(place)).compare(required) >= 0,
            () => `agent ${i} loses in its cell from ${from}`,
          );
        }
        here = here.add(slope.multiply(length));
      });
    });
  }
  let sum = Rational.ZERO;
  for (let a = 0; a < two.size(0); a++) {
    for (let b = 0; b < two.size(1); b++) {
      const k = two.product(a, b);
      const [first, second] = [two.meshes[0].cells[a].from, two.meshes[1].cells[b].from];
      const money = lotteryWelfare(two, chances[k], first, second)
        .subtract(utility[0][k])
        .subtract(utility[1][k]);
      demand(
        question.balance === "exact" ? money.isZero : money.sign >= 0,
        () => `payments beyond the cost of ${money} at types from ${first} and ${second}`,
      );
      const worth =
        question.objective === "max-surplus"
          ? money
          : lotteryWelfare(two, chances[k], two.means[0][a], two.means[1][b])
              .subtract(two.outsideMeans[0][a])
              .subtract(two.outsideMeans[1][b]);
      sum = sum.add(two.mass(a, b).multiply(worth));
    }
  }
  return sum;
}
