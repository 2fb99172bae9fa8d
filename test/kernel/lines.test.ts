import { expect, test } from "vitest";
import { Audit } from "../../src/kernel/audit.js";
import { findingByDefinition } from "../../src/kernel/by-definition.js";
import { StructuredMechanism } from "../../src/mechanism/structured-mechanism.js";
import { Rational } from "../../src/number/rational.js";
import { RationalVector } from "../../src/number/rational-vector.js";
import { posed } from "../../src/question/problem.js";
import { randomEnvironment } from "../generator/random-environment.js";
import { RandomSource } from "../generator/random-source.js";
import { Tally } from "./tally.js";

const COUNT = Number(process.env["COUNT"] ?? 300);

/**
 * Menus that put somebody on the brink: the second outcome costs what it is worth to a type that is drawn, or a little more or less.
 */
test(`incentives under menus are what every misreport by itself says (seeds 0 to ${COUNT - 1})`, () => {
  const tally = new Tally();
  for (let seed = 0; seed < COUNT; seed++) {
    const random = new RandomSource(seed);
    const environment = randomEnvironment(seed, {
      agents: [2, 3],
      types: [1, 5],
      outcomes: [2, 2],
      values: "private",
      prior: "independent",
    });
    const ties = random.pick(["first", "last"] as const);
    const payments = environment.agents.map(({ types }, i) => {
      const values = environment.values[i];
      const gain = (type: number) => values.at(type, 0, 1).subtract(values.at(type, 0, 0));
      const prices = Array.from({ length: types.length + 1 }, () => {
        const first = Rational.of(random.integer(-2, 2), 2);
        const brink = gain(random.integer(0, types.length - 1));
        return [first, first.add(brink).add(Rational.of(random.pick([0, 0, 0, -1, 1]), 4))];
      });
      return { kind: "menu", prices: RationalVector.from(prices.flat()) } as const;
    });
    const mechanism = new StructuredMechanism(environment, {
      alike: false,
      rule: { kind: "efficient", ties },
      payments,
      money: { kind: "missing" },
    });
    for (const ic of ["ex-post", "dominant"] as const) {
      for (const parameters of [undefined, { icSlack: "1/4" }]) {
        const { requirements, question } = posed(environment, { ic, ...(parameters && { parameters }) });
        const incentive = requirements.find(({ family }) => family === "incentive")!;
        const audit = new Audit(mechanism, { requirements: [incentive], question, expectations: false });
        const found = audit.finding(incentive);
        const plain = findingByDefinition(environment, mechanism, incentive);
        const label = `seed ${seed}, ${ic}, ${JSON.stringify(parameters)}`;
        expect(`${found.holds} ${found.violation} of ${found.requirements}`, label).toBe(
          `${plain.holds} ${plain.violation} of ${plain.requirements}`,
        );
        if (plain.holds) expect(found.binding, label).toBe(plain.binding);
        tally.tell(plain.holds ? "holds" : "fails");
        tally.tell(plain.holds && plain.binding > 0 ? "binds" : "does not bind");
      }
    }
  }
  console.log(`menus, seeds 0 to ${COUNT - 1}: ${JSON.stringify(tally.counts)}`);
  for (const kind of ["holds", "fails", "binds"]) expect(tally.of(kind), kind).toBeGreaterThan(0);
});
