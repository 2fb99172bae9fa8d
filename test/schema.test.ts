import { readdirSync, readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { answerFileText } from "../src/certificate/answer-file.js";
import { methodOf } from "../src/continuum/methods.js";
import { design, designContinuum } from "../src/index.js";
import { readContinuousInstance } from "../src/instance/continuous-instance.js";
import { readInstance } from "../src/instance/instance.js";
import { mechanismFileText } from "../src/mechanism/mechanism-file.js";
import type { ProvedAnswer } from "../src/proved-answer.js";
import { continuumJson } from "../src/report/continuum-json.js";
import { designJson } from "../src/report/design-json.js";
import { schemaFiles } from "../src/schemas.js";
import { evaluate } from "../src/sweep/evaluate.js";
import { planOf } from "../src/sweep/plan.js";

const ajv = new Ajv2020({ strict: false, allErrors: true });
const validators = new Map(
  schemaFiles().map(([name, text]) => [name, ajv.compile(JSON.parse(text))] as const),
);

/** What the JSON Schema finds wrong, in words; nothing for what it accepts. */
function faultsOf(schema: string, json: unknown): string {
  const validate = validators.get(schema)!;
  return validate(json) ? "" : ajv.errorsText(validate.errors);
}

const instanceFiles = readdirSync("instances").filter((name) => name.endsWith(".json"));
const read = (file: string) => readFileSync(`instances/${file}`, "utf8");

describe("the JSON Schemas of the project's files", () => {
  test.each(schemaFiles())("schema/%s is what `npm run schema` writes", (name, text) => {
    expect(readFileSync(`schema/${name}`, "utf8")).toBe(text);
  });

  test("there are no others", () => {
    expect(readdirSync("schema").sort()).toEqual(
      schemaFiles()
        .map(([name]) => name)
        .sort(),
    );
  });

  test.each(instanceFiles)("accept the instance %s", (file) => {
    expect(faultsOf("instance.schema.json", JSON.parse(read(file)))).toBe("");
  });

  test.each(["pool-and-bridge.json", "rule-with-a-cycle.json", "bilateral-trade-endpoint-6.json"])(
    "accept the mechanism and the answer that are written for %s",
    async (file) => {
      const instance = readInstance(read(file), file);
      const answer = await design(instance, instance.question);
      const written = JSON.parse([...answerFileText(answer, instance)].join(""));
      expect(faultsOf("answer.schema.json", written)).toBe("");
      expect(faultsOf("answer.schema.json", { ...written, claim: undefined })).not.toBe("");
      if (!answer.mechanism) return;
      const mechanism = JSON.parse(
        [...mechanismFileText(instance.environment, answer.mechanism, instance)].join(""),
      );
      expect(faultsOf("mechanism.schema.json", mechanism)).toBe("");
      expect(faultsOf("mechanism.schema.json", { ...mechanism, format: "another" })).not.toBe("");
    },
  );

  test("accept an instance of intervals, its answer, and what is printed of it", async () => {
    const text = readFileSync("instances/continuous/trade.json", "utf8");
    expect(faultsOf("instance.schema.json", JSON.parse(text))).toBe("");
    const instance = readContinuousInstance(text, "trade");
    for (const question of [{}, { ir: "ex-post" }, { allocation: "free" }] as const) {
      const answer = await designContinuum(instance, question, { cells: 4 });
      const { answerFile } = answer;
      expect(faultsOf("continuum-answer.schema.json", answerFile)).toBe("");
      const certificate = { ...answerFile.certificate, kind: "belief" };
      expect(faultsOf("continuum-answer.schema.json", { ...answerFile, certificate })).not.toBe("");
      const theorems = methodOf(answer.method)!.theorems(instance.environment, answer.question);
      const printed = JSON.parse(JSON.stringify(continuumJson({ name: "trade", answer, theorems })));
      expect(faultsOf("solve.schema.json", printed)).toBe("");
      expect(faultsOf("solve.schema.json", { ...printed, verdict: "perhaps" })).not.toBe("");
    }
  });

  test.each([...instanceFiles, "an undecided one"])(
    "accept what solve --json prints for %s",
    async (file) => {
      const instance = readInstance(read(file.endsWith(".json") ? file : "pool-and-bridge.json"), file);
      const answer = await design(instance, instance.question);
      const { problem, mechanism: designed } = answer;
      const shown: ProvedAnswer = file.endsWith(".json")
        ? answer
        : {
            ...answer,
            problem,
            mechanism: designed,
            verdict: "undecided" as const,
            optimum: undefined,
            shortfall: "time ran out",
          };
      const json = JSON.parse(JSON.stringify(designJson(shown, instance.name)));
      const mechanism =
        answer.mechanism &&
        JSON.parse([...mechanismFileText(instance.environment, answer.mechanism, instance)].join(""));
      const whole = JSON.parse(JSON.stringify({ ...json, mechanism }));
      expect(faultsOf("solve.schema.json", whole)).toBe("");
      expect(faultsOf("solve.schema.json", { ...whole, optimum: "1/2" })).not.toBe("");
      expect(faultsOf("solve.schema.json", { ...whole, shortfall: null })).not.toBe("");
    },
  );

  test("accept what is printed where the work was cut short, and nothing between the two", () => {
    const cut = {
      verdict: "undecided",
      bounds: { lower: { exact: "1/8", value: 0.125 } },
      shortfall: "time",
      seconds: 2,
    };
    expect(faultsOf("solve.schema.json", cut)).toBe("");
    expect(faultsOf("solve.schema.json", { ...cut, instance: "x" })).not.toBe("");
  });

  test.each(["random-priors", "unequal-partnerships"])(
    "accept the sweep %s, and lines of its results",
    async (name) => {
      const specification = JSON.parse(readFileSync(`docs/studies/${name}.json`, "utf8"));
      expect(faultsOf("sweep.schema.json", specification)).toBe("");
      expect(faultsOf("sweep.schema.json", { ...specification, draws: true })).not.toBe("");
      expect(faultsOf("sweep.schema.json", { ...specification, vray: {} })).not.toBe("");
      const plan = planOf(specification);
      for (const number of [1, plan.count]) {
        const point = plan.point(number);
        if ("fault" in point) throw point.fault;
        const line = { ...point.coordinates, ...(await evaluate(point.task)).outcome };
        expect(faultsOf("sweep-results.schema.json", JSON.parse(JSON.stringify(line)))).toBe("");
        expect(faultsOf("sweep-results.schema.json", { ...line, verdict: "perhaps" })).not.toBe("");
        expect(faultsOf("sweep-results.schema.json", { ...point.coordinates, failure: "why" })).toBe("");
      }
    },
  );

  test("refuse what the reader refuses by its form: an editor marks it while it is written", () => {
    const trade = JSON.parse(read("bilateral-trade-endpoint-5.json"));
    const pool = JSON.parse(read("pool-and-bridge.json"));
    const faults = [
      { ...trade, model: "bilateral" },
      { ...trade, parameters: { ...trade.parameters, sellr: {} } },
      { ...trade, parameters: { ...trade.parameters, convention: "price" } },
      { ...pool, outcomes: undefined },
      { ...pool, costs: 1 },
      { ...pool, cost: { byOutcomes: [1] } },
      { ...pool, question: { ic: "bayes" } },
      { ...pool, agents: [{ ...pool.agents[0], prior: "1/2" }] },
    ].map((json) => JSON.parse(JSON.stringify(json)));
    for (const json of faults) {
      expect(faultsOf("instance.schema.json", json), JSON.stringify(json).slice(0, 300)).not.toBe("");
      expect(() => readInstance(JSON.stringify(json), "x")).toThrow();
    }
  });
});
