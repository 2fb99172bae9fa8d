import { expect, test } from "vitest";
import { singleGoodAuction } from "../../models/index.js";
import { efficientOutcomes, gains } from "../../src/environment/efficiency.js";
import { Rational } from "../../src/number/rational.js";
import { RationalSum } from "../../src/number/rational-sum.js";
import { expectedEfficientGains } from "../../src/space/expected-efficient-gains.js";
import { randomEnvironment } from "../generator/random-environment.js";

test("the pass over rows finds the gains of the definition, on random environments", () => {
  const COUNT = 60;
  for (let seed = 1; seed <= COUNT; seed++) {
    const environment = randomEnvironment(seed);
    const plain = new RationalSum();
    for (let s = 0; s < environment.profiles.count; s++) {
      const [best] = efficientOutcomes(environment, s);
      plain.addProduct(environment.prior.probability(s), gains(environment, best, s));
    }
    expect(`${expectedEfficientGains(environment)}`, `seed ${seed}`).toBe(`${plain.value}`);
  }
});

test("ten bidders of ten types are worth the expected highest value", () => {
  const { environment } = singleGoodAuction({ agents: 10, grid: { points: 10 } });
  let highest = 0n;
  for (let k = 0n; k < 10n; k++) highest += ((k + 1n) ** 10n - k ** 10n) * (2n * k + 1n);
  expect(`${expectedEfficientGains(environment)}`).toBe(`${Rational.of(highest, 20n * 10n ** 10n)}`);
});
