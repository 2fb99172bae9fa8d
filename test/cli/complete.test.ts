import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { families } from "../../models/index.js";
import { choices } from "../../src/question/question.js";
import { mechlp, scratch, shell } from "./command.js";

/** The words that a shell is offered in place of the last one. */
async function offered(...words: string[]): Promise<string[]> {
  const { status, stdout, stderr } = await mechlp(["complete", "--", ...words]);
  expect([status, stderr]).toEqual([0, ""]);
  return stdout
    .split("\n")
    .slice(0, -2)
    .map((line) => line.split("\t")[0]);
}

describe.concurrent("what a shell is offered", () => {
  test("commands, flags and their choices", async () => {
    expect(await offered("")).toEqual(expect.arrayContaining(["solve", "verify", "table", "complete"]));
    expect(await offered("solve", "x.json", "--ic")).toContain("--ic-slack");
    expect((await offered("solve", "x.json", "--ic", "")).sort()).toEqual([...choices.ic].sort());
  });

  test("families, constructions, claims and the catalogue by name", async () => {
    expect((await offered("models", "")).sort()).toEqual(families.map(({ familyName }) => familyName).sort());
    expect(await offered("construct", "vc")).toEqual(["vcg"]);
    expect(await offered("reproduce", "LN-6")).toEqual(["LN-6"]);
    expect(await offered("solve", "catalogue:trade/br")).toEqual(["catalogue:trade/broker"]);
  });

  test("files where a file is wanted, and nothing in a folder that is not there", async () => {
    expect(await offered("solve", "instances/pool")).toEqual(["instances/pool-and-bridge.json"]);
    expect(await offered("verify", "instances/tr")).toEqual(["instances/trade/"]);
    expect(await offered("solve", "nowhere/x")).toEqual([]);
  });

  test("a shell that is not known is refused in one message", async () => {
    const { status, stdout, stderr } = await mechlp(["complete", "tcsh"]);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("Allowed choices are zsh, bash, fish, powershell.");
  });
});

const COMPLETION = "/usr/share/bash-completion/bash_completion";

/** What bash makes of the words of a line, which it has parted at colons, by the script that is printed. */
async function completed(words: readonly string[], line = words.join(" ")) {
  const quoted = words.map((word) => `'${word}'`).join(" ");
  const script = [
    `source ${COMPLETION}`,
    'mechlp() { $MECHLP "$@"; }',
    // Once more, as where a shell reads its settings again.
    'eval "$(mechlp complete bash)"; eval "$(mechlp complete bash)"',
    `COMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}; COMP_LINE='${line}'; COMP_POINT=\${#COMP_LINE}`,
    "_mechlp",
    `printf '%s\\n' "\${COMPREPLY[@]}"`,
  ].join("\n");
  const { stdout, stderr } = await shell(script);
  expect(stderr).toBe("");
  return stdout.trim().split("\n");
}

describe.skipIf(!existsSync(COMPLETION))("bash, by the script that is printed", () => {
  test("completes names and files", async () => {
    expect(await completed(["mechlp", "models", "part"])).toEqual(["partnership"]);
    expect(await completed(["mechlp", "solve", "instances/pool"])).toEqual([
      "instances/pool-and-bridge.json",
    ]);
  });

  test("goes on behind a colon", async () => {
    const words = ["mechlp", "solve", "catalogue", ":", "trade/br"];
    expect(await completed(words, "mechlp solve catalogue:trade/br")).toEqual(["trade/broker"]);
  });

  test("carries out nothing of what is being written", async () => {
    const target = scratch().path("made");
    await completed(["mechlp", "solve", `$(touch ${target})`, "--i"]);
    expect(existsSync(target)).toBe(false);
  });
});

const there = (name: string) => spawnSync("which", [name]).status === 0;

test.each(["zsh", "fish"].filter(there))("%s reads the script that is printed", async (name) => {
  const script = scratch().path(name);
  const run = await shell(`$MECHLP complete ${name} > ${script}; ${name} -n ${script}`);
  expect([run.status, run.stderr]).toEqual([0, ""]);
});
