import { describe, expect, test } from "vitest";
import { design } from "../../src/index.js";
import { interimTable, outcomeClasses } from "../../src/kernel/interim-table.js";
import { outsideMoney } from "../../src/kernel/outside-money.js";
import { asData } from "../../src/mechanism/as-data.js";
import { expectation, interimExpectation, interimOutsideOptions } from "../../src/mechanism/interim.js";
import type { StructuredMechanism } from "../../src/mechanism/structured-mechanism.js";
import { Rational } from "../../src/number/rational.js";
import { filmWith } from "../environment/hand-made.js";
import { randomEnvironment } from "../generator/random-environment.js";
import { randomSymmetricEnvironment } from "../generator/random-symmetric-environment.js";
import { priced } from "../mechanism/hand-made.js";

const environment = filmWith();

describe("outside money", () => {
  test("is told by how much, at how many profiles and where the most comes in", () => {
    const found = outsideMoney(
      asData(environment, priced([0, 2, 5, "1/2"], [0, 2, 2, 2], [0, 1, 0, "3/2"])),
    )!;
    // 1/4 * 2/3 * 1 + 3/4 * 2/3 * 3/2.
    expect([`${found.expected}`, `${found.most}`, found.profiles, found.at]).toEqual([
      "11/12",
      "3/2",
      2,
      "ann high, bob high",
    ]);
    // Ann high meets bob high with 2/3.
    expect([found.byType!(0, 0), found.byType!(0, 1), found.byType!(1, 0)].map(String)).toEqual([
      "2/3",
      "1",
      "0",
    ]);
  });

  test("that is the same at every profile is told as such, though a table has it", () => {
    const found = outsideMoney(asData(environment, priced([0, 0, 0, 0], [0, 0, 0, 0], [2, 2, 2, 2])))!;
    expect(`${found.constant}`).toBe("2");
    expect(found.byType).toBeUndefined();
  });
});

/** Mechanisms of every form that designs have. */
async function designed(): Promise<StructuredMechanism[]> {
  const found: StructuredMechanism[] = [];
  const questions = [
    {},
    { ir: "ex-post" },
    { ic: "dominant", ir: "ex-post", balance: "no-deficit" },
    { allocation: "free", objective: "max-gains", budget: "ex-ante" },
  ] as const;
  for (let seed = 0; seed < 40; seed++) {
    const random = seed % 2 === 0 ? randomEnvironment(seed) : randomSymmetricEnvironment(seed);
    const { mechanism } = await design({ environment: random }, questions[(seed >> 1) % 4]);
    if (mechanism) found.push(mechanism);
  }
  return found;
}

test("what reports show of types is what the definitions say, for mechanisms of every form", async () => {
  const mechanisms = await designed();
  const seen = { alike: 0, byType: 0, outside: 0 };
  for (const mechanism of mechanisms) {
    const { environment } = mechanism;
    const table = interimTable(mechanism);
    const money = outsideMoney(mechanism)!;
    if (mechanism.alike) seen.alike++;
    if (money.byType) seen.byType++;
    expect(`${money.expected}`).toBe(`${expectation(environment, (s) => mechanism.subsidy(s))}`);
    environment.agents.forEach(({ types }, i) => {
      const options = interimOutsideOptions(environment, i);
      const classes = outcomeClasses(mechanism, i);
      types.forEach((_, type) => {
        // Of a type that has no probability under a joint prior nobody believes anything.
        const { outsideOption, chances } = table(i, type);
        if (!outsideOption.isZero) seen.outside++;
        expect(`${outsideOption}`).toBe(`${options[type]}`);
        const mean = (of: (s: number) => Rational) => interimExpectation(environment, i, type, of);
        classes.forEach((members, place) => {
          const chance = mean((s) =>
            Rational.sum(
              mechanism
                .lottery(s)
                .flatMap((entry) => (members.includes(entry.outcome) ? [entry.probability] : [])),
            ),
          );
          expect(`${chances[place]}`).toBe(`${chance}`);
        });
        if (money.byType) expect(`${money.byType(i, type)}`).toBe(`${mean((s) => mechanism.subsidy(s))}`);
      });
    });
  }
  console.log(seen);
  for (const [kind, count] of Object.entries(seen)) expect(count, kind).toBeGreaterThan(3);
});
