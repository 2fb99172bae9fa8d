import { describe, expect, it } from "vitest";
import type { Lottery } from "../../../src/continuum/free/certificate.js";
import { findDominant } from "../../../src/continuum/free/find-dominant.js";
import { findExPost } from "../../../src/continuum/free/find-ex-post.js";
import { AGENTS, TwoAgents } from "../../../src/continuum/free/two-agents.js";
import { Rational } from "../../../src/number/rational.js";
import {
  noDeficit,
  onUnit,
  partnership,
  q,
  secondBestDominant,
  secondBestExPost,
  trade,
  tradeWith,
} from "./environments.js";

const CELLS = 6;
const ENVIRONMENTS = [trade, partnership(q(1, 10)), tradeWith({ density: onUnit(q(0), q(2)) }, {})];
/** Ends and inner points of cells. */
const TYPES = [0, 1, 7, 10, 19, 20, 23, 31, 37, 40, 44, 53, 59, 60].map((k) => q(k, 60));

const cellOf = (two: TwoAgents, i: 0 | 1, type: Rational) =>
  Math.max(
    0,
    two.meshes[i].cells.findLastIndex(({ from }) => from.compare(type) < 0),
  );

function probabilities(two: TwoAgents, lottery: Lottery): Rational[] {
  if (typeof lottery !== "number") return [...lottery];
  return two.outcomes.map((_, x) => (x === lottery ? q(1) : q(0)));
}

/** What the lottery is worth to agent `i` of this type. */
const worth = (two: TwoAgents, i: 0 | 1, lottery: Lottery, type: Rational): Rational =>
  Rational.sum(
    probabilities(two, lottery).map((p, x) =>
      p.multiply(two.outcomes[x].slopes[i].multiply(type).add(two.outcomes[x].constants[i])),
    ),
  );

const expectedCost = (two: TwoAgents, lottery: Lottery): Rational =>
  Rational.sum(probabilities(two, lottery).map((p, x) => p.multiply(two.outcomes[x].cost)));

const outside = (two: TwoAgents, i: 0 | 1, type: Rational) =>
  two.environment.agents[i].outsideOption.at(type);

describe.each(ENVIRONMENTS)("a certificate's mechanism, from the definitions", (environment) => {
  it.each([secondBestExPost, noDeficit(secondBestExPost)])(
    "takes from nobody, balances, and no lie pays in expectation",
    async (question) => {
      const two = new TwoAgents(environment, CELLS);
      const { mechanism } = await findExPost(two, question, CELLS);
      const { lotteries, gains, left } = mechanism!;
      const at = (types: readonly Rational[]) => {
        const [a, b] = AGENTS.map((i) => cellOf(two, i, types[i]));
        const k = two.product(a, b);
        const own = gains[k][0]
          .add(gains[k][1].multiply(types[0].subtract(two.means[0][a])))
          .add(gains[k][2].multiply(types[1].subtract(two.means[1][b])));
        const kept = left?.[k] ?? q(0);
        const first = worth(two, 0, lotteries[k], types[0])
          .subtract(outside(two, 0, types[0]))
          .subtract(own);
        return {
          lottery: lotteries[k],
          payments: [first, expectedCost(two, lotteries[k]).add(kept).subtract(first)],
        };
      };
      for (const first of TYPES) {
        for (const second of TYPES) {
          const types = [first, second];
          const { lottery, payments } = at(types);
          for (const i of AGENTS) {
            const gain = worth(two, i, lottery, types[i])
              .subtract(payments[i])
              .subtract(outside(two, i, types[i]));
            expect(gain.sign).toBeGreaterThanOrEqual(0);
          }
          const rest = payments[0].add(payments[1]).subtract(expectedCost(two, lottery));
          expect(question.balance === "exact" ? rest.isZero : rest.sign >= 0).toBe(true);
        }
      }
      for (const i of AGENTS) {
        // Everything is affine in the other's type on its cells: its mean there is what it is at the mean type.
        const lie = (type: Rational, report: Rational) =>
          Rational.sum(
            two.meshes[1 - i].cells.map(({ mass }, j) => {
              const other = two.means[1 - i][j];
              const { lottery, payments } = at(i === 0 ? [report, other] : [other, report]);
              return mass.multiply(worth(two, i, lottery, type).subtract(payments[i]));
            }),
          );
        for (const type of TYPES) {
          const truth = lie(type, type);
          for (const report of TYPES) expect(truth.compare(lie(type, report))).toBeGreaterThanOrEqual(0);
        }
      }
    },
  );

  it.each([secondBestDominant, noDeficit(secondBestDominant)])(
    "takes from nobody, balances, and no lie pays whatever the other's type",
    async (question) => {
      const two = new TwoAgents(environment, CELLS);
      const { mechanism } = await findDominant(two, question, CELLS);
      const { lotteries, base } = mechanism!;
      const at = (types: readonly Rational[]) => {
        const cells = AGENTS.map((i) => cellOf(two, i, types[i]));
        const lottery = lotteries[two.product(cells[0], cells[1])];
        const payments = AGENTS.map((i) => {
          const other = cells[1 - i];
          const slope = (own: number) =>
            worth(two, i, lotteries[two.productOf(i, own, other)], q(1)).subtract(
              worth(two, i, lotteries[two.productOf(i, own, other)], q(0)),
            );
          let utility = base[i][other];
          for (let own = 0; own <= cells[i]; own++) {
            const { from, to } = two.meshes[i].cells[own];
            utility = utility.add(slope(own).multiply(Rational.minimum(to, types[i]).subtract(from)));
          }
          return worth(two, i, lottery, types[i]).subtract(utility);
        });
        return { lottery, payments };
      };
      for (const first of TYPES) {
        for (const second of TYPES) {
          const types = [first, second];
          const { lottery, payments } = at(types);
          const rest = payments[0].add(payments[1]).subtract(expectedCost(two, lottery));
          expect(question.balance === "exact" ? rest.isZero : rest.sign >= 0).toBe(true);
          for (const i of AGENTS) {
            const truth = worth(two, i, lottery, types[i]).subtract(payments[i]);
            expect(truth.compare(outside(two, i, types[i]))).toBeGreaterThanOrEqual(0);
            for (const report of TYPES) {
              const lie = at(i === 0 ? [report, second] : [first, report]);
              const utility = worth(two, i, lie.lottery, types[i]).subtract(lie.payments[i]);
              expect(truth.compare(utility)).toBeGreaterThanOrEqual(0);
            }
          }
        }
      }
    },
  );
});
