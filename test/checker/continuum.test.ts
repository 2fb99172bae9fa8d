import { describe, expect, test } from "vitest";
import { parseRational } from "../../src/number/rational-text.js";
import type { AskedQuestion } from "../../src/question/question.js";
import { changed, type Json, type Path } from "../kernel/mutations.js";
import { hasPython } from "./both.js";
import { answered, type Case, compared, documentOf, judged } from "./continuum-both.js";
import { environments } from "./continuum-instances.js";

/** At most so many numbers of one answer are altered. */
const SAMPLE = 60;

type Asked = readonly [instance: keyof typeof environments, question: AskedQuestion, cells?: number];
const atProfiles = { ir: "ex-post" } as const;
const noDeficit = { ir: "ex-post", balance: "no-deficit" } as const;

const asked: Asked[] = [
  ["trade", {}],
  ["trade with atoms", {}],
  ["unequal partners", { objective: "max-surplus", budget: "ex-ante" }],
  ["unequal partners", { objective: "max-gains", budget: "none" }],
  ["equal partners", { objective: "max-surplus", balance: "no-deficit" }],
  ["equal partners", { ir: "ex-ante", objective: "max-gains" }],
  ["three partners", {}],
  ["a public good", { objective: "feasibility" }],
  ["two sizes of a sale", { ir: "ex-post", budget: "ex-ante" }],
  ["an auction", { objective: "max-surplus", balance: "no-deficit" }],
  ["an auction", { ic: "none", objective: "max-gains" }],
  ["a curved outside option", {}],
  ["tangled projects", {}, 4],
  ["tangled projects", { ir: "none", objective: "max-gains" }, 4],
  ["trade", atProfiles, 5],
  ["trade with atoms", noDeficit, 4],
  ["a curved outside option", atProfiles, 4],
  ["two sizes of a sale", atProfiles, 4],
  ["unequal partners", noDeficit, 4],
  ["three partners", atProfiles, 2],
  ["a public good", noDeficit, 2],
  ["equal partners", atProfiles],
  ["one agent", atProfiles],
  ["rivals, one with an atom at its end", { objective: "max-gains", budget: "none" }],
];

/** Where the numbers of the claim and the certificate are. */
function numbers(value: Json, here: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return parseRational(String(value)) ? [here] : [];
  return Object.entries(value).flatMap(([key, own]) =>
    numbers(own, [...here, Array.isArray(value) ? Number(key) : key]),
  );
}

/** A number that is a little more, of the same kind: whole ones stay whole. */
const more = (entry: Json): Json =>
  typeof entry === "number" ? entry + 1 : `${parseRational(String(entry))!.add(parseRational("1/1009")!)}`;

const answerTo = ([name, question, cells]: Asked) => answered(name, environments[name], question, cells);

describe.skipIf(!hasPython)("a checker of answers about continuous types that shares nothing", () => {
  test("verifies the answers to instances and questions of every kind", async () => {
    const all = await Promise.all(asked.map(answerTo));
    const tally = compared(all.map((of) => ({ of, text: of.text, how: "as it is" })));
    expect(tally.of("verified")).toBe(asked.length);
  });

  test("refuses, without incentives, one agent whose losses at low types are to be made up at high ones", async () => {
    const of = await answerTo(["one agent", { ic: "none", budget: "ex-ante" }]);
    const text = JSON.stringify(changed(documentOf(of), ["question", "budget"], () => "ex-post"));
    expect(compared([{ of, text, how: "a budget at every profile" }]).of("refuted")).toBe(1);
  });

  test("accepts no altered number that the program refuses, and refuses none that it accepts", async () => {
    const cases: Case[] = [];
    for (const one of [asked[1], asked[4], asked[7], asked[12], asked[15], asked[16], asked[18]]) {
      const of = await answerTo(one);
      const document = documentOf(of);
      const paths = [
        ...numbers(document.claim, ["claim"]),
        ...numbers(document.certificate, ["certificate"]),
      ];
      const step = Math.ceil(paths.length / SAMPLE);
      for (const path of paths.filter((at, k) => at[0] === "claim" || k % step === 0))
        cases.push({ of, text: JSON.stringify(changed(document, path, more)), how: path.join(".") });
    }
    const tally = compared(cases);
    console.log(`second checker, altered answers about continuous types: ${JSON.stringify(tally.counts)}`);
    expect(tally.of("refuted")).toBeGreaterThan(100);
    expect(tally.of("verified")).toBeGreaterThan(0);
  });

  test("says what it does not check, and never that it is verified", async () => {
    const of = await answerTo(["tangled projects", {}, 2]);
    const certificate = { kind: "interim", cells: 10_000, participation: [] };
    const text = JSON.stringify({ ...documentOf(of), certificate });
    expect(judged([{ of, text }])).toEqual([expect.stringMatching(/^not checked: /)]);
  });
});
