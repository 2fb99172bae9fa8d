import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, test } from "vitest";
import { loadInstance, poseFrom } from "../../src/cli/instance-file.js";
import { InputError } from "../../src/fault/input-error.js";
import { mechlp, scratch } from "./command.js";
import { faults, instance } from "./faulty-instances.js";

const five = "instances/bilateral-trade-endpoint-5.json";

/** One clear message, exit status 2, nothing on standard output, and nothing written. */
async function refused(
  args: readonly string[],
  message: string,
  folder: ReturnType<typeof scratch>,
): Promise<void> {
  const before = folder.names().map((name) => [name, readFileSync(folder.path(name), "utf8")]);
  const { status, stdout, stderr } = await mechlp(args);
  expect(stderr).toBe(`mechlp: ${message}\n`);
  expect([status, stdout]).toEqual([2, ""]);
  expect(folder.names().map((name) => [name, readFileSync(folder.path(name), "utf8")])).toEqual(before);
}

/** What the command says of an instance, without starting it. */
function said(file: string): string {
  try {
    poseFrom(file, loadInstance(file), {});
  } catch (fault) {
    if (fault instanceof InputError) return fault.message;
    throw fault;
  }
  return "nothing";
}

describe.concurrent.each(Object.entries(faults))("%s", (_, cases) => {
  test("is one clear message, exit status 2, and nothing written", async () => {
    const folder = scratch();
    const [content, message] = cases[0];
    const file = folder.write("bad.json", content);
    await refused(["solve", file, "--out", folder.path("m.json")], `${file}: ${message}`, folder);
  });

  test.each(cases.map(([content, message]) => [message, content] as const))("%s", (message, content) => {
    const file = scratch().write("bad.json", content);
    expect(said(file)).toBe(`${file}: ${message}`);
  });
});

describe.concurrent("whole requests", () => {
  test("an unknown model is told those there are", async () => {
    const folder = scratch();
    const file = folder.write("bad.json", { model: "bilateral", parameters: {} });
    const { status, stderr } = await mechlp(["solve", file]);
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /bad\.json: model: the unknown family "bilateral"; expected one of bilateral-trade, .*partnership, .*\n$/,
    );
  });

  test.each([
    ["solve", "--formulation", "direct"],
    ["export", "--format", "mps"],
  ])("a direct program that does not fit in memory is told its size: %s", async (command, flag, value) => {
    const folder = scratch();
    const points = { points: 400 };
    const file = folder.write("large.json", {
      model: "bilateral-trade",
      parameters: { buyer: points, seller: points },
    });
    await refused(
      [command, file, flag, value, "--out", folder.path("out")],
      `${file}: the direct linear program would have 480,400 rows, 480,800 columns and 257,440,000 coefficients, about 24 GiB; ` +
        "expected at most 20,000,000 coefficients: a coarser grid, or fewer agents",
      folder,
    );
  });

  test("a mechanism file for another instance, or of another kind", async () => {
    const folder = scratch();
    const reference = { name: "elsewhere", digest: "0123456789abcdef" };
    const file = folder.write("m.json", { format: "mechlp-mechanism-1", instance: reference, profiles: [] });
    const { stderr, status } = await mechlp(["check", five, file]);
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /^mechlp: .*\/m\.json: instance\.digest: the digest of another instance, "elsewhere" \(0123456789ab…\); expected [0-9a-f]{12}…, the digest of this one \(`mechlp show INSTANCE` prints it whole, .*\)\n$/,
    );
    const answer = folder.write("a.json", { format: "mechlp-answer-1", instance: reference, profiles: [] });
    await refused(
      ["check", five, answer],
      `${answer}: format: "mechlp-answer-1"; expected "mechlp-mechanism-1"`,
      folder,
    );
    await refused(
      ["explain", file],
      `${file}: the unknown field "profiles"; expected only the fields $schema, format, program, solver, instance, question, claim, mechanism, multipliers; did you mean mechanism.profiles?`,
      folder,
    );
    await refused(
      ["verify", five, folder.write("t.json", "verified")],
      `${folder.path("t.json")}: text that is not JSON (JSON value expected but got 'v' at line 1, column 1); expected a JSON document`,
      folder,
    );
  });

  test("a file that is a directory, absent, or unreadable", async () => {
    const folder = scratch();
    const reason: [string, string][] = [
      ["instances", "a directory"],
      [folder.path("absent.json"), "no such file or directory"],
      ["package.json/x.json", "a path through something that is not a directory"],
    ];
    for (const [path, why] of reason) {
      const message = `${path}: ${why}; expected a file that can be read`;
      await refused(["solve", path, "--out", folder.path("m.json")], message, folder);
      await refused(["check", five, path], message, folder);
    }
  });

  test("an output path that cannot be written, before any work is done", async () => {
    const folder = scratch();
    const reason: [string, string][] = [
      [".", "a directory"],
      [folder.path("absent/m.json"), "no such file or directory"],
      ["package.json/m.json", "a path through something that is not a directory"],
      ["package.json/x/m.json", "a path through something that is not a directory"],
    ];
    for (const [path, why] of reason) {
      const message = `${path}: ${why}; expected a file that can be written`;
      await refused(["solve", "instances/no-such-instance.json", "--out", path], message, folder);
    }
    const [path, why] = reason[1];
    const message = `${path}: ${why}; expected a file that can be written`;
    await refused(["solve", five, "--proof", path], message, folder);
    await refused(["export", five, "--out", path], message, folder);
    await refused(
      ["schema", "--out", folder.path("absent")],
      `${folder.path("absent/instance.schema.json")}: ${why}; expected a file that can be written`,
      folder,
    );
  });

  test("a file that was there before keeps its content", async () => {
    const folder = scratch();
    const kept = folder.write("m.json", "precious");
    const answer = folder.write("a.json", "precious");
    const bad = folder.write("bad.json", instance({ outcomes: [] }));
    await refused(
      ["solve", bad, "--out", kept, "--proof", answer],
      `${bad}: outcomes: an empty list; expected at least one outcome`,
      folder,
    );
    const same = "the same file as another of this command; expected a file of its own";
    const good = folder.write("good.json", instance({}));
    await refused(["solve", good, "--out", kept, "--proof", kept], `--proof: ${same}`, folder);
    await refused(["solve", good, "--out", good], `${good}: ${same}`, folder);
    await refused(
      ["export", bad, "--out", kept],
      `${bad}: outcomes: an empty list; expected at least one outcome`,
      folder,
    );
    expect(readFileSync(kept, "utf8")).toBe("precious");
    expect(folder.names()).toEqual(["a.json", "bad.json", "good.json", basename(kept)]);
  });

  test("a byte order mark before the text is no fault", async () => {
    const folder = scratch();
    const { status } = await mechlp([
      "solve",
      folder.write("marked.json", `\uFEFF${JSON.stringify(instance())}`),
    ]);
    expect(status).toBe(0);
  });
});
