import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { designFor } from "../../src/design.js";
import { parseInstance } from "../../src/instance/instance.js";
import { posed } from "../../src/question/problem.js";
import type { Question } from "../../src/question/question.js";

/** The exact optimum of an instance file, under another question or with other parameters where given. */
async function optimum(
  name: string,
  question: Partial<Question> = {},
  parameters: Record<string, unknown> = {},
): Promise<string> {
  const json = JSON.parse(readFileSync(`instances/${name}.json`, "utf8"));
  const instance = parseInstance({ ...json, parameters: { ...json.parameters, ...parameters } }, name);
  const asked = { ...instance.question, ...question };
  return `${(await designFor(posed(instance.environment, asked, instance.givenRule))).optimum}`;
}

test("trade of four types a side is free with private values, and costs 1/128 where the other's signal counts", async () => {
  expect(await optimum("interdependent-trade-4")).toBe("1/128");
  expect(await optimum("interdependent-trade-4", {}, { a: 0 })).toBe("0");
});

test("a public good with private values costs 1/64 ex post, and nothing where the other's signal counts half", async () => {
  const name = "interdependent-public-good-4";
  expect(await optimum(name)).toBe("0");
  expect(await optimum(name, {}, { cost: 1, valuation: { own: 1, other: 0 } })).toBe("1/64");
});

test("private good and residents: ex post participation is free with Bayesian incentives and not with ex post ones", async () => {
  expect(await optimum("private-good-production-4")).toBe("0");
  expect(await optimum("private-good-production-4", { ic: "ex-post" })).toBe("1/64");
  expect(await optimum("two-residents-4")).toBe("0");
  expect(await optimum("two-residents-4", { ic: "ex-post" })).toBe("333616399/677876265990");
});

test("an endowment in equal hands is divided anew for nothing, one in a single hand is not", async () => {
  expect(await optimum("fixed-endowment-equal-4")).toBe("0");
  const name = "fixed-endowment-owner-5";
  expect(await optimum(name)).toBe("116699/7056000");
  expect(await optimum(name, { ir: "interim" })).toBe("102587/7056000");
  expect(await optimum(name, {}, { endowments: ["1/2", "1/2"] })).toBe("0");
});

test("the seller of a divisible good can raise 0.832 of 1.515", async () => {
  expect(await optimum("square-root-good-3")).toBe("2247567140119/2700000000000");
  const all = { ic: "none", ir: "ex-ante" } as const;
  expect(await optimum("square-root-good-3", all)).toBe("151527482217/100000000000");
});

test("pool, bridge or neither: dominant strategies cost 4/9, Bayesian incentives nothing", async () => {
  expect(await optimum("public-projects-3")).toBe("4/9");
  expect(await optimum("public-projects-3", { ic: "bayesian" })).toBe("0");
});

test("a broker keeps all the gains of correlated traders, and a fifth of those of independent ones", async () => {
  const gains = { objective: "max-gains", allocation: "free", ir: "none" } as const;
  for (const [correlation, kept, all] of [
    ["1/4", "15/128", "15/128"],
    ["0", "1/32", "5/32"],
  ]) {
    expect(await optimum("correlated-trade-4", {}, { correlation })).toBe(kept);
    expect(await optimum("correlated-trade-4", gains, { correlation })).toBe(all);
  }
});

test("neighbours who imitate a third: participation costs nothing in expectation, 7/108 at every profile", async () => {
  const name = "conditionally-independent-3";
  expect(await optimum(name)).toBe("7/108");
  expect(await optimum(name, { ir: "interim" })).toBe("0");
  expect(await optimum(name, {}, { imitation: 0 })).toBe("0");
});
