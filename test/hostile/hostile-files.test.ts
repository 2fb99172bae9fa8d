import { describe, expect, test } from "vitest";
import { instance } from "../cli/faulty-instances.js";
import { COUNT, ends, good, got, path, put } from "./ends.js";
import { changedFiles, largeFiles, plainlyHostile } from "./hostile-files.js";

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
