import { expect, test } from "vitest";
import { designFor } from "../../src/design.js";
import { InputError } from "../../src/environment/input-error.js";
import { parseExactJson } from "../../src/instance/exact-json.js";
import { type Instance, parseInstance } from "../../src/instance/instance.js";
import { parseRational } from "../../src/number/rational-text.js";
import { posed } from "../../src/problem/problem.js";
import type { Question } from "../../src/problem/question.js";
import { answerFileText, readAnswerFile } from "../../src/proof/answer/answer-file.js";
import { verifyAnswer } from "../../src/proof/verify.js";
import { RandomSource } from "../generator/random-source.js";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const trade = (points: number, placement: string, convention = "cost") =>
  parseInstance(
    {
      name: `trade ${points} ${placement} ${convention}`,
      model: "bilateral-trade",
      parameters: { buyer: { points, placement }, seller: { points, placement }, convention },
    },
    "",
  );
const cycle = parseInstance(
  {
    name: "cycle",
    agents: [
      {
        name: "ann",
        types: ["low", "high"],
        weights: [1, 2],
        values: {
          byType: [
            [0, 1],
            [0, 2],
          ],
        },
      },
      {
        name: "bob",
        types: ["x", "y"],
        weights: [1, 1],
        values: {
          byType: [
            [0, 1],
            [1, 0],
          ],
        },
      },
    ],
    outcomes: ["kept", "given"],
    allocation: [
      ["given", "given"],
      ["kept", "kept"],
    ],
  },
  "",
);

const cases: readonly (readonly [Instance, Partial<Question>])[] = [
  [trade(4, "midpoint"), {}],
  [trade(6, "endpoint"), {}],
  [trade(4, "midpoint"), { balance: "no-deficit" }],
  [trade(3, "endpoint"), { ties: "uniform" }],
  [trade(4, "midpoint"), { ic: "dominant", ir: "ex-post" }],
  [trade(4, "midpoint"), { ic: "ex-post", ir: "ex-post", allocation: "free", objective: "max-gains" }],
  [trade(3, "midpoint"), { budget: "ex-ante", objective: "min-worst-subsidy", ties: "last" }],
  [cycle, { allocation: "given" }],
];

/** Every leaf and every list entry of a document, as a path. */
function paths(value: Json, here: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== "object" || value === null) return [here];
  const keys = Array.isArray(value) ? value.map((_, k) => k) : Object.keys(value);
  return keys.flatMap((key) => paths((value as Record<string | number, Json>)[key], [...here, key]));
}

function at(document: Json, path: readonly (string | number)[]): Json {
  return path.reduce<Json>((value, key) => (value as Record<string | number, Json>)[key], document);
}

/** A copy of the document with the entry at `path` put through `change`. */
function changed(document: Json, path: readonly (string | number)[], change: (entry: Json) => Json): Json {
  const copy = structuredClone(document);
  const parent = at(copy, path.slice(0, -1)) as Record<string | number, Json>;
  parent[path[path.length - 1]] = change(parent[path[path.length - 1]]);
  return copy;
}

/** Wrong values to put in a leaf's place: numbers nudged, negated and doubled; words replaced; flags turned. */
function wrongValues(leaf: Json, words: readonly string[]): Json[] {
  if (typeof leaf === "boolean") return [!leaf];
  if (leaf === null) return ["1/7", "0"];
  const number = parseRational(String(leaf));
  if (!number) return words.filter((word) => word !== leaf).slice(0, 2);
  const values = [`${number.add(parseRational("1/1000003")!)}`, `${number.subtract(parseRational("1")!)}`];
  return number.isZero ? values : [...values, `${number.negate()}`, `${number.add(number)}`];
}

/** Whether a (possibly changed) answer is accepted; every refusal must say what is wrong. */
function accepted(document: Json, instance: Instance): boolean {
  try {
    const verification = verifyAnswer(readAnswerFile(document), instance);
    if (!verification.verified) expect(verification.fault.length).toBeGreaterThan(10);
    return verification.verified;
  } catch (fault) {
    if (!(fault instanceof InputError)) throw fault;
    return false;
  }
}

