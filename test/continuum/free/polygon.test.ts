import { describe, expect, it } from "vitest";
import { clipped, integralOver, type Polygon } from "../../../src/continuum/free/polygon.js";
import { q } from "./environments.js";

const square: Polygon = [
  [q(0), q(0)],
  [q(1), q(0)],
  [q(1), q(1)],
  [q(0), q(1)],
];
const one = { constant: q(1), ofX: q(0), ofY: q(0) };

describe("a convex polygon", () => {
  it("is cut where a form is negative: trade at a difference of 1/4 happens with probability 9/32, and gains 9/64", () => {
    const difference = { constant: q(0), ofX: q(1), ofY: q(-1) };
    const region = clipped(square, { ...difference, constant: q(-1, 4) });
    expect(region).toHaveLength(3);
    expect(String(integralOver(region, one))).toBe("9/32");
    expect(String(integralOver(region, difference))).toBe("9/64");
  });

  it("stays whole, or has no interior left, where the form has one sign", () => {
    expect(clipped(square, one)).toEqual(square);
    expect(integralOver(clipped(square, { ...one, constant: q(-1) }), one).isZero).toBe(true);
    // It touches the corner (1, 1) only.
    expect(integralOver(clipped(square, { constant: q(-2), ofX: q(1), ofY: q(1) }), one).isZero).toBe(true);
  });

  it("and what is cut off add up", () => {
    for (const [a, b, c] of [
      [1, 2, -1],
      [-3, 1, 1],
      [2, -5, 1],
    ]) {
      const form = { constant: q(c, 2), ofX: q(a), ofY: q(b) };
      const other = { constant: q(-c, 2), ofX: q(-a), ofY: q(-b) };
      const parts = [form, other].map((cut) => integralOver(clipped(square, cut), form));
      expect(parts[0].add(parts[1])).toEqual(integralOver(square, form));
    }
  });
});
