import { describe, expect, it } from "vitest";
import { affineEnclosure, agentCells } from "../../../../src/continuum/ex-post/judge/agent-cells.js";
import { enclosedEnvironment } from "../../../../src/continuum/ex-post/judge/enclosed-environment.js";
import { mappedAll } from "../../../../src/continuum/ex-post/judge/product-table.js";
import { meshOf } from "../../../../src/continuum/ex-post/mesh.js";
import { PiecewisePolynomial } from "../../../../src/number/piecewise-polynomial.js";
import { Polynomial } from "../../../../src/number/polynomial.js";
import { Rational } from "../../../../src/number/rational.js";
import {
  onUnit,
  partnership,
  q,
  quadraticGood,
  randomEnvironment,
  rising,
  seeded,
  trade,
  uniform,
} from "../environments.js";

describe("cells of an agent's types", () => {
  const nodes = ["0", "1/3", "1"].map(q);
  const agent = { name: "agent", density: rising, atoms: [], outsideOption: onUnit() };

  it("have the prior's probabilities", () => {
    const { probability } = agentCells(agent, nodes, 3);
    expect(probability.rows[0].map(([, weight]) => Rational.of(weight, probability.denominator))).toEqual(
      ["1/9", "8/9"].map(q),
    );
  });

  it("take an atom at a node into the cell on its right, and one at the end into the last", () => {
    const atoms = ["1/3", "1"].map((type) => ({ type: q(type), probability: q("1/4") }));
    const { probability } = agentCells({ ...agent, density: onUnit("1/2"), atoms }, nodes, 2);
    expect(probability.rows[0].map(([, weight]) => Rational.of(weight, probability.denominator))).toEqual(
      ["1/6", "5/6"].map(q),
    );
  });

  it("give exact expectations of functions that are affine between fine nodes, and of their products", () => {
    const { fineNodes, nodesToMean, productWithNodes, productWithEnds } = agentCells(agent, nodes, 2);
    const denominator = fineNodes.reduce((product, x) => product * x.denominator, 1n);
    const values = fineNodes.map((x) => x.numerator * (denominator / x.denominator));
    const table = { shape: [values.length], values, denominator };
    // E t = 2/3 and E t^2 = 1/2 under the density 2 t.
    const mean = mappedAll(table, [nodesToMean]);
    expect(Rational.of(mean.values[0], mean.denominator)).toEqual(q("2/3"));
    const ends = values.slice(1).flatMap((value, k) => [values[k], value]);
    for (const product of [
      mappedAll(table, [productWithNodes]),
      mappedAll({ shape: [ends.length], values: ends, denominator }, [productWithEnds]),
    ]) {
      const sum = product.values.reduce((total, value, k) => total + value * values[k], 0n);
      expect(Rational.of(sum, product.denominator * denominator)).toEqual(q("1/2"));
    }
  });
});

describe("an affine enclosure", () => {
  it("is the function itself where that is affine between the points", () => {
    const kinked = new PiecewisePolynomial(["0", "1/2", "1"].map(q), [
      Polynomial.X,
      Polynomial.constant(q("1/2")),
    ]);
    const { below, above } = affineEnclosure(kinked, ["0", "1/2", "1"].map(q));
    expect(below).toEqual(["0", "1/2", "1/2"].map(q));
    expect(above).toEqual(below);
  });

  it("has the function inside where it bends, and where it has a kink between the points", () => {
    const kinked = new PiecewisePolynomial(["0", "1/3", "1"].map(q), [
      Polynomial.X,
      Polynomial.constant(q("1/3")),
    ]);
    for (const f of [kinked, onUnit(1, "-3", 2, "1/2")]) {
      const points = ["0", "1/4", "3/4", "1"].map(q);
      const { below, above } = affineEnclosure(f, points);
      for (let k = 0; k <= 48; k++) {
        const x = Rational.of(k, 48);
        const a = k < 12 ? 0 : k < 36 ? 1 : 2;
        const part = x.subtract(points[a]).divide(points[a + 1].subtract(points[a]));
        const at = (of: readonly Rational[]) => of[a].add(of[a + 1].subtract(of[a]).multiply(part));
        expect(at(below).compare(f.at(x))).toBeLessThanOrEqual(0);
        expect(at(above).compare(f.at(x))).toBeGreaterThanOrEqual(0);
      }
    }
  });
});

describe("an enclosed environment", () => {
  it("has the surplus between its two tables, at corners and inside", () => {
    const random = seeded(3);
    const environments = [trade(), partnership(["1/3", "1/3", "1/3"]), quadraticGood(q("1/3"))];
    for (let k = 0; k < 8; k++) environments.push(randomEnvironment(random));
    for (const environment of environments) {
      const { nodes } = meshOf(environment, 2);
      const known = enclosedEnvironment(environment, nodes, 2);
      const { agents, surplusAbove, surplusBelow } = known;
      for (let point = 0; point < 40; point++) {
        const cell = agents.map(({ fineNodes }) => random(fineNodes.length - 1));
        const place = agents.map(() => Rational.of(random(5), 4));
        const types = agents.map(({ fineNodes }, i) =>
          fineNodes[cell[i]].add(fineNodes[cell[i] + 1].subtract(fineNodes[cell[i]]).multiply(place[i])),
        );
        // Affine in each type between the corners of the product of fine cells.
        const [below, above] = ([2, 1] as const).map((perCell) => {
          const table = perCell === 2 ? surplusBelow : surplusAbove;
          let sum = Rational.ZERO;
          for (let corner = 0; corner < 2 ** cell.length; corner++) {
            let [index, weight] = [0, Rational.ONE];
            cell.forEach((k, i) => {
              const end = (corner >> i) & 1;
              index = index * table.shape[i] + perCell * k + end;
              weight = weight.multiply(end ? place[i] : Rational.ONE.subtract(place[i]));
            });
            sum = sum.add(weight.multiply(Rational.of(table.values[index], table.denominator)));
          }
          return sum;
        });
        const { value } = environment.surplus.tangent(types);
        expect(below.compare(value)).toBeLessThanOrEqual(0);
        expect(above.compare(value)).toBeGreaterThanOrEqual(0);
      }
    }
  });

  it("measures money finely enough for small amounts", () => {
    const small = partnership(["1/2", "1/2"], uniform);
    const micro = { ...small, surplus: { above: () => q("1/1000000000"), tangent: small.surplus.tangent } };
    expect(enclosedEnvironment(micro, meshOf(micro, 1).nodes, 1).scale > 2n ** 70n).toBe(true);
  });
});
