import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  bestOutcomes,
  orbitCount,
  type Scores,
  TableTooLarge,
} from "../../../src/continuum/free/best-outcomes.js";
import { Rational } from "../../../src/number/rational.js";
import { q } from "./environments.js";

/** From the definition. */
function byProfile({ masses, terms, constants }: Scores) {
  let expected = q(0);
  const overall = constants.map(() => q(0));
  const joint = masses.map((cells) => cells.map(() => constants.map(() => q(0))));
  const walk = (places: number[]): void => {
    if (places.length < masses.length) {
      masses[places.length].forEach((_, a) => {
        walk([...places, a]);
      });
      return;
    }
    const probability = places.reduce((product, a, i) => product.multiply(masses[i][a]), q(1));
    const sums = constants.map((constant, x) =>
      places.reduce((sum, a, i) => sum.add(terms[i][a][x]), constant),
    );
    const best = sums.reduce((found, sum, x) => (sum.compare(sums[found]) > 0 ? x : found), 0);
    expected = expected.add(probability.multiply(sums[best]));
    overall[best] = overall[best].add(probability);
    places.forEach((a, i) => {
      joint[i][a][best] = joint[i][a][best].add(probability);
    });
  };
  walk([]);
  const chance = joint.map((cells, i) => cells.map((list, a) => list.map((p) => p.divide(masses[i][a]))));
  return { expected, overall, chance };
}

const score = fc.integer({ min: -3, max: 3 }).map((n) => q(n, 2));
const masses = (cells: number) =>
  fc.array(fc.integer({ min: 1, max: 4 }), { minLength: cells, maxLength: cells }).map((list) => {
    const total = list.reduce((sum, n) => sum + n, 0);
    return list.map((n) => q(n, total));
  });
const list = <T>(one: fc.Arbitrary<T>, length: number) =>
  fc.array(one, { minLength: length, maxLength: length });

describe("the best outcomes on products of cells", () => {
  it("are those of every product, whatever outcomes concern whom", () => {
    const general = fc.integer({ min: 1, max: 3 }).chain((agents) =>
      fc.record({
        masses: list(masses(3), agents),
        terms: list(list(list(score, 3), 3), agents),
        constants: list(score, 3),
      }),
    );
    fc.assert(
      fc.property(general, (drawn) => {
        const concerned = drawn.constants.map(() => drawn.masses.map((_, i) => i));
        const scores = { ...drawn, concerned };
        expect(bestOutcomes(scores)).toEqual(byProfile(scores));
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  it("are found by how many agents are where if agents are alike", () => {
    const alike = fc.record({
      count: fc.integer({ min: 1, max: 4 }),
      mass: masses(3),
      own: list(list(score, 3), 3),
      constants: list(score, 3),
    });
    fc.assert(
      fc.property(alike, ({ count, mass, own, constants }) => {
        const agents = Array.from({ length: count }, (_, i) => i);
        const scores: Scores = {
          masses: agents.map(() => mass),
          terms: agents.map(() => own),
          constants,
          concerned: constants.map(() => agents),
        };
        expect(bestOutcomes(scores)).toEqual(byProfile(scores));
      }),
      { seed: 2, numRuns: 100 },
    );
  });

  it("are found by distribution functions if every outcome concerns one agent at most", () => {
    const owners = fc.tuple(
      fc.integer({ min: 1, max: 3 }),
      list(fc.constantFrom(undefined, 0, 1, 2), 4),
      list(score, 4),
      list(list(list(score, 4), 3), 3),
      list(masses(3), 3),
    );
    fc.assert(
      fc.property(owners, ([agents, drawn, constants, terms, mass]) => {
        const owner = drawn.map((who) => (who === undefined || who >= agents ? undefined : who));
        const scores: Scores = {
          masses: mass.slice(0, agents),
          terms: terms
            .slice(0, agents)
            .map((cells, i) => cells.map((row) => row.map((s, x) => (owner[x] === i ? s : Rational.ZERO)))),
          constants,
          concerned: owner.map((who) => (who === undefined ? [] : [who])),
        };
        const [found, defined] = [bestOutcomes(scores), byProfile(scores)];
        expect(found.expected).toEqual(defined.expected);
        expect(found.overall).toEqual(defined.overall);
        owner.forEach((who, x) => {
          if (who === undefined) return;
          const chances = (all: typeof found.chance) => all[who].map((row) => row[x]);
          expect(chances(found.chance)).toEqual(chances(defined.chance));
        });
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  it("are not looked for in tables that would never end", () => {
    const many = Array.from({ length: 9 }, (_, i) => i);
    const cells = Array.from({ length: 20 }, () => q(1, 20));
    const terms = many.map((i) => cells.map((_, a) => [q(0), q(i + a)]));
    const scores = { masses: many.map(() => cells), terms, constants: [q(0), q(0)], concerned: [[], many] };
    expect(() => bestOutcomes(scores)).toThrow(TableTooLarge);
    expect(orbitCount(3, 4)).toBe(20);
  });
});
