import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { isInert } from "../../src/fault/inert-text.js";
import { instance } from "../cli/faulty-instances.js";
import { changedFiles, type HostileFile, largeFiles, plainlyHostile } from "./hostile-files.js";
import { namesIn, runHere } from "./in-process.js";

const folder = mkdtempSync(join(tmpdir(), "mechlp-hostile-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const path = (name: string) => join(folder, name);
const put = (name: string, content: object) => writeFileSync(path(name), JSON.stringify(content));
const got = (name: string) => JSON.parse(readFileSync(path(name), "utf8")) as object;

/** Everything that an instance may have, written out. */
const explicit = instance({
  name: "two friends",
  description: "What an instance may have.",
  $comment: { about: "a note" },
  question: { ir: "ex-post", objective: "min-subsidy", icSlack: "1/10" },
  cost: { byOutcome: [0, "1/2"] },
  allocation: [
    ["no", { no: "1/2", yes: 0.5 }],
    ["yes", "yes"],
  ],
});
const family = {
  model: "bilateral-trade",
  parameters: {
    buyer: { points: 3, placement: "endpoint", distribution: { power: "1/2" }, from: 0, to: "3/2" },
    seller: { values: [0, "1/3", 0.5], weights: [1, 2, 3] },
    convention: "value",
  },
  question: { ic: "dominant", budget: "ex-ante", neverPaid: "all", paymentCaps: { buyer: 2 } },
};
put("good.json", explicit);

/** So many times as many files with something changed at random. */
const COUNT = Number(process.env["COUNT"] ?? 1);

/** Seconds of the processor's time, twice what a machine takes that has nothing else to do; and characters of a message. */
const MOST_TIME = 4;
const LONGEST_MESSAGE = 2000;

/** Runs the command on every file, and counts how it ended. */
async function ends(
  files: readonly HostileFile[],
  argsFor: (file: string) => readonly string[],
  allowed = [0, 2],
) {
  const counts: Record<number, number> = {};
  const target = path("hostile.json");
  for (const { name, bytes, isRefused } of files) {
    writeFileSync(target, bytes);
    const before = namesIn(folder);
    const { status, stdout, stderr, cpu } = await runHere(argsFor(target));
    const found = { name, status, stderr: stderr.slice(0, 300) };
    expect(isRefused ? [2] : allowed, JSON.stringify(found)).toContain(status);
    expect(isInert(stdout + stderr), name).toBe(true);
    expect(cpu, name).toBeLessThan(MOST_TIME);
    if (status === 2) {
      expect(stderr, name).toMatch(/^mechlp: [^\n]*; expected [^\n]*\n$/);
      expect(stderr.length, name).toBeLessThan(LONGEST_MESSAGE);
      expect(stdout, name).toBe("");
      expect(namesIn(folder), name).toEqual(before);
    } else expect(stderr, name).toBe("");
    for (const made of namesIn(folder)) if (!before.includes(made)) rmSync(path(made));
    counts[status] = (counts[status] ?? 0) + 1;
  }
  return counts;
}

async function good(...args: readonly string[]): Promise<void> {
  const { status, stderr } = await runHere(args);
  if (status !== 0) throw new Error(stderr);
}

const outputs = ["--out", path("out.json"), "--proof", path("proof.json")];
const onInstance: Record<string, (file: string) => readonly string[]> = {
  solve: (file) => ["solve", file, "--brief", ...outputs],
  show: (file) => ["show", file],
  expand: (file) => ["expand", file],
  export: (file) => ["export", file, "--out", path("out.lp")],
  construct: (file) => ["construct", "vcg", file, "--out", path("out.json")],
  compare: (file) => ["compare", file, "vcg"],
  "new mechanism": (file) => ["new", "mechanism", file, "--out", path("out.json")],
  check: (file) => ["check", file, path("mechanism.json")],
  verify: (file) => ["verify", file, path("answer.json")],
};

const instances = [
  ...plainlyHostile(explicit),
  ...changedFiles(explicit, 17, 140 * COUNT),
  ...changedFiles(family, 18, 80 * COUNT),
];

describe("an instance", () => {
  test.each(Object.keys(onInstance))("%s answers or refuses, with one clear message", async (command) => {
    await good("solve", path("good.json"), "--out", path("mechanism.json"), "--proof", path("answer.json"));
    expect(instances.length).toBeGreaterThanOrEqual(250);
    const allowed = command === "verify" ? [0, 1, 2] : [0, 2];
    const counts = await ends(instances, onInstance[command], allowed);
    console.log(`${command} of an instance: ${JSON.stringify(counts)}`);
    expect(counts[2]).toBeGreaterThan(150);
  });

  test("too large a one is known from a few counts", async () => {
    await ends(largeFiles(explicit), onInstance["show"]);
    await ends(largeFiles(family), onInstance["solve"]);
  });
});

describe("a mechanism", () => {
  test.each([
    ["profile by profile", ["solve", path("good.json"), "--out", path("mechanism.json")]],
    [
      "to be filled in",
      ["new", "mechanism", path("good.json"), "--form", "parts", "--out", path("mechanism.json"), "--force"],
    ],
  ])("%s: check answers or refuses, with one clear message", async (_, make) => {
    await good(...make);
    const document = got("mechanism.json");
    const files = [...plainlyHostile(document), ...changedFiles(document, 19, 190 * COUNT)];
    expect(files.length).toBeGreaterThanOrEqual(250);
    const counts = await ends(files, (file) => ["check", path("good.json"), file]);
    console.log(`check of a mechanism: ${JSON.stringify(counts)}`);
    expect(counts[2]).toBeGreaterThan(100);
    await ends(largeFiles(document), (file) => ["check", path("good.json"), file]);
  });
});

describe("an answer", () => {
  const onAnswer: Record<string, (file: string) => readonly string[]> = {
    verify: (file) => ["verify", path("good.json"), file],
    explain: (file) => ["explain", path("good.json"), file],
    "explain, alone,": (file) => ["explain", file],
  };
  test.each(Object.keys(onAnswer))(
    "%s answers, refutes or refuses, with one clear message",
    async (command) => {
      await good("solve", path("good.json"), "--proof", path("answer.json"));
      const document = got("answer.json");
      const files = [...plainlyHostile(document), ...changedFiles(document, 20, 190 * COUNT)];
      expect(files.length).toBeGreaterThanOrEqual(250);
      const counts = await ends(files, onAnswer[command], command.endsWith("alone,") ? [0, 2] : [0, 1, 2]);
      console.log(`${command} of an answer: ${JSON.stringify(counts)}`);
      expect(counts[2]).toBeGreaterThan(100);
      if (command === "verify") await ends(largeFiles(document), onAnswer[command]);
    },
  );
});
