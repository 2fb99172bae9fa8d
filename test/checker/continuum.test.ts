import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { continuumAnswerData, continuumAnswerText } from "../../src/continuum/answer-file.js";
import { designContinuumFor } from "../../src/continuum/design-continuum.js";
import { verifyContinuumAnswer } from "../../src/continuum/verify.js";
import { continuousDigest } from "../../src/environment/continuous-digest.js";
import { InputError } from "../../src/fault/input-error.js";
import { parseContinuousInstance } from "../../src/instance/continuous-instance.js";
import { parseExactJson } from "../../src/instance/exact-json.js";
import { parseRational } from "../../src/number/rational-text.js";
import type { AskedQuestion } from "../../src/question/question.js";
import { scratch } from "../cli/command.js";
import { changed, type Json, type Path } from "../kernel/mutations.js";
import { Tally } from "../kernel/tally.js";
import { hasPython } from "./both.js";
import { environments } from "./continuum-instances.js";

const checker = fileURLToPath(new URL("../../checker/mechlp_continuum.py", import.meta.url));
const folder = scratch();
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
];

async function answered([name, question, cells]: Asked) {
  const json = parseExactJson(JSON.stringify(environments[name]), "instance");
  const { environment } = parseContinuousInstance(json, name);
  const subject = { environment, digest: continuousDigest(environment) };
  const answer = await designContinuumFor(environment, question, cells ? { cells } : {});
  const text = continuumAnswerText(continuumAnswerData(answer, { name, ...subject }));
  const label = `${name}, ${JSON.stringify(question)}`;
  return { subject, text, label, instance: folder.write(`${name}.json`, environments[name]) };
}
type Answered = Awaited<ReturnType<typeof answered>>;

function isVerified(text: string, { subject }: Answered): boolean {
  try {
    return verifyContinuumAnswer(parseExactJson(text, "answer"), subject).verified;
  } catch (fault) {
    if (fault instanceof InputError) return false;
    throw fault;
  }
}

/** The second checker's lines on these texts of answers. */
function judged(texts: readonly { readonly of: Answered; readonly text: string }[]): string[] {
  const input = texts.map(({ of, text }, k) => `${of.instance}\t${folder.write(`${k}.answer.json`, text)}\n`);
  const run = spawnSync("python3", [checker, "-"], { input: input.join(""), encoding: "utf8" });
  expect(run.stderr).toBe("");
  return run.stdout.trimEnd().split("\n");
}

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

describe.skipIf(!hasPython)("a checker of answers about continuous types that shares nothing", () => {
  test("verifies the answers to instances and questions of every kind", async () => {
    const all = await Promise.all(asked.map(answered));
    const lines = judged(all.map((of) => ({ of, text: of.text })));
    lines.forEach((line, k) => {
      expect(`${all[k].label}: ${line.split(":")[0]}`, line).toBe(`${all[k].label}: verified`);
    });
    expect(lines.length).toBe(asked.length);
  });

  test("accepts no altered number that the program refuses, and refuses none that it accepts", async () => {
    const cases: { of: Answered; text: string; verified: boolean; how: string }[] = [];
    for (const one of [asked[1], asked[4], asked[7], asked[12], asked[15], asked[16], asked[18]]) {
      const of = await answered(one);
      const document = parseExactJson(of.text, "answer") as { [part: string]: Json };
      const paths = [
        ...numbers(document.claim, ["claim"]),
        ...numbers(document.certificate, ["certificate"]),
      ];
      const step = Math.ceil(paths.length / SAMPLE);
      for (const path of paths.filter((at, k) => at[0] === "claim" || k % step === 0)) {
        const text = JSON.stringify(changed(document, path, more));
        cases.push({ of, text, verified: isVerified(text, of), how: `${of.label}: ${path.join(".")}` });
      }
    }
    const tally = new Tally();
    judged(cases).forEach((line, k) => {
      const { verified, how } = cases[k];
      const [word] = line.split(":");
      expect(`${how}: ${word === "verified"}`, line).toBe(`${how}: ${verified}`);
      tally.tell(word);
    });
    console.log(`second checker, altered answers about continuous types: ${JSON.stringify(tally.counts)}`);
    expect(tally.of("refuted")).toBeGreaterThan(100);
    expect(tally.of("verified")).toBeGreaterThan(0);
  });

  test("says what it does not check, and never that it is verified", async () => {
    const groves = await answered(["unequal partners", { ic: "dominant" }]);
    const other = parseExactJson(groves.text, "answer") as { [part: string]: Json };
    const unknown = JSON.stringify({ ...other, certificate: { kind: "free-regular" } });
    const lines = judged([groves.text, unknown].map((text) => ({ of: groves, text })));
    for (const line of lines) expect(line).toMatch(/^not checked: /);
  });
});
