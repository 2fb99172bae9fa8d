import { expect, test } from "vitest";
import * as z from "zod";
import { bilateralTrade, families, familyByName, partnership } from "../../models/index.js";
import { InputError } from "../../src/fault/input-error.js";
import { parseInstance } from "../../src/instance/instance.js";
import { posed } from "../../src/question/problem.js";

test("there is a family for each of the papers' environments, each under a name of its own", () => {
  expect(families.map(({ familyName }) => familyName)).toEqual([
    "bilateral-trade",
    "interdependent-trade",
    "partnership",
    "public-good",
    "interdependent-public-good",
    "public-projects",
    "single-good-auction",
    "private-good-production",
    "two-residents",
    "fixed-endowment",
    "square-root-good",
    "correlated-pair",
    "conditionally-independent",
  ]);
});

test.each(families.map((family) => [family.familyName, family] as const))(
  "%s says what it is, where it is from and what each parameter means",
  (_, { summary, about, source, parameters }) => {
    expect(summary).toMatch(/^[A-Z].{1,49}\.$/);
    expect(about).toMatch(/^[A-Z].*[.?]$/);
    expect(source).toMatch(/^[A-Z].* \d{4}/);
    const { properties = {} } = z.toJSONSchema(parameters, { io: "input" });
    expect(Object.keys(properties).length).toBeGreaterThan(0);
    for (const [name, property] of Object.entries(properties)) {
      expect([name, (property as { description?: string }).description]).toEqual([name, expect.any(String)]);
    }
  },
);

test.each(families.map((family) => [family.familyName, family] as const))(
  "%s has an example that is one of it, with a question that can be asked",
  (familyName, { example }) => {
    const instance = parseInstance({ model: familyName, ...example }, "example");
    expect(instance.environment.profiles.count).toBeLessThanOrEqual(1000);
    expect(posed(instance.environment, instance.question).question).toMatchObject(instance.question);
  },
);

test("a family is found by its name, and one that is not there is answered with the one that was meant", () => {
  expect(familyByName("partnership")).toBe(partnership);
  expect(() => familyByName("partnershp")).toThrow(/; did you mean partnership\?$/);
});

test.each(families.map((family) => [family.familyName, family] as const))(
  "%s refuses nonsense with a message, never with a crash",
  (_, family) => {
    for (const nonsense of [
      undefined,
      {},
      [],
      "x",
      1,
      { unknown: 1 },
      { agents: 2, grid: { points: "NaN" } },
    ]) {
      expect(() => family.read(nonsense)).toThrow(InputError);
    }
  },
);

test("trade and partnership with 2,000 types a side store nothing of the size of their 4,000,000 profiles", () => {
  const large = [
    bilateralTrade({ buyer: { points: 2000 }, seller: { points: 2000 }, convention: "value" }),
    partnership({ agents: 2, grid: { points: 2000, distribution: { power: 2 } } }),
  ];
  for (const { environment } of large) {
    expect(environment.profiles.count).toBe(4_000_000);
    expect(environment.values.map(({ entries }) => entries.length)).toEqual([4000, 4000]);
    expect(environment.prior.marginals.map((marginal) => marginal.length)).toEqual([2000, 2000]);
  }
});
