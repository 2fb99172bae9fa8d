import { expect, test } from "vitest";
import { increasingOrder } from "../../src/number/increasing-order.js";

test("indices are put in order by what they stand for, and equals stay as they are", () => {
  const keys = [3, 1, 2, 1, 3];
  expect([...increasingOrder(5, (a, b) => keys[a] - keys[b])]).toEqual([1, 3, 2, 0, 4]);
  expect([...increasingOrder(3, (a, b) => a - b)]).toEqual([0, 1, 2]);
  expect([...increasingOrder(0, () => 0)]).toEqual([]);
});
