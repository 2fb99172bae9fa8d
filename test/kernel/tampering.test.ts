import { expect, test } from "vitest";
import { singleGoodAuction } from "../../models/index.js";
import {
  answerFileText,
  readAnswerFile,
  readAnswerObject,
  type Subject,
} from "../../src/certificate/answer-file.js";
import { designFor } from "../../src/design.js";
import { environmentDigest } from "../../src/environment/digest.js";
import { InputError } from "../../src/fault/input-error.js";
import { parseExactJson } from "../../src/instance/exact-json.js";
import { parseInstance } from "../../src/instance/instance.js";
import { type Verification, verifyAnswer } from "../../src/kernel/verify.js";
import { parseRational } from "../../src/number/rational-text.js";
import { posed } from "../../src/question/problem.js";
import type { Question } from "../../src/question/question.js";
import { randomPublicGood } from "../generator/random-public-good.js";
import { RandomSource } from "../generator/random-source.js";
import { plainBound } from "./plain-bound.js";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Path = readonly (string | number)[];

interface Named extends Subject {
  readonly name: string;
}

const trade = (points: number, placement = "midpoint", convention = "cost"): Named => {
  const name = `trade ${points} ${placement}`;
  const side = { points, placement };
  return parseInstance(
    { name, model: "bilateral-trade", parameters: { buyer: side, seller: side, convention } },
    "",
  );
};
const named = (name: string, environment: Subject["environment"]): Named => {
  return { name, environment, digest: environmentDigest(environment) };
};
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
const auction = named("auction", singleGoodAuction({ agents: 3, grid: { points: 3 } }).environment);
const bridge = (seed: number) => named(`public good ${seed}`, randomPublicGood(seed));

/** Answers of every form that there is: which formulation gives it, the instance and the question. */
const cases: readonly (readonly [formulation: string, instance: Named, question: Partial<Question>])[] = [
  ["direct", trade(4), {}],
  ["direct", trade(3, "endpoint"), { ties: "uniform" }],
  ["direct", trade(4), { ic: "dominant", ir: "ex-post" }],
  ["direct", trade(4), { ic: "ex-post", ir: "ex-post", allocation: "free", objective: "max-gains" }],
  ["direct", trade(3), { budget: "ex-ante", objective: "min-worst-subsidy", ties: "last" }],
  ["direct", cycle, { allocation: "given" }],
  ["paths", trade(6, "endpoint"), {}],
  ["paths", trade(5), { ir: "ex-post", budget: "ex-ante" }],
  [
    "paths",
    trade(17, "endpoint"),
    { balance: "no-deficit", ties: "uniform", objective: "min-worst-subsidy" },
  ],
  ["states", trade(17, "endpoint"), { ic: "dominant", ir: "ex-post", balance: "no-deficit" }],
  [
    "states",
    auction,
    { ic: "dominant", ir: "ex-post", balance: "no-deficit", objective: "max-surplus", ties: "first" },
  ],
  ["states", trade(5), { ic: "ex-post", ir: "ex-post", objective: "feasibility", ties: "first" }],
  ["flow", trade(6), { ir: "ex-post" }],
  ["exchangeable", auction, { objective: "max-surplus", allocation: "free", balance: "no-deficit" }],
  ["exchangeable", auction, { ir: "ex-post", objective: "max-surplus", balance: "no-deficit" }],
  ["exchangeable", bridge(2), { allocation: "free", objective: "max-gains", balance: "no-deficit" }],
  ["exchangeable", bridge(3), { ir: "ex-post", ties: "first" }],
  ["exchangeable", bridge(4), { ir: "ex-post", budget: "ex-ante", ties: "uniform" }],
];

const SEED = 20261;
/** Entries that are changed of each answer, besides those of the claim and the head. */
const SAMPLE = 45;

/** Every leaf of a document, as a path. */
function leaves(value: Json, here: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [here];
  const keys = Array.isArray(value) ? value.map((_, k) => k) : Object.keys(value);
  return keys.flatMap((key) => leaves((value as Record<string | number, Json>)[key], [...here, key]));
}

/** Every list of a document. */
function lists(value: Json, here: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [];
  const inner = Object.entries(value).flatMap(([key, own]) =>
    lists(own, [...here, Array.isArray(value) ? Number(key) : key]),
  );
  return Array.isArray(value) ? [here, ...inner] : inner;
}

function at(document: Json, path: Path): Json {
  return path.reduce<Json>((value, key) => (value as Record<string | number, Json>)[key], document);
}

/** A copy of the document with the entry at `path` put through `change`. */
function changed(document: Json, path: Path, change: (entry: Json) => Json): Json {
  const copy = structuredClone(document);
  const parent = at(copy, path.slice(0, -1)) as Record<string | number, Json>;
  parent[path[path.length - 1]] = change(parent[path[path.length - 1]]);
  return copy;
}

/** A wrong value in a leaf's place: numbers nudged, negated and doubled; words replaced; flags turned. */
function wrongValue(leaf: Json, random: RandomSource, words: readonly string[]): Json {
  if (typeof leaf === "boolean") return !leaf;
  if (leaf === null) return random.pick(["1/7", "0"]);
  if (typeof leaf === "number") return random.pick([leaf + 1, leaf - 1, -leaf - 1, 2 * leaf + 3]);
  const number = parseRational(String(leaf));
  if (!number) return random.pick([...words.filter((word) => word !== leaf), "nobody"]);
  const nudge = parseRational(random.pick(["1/1000003", "-1", "1/17"]))!;
  return `${random.onceIn(3) && !number.isZero ? number.negate() : number.add(nudge)}`;
}

