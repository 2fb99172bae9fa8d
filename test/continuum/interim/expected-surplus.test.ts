import { describe, expect, it } from "vitest";
import { expectedSurplus, isExact } from "../../../src/continuum/interim/expected-surplus.js";
import { surplusOnMesh } from "../../../src/continuum/interim/surplus-on-mesh.js";
import { expectationOf } from "../../../src/continuum/interim/type-law.js";
import type { ContinuousEnvironment } from "../../../src/environment/continuous-environment.js";
import { Rational } from "../../../src/number/rational.js";
import { RandomSource } from "../../generator/random-source.js";
import {
  agent,
  environmentOf,
  outcome,
  partnership,
  polynomial,
  publicGood,
  R,
  type Types,
} from "../environments.js";

describe("the expected surplus given a type", () => {
  it("lies between what a mesh encloses, for 60 random environments of one to three agents, exactly", () => {
    const random = new RandomSource(12);
    const kinds = { plane: 0, parts: 0 };
    for (let k = 0; k < 60; k++) {
      const environment = randomEnvironment(random, k);
      if (!isExact(environment)) throw new Error("not exact");
      kinds[environment.agents.length <= 2 ? "plane" : "parts"]++;
      const exact = expectedSurplus(environment, 1);
      const enclosed = surplusOnMesh(environment, environment.agents.length < 3 ? 5 : 3);
      environment.agents.forEach((law, i) => {
        const { from, to } = law.density;
        const given = exact.givenOwn[i].below;
        // The same number whichever type is known first.
        expect(expectationOf(given, law)).toEqual(exact.lower);
        for (let step = 0; step <= 14; step++) {
          const type = from.add(to.subtract(from).multiply(Rational.of(step, 14)));
          const value = given.at(type);
          expect(enclosed[i].below.at(type).compare(value)).toBeLessThanOrEqual(0);
          expect(enclosed[i].above.at(type).compare(value)).toBeGreaterThanOrEqual(0);
        }
      });
    }
    expect(kinds).toEqual({ plane: 40, parts: 20 });
  });

  it("is the same by independent parts and by the envelope of two agents' outcomes", () => {
    for (const environment of [partnership(["1/3", "2/3"], { density: [0, 2] }), publicGood(2, "3/4")]) {
      const byParts = expectedSurplus(environment, 1);
      // A third outcome that is nowhere efficient hides the parts.
      const hidden = outcome("never", [2, "1/2"], 100);
      const outcomes = [...(environment.outcomes ?? []), hidden];
      const byEnvelope = expectedSurplus({ ...environment, outcomes }, 1);
      expect(byEnvelope.lower).toEqual(byParts.lower);
      byParts.givenOwn.forEach(({ below }, i) => {
        for (const type of [0, "1/5", "1/2", "3/4", 1])
          expect(byEnvelope.givenOwn[i].below.at(R(type))).toEqual(below.at(R(type)));
      });
    }
  });

  it("of the highest of n uniform types is (t^n + (n - 1))/n", () => {
    for (const n of [2, 3, 4]) {
      const [{ below }] = expectedSurplus(partnership(new Array(n).fill(0)), 1).givenOwn;
      const power = polynomial(...new Array(n).fill(0), `1/${n}`).plus(polynomial(`${n - 1}/${n}`));
      for (const piece of below.pieces) expect(piece.equals(power)).toBe(true);
    }
  });

  it("closes with the square of the cells on a mesh", () => {
    const { agents, surplus } = partnership([0, 0, 0]);
    const widths = [4, 8, 16].map((cells) => {
      const { lower, upper } = expectedSurplus({ name: "", agents, surplus }, cells);
      return upper.subtract(lower).toNumber();
    });
    expect(widths[0] / widths[1]).toBeCloseTo(4, 1);
    expect(widths[1] / widths[2]).toBeCloseTo(4, 1);
  });
});

/** One agent, two agents with any outcomes, or three with one outcome apiece beside others that are constant. */
function randomEnvironment(random: RandomSource, k: number): ContinuousEnvironment {
  const n = (k % 3) + 1;
  const agents = Array.from({ length: n }, (_, i) => agent(`${i}`, randomTypes(random)));
  const number = () => String(random.money(-2, 2));
  const count = random.integer(2, 5);
  const outcomes = Array.from({ length: count }, (_, x) =>
    outcome(
      `${x}`,
      Array.from({ length: n }, (_, i) => (n < 3 ? number() : x === i % count ? number() : 1)),
      number(),
    ),
  );
  return environmentOf("random", agents, outcomes);
}

/** A density that may vanish, with an atom now and then. */
function randomTypes(random: RandomSource): Types {
  const from = random.money(-2, 1);
  const to = from.add(Rational.of(random.integer(1, 4), 2));
  const shape = polynomial(...Array.from({ length: random.integer(1, 2) }, () => random.integer(-2, 2)));
  const positive = shape.times(shape).plus(polynomial(random.integer(0, 1)));
  const mass = positive.integral(from, to);
  const probability = mass.isZero ? R(1) : random.onceIn(3) ? R("1/3") : R(0);
  const factor = mass.isZero ? R(0) : R(1).subtract(probability).divide(mass);
  const at = random.pick([from, to, from.add(to).divide(R(2))]);
  return {
    from: String(from),
    to: String(to),
    density: positive.scaled(factor).coefficients.map(String),
    atoms: probability.isZero ? [] : [{ type: at, probability }],
  };
}
