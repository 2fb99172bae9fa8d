import { expect, test } from "vitest";
import { IntegerSum } from "../../src/number/integer-sum.js";
import { RandomSource } from "../generator/random-source.js";

test("sums of whole numbers are exact, however large terms and products are (seeds 1 to 200)", () => {
  let beyond = 0;
  for (let seed = 1; seed <= 200; seed++) {
    const random = new RandomSource(seed);
    const sum = new IntegerSum();
    let expected = 0n;
    for (let k = 0; k < 30; k++) {
      const size = random.pick([9, 1e6, 2 ** 30, Number.MAX_SAFE_INTEGER]);
      const [a, b] = [random.integer(-9, 9) * Math.floor(size / 9), random.integer(-1e6, 1e6)];
      if (random.onceIn(2)) {
        sum.addProduct(a, b);
        expected += BigInt(a) * BigInt(b);
      } else {
        sum.add(a);
        expected += BigInt(a);
      }
    }
    expect(sum.value, `seed ${seed}`).toBe(expected);
    if (expected > 2n ** 53n || expected < -(2n ** 53n)) beyond++;
  }
  expect(beyond).toBeGreaterThan(20);
});
