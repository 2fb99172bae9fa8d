import { expect, test } from "vitest";
import { gridLimit } from "../../src/claim/grid-limit.js";
import { Rational } from "../../src/number/rational.js";

test("the limit of values that one polynomial in 1/points goes through is its constant term, exactly", async () => {
  // 1/6 + (1/3) / m^2 - 2 / m^3
  const { limit, uncertainty, order } = await gridLimit([2, 3, 5, 8, 9], (m) =>
    Rational.of(1, 6)
      .add(Rational.of(1, 3 * m * m))
      .subtract(Rational.of(2, m ** 3)),
  );
  expect([`${limit}`, `${uncertainty}`, order]).toEqual(["1/6", "0", 2]);
});

test("values that are all the same have no order", async () => {
  const { limit, order } = await gridLimit([2, 4, 8], () => Rational.of(3, 7));
  expect([`${limit}`, order]).toEqual(["3/7", undefined]);
});

test("other values are extrapolated with the order at which they close, and the limit is told with how far it moved last", async () => {
  // Half an order more than 1, and a rest.
  const { limit, uncertainty, order } = await gridLimit([8, 16, 32, 64], (m) =>
    Rational.fromDouble(1 + m ** -1.5 + m ** -3.5),
  );
  expect(order).toBe(1.5);
  expect(Math.abs(limit.toNumber() - 1)).toBeLessThan(uncertainty.toNumber());
  expect(uncertainty.toNumber()).toBeLessThan(1e-3);
});

test("two grids tell no limit", async () => {
  await expect(gridLimit([2, 4], () => Rational.ONE)).rejects.toThrow(RangeError);
});
