import { expect, test } from "vitest";
import { designFor } from "../../src/design.js";
import { InputError } from "../../src/environment/input-error.js";
import { parseExactJson } from "../../src/instance/exact-json.js";
import { type Instance, parseInstance } from "../../src/instance/instance.js";
import { MOST_PROFILES_ONE_BY_ONE } from "../../src/mechanism/whole/whole-of.js";
import { parseRational } from "../../src/number/rational-text.js";
import { posed } from "../../src/problem/problem.js";
import type { Question } from "../../src/problem/question.js";
import { answerFileText } from "../../src/proof/answer/answer-file.js";
import { type Verification, verifyAnswerText } from "../../src/proof/verify.js";
import { RandomSource } from "../generator/random-source.js";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Path = readonly (string | number)[];

const trade = (points: number): Instance =>
  parseInstance(
    {
      name: `trade ${points}`,
      model: "bilateral-trade",
      parameters: { buyer: { points, placement: "endpoint" }, seller: { points, placement: "endpoint" } },
    },
    "",
  );

/** Each is answered by another formulation; its profiles are just too many to be looked at one by one. */
const instance = trade(17);
const cases: readonly (readonly [formulation: string, Partial<Question>])[] = [
  ["paths", {}],
  ["paths", { balance: "no-deficit", ties: "uniform", objective: "min-worst-subsidy" }],
  ["states", { ic: "dominant", ir: "ex-post", balance: "no-deficit" }],
  ["states", { ic: "ex-post", ir: "ex-post", objective: "feasibility", ties: "first" }],
  ["flow", { ir: "ex-post" }],
];

const SAMPLES = 50;

function* chunks(document: Json): Iterable<Uint8Array> {
  const bytes = new TextEncoder().encode(JSON.stringify(document));
  for (let k = 0; k < bytes.length; k += 4099) yield bytes.subarray(k, k + 4099);
}

function verified(document: Json): Verification {
  try {
    return verifyAnswerText(chunks(document), instance);
  } catch (fault) {
    if (fault instanceof InputError) return { verified: false, fault: fault.message };
    throw fault;
  }
}

/** Every leaf of a document, as a path. */
function leaves(value: Json, here: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [here];
  const keys = Array.isArray(value) ? value.map((_, k) => k) : Object.keys(value);
  return keys.flatMap((key) => leaves((value as Record<string | number, Json>)[key], [...here, key]));
}

function at(document: Json, path: Path): Json {
  return path.reduce<Json>((value, key) => (value as Record<string | number, Json>)[key], document);
}

/** The document with an entry put through `change`; the document itself is changed back afterwards. */
function changed<T>(document: Json, path: Path, change: (entry: Json) => Json, look: () => T): T {
  const parent = at(document, path.slice(0, -1)) as Record<string | number, Json>;
  const key = path[path.length - 1];
  const before = parent[key];
  parent[key] = change(before);
  try {
    return look();
  } finally {
    parent[key] = before;
  }
}

function wrongValue(leaf: Json, random: RandomSource, words: readonly string[]): Json {
  if (typeof leaf === "boolean") return !leaf;
  if (leaf === null) return random.pick(["1/7", "0"]);
  const number = parseRational(String(leaf));
  if (!number) return random.pick([...words.filter((word) => word !== leaf).slice(0, 20), "nobody"]);
  const nudge = parseRational(random.pick(["1/1000003", "-1", "1/17"]))!;
  return `${random.onceIn(3) && !number.isZero ? number.negate() : number.add(nudge)}`;
}

test.each(cases)(
  "a changed, dropped or repeated entry of a large answer by %s is refused: %j",
  async (formulation, question) => {
    const problem = posed(instance.environment, question);
    expect(problem.environment.profiles.count).toBeGreaterThan(MOST_PROFILES_ONE_BY_ONE);
    const design = await designFor(problem);
    expect(design.formulation).toBe(formulation);
    const text = [...answerFileText(design, instance)].join("");
    const document = parseExactJson(text, "answer") as Json;
    expect(verified(document)).toMatchObject({ verified: true, judgement: { verdict: design.verdict } });

    const random = new RandomSource(20261);
    const all = leaves(document).filter((path) => path[0] !== "instance" || path[1] !== "name");
    const words = [
      ...new Set(all.map((path) => at(document, path)).filter((leaf) => typeof leaf === "string")),
    ];
    // The claim and the head in full, a sample of the many rows and entries.
    const few = all.filter((path) => path.length <= 2 || !path.some((key) => typeof key === "number"));
    const many = Array.from({ length: SAMPLES }, () => random.pick(all));
    let harmless = 0;
    for (const path of [...few, ...many]) {
      const value = wrongValue(at(document, path), random, words);
      const verification = changed(
        document,
        path,
        () => value,
        () => verified(document),
      );
      if (!verification.verified) expect(verification.fault.length).toBeGreaterThan(10);
      else {
        // What still verifies makes the same claim: only the mechanism, which has slack, may differ.
        expect(path.slice(0, 2), `${path.join(".")} := ${value}`).toEqual(["mechanism", "profiles"]);
        harmless++;
      }
    }
    const lists = [
      ["mechanism", "profiles"],
      ["multipliers", "incentive"],
      ["multipliers", "participation"],
      ["multipliers", "budget", "prices"],
    ].filter((path) => {
      const parent = at(document, path.slice(0, -1));
      return parent !== null && Array.isArray((parent as Record<string, Json>)[path[path.length - 1]]);
    });
    let moved = 0;
    for (const path of lists) {
      const entries = at(document, path) as Json[];
      for (let sample = 0; sample < 8 && entries.length > 0; sample++) {
        const k = random.integer(0, entries.length - 1);
        for (const other of [entries.filter((_, place) => place !== k), [...entries, entries[k]]]) {
          const verification = changed(
            document,
            path,
            () => other,
            () => verified(document),
          );
          expect(verification.verified, `${path.join(".")}, entry ${k}`).toBe(false);
          moved++;
        }
      }
    }
    console.log(
      `tampering at large, ${formulation}, seed 20261: ${few.length + many.length} changed entries, ${harmless} harmless; ${moved} dropped or repeated`,
    );
    expect(harmless).toBeLessThan((few.length + many.length) / 4);
    expect(moved).toBeGreaterThan(10);
  },
  60_000,
);
