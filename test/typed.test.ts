import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, expectTypeOf, test } from "vitest";
import type { FormulationName } from "../src/formulation/formulation.js";
import * as mechlp from "../src/index.js";
import {
  type AskedQuestion,
  bilateralTrade,
  type Design,
  type DesignData,
  type DesignOptions,
  design,
  type GridData,
  InputError,
  type InstanceData,
  instanceFromData,
  type NumberData,
  partnership,
  publicGood,
  publicProjects,
  type RationalData,
  singleGoodAuction,
} from "../src/index.js";

const grid = { points: 3 };

/** Two neighbours and a bridge, as a reader of the documentation would write them. */
const bridge = {
  agents: [
    {
      name: "ann",
      types: ["low", "high"],
      prior: ["1/3", "2/3"],
      values: {
        byType: [
          [0, 1],
          [0, "5/2"],
        ],
      },
    },
    {
      name: "bob",
      types: [1, 2],
      weights: [1, 1],
      values: {
        byType: [
          [0, 1],
          [0, 2],
        ],
      },
      outsideOption: 0.1,
    },
  ],
  outcomes: ["nothing", "bridge"],
  cost: { byOutcome: [0, 3] },
  question: { ic: "dominant", neverPaid: ["ann"] },
} as const satisfies InstanceData;

describe("the compiler refuses", () => {
  /** Is compiled and never run. */
  function families() {
    // @ts-expect-error: a misspelt parameter
    bilateralTrade({ buyr: 1 });
    // @ts-expect-error: no parameters at all
    bilateralTrade(42);
    // @ts-expect-error: the seller is missing
    bilateralTrade({ buyer: grid });
    // @ts-expect-error: no such convention
    bilateralTrade({ buyer: grid, seller: grid, convention: "price" });
    // @ts-expect-error: a misspelt field of a grid
    bilateralTrade({ buyer: { points: 3, placment: "endpoint" }, seller: grid });
    // @ts-expect-error: a number is no list
    partnership({ agents: 2, grid, shares: "1/2" });
    // @ts-expect-error: another family's parameters
    publicGood({ agents: 2, grid, cost: 1, sellerValue: 0 });
    // @ts-expect-error: not a parameter of any family
    singleGoodAuction(42);
    // @ts-expect-error: a project without its name
    publicProjects({ agents: 2, grid, projects: [{ slope: 2 }] });
  }

  function instances() {
    const [ann, bob] = bridge.agents;
    // @ts-expect-error: agents have no values by outcome
    instanceFromData({ ...bridge, agents: [ann, { ...bob, values: { byOutcome: [0, 1] } }] });
    // @ts-expect-error: a truth value within a nested table
    instanceFromData({ ...bridge, cost: { byProfile: [[0, true]] } });
    // @ts-expect-error: outcomes are missing
    instanceFromData({ agents: bridge.agents });
    // @ts-expect-error: the field is called cost
    instanceFromData({ ...bridge, costs: 1 });
    // @ts-expect-error: no family of that name
    instanceFromData({ model: "bilateral", parameters: { buyer: grid, seller: grid } });
    // @ts-expect-error: parameters of another family
    instanceFromData({ model: "bilateral-trade", parameters: { agents: 2, grid } });
  }

  function questions() {
    const model = bilateralTrade({ buyer: grid, seller: grid });
    // @ts-expect-error: no such choice
    design(model, { ic: "bayes" });
    // @ts-expect-error: no such part of a question
    design(model, { incentives: "bayesian" });
    // @ts-expect-error: agents are named
    design(model, { neverPaid: 1 });
    // @ts-expect-error: no such formulation
    design(model, {}, { formulation: "path" });
    // @ts-expect-error: no such option
    design(model, {}, { timelimit: 3 });
  }

  test("misspelt and misplaced parameters, instances, questions and options", () => {
    expect([families, instances, questions]).toHaveLength(3);
  });

  test("and the library says the same where nothing is compiled", () => {
    const untyped = mechlp as unknown as Record<string, (given: unknown) => unknown>;
    expect(() => untyped.bilateralTrade({ buyr: 1 })).toThrow(InputError);
    expect(() => untyped.bilateralTrade(42)).toThrow(InputError);
    expect(() => untyped.instanceFromData(42)).toThrow(InputError);
  });
});

describe("the compiler knows", () => {
  test("numbers as files have them, grids of both kinds, and every field of a question", () => {
    expectTypeOf<NumberData>().toEqualTypeOf<number | string>();
    expectTypeOf({ points: 3, distribution: { power: "1/2" }, to: 2 }).toExtend<GridData>();
    expectTypeOf({ values: [0, "1/3", 1] }).toExtend<GridData>();
    expectTypeOf({
      icSlack: 0.01,
      paymentCaps: { ann: "1/2" },
      neverPaid: "all",
    } as const).toExtend<AskedQuestion>();
    expectTypeOf<DesignOptions["formulation"]>().toEqualTypeOf<FormulationName | undefined>();
    expectTypeOf(bridge).toExtend<InstanceData>();
    expectTypeOf<{
      model: "partnership";
      parameters: { agents: 2; grid: GridData };
    }>().toExtend<InstanceData>();
  });

  test("what a design holds, and what is left of it elsewhere", () => {
    expectTypeOf<Design["optimum"]>().toEqualTypeOf<mechlp.Rational | undefined>();
    expectTypeOf<DesignData["optimum"]>().toEqualTypeOf<RationalData | undefined>();
    expectTypeOf<DesignData>().not.toHaveProperty("mechanism");
    expectTypeOf<DesignData>().not.toHaveProperty("toJSON");
    expectTypeOf<Design>().toExtend<DesignData>();
  });
});

test("an instance of plain data is the instance that a file with it would be", async () => {
  const instance = instanceFromData(bridge);
  expect(instance.digest).toBe(mechlp.readInstance(JSON.stringify(bridge), "bridge").digest);
  const answer = await design(instance, instance.question);
  expect(answer.problem.question).toMatchObject({ ic: "dominant", parameters: { neverPaid: ["ann"] } });
});

test("a question is asked in the words of files, and what is beside them wins over what was read", async () => {
  const model = partnership({ agents: 2, grid });
  const read = { parameters: { icSlack: "1/2" } };
  const { problem } = await design(model, { ...read, icSlack: 0.25, neverPaid: "all" });
  expect(problem.question.parameters).toEqual({ icSlack: "1/4", neverPaid: "all" });
});

test("every class of errors that doc comments of the public modules name can be imported", () => {
  const read = (file: string) => readFileSync(file, "utf8");
  const sources = (folder: string) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => `${folder}/${name}`);
  const files = [...sources("src"), ...sources("models")].filter((file) => file.endsWith(".ts"));
  const classes = files.flatMap((file) => [...read(file).matchAll(/class (\w+) extends \w*Error\b/g)]);
  const modules = [...read("src/index.ts").matchAll(/from "\.\/([^"]+)\.js"/g)].map(
    ([, name]) => `src/${name}.ts`,
  );
  const comments = [...modules, "src/index.ts", ...sources("models")].flatMap((file) => [
    ...read(file).matchAll(/\/\*\*[\s\S]*?\*\//g),
  ]);
  const named = classes
    .map(([, name]) => name)
    .filter((name) => comments.some(([text]) => text.includes(name)));
  expect(named.sort()).toEqual(["InputError", "Refuted", "SolverUnavailable"]);
  expect(named.filter((name) => !(name in mechlp))).toEqual([]);
});
