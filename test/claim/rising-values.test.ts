import { expect, test } from "vitest";
import { example } from "../../src/claim/example.js";
import { paymentRoom } from "../../src/claim/payment-room.js";
import { type Coupling, exampleOfValues, risingValues } from "../../src/claim/rising-values.js";
import { certain } from "../../src/environment/lottery.js";

test.each([
  ["increasing", 1],
  ["decreasing", -1],
  ["common", 0],
] as const)(
  "differences of %s values go with the own type as they should, on seeds 0 to 99",
  (coupling: Coupling, sign) => {
    const family = risingValues("goods", { kind: "good", coupling, types: [2, 4] });
    let drawn = 0;
    for (let seed = 0; seed < 100; seed++) {
      const values = family.member(seed);
      if (!values) continue;
      drawn++;
      const { environment } = exampleOfValues(values);
      const { profiles } = environment;
      for (const agent of [0, 1])
        for (let s = 0; s < profiles.count; s++) {
          if (profiles.typeOf(s, agent) === 0) continue;
          const difference = (at: number) =>
            environment.value(agent, 1, at).subtract(environment.value(1 - agent, 1, at));
          expect(difference(s).compare(difference(s - profiles.strides[agent]))).toBe(sign);
        }
    }
    expect(drawn).toBeGreaterThan(30);
  },
);

test("payments for trade may differ by what values change where trade begins; a rule that falls has no payments", () => {
  const { environment, rule } = example("bilateral-trade", {
    buyer: { values: ["0", "1/4", "1"] },
    seller: { values: ["1/2"] },
  }).ground();
  expect(`${paymentRoom(environment, rule)}`).toBe("3/4");
  expect(paymentRoom(environment, (s) => certain(s === 0 ? 1 : 0))).toBeUndefined();
});
