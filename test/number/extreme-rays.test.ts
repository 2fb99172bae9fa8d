import { expect, test } from "vitest";
import { extremeRays } from "../../src/number/extreme-rays.js";

const whole = (rows: number[][]) => rows.map((row) => row.map(BigInt));

test("a cube has eight corners, and an octahedron six", () => {
  const signs = [1, -1];
  const cube = signs.flatMap((sign) =>
    [0, 1, 2].map((k) => [1, ...[0, 1, 2].map((j) => (j === k ? sign : 0))]),
  );
  expect(extremeRays(whole(cube))).toHaveLength(8);
  const octahedron = signs.flatMap((a) => signs.flatMap((b) => signs.map((c) => [1, a, b, c])));
  const corners = extremeRays(whole(octahedron)).map((ray) => ray.slice(1).join());
  expect(corners.sort()).toEqual(["-1,0,0", "0,-1,0", "0,0,-1", "0,0,1", "0,1,0", "1,0,0"]);
});

test("rows that say the same, or nothing more, change nothing; a cone with a line has no extreme rays", () => {
  const quadrant = whole([
    [1, 0],
    [0, 1],
  ]);
  const rays = (rows: bigint[][]) => extremeRays(rows).map(String).sort();
  expect(
    rays([
      ...quadrant,
      ...whole([
        [2, 0],
        [1, 1],
      ]),
    ]),
  ).toEqual(rays(quadrant));
  expect(() => extremeRays(whole([[1, 0]]))).toThrow(RangeError);
});
