import { describe, expect, test } from "vitest";
import { AffineForm } from "../../../src/continuum/construction/affine-form.js";
import { affine, bySigns, largest, ofType, sum } from "../../../src/continuum/construction/expression.js";
import { continuousReport } from "../../../src/continuum/construction/findings.js";
import { ConstructionGround, NotCovered } from "../../../src/continuum/construction/ground.js";
import { leastValue, settledSimplices } from "../../../src/continuum/construction/least-value.js";
import { continuousConstructions } from "../../../src/continuum/construction/registry.js";
import { simplicesOf } from "../../../src/continuum/construction/simplex.js";
import { PiecewiseQuotient } from "../../../src/number/piecewise-quotient.js";
import { Rational } from "../../../src/number/rational.js";
import { environmentOf, line, number } from "./environments.js";
import { volume } from "./integrals.js";

const unit = [0, 1].map(() => ({ from: number(0), to: number(1) }));
const form = (constant: number | string, ...slopes: (number | string)[]) =>
  new AffineForm(number(constant), slopes.map(number));
const polynomial = (agent: number, ...coefficients: (number | string)[]) =>
  ofType(agent, PiecewiseQuotient.of(line(0, 1, ...coefficients)), 2);

describe("simplices", () => {
  test("fill a box: 6 for three agents, each a sixth of it", () => {
    const box = [1, 2, 3].map((to) => ({ from: number(0), to: number(to) }));
    expect(simplicesOf(box).map((simplex) => String(volume(simplex)))).toEqual(new Array(6).fill("1"));
  });

  test("are cut until the largest form is one of them on each, and fill the box still", () => {
    const expression = largest([form(0, 0, 0), form("-3/4", 1, 1), form("-1/2", 1, "-1/3")]);
    const settled = settledSimplices(expression, unit)!;
    expect(settled.length).toBeGreaterThan(3);
    expect(String(Rational.sum(settled.map(volume)))).toBe("1");
    for (const simplex of settled) expect(expression.crossing(simplex)).toBeUndefined();
  });
});

describe("least values", () => {
  test("of 1/4 - x (1 - x): 0 in the middle, which halving meets exactly", () => {
    const least = leastValue(polynomial(0, "1/4", -1, 1), unit)!;
    expect([least.below, least.above].map(String)).toEqual(["0", "0"]);
    expect(least.witness).toBeUndefined();
  });

  test("of 1/5 - x (1 - x): refuted, with the least value -1/20 enclosed", () => {
    const least = leastValue(polynomial(0, "1/5", -1, 1), unit)!;
    expect(least.above!.compare(number("-1/20"))).toBeLessThanOrEqual(0);
    expect(least.below.compare(number("-1/20"))).toBeGreaterThanOrEqual(0);
    expect(String(least.witness!.types[0])).toBe("1/2");
  });

  test("a root that no fraction is leaves 0 in the enclosure: (x^2 - 1/2)^2 is neither proved nor refuted", () => {
    const least = leastValue(polynomial(0, "1/4", 0, -1, 0, 1), unit)!;
    expect(least.witness).toBeUndefined();
    expect(least.above!.sign).toBe(-1);
    expect(least.above!.toNumber()).toBeGreaterThan(-1e-5);
  });

  test("of quotients: 1/(1 + x) - 1/2 is nowhere negative, less 1/100 it is only near 1", () => {
    const inverse = PiecewiseQuotient.of(line(0, 1, 1)).dividedBy(PiecewiseQuotient.of(line(0, 1, 1, 1)));
    const less = (level: string) => sum(ofType(0, inverse, 2), affine(form(level, 0, 0)));
    expect(leastValue(less("-1/2"), unit)!.above!.sign).toBe(0);
    const { witness } = leastValue(less("-51/100"), unit)!;
    expect(witness!.types[0].compare(number("49/51"))).toBe(1);
  });

  test("a profile that refutes is off the boundaries where sides differ", () => {
    const sides = bySigns([form(0, 1, -1)], ([above]) => affine(form(above ? 1 : -1, 0, 0)));
    const { witness, isZero } = leastValue(sides, unit)!;
    expect(witness!.types[0].compare(witness!.types[1])).toBe(-1);
    expect(isZero).toBe(false);
    expect(sides.at([number("1/3"), number("1/3")])).toBeUndefined();
  });

  test("an expression that is 0 on all simplices is an identity", () => {
    const [x, y] = [form(0, 1, 0), form(0, 0, 1)];
    const gap = sum(largest([x, y]), [number(-1), largest([y, x])]);
    expect(leastValue(gap, unit)).toMatchObject({ isZero: true });
  });
});

