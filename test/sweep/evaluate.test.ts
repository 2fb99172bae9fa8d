import { describe, expect, it } from "vitest";
import { design, instanceFromData, verifyAnswer } from "../../src/index.js";
import { evaluate } from "../../src/sweep/evaluate.js";
import { planOf } from "../../src/sweep/plan.js";
import { foundSchema } from "../../src/sweep/result.js";
import { partners } from "./specifications.js";

const trade = {
  model: "bilateral-trade",
  parameters: { buyer: { points: 10 }, seller: { points: 10 } },
} as const;

describe("a point", () => {
  it("is answered as solve answers, and its proof verifies", async () => {
    const { outcome, proof } = await evaluate({ instance: trade, ask: {}, proof: true });
    expect(outcome).toMatchObject({
      verdict: "impossible",
      optimum: { exact: "3/40" },
      efficientGains: { exact: "33/200" },
    });
    expect(foundSchema.safeParse(outcome).error).toBeUndefined();
    expect(verifyAnswer(JSON.parse(proof!), instanceFromData(trade)).verified).toBe(true);
  });

  it("has the key of its environment and question, whatever they are called", async () => {
    const key = async (instance: object, ask: object) => {
      const { outcome } = await evaluate({ instance, ask });
      return "key" in outcome ? outcome.key : "";
    };
    const own = await key(trade, {});
    expect(await key({ ...trade, name: "another" }, { question: { ic: "bayesian" } })).toBe(own);
    expect(await key({ ...trade, question: { ir: "ex-post" } }, {})).toBe(
      await key(trade, { question: { ir: "ex-post" } }),
    );
    expect(await key(trade, { question: { ir: "ex-post" } })).not.toBe(own);
    expect(await key(trade, { continuum: true })).not.toBe(own);
  });

  it("is answered for all types of the intervals, and constructions are measured beside", async () => {
    const { outcome } = await evaluate({
      instance: trade,
      ask: { continuum: true, constructions: ["ir-vcg"] },
    });
    expect(outcome).toMatchObject({
      verdict: "impossible",
      optimum: { exact: "1/6" },
      mechanisms: [{ name: "ir-vcg", qualifies: true, settles: false }],
    });
    const grid = await evaluate({ instance: trade, ask: { constructions: ["vcg", "m1"] } });
    expect(grid.outcome).toMatchObject({
      mechanisms: [{ name: "vcg", qualifies: false, violations: { "interim IR": { exact: "1/2" } } }],
      notApplying: [{ name: "m1" }],
    });
    expect(foundSchema.safeParse(grid.outcome).error).toBeUndefined();
  });

  it("that cannot be has the reason, and so has one that asks what there is not", async () => {
    const failure = async (instance: object, ask: object) => (await evaluate({ instance, ask })).outcome;
    expect(await failure({ model: "bilateral" }, {})).toMatchObject({
      failure: expect.stringContaining("instance.model"),
    });
    expect(await failure(trade, { cells: 3 })).toMatchObject({
      failure: expect.stringContaining("3 without continuum"),
    });
    expect(await failure(trade, { constructions: ["vgc"] })).toMatchObject({
      failure: expect.stringContaining("did you mean vcg?"),
    });
    expect(await failure(trade, { question: { allocation: "given" } })).toMatchObject({
      failure: expect.stringContaining("allocation"),
    });
  });

  it("of the partners has the optimum that each instance has by itself", async () => {
    const plan = planOf(partners);
    for (const number of [1, 3, 8]) {
      const point = plan.point(number);
      if ("fault" in point) throw point.fault;
      const { optimum } = await design(instanceFromData(point.task.instance as never));
      const { outcome } = await evaluate(point.task);
      expect(outcome).toMatchObject({ optimum: { exact: String(optimum) } });
    }
  });
});
