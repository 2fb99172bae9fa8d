import { describe, expect, test } from "vitest";
import { integerSchema, rationalSchema } from "../../src/number/rational-schema.js";

describe("a number in a file", () => {
  test.each([
    [0.1, "1/10"],
    ["0.1", "1/10"],
    ["1/3", "1/3"],
    [-7, "-7"],
    ["1e-3", "1/1000"],
  ])("%j is %s", (written, expected) => {
    expect(String(rationalSchema.parse(written))).toBe(expected);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, "NaN", "1/0", "", "x", null, true, [1], {}])(
    "%j is none",
    (written) => {
      const parsed = rationalSchema.safeParse(written);
      expect(parsed.success).toBe(false);
      expect(parsed.error?.issues[0].message).toBe('expected a number, or a string such as "1/3"');
    },
  );
});

describe("a whole number within bounds", () => {
  const points = integerSchema(1, 10);

  test.each([1, 10, "3", "6/2", "1e1"])("%j is one", (written) => {
    expect(Number.isInteger(points.parse(written))).toBe(true);
  });

  test.each([0, 11, 2.5, "5/2", Number.NaN, "many", null, 1e300])("%j is none", (written) => {
    expect(points.safeParse(written).success).toBe(false);
  });
});