/** Numbers from 0 to 1 by the multiplicative congruence of Park and Miller. */
function randomNumbers(seed: number): (most: number) => number {
  let state = seed;
  return (most) => {
    state = (state * 48271) % 2147483647;
    return Math.floor((state / 2147483647) * most);
  };
}

describe("20 random environments, seeds 1 to 20", () => {
  test("no random profile violates what is proved, nor by more than is said of it, and counterexamples are ones", () => {
    const counts = { proved: 0, refuted: 0, open: 0 };
    for (let seed = 1; seed <= 20; seed++) {
      const random = randomNumbers(seed);
      const fraction = (most = 8) => Rational.of(random(2 * most + 1) - most, 4);
      const density = () => [line(0, 1, 1), line(0, 1, 0, 2), line(0, 1, "3/2", -1)][random(3)];
      const outcomes = Array.from({ length: 2 + random(2) }, (_, x) => {
        const slopes = [fraction(), fraction()].map(String);
        return [`x${x}`, slopes, String(fraction(2)), [fraction(2), fraction(2)].map(String)] as const;
      });
      const environment = environmentOf(
        `random ${seed}`,
        [
          ["ann", density(), line(0, 1, String(fraction(2)), String(fraction(2)))],
          ["bob", density()],
        ],
        outcomes,
      );
      const ground = new ConstructionGround(environment);
      for (const construction of continuousConstructions) {
        const mechanism = (() => {
          try {
            return construction.build(ground);
          } catch (fault) {
            if (fault instanceof NotCovered) return undefined;
            throw fault;
          }
        })();
        if (!mechanism) continue;
        const { findings, largestDeficit } = continuousReport(ground, mechanism);
        const finding = findings["ex post IR"];
        const regret = (types: readonly Rational[]) =>
          mechanism.payoffs
            .map((payoff, i) => payoff.at(types)?.subtract(environment.agents[i].outsideOption.at(types[i])))
            .map((slack) => slack?.negate() ?? number(-100))
            .reduce(Rational.maximum);
        if (finding.holds === false) {
          counts.refuted++;
          const { types, violation } = finding.witness!;
          expect(violation.sign).toBe(1);
          expect(regret(types.map(({ type }) => type)).compare(violation)).toBeGreaterThanOrEqual(0);
        } else if (finding.holds) counts.proved++;
        else counts.open++;
        const most = finding.holds ? Rational.ZERO : finding.atMost!;
        for (let k = 0; k < 25; k++) {
          const types = [Rational.of(random(1001), 1000), Rational.of(random(1001), 1000)];
          expect(regret(types).compare(most)).toBeLessThanOrEqual(0);
          const payoffs = mechanism.payoffs.map((payoff) => payoff.at(types));
          const welfare = mechanism.welfare.at(types);
          if (!welfare || payoffs.includes(undefined)) continue;
          const deficit = Rational.sum(payoffs as Rational[]).subtract(welfare);
          expect(deficit.compare(largestDeficit!.atMost!)).toBeLessThanOrEqual(0);
        }
      }
    }
    expect(counts.proved).toBeGreaterThan(20);
    expect(counts.refuted).toBeGreaterThan(50);
    expect(counts.open).toBeLessThan(10);
  });
});
