import { describe, expect, it } from "vitest";
import { expectationsOfLargest, type RivalPiece } from "../../../src/continuum/free/independent-maxima.js";
import { Polynomial } from "../../../src/number/polynomial.js";
import { q } from "./environments.js";

const uniform: RivalPiece = {
  from: q(0),
  to: q(1),
  density: q(1),
  score: Polynomial.X,
  parts: [Polynomial.X, Polynomial.ONE],
};

describe("whoever has the largest score", () => {
  it("of n uniform ones expects n / (n + 1), and there is always one", () => {
    for (const n of [1, 2, 5])
      expect(expectationsOfLargest(new Array(n).fill([uniform]), undefined).map(String)).toEqual([
        n === 1 ? "1/2" : `${n}/${n + 1}`,
        "1",
      ]);
  });

  it("beats a constant of 1/2 with one rival half of the time", () => {
    const constant = { score: q(1, 2), parts: [q(0), q(0)] };
    expect(expectationsOfLargest([[uniform]], constant).map(String)).toEqual(["3/8", "1/2"]);
    expect(expectationsOfLargest([[uniform]], { score: q(2), parts: [q(7), q(1)] }).map(String)).toEqual([
      "7",
      "1",
    ]);
    expect(expectationsOfLargest([[uniform]], { score: q(-1), parts: [q(7), q(5)] }).map(String)).toEqual([
      "1/2",
      "1",
    ]);
  });

  it("may have a score that falls in the type, and one that jumps between pieces", () => {
    // Two sellers of uniform cost: the lower cost is 1/3 on average.
    const seller = { ...uniform, score: Polynomial.affine(q(0), q(-1)) };
    expect(String(expectationsOfLargest([[seller], [seller]], undefined)[0])).toBe("1/3");
    const jumping = [
      { ...uniform, to: q(1, 2) },
      { ...uniform, from: q(1, 2), score: Polynomial.affine(q(10), q(1)) },
    ];
    // The second wins only against types below 1/2, there with the larger type.
    const [, first] = expectationsOfLargest(
      [jumping, [{ ...uniform, parts: [Polynomial.X, Polynomial.ZERO] }]],
      undefined,
    );
    expect(String(first)).toBe("5/8");
  });
});
