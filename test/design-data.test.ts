import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readAnswerFile } from "../src/certificate/answer-file.js";
import { designData, designFromData } from "../src/design-data.js";
import { InputError } from "../src/fault/input-error.js";
import {
  auditRequirements,
  bilateralTrade,
  design,
  environmentDigest,
  partnership,
  readMechanism,
  singleGoodAuction,
} from "../src/index.js";
import { readInstance } from "../src/instance/instance.js";
import { verifyAnswer } from "../src/kernel/verify.js";
import { designJson } from "../src/report/design-json.js";
import { designText } from "../src/report/design-text.js";

const grid = { points: 6, placement: "endpoint" } as const;
const trade = bilateralTrade({ buyer: grid, seller: grid });

describe("a design", () => {
  test("is copied by structuredClone, and the copy says what was found, in data", async () => {
    const copy = structuredClone(await design(trade));
    expect(copy).toMatchObject({
      verdict: "impossible",
      infeasible: false,
      optimum: { numerator: 1n, denominator: 36n },
      formulation: "paths",
    });
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
    expect(Object.keys(copy)).not.toContain("problem");
  });

  test("is its own fields, as data", async () => {
    const answer = await design(trade);
    expect(structuredClone(designData(answer))).toEqual(structuredClone(answer));
  });

  test("has an answer file that JSON can hold, and that verifies", async () => {
    const answer = await design(trade);
    const file = readAnswerFile(JSON.parse(JSON.stringify(answer.answerFile)));
    const { digest } = readInstance(JSON.stringify(tradeFile), "trade");
    expect(verifyAnswer(file, { environment: trade.environment, digest })).toMatchObject({ verified: true });
  });

  test("is what `solve --json` prints when it becomes JSON, with a mechanism file in it", async () => {
    const answer = await design(trade);
    const { mechanism, ...json } = JSON.parse(JSON.stringify(answer));
    expect(json).toEqual(JSON.parse(JSON.stringify(designJson(answer, trade.environment.name))));
    const { environment } = trade;
    const read = readMechanism(mechanism, { environment, digest: environmentDigest(environment) });
    expect(auditRequirements(answer.problem, read).every(({ holds }) => holds)).toBe(true);
  });

  test("has no mechanism in its JSON where there is none", async () => {
    const question = { objective: "feasibility", ir: "ex-post", ic: "dominant" } as const;
    expect(JSON.parse(JSON.stringify(await design(trade, question)))).not.toHaveProperty("mechanism");
  });
});

const tradeFile = { model: "bilateral-trade", parameters: { buyer: grid, seller: grid } };

describe("a design that has been copied and made anew", () => {
  const files = readdirSync("instances").filter((name) => name.endsWith(".json"));

  test.each(files)("says of %s what it said before", async (file) => {
    const instance = readInstance(readFileSync(`instances/${file}`, "utf8"), file);
    const answer = await design(instance, instance.question);
    const again = designFromData(structuredClone(designData(answer)), instance);
    expect(designText(again, file)).toBe(designText(answer, file));
    expect(JSON.stringify(again)).toBe(JSON.stringify(answer));
    expect(again.answerFile).toEqual(answer.answerFile);
  });

  test("keeps what an infeasible and an unbounded question are told", async () => {
    const auction = singleGoodAuction({ agents: 2, grid: { points: 2 } });
    for (const question of [
      { budget: "none", objective: "max-surplus", ir: "none" },
      { objective: "feasibility", ir: "ex-post", ic: "dominant" },
    ] as const) {
      const answer = await design(auction, question);
      const again = designFromData(structuredClone(answer), auction);
      expect(again.problem.question).toEqual(answer.problem.question);
      expect(JSON.stringify(again)).toBe(JSON.stringify(answer));
    }
  });

  test("keeps the interval of a question that was not settled, and why it was not", async () => {
    const question = { allocation: "free", objective: "max-gains" } as const;
    const answer = await design(trade, question, { signal: AbortSignal.abort() });
    const again = designFromData(structuredClone(answer), trade);
    expect([again.verdict, again.optimum]).toEqual([answer.verdict, undefined]);
    expect([again.lower, again.upper].map(String)).toEqual([answer.lower, answer.upper].map(String));
    expect(again.shortfall).toBe(answer.shortfall);
    expect(again.shortfall).toBeDefined();
  });

  test("has the mechanism, the multipliers and the parameters of the question", async () => {
    const model = partnership({ agents: 2, grid: { points: 3 } });
    const answer = await design(model, { parameters: { icSlack: "1/100", neverPaid: ["partner 1"] } });
    const again = designFromData(structuredClone(answer), model);
    expect(again.problem.question.parameters).toEqual({ icSlack: "1/100", neverPaid: ["partner 1"] });
    expect(String(again.lower)).toBe(String(answer.lower));
    expect(again.multipliers !== undefined).toBe(answer.multipliers !== undefined);
    for (const [agent, profile] of [
      [0, 0],
      [1, 8],
    ]) {
      expect(again.mechanism?.payment(agent, profile)).toEqual(answer.mechanism?.payment(agent, profile));
    }
  });

  test("belongs to its own model and to no other", async () => {
    const data = structuredClone(designData(await design(trade)));
    // Of the same labels, so that nothing but its probabilities tells it apart.
    const seller = { ...grid, distribution: { power: 2 } };
    const other = bilateralTrade({ buyer: grid, seller });
    expect(() => designFromData(data, other)).toThrow(InputError);
  });
});