/** Every refusal must say what is wrong; what is accepted must be right by definition. */
function verified(document: Json, instance: Named, label: string): boolean {
  let verification: Verification;
  try {
    verification = verifyAnswer(readAnswerFile(document), instance);
  } catch (fault) {
    if (!(fault instanceof InputError)) throw fault;
    return false;
  }
  if (!verification.verified) {
    expect(verification.fault.length, label).toBeGreaterThan(10);
    return false;
  }
  const { environment, givenRule } = instance;
  if (environment.profiles.count > 256) return true;
  // The audit has compared every requirement with its definition; so is the bound here.
  const file = readAnswerFile(document);
  const { multipliers } = readAnswerObject(file, instance).proof();
  if (!multipliers) return true;
  const plain = plainBound(posed(environment, file.question, givenRule), multipliers);
  const { claim } = file;
  const maximised = file.question.objective.startsWith("max");
  const told = claim.infeasible ? claim.contradiction : maximised ? claim.upper?.negate() : claim.lower;
  expect(multipliers.purpose === "bound" && plain.sign < 0 && !maximised ? "0" : `${plain}`, label).toBe(
    `${told}`,
  );
  return true;
}

test.each(cases)(
  "a changed answer by %s is refused, unless it proves the same: %#",
  async (formulation, instance, question) => {
    const design = await designFor(posed(instance.environment, question, instance.givenRule), {
      formulation,
    });
    const label = `${formulation}, ${instance.name}, ${JSON.stringify(question)}`;
    expect(design.optimum !== undefined || design.infeasible, label).toBe(true);
    const document = parseExactJson([...answerFileText(design, instance)].join(""), "answer") as Json;
    expect(verified(document, instance, label)).toBe(true);
    const random = new RandomSource(SEED);
    const all = leaves(document).filter(
      ([part, which]) => part !== "program" && !(part === "instance" && which === "name"),
    );
    const words = [
      ...new Set(all.map((path) => at(document, path)).filter((leaf) => typeof leaf === "string")),
    ];
    const few = all.filter((path) => path.length <= 2);
    const proof = all.filter(([part]) => part === "mechanism" || part === "multipliers");
    const many = Array.from({ length: SAMPLE }, () => random.pick(proof));
    const tally = { caught: 0, harmless: 0 };
    const harmless = new Set<string>();
    const tell = (mutated: Json, path: Path, how: string) => {
      if (!verified(mutated, instance, `${label}: ${how}`)) {
        tally.caught++;
        return;
      }
      tally.harmless++;
      harmless.add(path.filter((key) => typeof key === "string").join("."));
      // What is still accepted makes the same claim about the same question; only the way to it may differ.
      expect(["mechanism", "multipliers"], `${label}: ${how}`).toContain(path[0]);
    };
    for (const path of [...few, ...many]) {
      const value = wrongValue(at(document, path), random, words);
      tell(
        changed(document, path, () => value),
        path,
        `${path.join(".")} := ${JSON.stringify(value)}`,
      );
    }
    const longLists = lists(document).filter(([part]) => part === "mechanism" || part === "multipliers");
    for (let k = 0; k < SAMPLE / 3 && longLists.length > 0; k++) {
      const path = random.pick(longLists);
      const entries = at(document, path) as Json[];
      if (entries.length === 0) continue;
      const place = random.integer(0, entries.length - 1);
      const others: Json[][] = [
        entries.filter((_, other) => other !== place),
        [...entries, entries[place]],
        entries.map((entry, other) => (other === place ? entries[(place + 1) % entries.length] : entry)),
      ];
      for (const other of others) {
        if (JSON.stringify(other) === JSON.stringify(entries)) continue;
        tell(
          changed(document, path, () => other),
          path,
          `${path.join(".")}, entry ${place}`,
        );
      }
    }
    console.log(
      `tampering, seed ${SEED}, ${label}: ${tally.caught} caught, ${tally.harmless} harmless (${[...harmless].join(", ")})`,
    );
    expect(tally.caught, label).toBeGreaterThan(40);
  },
);

test("an answer is no answer to another instance, nor to another question", async () => {
  for (const [formulation, instance, question] of cases) {
    const design = await designFor(posed(instance.environment, question, instance.givenRule), {
      formulation,
    });
    const file = readAnswerFile(parseExactJson([...answerFileText(design, instance)].join(""), "answer"));
    for (const [, other] of cases) {
      if (other.digest !== instance.digest) expect(verifyAnswer(file, other).verified).toBe(false);
    }
    expect(verifyAnswer(file, instance, design.problem.question).verified).toBe(true);
    const { ic } = design.problem.question;
    const wanted = { ic: ic === "dominant" ? "ex-post" : "dominant" } as const;
    expect(verifyAnswer(file, instance, wanted)).toEqual({
      verified: false,
      fault: `the answer is to another question: ic is ${ic}, not ${wanted.ic}`,
    });
  }
});

test("hostile numbers are refused: 100,000 digits, zero denominators, huge exponents", async () => {
  const instance = trade(6, "endpoint");
  const design = await designFor(posed(instance.environment));
  const document = parseExactJson([...answerFileText(design, instance)].join(""), "answer") as Json;
  const paths: Path[] = [
    ["claim", "upper"],
    ["mechanism", "payments", 0, "byType", 0, "entries", 1],
    ["mechanism", "payments", 0, "byType", 0, "over"],
    ["mechanism", "outsideMoney", "amount"],
    ["multipliers", "prices", 0, "entries", 0, 3],
  ];
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
    for (const path of paths) {
      const label = `${path.join(".")} ${hostile.slice(0, 20)}`;
      expect(
        verified(
          changed(document, path, () => hostile),
          instance,
          label,
        ),
        label,
      ).toBe(false);
    }
  }
});
