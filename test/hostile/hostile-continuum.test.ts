import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { COUNT, ends, good, got, path, put } from "./ends.js";
import { changedFiles, largeFiles, plainlyHostile } from "./hostile-files.js";

/** Intervals of types, written out. */
const trade = JSON.parse(readFileSync("instances/continuous/trade.json", "utf8")) as object;
put("trade.json", trade);
const family = {
  model: "bilateral-trade",
  parameters: { buyer: { points: 2, distribution: { power: 2 } }, seller: { points: 2, to: "3/2" } },
};
put("family.json", family);

/** Work that is not done by then says so, and is no fault of the file. */
const limit = ["--time-limit", "1.5"];
const outputs = ["--proof", path("proof.json")];

describe("an instance of intervals", () => {
  const files = [...plainlyHostile(trade), ...changedFiles(trade, 27, 190 * COUNT)];
  const commands: Record<string, readonly [(file: string) => readonly string[], number[]]> = {
    show: [(file) => ["show", file], [0, 2]],
    solve: [(file) => ["solve", file, "--continuum", "--brief", ...limit, ...outputs], [0, 2]],
    verify: [(file) => ["verify", file, path("answer.json")], [0, 1, 2]],
  };
  test.each(Object.keys(commands))("%s answers or refuses, with one clear message", async (command) => {
    await good("solve", path("trade.json"), "--continuum", "--proof", path("answer.json"));
    expect(files.length).toBeGreaterThanOrEqual(250);
    const counts = await ends(files, ...commands[command]);
    console.log(`${command} of an instance of intervals: ${JSON.stringify(counts)}`);
    expect(counts[2]).toBeGreaterThan(100);
    if (command === "show") await ends(largeFiles(trade), commands[command][0]);
  });
});

/** The instance with other types of the buyer. */
const withBuyer = (types: object) => {
  const copy = structuredClone(trade) as { agents: { types: object }[] };
  copy.agents[0].types = { ...copy.agents[0].types, ...types };
  return copy;
};
const density = (...coefficients: readonly unknown[]) => ({ density: [{ from: 0, to: 1, coefficients }] });
const atom = (at: number, probability: number) => ({ ...density(1), atoms: [{ at, probability }] });
const seller = (trade as { agents: object[] }).agents[1];

test.each<[string, object, string[]]>([
  ["a degree of 1,000", withBuyer({ distribution: density(...Array(1000).fill(0), 1001) }), []],
  ["10,000 digits", withBuyer({ distribution: density("7".repeat(10_000)) }), []],
  ["a density that is negative at the end", withBuyer({ distribution: density(3, -4) }), []],
  ["a density that is negative within", withBuyer({ distribution: density("11/10", "-6", "6") }), []],
  ["a density of mass 2", withBuyer({ distribution: density(2) }), []],
  ["a density that is no number", withBuyer({ distribution: density("NaN") }), []],
  ["an atom of mass 2", withBuyer({ distribution: atom(0, 2) }), []],
  ["an atom of mass -1", withBuyer({ distribution: atom(0, -1) }), []],
  ["an atom elsewhere", withBuyer({ distribution: atom(5, 1) }), []],
  ["an interval the wrong way round", withBuyer({ from: 1, to: 0 }), []],
  ["an interval of a point", withBuyer({ from: 1, to: 1 }), []],
  ["a label that moves the cursor", { ...trade, outcomes: ["no", "\u001b[2J"] }, []],
  ["a width of nothing", trade, ["--width", "0"]],
  ["a width of no number", trade, ["--width", "NaN"]],
  ["cells beyond all counting", trade, ["--cells", "1e9"]],
  [
    "more cells than are judged",
    { ...trade, agents: [...(trade as { agents: object[] }).agents, { ...seller, name: "other" }] },
    ["--ir", "ex-post", "--cells", "1000"],
  ],
  [
    "60 agents at every profile",
    { ...trade, agents: Array.from({ length: 60 }, (_, k) => ({ ...seller, name: `${k}` })) },
    ["--ir", "ex-post"],
  ],
])("%s is refused at once", async (name, document, flags) => {
  const bytes = new TextEncoder().encode(JSON.stringify(document));
  await ends([{ name, bytes, isRefused: true }], (file) => [
    "solve",
    file,
    "--continuum",
    ...flags,
    ...outputs,
  ]);
});

describe("a family, at every type", () => {
  const files = changedFiles(family, 28, 120);
  test("solve, window and compare answer or refuse, with one clear message", async () => {
    const asks: readonly ((file: string) => readonly string[])[] = [
      (file) => ["solve", file, "--continuum", "--brief", ...limit, ...outputs],
      (file) => ["compare", file, "vcg", "--continuum", ...limit],
      (file) => [
        "window",
        file,
        "-p",
        "seller.to",
        "--along",
        '"q"',
        "--from",
        "1",
        "--to",
        "2",
        "--continuum",
        ...limit,
      ],
    ];
    for (const [k, of] of asks.entries()) {
      const some = files.slice(40 * k, 40 * (k + 1));
      console.log(`${of("").join(" ").slice(0, 9)}: ${JSON.stringify(await ends(some, of, [0, 2, 3]))}`);
    }
  });
});

describe("an answer about intervals", () => {
  const commands: Record<string, (file: string) => readonly string[]> = {
    verify: (file) => ["verify", path("trade.json"), file],
    explain: (file) => ["explain", path("trade.json"), file],
    "explain, alone,": (file) => ["explain", file],
  };
  test.each(Object.keys(commands))("%s answers, refutes or refuses", async (command) => {
    await good("solve", path("trade.json"), "--continuum", "--proof", path("answer.json"));
    const document = got("answer.json");
    const files = [...plainlyHostile(document), ...changedFiles(document, 29, 190 * COUNT)];
    expect(files.length).toBeGreaterThanOrEqual(250);
    const counts = await ends(files, commands[command], command.endsWith("alone,") ? [0, 2] : [0, 1, 2]);
    console.log(`${command} of an answer about intervals: ${JSON.stringify(counts)}`);
    expect(counts[2]).toBeGreaterThan(100);
    if (command === "verify") await ends(largeFiles(document), commands[command]);
  });
});
