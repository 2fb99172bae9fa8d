import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judgeDominant } from "../../../src/continuum/free/dominant-judge.js";
import { judgeExPost } from "../../../src/continuum/free/ex-post-judge.js";
import { findDominant } from "../../../src/continuum/free/find-dominant.js";
import { findExPost } from "../../../src/continuum/free/find-ex-post.js";
import { CellEnvironment, expectedProgram } from "../../../src/continuum/free/in-expectation.js";
import type { Price } from "../../../src/continuum/free/price.js";
import { AGENTS, imbalance, TwoAgents } from "../../../src/continuum/free/two-agents.js";
import type { ContinuousEnvironment } from "../../../src/environment/continuous-environment.js";
import { Rational } from "../../../src/number/rational.js";
import {
  affineOption,
  density,
  environmentOf,
  outcomesFor,
  partnership,
  q,
  revenue,
  secondBest,
  secondBestDominant,
  secondBestExPost,
  trade,
} from "./environments.js";

const SEED = 20261126;

const environment = (agents: number): fc.Arbitrary<ContinuousEnvironment> =>
  fc
    .tuple(
      outcomesFor(agents),
      fc.array(fc.tuple(density, affineOption), { minLength: agents, maxLength: agents }),
    )
    .map(([outcomes, list]) =>
      environmentOf(
        outcomes,
        list.map(([density, outsideOption]) => ({ density, outsideOption })),
      ),
    );

/** A price with weights on participation at the ends and in the middle, where cells end. */
const price = (agents: number): fc.Arbitrary<Price> =>
  fc
    .tuple(
      fc.integer({ min: 0, max: 12 }),
      fc.array(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 3, maxLength: 3 }), {
        minLength: agents,
        maxLength: agents,
      }),
    )
    .map(([money, weights]) => ({
      money: q(money, 4),
      participation: weights.map(([a, b, c]) => {
        const total = a + b + c;
        if (total === 0) return [{ type: q(0), weight: q(1) }];
        return [a, b, c].map((weight, k) => ({ type: q(k, 2), weight: q(weight, total) }));
      }),
    }));

describe("requirements in expectation", () => {
  it("no mixture of rules that raises its cost attains more than any price proves", () => {
    let compared = 0;
    const cases = fc
      .integer({ min: 1, max: 3 })
      .chain((agents) =>
        fc.tuple(
          environment(agents),
          fc.array(price(agents), { minLength: 3, maxLength: 3 }),
          fc.constantFrom(2, 4),
          fc.constantFrom(2, 4, 6),
          fc.option(fc.integer({ min: 0, max: 3 })),
        ),
      );
    fc.assert(
      fc.property(cases, ([env, prices, coarse, fine, level]) => {
        for (const question of [secondBest, revenue]) {
          const program = expectedProgram(question);
          const [proving, attaining] = [new CellEnvironment(env, coarse), new CellEnvironment(env, fine)];
          const levels = level === null ? undefined : env.agents.map(() => q(level, 40));
          const bounds = prices.map(
            (p) => proving.atPrice(program, program.value.isZero ? { ...p, money: q(1) } : p, levels).bound,
          );
          const rules = prices.map((p) => attaining.atPrice(program, p).rule);
          const mixed = attaining.mixture(rules.map((rule, k) => [rule, q(k + 1, 6)] as const));
          for (const rule of [...rules, mixed]) {
            if (program.budgeted && attaining.money(program, rule).sign < 0) continue;
            const value = attaining.objective(program, rule);
            for (const bound of bounds) {
              expect(bound.compare(value)).toBeGreaterThanOrEqual(0);
              compared++;
            }
          }
        }
      }),
      { seed: SEED, numRuns: 150 },
    );
    expect(compared).toBeGreaterThan(1500);
  });
});

const fraction = (least: number, most: number) => fc.integer({ min: least, max: most }).map((n) => q(n, 6));

/** Balanced weights on utility for each agent: random on cells, the rest at nodes. */
function balanced(two: TwoAgents, draws: readonly Rational[][]) {
  const weights = draws.map((list, i) => list.slice(0, two.size(AGENTS[i])));
  const participation = AGENTS.map((i) => {
    const mesh = two.meshes[i];
    const rest = imbalance(mesh, { onCells: weights[i], atTypes: [] });
    if (rest.sign < 0) weights[i][0] = weights[i][0].subtract(rest.divide(mesh.cells[0].mass));
    const positive = Rational.maximum(rest, q(0));
    return [
      { type: mesh.from, weight: positive.multiply(q(1, 3)) },
      { type: mesh.to, weight: positive.multiply(q(2, 3)) },
    ];
  });
  return { weights, participation };
}