test("whatever number, label or sign of an answer is changed, the checker refuses it unless it still proves the same", async () => {
  const random = new RandomSource(20260);
  let tried = 0;
  const harmless: string[] = [];
  for (const [instance, question] of cases) {
    const design = await designFor(posed(instance.environment, question, instance.givenRule), {
      formulation: "direct",
    });
    const document = parseExactJson([...answerFileText(design, instance)].join(""), "answer") as Json;
    expect(accepted(document, instance), "the answer itself").toBe(true);
    const all = paths(document).filter((path) => path[0] !== "instance" || path[1] !== "name");
    const words = [
      ...new Set(all.map((path) => at(document, path)).filter((leaf) => typeof leaf === "string")),
    ];
    const mutations: Json[] = all.flatMap((path) =>
      wrongValues(at(document, path), [random.pick(words), random.pick(words), "nobody"]).map((value) => {
        const mutated = changed(document, path, () => value);
        tried++;
        if (accepted(mutated, instance))
          harmless.push(`${instance.name}: ${path.join(".")} := ${JSON.stringify(value)}`);
        return mutated;
      }),
    );
    expect(mutations.length).toBeGreaterThan(50);
    // What is still accepted makes the same claim: only the way to it, which has slack, may differ.
    for (const entry of harmless) expect(entry, entry).toMatch(/(mechanism\.profiles|\$schema)/);
  }
  console.log(
    `tampering, seed 20260: ${tried} changed entries, ${harmless.length} of them still valid proofs of the same claim`,
  );
  expect(tried).toBeGreaterThan(500);
  expect(harmless.length).toBeLessThan(tried / 10);
});

test("an entry dropped or repeated is refused", async () => {
  let tried = 0;
  for (const [instance, question] of cases) {
    const design = await designFor(posed(instance.environment, question, instance.givenRule), {
      formulation: "direct",
    });
    const document = parseExactJson([...answerFileText(design, instance)].join(""), "answer") as Json;
    const lists = [
      ["mechanism", "profiles"],
      ["multipliers", "incentive"],
      ["multipliers", "participation"],
      ["multipliers", "budget", "prices"],
    ].filter((path) => {
      const parent = at(document, path.slice(0, -1));
      return parent !== null && (parent as Record<string, Json>)[path[path.length - 1]] !== undefined;
    });
    for (const path of lists) {
      const length = (at(document, path) as Json[]).length;
      for (let k = 0; k < length; k++) {
        const without = changed(document, path, (list) =>
          (list as Json[]).filter((_, position) => position !== k),
        );
        const twice = changed(document, path, (list) => [...(list as Json[]), (list as Json[])[k]]);
        expect(accepted(without, instance), `${instance.name}: ${path.join(".")} without ${k}`).toBe(false);
        expect(accepted(twice, instance), `${instance.name}: ${path.join(".")} with ${k} twice`).toBe(false);
        tried += 2;
      }
    }
  }
  console.log(`tampering: ${tried} entries dropped or repeated`);
  expect(tried).toBeGreaterThan(200);
});

test("an answer is no answer to another instance", async () => {
  for (const [instance, question] of cases) {
    const design = await designFor(posed(instance.environment, question, instance.givenRule));
    const document = parseExactJson([...answerFileText(design, instance)].join(""), "answer") as Json;
    for (const [other] of cases) {
      if (other.digest !== instance.digest) expect(accepted(document, other)).toBe(false);
    }
  }
});

test("hostile numbers are refused in time: 100,000 digits, zero denominators, huge exponents", async () => {
  const [instance] = cases[1];
  const design = await designFor(posed(instance.environment));
  const document = parseExactJson([...answerFileText(design, instance)].join(""), "answer") as Json;
  const started = performance.now();
  for (const hostile of [
    "9".repeat(100_000),
    `1/${"7".repeat(100_000)}`,
    "1/0",
    "1e999999",
    "NaN",
    "Infinity",
    "",
    "0x10",
    "--1",
  ]) {
    for (const path of [
      ["claim", "upper"],
      ["mechanism", "profiles", 0, "payments", 0],
      ["multipliers", "incentive", 0, "weight"],
    ]) {
      expect(
        accepted(
          changed(document, path, () => hostile),
          instance,
        ),
        `${path.join(".")} ${hostile.slice(0, 20)}`,
      ).toBe(false);
    }
  }
  expect(performance.now() - started).toBeLessThan(20_000);
});
