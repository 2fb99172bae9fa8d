import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CellWeight } from "../../../src/continuum/free/certificate.js";
import { judgeDominant } from "../../../src/continuum/free/dominant-judge.js";
import { judgeExPost } from "../../../src/continuum/free/ex-post-judge.js";
import { findDominant } from "../../../src/continuum/free/find-dominant.js";
import { findExPost } from "../../../src/continuum/free/find-ex-post.js";
import { CellEnvironment, expectedProgram } from "../../../src/continuum/free/in-expectation.js";
import type { PointWeight, Price } from "../../../src/continuum/free/price.js";
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
      { seed: SEED, numRuns: 100 },
    );
    expect(compared).toBeGreaterThan(1000);
  });
});

const fraction = (least: number, most: number) => fc.integer({ min: least, max: most }).map((n) => q(n, 6));
const draws = (most: number, length: number) =>
  fc.array(fraction(-most, most), { minLength: length, maxLength: length });
/** How far multipliers are moved from the best that were found: next to them a mistake would show. */
const distance = fc.constantFrom(q(0), q(1, 100), q(1, 10), q(1));

const moved = (list: readonly Rational[], by: readonly Rational[], scale: Rational): Rational[] =>
  list.map((number, k) => number.add(by[k % by.length].multiply(scale)));

/** Shifts of all cells: those of the list plus others. */
const movedShifts = (list: readonly CellWeight[], by: readonly Rational[], scale: Rational): CellWeight[] => [
  ...list,
  ...by.map((weight, cell) => ({ cell, weight: weight.multiply(scale) })),
];

/** Weights at types of this sum, which is not negative. */
function summing(list: readonly PointWeight[], total: Rational): PointWeight[] {
  const sum = Rational.sum(list.map(({ weight }) => weight));
  if (sum.isZero) {
    return [
      { type: q(0), weight: total.multiply(q(1, 3)) },
      { type: q(1), weight: total.multiply(q(2, 3)) },
    ];
  }
  return list.map(({ type, weight }) => ({ type, weight: weight.multiply(total).divide(sum) }));
}

describe("requirements at profiles", () => {
  const CELLS = 6;

  it("no multipliers prove less than Chatterjee and Samuelson's 9/64 of trade, whose mechanism never takes from anybody", async () => {
    const two = new TwoAgents(trade, CELLS);
    const { bound: best } = await findExPost(two, secondBestExPost, CELLS);
    const moves = fc.record({
      onCells: fc.tuple(draws(6, CELLS), draws(6, CELLS)),
      shifts: fc.tuple(draws(1, CELLS), draws(1, CELLS)),
      averaged: fraction(0, 12),
      level: fc.option(fraction(0, 1)),
      scale: distance,
    });
    fc.assert(
      fc.property(moves, ({ onCells, shifts, averaged, level, scale }) => {
        const weights = AGENTS.map((i) => moved(best!.weights[i], onCells[i], scale));
        const participation = AGENTS.map((i) => {
          const mesh = two.meshes[i];
          const rest = imbalance(mesh, { onCells: weights[i], atTypes: [] });
          if (rest.sign < 0) weights[i][0] = weights[i][0].subtract(rest.divide(mesh.cells[0].mass));
          return summing(best!.participation[i], Rational.maximum(rest, q(0)));
        });
        const bound = {
          weights,
          participation,
          shifts: AGENTS.map((i) => movedShifts(best!.shifts[i], shifts[i], scale)),
          averaged,
          ...(level && { levels: [level, level] }),
        };
        const { upper } = judgeExPost(trade, secondBestExPost, { kind: "free-ex-post", cells: CELLS, bound });
        expect(upper!.compare(q(9, 64))).toBeGreaterThanOrEqual(0);
      }),
      { seed: SEED, numRuns: 400 },
    );
  });

  it.each([
    ["of trade", trade],
    ["of equal partners", partnership(q(1, 2))],
    ["of unequal partners", partnership(q(1, 10))],
  ])("no multipliers prove less than the 1/8 of a posted price: %s", async (_, env) => {
    const two = new TwoAgents(env, CELLS);
    const { bound: best } = await findDominant(two, secondBestDominant, CELLS);
    const moves = fc.record({
      budget: draws(6, CELLS * CELLS),
      shifts: fc.array(draws(1, CELLS), { minLength: 2 * CELLS, maxLength: 2 * CELLS }),
      scale: distance,
    });
    const cells = Array.from({ length: CELLS }, (_, other) => other);
    fc.assert(
      fc.property(moves, ({ budget, shifts, scale }) => {
        const prices = moved(best!.budget, budget, scale);
        const total = (i: 0 | 1, other: number) =>
          Rational.sum(
            two.meshes[i].cells.map(({ mass }, own) => mass.multiply(prices[two.productOf(i, own, other)])),
          );
        for (const i of AGENTS) {
          for (const other of cells) {
            const missing = total(i, other);
            const k = two.productOf(i, 0, other);
            if (missing.sign < 0) prices[k] = prices[k].subtract(missing.multiply(q(CELLS)));
          }
        }
        const bound = {
          budget: prices,
          participation: AGENTS.map((i) =>
            cells.map((other) => summing(best!.participation[i][other], total(i, other))),
          ),
          shifts: AGENTS.map((i) =>
            cells.map((other) => movedShifts(best!.shifts[i][other], shifts[i * CELLS + other], scale)),
          ),
        };
        const { upper } = judgeDominant(env, secondBestDominant, {
          kind: "free-dominant",
          cells: CELLS,
          bound,
        });
        expect(upper!.compare(q(1, 8))).toBeGreaterThanOrEqual(0);
      }),
      { seed: SEED, numRuns: 150 },
    );
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
      { seed: SEED, numRuns: 25 },
    );
    expect(found).toBeGreaterThan(15);
  });
});