describe("requirements at profiles", () => {
  const CELLS = 4;
  const draws = (least: number, most: number, length: number) =>
    fc.array(fraction(least, most), { minLength: length, maxLength: length });
  const multipliers = fc.record({
    onCells: fc.tuple(draws(-6, 6, 12), draws(-6, 6, 12)),
    shifts: fc.tuple(draws(-2, 2, 4), draws(-2, 2, 4)),
    averaged: fraction(0, 12),
    level: fc.option(fraction(0, 1)),
  });

  it("no multipliers prove less than Chatterjee and Samuelson's 9/64 of trade, whose mechanism never takes from anybody", () => {
    const two = new TwoAgents(trade, CELLS);
    fc.assert(
      fc.property(multipliers, ({ onCells, shifts, averaged, level }) => {
        const { weights, participation } = balanced(two, onCells);
        const bound = {
          weights,
          participation,
          shifts: shifts.map((list) => list.map((weight, cell) => ({ cell, weight }))),
          averaged,
          ...(level && { levels: [level, level] }),
        };
        const { upper } = judgeExPost(trade, secondBestExPost, { kind: "free-ex-post", cells: CELLS, bound });
        expect(upper!.compare(q(9, 64))).toBeGreaterThanOrEqual(0);
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  it("no multipliers prove less than the 1/8 of a posted price, of trade and of partners", () => {
    const table = fc.record({
      budget: draws(-6, 9, CELLS * CELLS),
      shifts: fc.array(draws(-2, 2, CELLS), { minLength: 2 * CELLS, maxLength: 2 * CELLS }),
    });
    for (const env of [trade, partnership(q(1, 2)), partnership(q(1, 10))]) {
      const two = new TwoAgents(env, CELLS);
      fc.assert(
        fc.property(table, ({ budget, shifts }) => {
          const prices = [...budget];
          const total = (i: 0 | 1, other: number) =>
            Rational.sum(
              two.meshes[i].cells.map(({ mass }, own) => mass.multiply(prices[two.productOf(i, own, other)])),
            );
          for (const i of AGENTS) {
            for (let other = 0; other < CELLS; other++) {
              const missing = total(i, other);
              const k = two.productOf(i, 0, other);
              if (missing.sign < 0) prices[k] = prices[k].subtract(missing.multiply(q(CELLS)));
            }
          }
          const cells = Array.from({ length: CELLS }, (_, other) => other);
          const bound = {
            budget: prices,
            participation: AGENTS.map((i) =>
              cells.map((other) => [
                { type: q(0), weight: total(i, other).multiply(q(1, 4)) },
                { type: q(1), weight: total(i, other).multiply(q(3, 4)) },
              ]),
            ),
            shifts: AGENTS.map((i) =>
              cells.map((other) => shifts[i * CELLS + other].map((weight, cell) => ({ cell, weight }))),
            ),
          };
          const { upper } = judgeDominant(env, secondBestDominant, {
            kind: "free-dominant",
            cells: CELLS,
            bound,
          });
          expect(upper!.compare(q(1, 8))).toBeGreaterThanOrEqual(0);
        }),
        { seed: SEED, numRuns: 200 },
      );
    }
  });

  it("what is found of random environments keeps its order, and asking for more never helps", async () => {
    let found = 0;
    await fc.assert(
      fc.asyncProperty(environment(2), fc.constantFrom(3, 4, 5), async (env, cells) => {
        const two = new TwoAgents(env, cells);
        const dominant = judgeDominant(
          env,
          secondBestDominant,
          await findDominant(two, secondBestDominant, cells),
        );
        const exPost = judgeExPost(env, secondBestExPost, await findExPost(two, secondBestExPost, cells));
        const program = expectedProgram(secondBest);
        const cut = new CellEnvironment(env, cells);
        const lowest: Price = {
          money: q(1, 2),
          participation: env.agents.map(() => [{ type: q(0), weight: q(1) }]),
        };
        const interim = cut.atPrice(program, lowest).bound;
        for (const { lower } of [dominant, exPost]) {
          if (!lower) continue;
          found++;
          expect(exPost.upper!.compare(lower)).toBeGreaterThanOrEqual(0);
          expect(interim.compare(lower)).toBeGreaterThanOrEqual(0);
        }
        if (dominant.lower) expect(dominant.upper!.compare(dominant.lower)).toBeGreaterThanOrEqual(0);
      }),
      { seed: SEED, numRuns: 40 },
    );
    expect(found).toBeGreaterThan(20);
  });
});
