import { describe, expect, it } from "vitest";
import { interimTheorems } from "../../../src/continuum/interim/description.js";
import { interimMethod } from "../../../src/continuum/interim/method.js";
import type { ContinuousEnvironment } from "../../../src/environment/continuous-environment.js";
import { defaultQuestion, type Question } from "../../../src/question/question.js";
import { partnership, trade } from "../environments.js";

async function words(environment: ContinuousEnvironment, asked: Partial<Question> = {}) {
  const question = { ...defaultQuestion, ...asked };
  const { certificate } = await interimMethod.find(environment, question, { cells: 2 });
  return interimMethod.describe!(environment, question, certificate);
}

describe("the proof in words", () => {
  it("names the types that ask for most, what they ask for, and the expected surplus that it adds up with", async () => {
    const { lower, upper } = await words(partnership(["1/10", "9/10"]));
    expect(lower).toEqual([
      "A type expects the surplus given its type, plus a constant of its agent.",
      "partner 1: at least -99/200, or type 1/10 would not take part.",
      "partner 2: at least -19/200, or type 9/10 would not take part.",
      "Together agents are left the expected surplus, 2/3, and the constants beyond what there is.",
    ]);
    expect(upper!.at(-1)).toBe("The same outside money comes in at every profile.");
  });

  it("has no proof of more than nothing where nothing is needed, and no mechanism where there is none", async () => {
    const { lower, upper } = await words(partnership(["1/2", "1/2"]));
    expect([lower, upper!.at(-1)]).toEqual([undefined, "No outside money comes in at any profile."]);
    expect(await words(trade(), { objective: "max-gains" })).toEqual({});
    expect(await words(trade(), { ic: "none" })).toEqual({});
  });

  it("says of a maximum what attains it below and what proves it above", async () => {
    const { lower, upper } = await words(trade(), { objective: "max-surplus", budget: "none" });
    expect(lower![0]).toContain("Groves");
    expect(upper).toContain("buyer: at least 0, or type 0 would not take part.");
  });

  it("needs no second look at a mesh", async () => {
    const { agents, surplus } = trade();
    const { lower } = await words({ name: "known by its surplus alone", agents, surplus });
    expect(lower!.length).toBe(3);
  });
});

describe("the theorems relied upon", () => {
  const named = (asked: Partial<Question>) =>
    interimTheorems(trade(), { ...defaultQuestion, ...asked }).map((theorem) => theorem.split(":")[0]);

  it("are those that the question needs: transfers that nobody expects to gain from help no dominant strategy", () => {
    expect(named({})).toEqual(["Payoff equivalence", "Balance"]);
    expect(named({ budget: "ex-ante" })).toEqual(["Payoff equivalence"]);
    expect(named({ ic: "dominant", ir: "ex-post" })).toEqual(["Payoff equivalence", "Groves"]);
    expect(named({ ic: "none", budget: "ex-ante" })).toEqual(["Outside options"]);
  });
});
