import { describe, expect, it } from "vitest";
import type { Route } from "../../../../src/continuum/ex-post/certificate.js";
import { enclosedEnvironment } from "../../../../src/continuum/ex-post/judge/enclosed-environment.js";
import { gainsBelow, missedByShares } from "../../../../src/continuum/ex-post/judge/missed-by-shares.js";
import { checkRoom } from "../../../../src/continuum/ex-post/judge/room.js";
import { routeLoads, routesLoads } from "../../../../src/continuum/ex-post/judge/routes.js";
import { shareTables } from "../../../../src/continuum/ex-post/judge/share-tables.js";
import { interimBounds } from "../../../../src/continuum/ex-post/judge/upper-bound.js";
import { meshOf } from "../../../../src/continuum/ex-post/mesh.js";
import { Rational } from "../../../../src/number/rational.js";
import { partnership, q, rising, seeded } from "../environments.js";

const sum = Rational.sum;
const times = (a: Rational, b: Rational) => a.multiply(b);

describe("a route", () => {
  const environment = partnership(["1/2", "1/2"], rising);
  const known = enclosedEnvironment(environment, meshOf(environment, 4).nodes, 1);
  const probability = known.agents[0].fineProbability;
  const cells = [0, 1, 2, 3];
  const blocks = (threshold: number, low: [number, number], high: [number, number]) => [
    { cells: [0, threshold] as const, target: low },
    { cells: [threshold, 4] as const, target: high },
  ];
  const routes: Route[] = [
    { agents: [0, 1], blocks: [blocks(2, [3, 4], [0, 2]), blocks(1, [2, 4], [0, 1])], hub: [1, 3] },
    { agents: [0, 1], blocks: [blocks(3, [1, 4], [0, 2]), [{ cells: [0, 4], target: [1, 3] }]] },
    { agents: [0, 1], blocks: [[{ cells: [0, 4], target: [0, 1] }], blocks(2, [3, 4], [0, 4])], hub: [2, 3] },
  ];

  it("gives both agents what shares miss in expectation, and moves no more than its load", () => {
    const random = seeded(31);
    for (const { agents, blocks, hub } of routes) {
      for (let trial = 0; trial < 20; trial++) {
        // Constant on cells, of mean 0.
        const [own, other] = [0, 1].map(() => {
          const any = cells.map(() => Rational.of(random(21) - 10, 7));
          const mean = sum(cells.map((k) => times(any[k], probability[k])));
          return any.map((value) => value.subtract(mean));
        });
        const inside = (k: number, [from, to]: readonly [number, number]) => from <= k && k < to;
        const mass = (range: readonly [number, number]) =>
          sum(cells.filter((k) => inside(k, range)).map((k) => probability[k]));
        const over = (f: readonly Rational[], range: readonly [number, number]) =>
          sum(cells.filter((k) => inside(k, range)).map((k) => times(f[k], probability[k])));
        const corrected = cells.map((l) =>
          blocks[0].reduce(
            (value, { cells: a, target }) =>
              inside(l, target) ? value.add(over(own, a).divide(mass(target))) : value,
            other[l],
          ),
        );
        const moved = (k: number, l: number) => {
          const first = blocks[0].find((block) => inside(k, block.cells))!;
          const second = blocks[1].find((block) => inside(l, block.cells))!;
          const terms = [
            inside(l, first.target) ? own[k].divide(mass(first.target)) : Rational.ZERO,
            inside(k, second.target) ? corrected[l].negate().divide(mass(second.target)) : Rational.ZERO,
          ];
          if (hub && inside(l, hub))
            for (const { cells: b, target } of blocks[1])
              if (inside(k, target)) terms.push(over(corrected, b).divide(mass(target)).divide(mass(hub)));
          return sum(terms);
        };
        for (const k of cells) {
          expect(sum(cells.map((l) => times(moved(k, l), probability[l])))).toEqual(own[k]);
          expect(sum(cells.map((l) => times(moved(l, k), probability[l])))).toEqual(other[k].negate());
        }
        const absolute = (f: readonly Rational[]) => f.map((value) => value.absolute());
        const route = { agents, blocks, ...(hub && { hub }) };
        const load = routeLoads(known, route, [absolute(own), absolute(other)]);
        for (const k of cells)
          for (const l of cells)
            expect(
              Rational.of(load(k, l), known.scale).compare(moved(k, l).absolute()),
            ).toBeGreaterThanOrEqual(0);
      }
    }
  });

  it("takes at most an agent's share of the gains, and not a trifle more", () => {
    const shares = shareTables({ shares: [Array.from({ length: 25 }, () => q("1/2"))] }, [5, 5], false);
    const everywhere: Route = {
      agents: [0, 1],
      blocks: [[{ cells: [0, 4], target: [0, 4] }], [{ cells: [0, 4], target: [0, 4] }]],
    };
    // Gains of 1 at every profile: half of that is each agent's.
    const gains = { ...known.surplusBelow, values: known.surplusBelow.values.map(() => known.scale) };
    const check = (...missed: Rational[]) =>
      checkRoom(
        known,
        gains,
        shares,
        routesLoads(
          known,
          [everywhere],
          missed.map((r) => cells.map(() => r)),
        ),
      );
    expect(() => check(q("1/8"), q("3/8"))).not.toThrow();
    expect(() => check(q("1/8"), q("3/8").add(Rational.of(1n, 2n ** 40n)))).toThrow("part 0 of the gains");
  });
});

describe("what shares miss", () => {
  it("is enclosed closely, where it is known", () => {
    // Equal shares of equal partners: r = E[G | t] / 2 less its mean, E[G | t] = (t^2 + (1 - t)^2) / 4, of mean 1/6.
    const environment = partnership(["1/2", "1/2"]);
    const known = enclosedEnvironment(environment, meshOf(environment, 4).nodes, 8);
    const shares = shareTables({ shares: [Array.from({ length: 25 }, () => q("1/2"))] }, [5, 5], false);
    const missed = missedByShares(known, interimBounds(known), gainsBelow(known), shares);
    const exact = (t: Rational) => {
      const rest = Rational.ONE.subtract(t);
      return t.multiply(t).add(rest.multiply(rest)).divide(q(8)).subtract(q("1/12"));
    };
    for (const { around: of } of missed) {
      of.forEach((most, k) => {
        const ends = [0, 1].map((end) => exact(known.agents[0].fineNodes[k + end]).absolute());
        const largest = Rational.maximum(ends[0], ends[1]);
        expect(most.compare(largest)).toBeGreaterThanOrEqual(0);
        expect(most.subtract(largest).compare(q("1/500"))).toBeLessThan(0);
      });
    }
  });
});
