import { expect, test } from "vitest";
import { WideAmounts } from "../../../src/formulation/flow/wide-amounts.js";

test("integers in two parts are what they were, whatever is carried from one part to the other", () => {
  const amounts = [0n, 7n, 8n, 2n ** 60n + 5n];
  const wide = WideAmounts.of(amounts.length, 3, (k) => amounts[k]);
  const own = () => amounts.map((_, k) => wide.at(k));
  expect(own()).toEqual(amounts);
  wide.add(0, 0, 17);
  wide.add(1, 0, -7);
  wide.add(2, 0, -1);
  wide.add(3, -1, 3);
  expect(own()).toEqual([17n, 0n, 7n, 2n ** 60n]);
  expect([...wide.low].every((low) => low >= 0 && low < 8)).toBe(true);
  expect([...wide.upTo(9)]).toEqual([9, 0, 7, 9]);
});
