import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { families } from "../../models/index.js";
import { choices } from "../../src/question/question.js";
import { mechlp, shell } from "./command.js";

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

test.skipIf(!existsSync(COMPLETION))("bash completes by the script that is printed", async () => {
  const words = (...all: string[]) =>
    `COMP_WORDS=(${all.join(" ")}); COMP_CWORD=${all.length - 1}; COMP_LINE="${all.join(" ")}"; COMP_POINT=\${#COMP_LINE}`;
  const line = [
    `source ${COMPLETION}`,
    'mechlp() { $MECHLP "$@"; }',
    'eval "$(mechlp complete bash)"',
    words("mechlp", "models", "part"),
    "__mechlp_complete",
    'echo "$' + '{COMPREPLY[@]}"',
  ].join("\n");
  const { stdout } = await shell(line);
  expect(stdout.trim()).toBe("partnership");
});

test.each(["zsh", "fish"])("%s reads the script that is printed", async (name) => {
  const { status } = await shell(`command -v ${name}`);
  if (status !== 0) return console.warn(`no ${name} here: its script is not read`);
  const run = await shell(
    `$MECHLP complete ${name} > "$TMPDIR/mechlp.$$"; ${name} -n "$TMPDIR/mechlp.$$"`.replaceAll(
      "$TMPDIR",
      "/tmp",
    ),
  );
  expect([run.status, run.stderr]).toEqual([0, ""]);
});
