import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { mechlp, scratch } from "./command.js";

const folder = scratch();
const grid = { points: 200 };
const instance = folder.write("trade.json", {
  model: "bilateral-trade",
  parameters: { buyer: grid, seller: grid },
});
const question = ["--ic", "dominant", "--ir", "ex-post", "--balance", "no-deficit"];

/** MiB of the whole process, Node's own included: with objects for 40,000 profiles, it would be 200 and more. */
const LITTLE = ["--memory-limit", "180"];

describe("40,000 profiles", () => {
  test("are written, checked and verified with little memory", async () => {
    const [mechanism, answer] = [folder.path("m.json"), folder.path("a.json")];
    await mechlp(["solve", instance, ...question, "--out", mechanism, "--proof", answer]);
    const check = await mechlp(["check", instance, mechanism, ...question, ...LITTLE]);
    expect([check.status, check.stderr]).toEqual([0, ""]);
    expect(check.stdout).toContain("MEETS every requirement, exactly.");
    expect(check.stdout).toMatch(/^ {2}expected subsidy +1293699\/8000000 /m);
    expect(await mechlp(["verify", instance, answer, ...LITTLE])).toEqual({
      status: 0,
      stdout: expect.stringContaining(
        "verified: IMPOSSIBLE: every such mechanism needs outside money: at least 1293699/8000000",
      ),
      stderr: "",
    });
  });

  test("with one payment changed are told where, however far down it stands", async () => {
    const text = readFileSync(folder.path("m.json"), "utf8");
    const lines = text.split("\n");
    const row = lines.findLastIndex((line) => line.includes('"outcome":"trade"'));
    lines[row] = lines[row].replace(/"payments":\["[^"]*"/, '"payments":["17"');
    const { types } = JSON.parse(lines[row].replace(/,$/, "")) as { types: string[] };
    const changed = await mechlp([
      "check",
      instance,
      folder.write("changed.json", lines.join("\n")),
      ...question,
    ]);
    expect(changed.stdout).toContain(`participation of buyer at buyer ${types[0]}, seller ${types[1]}`);
    lines[row] = lines[row].replace('"outcome"', '"result"');
    const broken = await mechlp(["check", instance, folder.write("broken.json", lines.join("\n"))]);
    expect(broken.status).toBe(2);
    expect(broken.stderr).toMatch(
      /broken\.json: profiles\[\d+\]: the unknown field "result"; expected only the fields types, outcome, payments, subsidy\n$/,
    );
    const torn = await mechlp(["check", instance, folder.write("torn.json", text.slice(0, text.length / 2))]);
    expect(torn.stderr).toMatch(
      /torn\.json: text that is not JSON \(.* reached end of input at line \d+, column \d+\)/,
    );
  });
});
