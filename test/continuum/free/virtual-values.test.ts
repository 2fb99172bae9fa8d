import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bindingEnd } from "../../../src/continuum/free/binding-end.js";
import { checkpoints, meshOf } from "../../../src/continuum/free/mesh.js";
import {
  deviations,
  excess,
  ironed,
  levelled,
  virtualCells,
} from "../../../src/continuum/free/virtual-values.js";
import { Rational } from "../../../src/number/rational.js";
import { affineOption, density, environmentOf, onUnit, partnership, q, tradeWith } from "./environments.js";

const agentOf = (types: Parameters<typeof tradeWith>[0]) => tradeWith(types, {}).agents[0];

describe("virtual values", () => {
  it("of a uniform bidder are 2 t - 1: on cells their means at the middle", () => {
    const mesh = meshOf(agentOf({}), 4);
    const virtual = virtualCells(mesh, q(0), q(1), [{ type: q(0), weight: q(1) }]);
    const scores = ironed(
      mesh,
      virtual.map(({ total }) => total),
    );
    expect(scores.map(String)).toEqual(["-3/4", "-1/4", "1/4", "3/4"]);
    // Within a cell of length h they leave 2 h^2 / 8 open.
    expect(deviations(mesh, virtual).map(String)).toEqual(["1/64", "1/64", "1/64", "1/64"]);
  });

  it("are pooled where they would fall", () => {
    const mesh = meshOf(agentOf({}), 4);
    const scores = ironed(mesh, [q(1, 4), q(3, 4), q(1, 4), q(2)]);
    expect(scores.map(String)).toEqual(["1", "2", "2", "8"]);
  });

  it("leave no more open than `excess`, for any step that an allocation may take, and for one just that", () => {
    const drawn = fc.record({
      density,
      cells: fc.integer({ min: 1, max: 5 }),
      weight: fc.integer({ min: 0, max: 4 }).map((k) => q(k, 4)),
      money: fc.integer({ min: 0, max: 4 }).map((k) => q(k, 2)),
      level: fc.option(fc.integer({ min: 0, max: 4 }).map((k) => q(k, 50))),
    });
    fc.assert(
      fc.property(drawn, ({ density, cells, weight, money, level }) => {
        const mesh = meshOf(agentOf({ density }), cells);
        const virtual = virtualCells(mesh, q(1), money, [
          { type: q(0), weight },
          { type: q(1), weight: q(1).subtract(weight) },
        ]);
        const plain = ironed(
          mesh,
          virtual.map(({ total }) => total),
        );
        const scores = level ? levelled(mesh, virtual, plain, level) : plain;
        const open = excess(mesh, virtual, scores, q(0), q(1));
        // What A = 1 beyond s, else 0, is worth more than by scores.
        const beyond = (s: Rational) =>
          Rational.sum(
            mesh.cells.map(({ from, to, density: f }, k) => {
              if (to.compare(s) <= 0) return q(0);
              const start = Rational.maximum(from, s);
              return virtual[k].density.minus(f.scaled(scores[k])).integral(start, to);
            }),
          );
        const most = Array.from({ length: 41 }, (_, k) => beyond(q(k, 40))).reduce(Rational.maximum, q(0));
        expect(open.compare(most)).toBeGreaterThanOrEqual(0);
        if (density.pieces.some((piece) => piece.degree > 0)) return;
        // No more than the level, or, without one, than what the best of these steps shows.
        if (level) expect(open.compare(level)).toBeLessThanOrEqual(0);
        else expect(open.subtract(most).toNumber()).toBeLessThan(0.02);
      }),
      { seed: 20261126, numRuns: 150 },
    );
  });
});

describe("participation", () => {
  it("binds at the lowest type of a buyer, the highest of a seller, and within for a partner", () => {
    const trade = tradeWith({}, {});
    expect(String(bindingEnd(trade, 0))).toBe("0");
    expect(String(bindingEnd(trade, 1))).toBe("1");
    expect(bindingEnd(partnership(q(1, 3)), 0)).toBeUndefined();
    // Whoever owns nothing or all is a buyer or a seller.
    expect(String(bindingEnd(partnership(q(0)), 0))).toBe("0");
    expect(String(bindingEnd(partnership(q(0)), 1))).toBe("1");
  });

  it("at checkpoints is participation everywhere, for outside options that are no lines either", () => {
    const curved = fc
      .tuple(
        fc.integer({ min: -3, max: 3 }),
        fc.integer({ min: -3, max: 3 }),
        fc.integer({ min: -3, max: 3 }),
      )
      .map(([a, b, c]) => onUnit(q(a, 4), q(b, 2), q(c)));
    fc.assert(
      fc.property(fc.oneof(curved, affineOption), fc.integer({ min: 1, max: 5 }), (outsideOption, cells) => {
        const agent = environmentOf([["nothing", [0]]], [{ outsideOption }]).agents[0];
        const mesh = meshOf(agent, cells);
        const points = checkpoints(mesh);
        mesh.cells.forEach(({ from, length }, cell) => {
          // The largest line below which the checkpoints allow: through those of the cell, by its two highest demands.
          const own = points.filter(
            (point) => point.cell === cell || (point.cell === cell - 1 && point.place.equals(q(1))),
          );
          const level = own.map(({ required }) => required).reduce(Rational.maximum);
          for (let k = 0; k <= 4; k++) {
            const type = from.add(length.multiply(q(k, 4)));
            expect(level.compare(outsideOption.at(type))).toBeGreaterThanOrEqual(0);
          }
        });
      }),
      { seed: 20261126, numRuns: 150 },
    );
  });
});
