import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Instance, readInstance } from "../../src/instance/instance.js";
import { posed } from "../../src/question/problem.js";
import { shownInstanceJson } from "../../src/report/instance-json.js";
import { shownInstanceText } from "../../src/report/instance-text.js";
import type { ShownInstance } from "../../src/report/shown-instance.js";

function shown(instance: Instance): ShownInstance {
  const { name, description, environment, givenRule, digest, model } = instance;
  const { question } = posed(environment, instance.question, givenRule);
  const family = model && { name: model.family.familyName, parameters: model.parameters };
  return { name, description, environment, givenRule, digest, question, family };
}
const ofFile = (file: string) => shown(readInstance(readFileSync(`instances/${file}.json`, "utf8"), file));
const ofModel = (model: string, parameters: object) =>
  shown(readInstance(JSON.stringify({ model, parameters }), model));
const page = { width: 80, all: false };
const text = (instance: ShownInstance, layout = page) => shownInstanceText(instance, layout);

const trade = (points: number) => ofModel("bilateral-trade", { buyer: { points }, seller: { points } });
const tenBidders = ofModel("single-good-auction", { agents: 10, grid: { points: 10 } });

describe("an instance is shown", () => {
  test("with types, probabilities, values, and what is efficient where", () => {
    const lines = text(ofFile("bilateral-trade-uniform-10")).split("\n");
    expect(lines).toContain("  0.15          0.1               0         0  -0.15");
    expect(lines).toContain("  0.15               c     a     b     b     b     b     b     b     b     b");
    expect(lines).toContain("  a: no trade or trade; b: no trade; c: trade");
    expect(lines).toContain("  trade                    45         0.45");
    expect(lines).toContain("  expected gains of full efficiency, beyond outside options: 33/200 = 0.165");
    expect(lines).toContain("  How little outside money does it need in expectation?");
  });

  test("with correlated types as a table, and the rule that stands in it", () => {
    const correlated = text(ofFile("correlated-values-pair"));
    expect(correlated).toContain("  low        0.4   0.1\n  high       0.1   0.4\n");
    const cycle = text(ofFile("rule-with-a-cycle"));
    expect(cycle).toContain("  0.3        1/2 to ann + 1/2 kept\n");
    expect(cycle).toContain("Wanted: a mechanism with the instance's own rule");
  });

  test("with values by profile where they depend on others, and with costs", () => {
    expect(text(ofFile("lemons-trade"))).toContain("  any      fair         0    1.5\n");
    expect(text(ofFile("pool-and-bridge"))).toContain("  bridge      5\n");
  });

  const files = readdirSync("instances")
    .filter((file) => file.endsWith(".json"))
    .map((file) => file.replace(/\.json$/, ""));
  const large = {
    ten: tenBidders,
    trade: trade(1000),
    three: ofModel("partnership", { grids: [20, 30, 40].map((points) => ({ points })) }),
  };
  test.each([...files, ...Object.keys(large)])("%s fits 80 columns", (name) => {
    const lines = text(large[name as keyof typeof large] ?? ofFile(name)).split("\n");
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(lines.length).toBeLessThan(200);
  });

  test("with less where there is more, and how to see all of it", () => {
    expect(text(tenBidders)).toContain("  … and 6 more agents; --all shows them\n");
    expect(text(tenBidders)).toContain("  … and 9,999,999,984 more profiles; --all shows them\n");
    expect(text(trade(40))).toContain("  --all shows all of them\n");
    const all = text(trade(40), { width: 80, all: true });
    expect(all).toContain("\n  0.4875        0.025               0         0  0.4875\n");
    expect(all).not.toContain("--all");
  });
});

describe("an instance as JSON", () => {
  test("has every number as a fraction and a value, and every profile", () => {
    const json = shownInstanceJson(ofFile("correlated-values-pair")) as {
      agents: { types: object[] }[];
      byProfile: object[];
    };
    expect(json).toMatchObject({ prior: "joint", profiles: 4, expectedGains: { exact: "11/5", value: 2.2 } });
    expect(json.agents[0].types[1]).toEqual({
      type: "high",
      probability: { exact: "1/2", value: 0.5 },
      outsideOption: { exact: "0", value: 0 },
      values: {
        kept: { exact: "0", value: 0 },
        "to ann": { exact: "3", value: 3 },
        "to bob": { exact: "0", value: 0 },
      },
    });
    expect(json.byProfile[1]).toEqual({
      types: ["low", "high"],
      probability: { exact: "1/10", value: 0.1 },
      efficient: ["to bob"],
      gains: { exact: "3", value: 3 },
    });
    expect(JSON.stringify(json)).not.toContain("null");
  });

  test("leaves ten billion profiles out", () => {
    expect(shownInstanceJson(tenBidders)).not.toHaveProperty("byProfile");
    expect(shownInstanceJson(tenBidders)).toMatchObject({
      expectedGains: { exact: "3603426323/4000000000" },
    });
  });
});
