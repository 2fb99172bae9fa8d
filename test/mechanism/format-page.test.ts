import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { bilateralTrade } from "../../models/index.js";
import { judgedMechanism } from "../../src/kernel/judged-mechanism.js";
import { readMechanism } from "../../src/mechanism/mechanism-file.js";
import { posed } from "../../src/question/problem.js";

test("both files on the page about mechanisms are the posted price that it says, which meets every requirement at every profile", () => {
  const page = readFileSync("docs/mechanism-format.md", "utf8");
  const files = Array.from(page.matchAll(/```json\n(.*?)```/gs), ([, text]) => JSON.parse(text));
  expect(files).toHaveLength(2);
  const { environment } = bilateralTrade({ buyer: { points: 2 }, seller: { points: 2 } });
  const question = { ic: "dominant", ir: "ex-post", objective: "feasibility", allocation: "free" } as const;
  for (const file of files) {
    const mechanism = readMechanism(file, { environment, digest: "not asked for" });
    expect(String(mechanism.payment(0, 2))).toBe("1/2");
    const { findings } = judgedMechanism(posed(environment, question), mechanism);
    expect(findings.filter(({ holds }) => !holds)).toEqual([]);
  }
});
