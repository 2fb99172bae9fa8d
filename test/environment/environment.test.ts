import { describe, expect, test } from "vitest";
import type { EnvironmentSpecification } from "../../src/environment/environment.js";
import { film, filmWith, vector } from "./hand-made.js";

test("values, costs and outside options are what the description says, whatever they depend on", () => {
  const environment = filmWith();
  expect(environment.agentCount).toBe(2);
  expect(String(environment.value(0, 1, 2))).toBe("4");
  expect(String(environment.value(1, 1, 2))).toBe("2");
  expect(String(environment.cost(1, 0))).toBe("4");
  expect(String(environment.outsideOption(0, 0))).toBe("0");
  expect(String(environment.outsideOption(1, 3))).toBe("1/2");
  expect(environment.hasPrivateValues).toBe(true);
  expect(environment.profileLabel(2)).toBe("ann high, bob low");
});

test("all money is counted in one denominator", () => {
  const environment = filmWith({ cost: { shape: "constant", entries: vector("1/3") } });
  expect(environment.moneyDenominator).toBe(6n);
  expect(environment.costs.numerator(0, 0, 0)).toBe(2);
  expect(environment.values[0].numerator(1, 2, 1)).toBe(24);
});

test("costs are zero where the description is silent", () => {
  expect(filmWith({ cost: undefined }).cost(1, 3).isZero).toBe(true);
});

test("interdependent values are read at the whole profile", () => {
  const [ann, bob] = film.agents;
  const values = { shape: "profile-outcome", entries: vector(0, 1, 0, 2, 0, 3, 0, 4) } as const;
  const environment = filmWith({ agents: [{ ...ann, values }, bob] });
  expect([0, 1, 2, 3].map((s) => String(environment.value(0, 1, s)))).toEqual(["1", "2", "3", "4"]);
  expect(environment.hasPrivateValues).toBe(false);
});

describe("a description at fault is refused with its path", () => {
  const [ann, bob] = film.agents;
  const faults: [Partial<EnvironmentSpecification>, string][] = [
    [{ agents: [] }, "agents: an empty list; expected at least one agent"],
    [
      { agents: [ann, { ...bob, name: "ann" }] },
      'agents[1].name: "ann" again, as in agents[0].name; expected labels that differ',
    ],
    [{ agents: [{ ...ann, types: [] }, bob] }, "agents[0].types: 0 types; expected at least one type"],
    [
      { agents: [{ ...ann, types: ["low", "low"] }, bob] },
      'agents[0].types[1]: "low" again, as in agents[0].types[0]; expected labels that differ',
    ],
    [{ outcomes: [] }, "outcomes: an empty list; expected at least one outcome"],
    [{ outcomes: ["go", "go"] }, 'outcomes[1]: "go" again, as in outcomes[0]; expected labels that differ'],
    [
      { cost: { shape: "outcome", entries: vector(1) } },
      "cost: 1 entries; expected 2, as a table by outcome needs",
    ],
    [
      { agents: [{ ...ann, values: { shape: "type-outcome", entries: vector(0, 1) } }, bob] },
      "agents[0].values: 2 entries; expected 4, as a table by type-outcome needs",
    ],
    [
      { agents: [ann, { ...bob, outsideOption: { shape: "profile", entries: vector(0, 1) } }] },
      "agents[1].outsideOption: 2 entries; expected 4, as a table by profile needs",
    ],
    [
      { prior: { kind: "independent", marginals: [vector(1)] } },
      "prior: 1 marginals; expected 2, one for each agent",
    ],
  ];
  test.each(faults.map(([change, message]) => [message, change] as const))("%s", (message, change) => {
    expect(() => filmWith(change)).toThrow(expect.objectContaining({ name: "InputError", message }));
  });
});
