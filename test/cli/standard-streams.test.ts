import { describe, expect, test } from "vitest";
import { scratch, shell } from "./command.js";

const five = "instances/bilateral-trade-endpoint-5.json";
const six = "instances/bilateral-trade-endpoint-6.json";

describe.concurrent("- is standard input for every file that is read, and standard output for every one that is written", () => {
  test("an instance, with the name of none", async () => {
    const solved = await shell(`$MECHLP solve - --json < ${six}`);
    expect([solved.status, solved.stderr]).toEqual([0, ""]);
    expect(JSON.parse(solved.stdout)).toMatchObject({
      instance: "bilateral-trade-endpoint-6",
      verdict: "impossible",
    });
    const late = await shell(`(sleep 0.3; cat ${five}) | $MECHLP compare - agv`);
    expect([late.status, late.stderr]).toEqual([0, ""]);
    expect(late.stdout).toMatch(/^ {2}agv /m);
  });

  test("an answer, while the report goes to standard error", async () => {
    const { status, stdout, stderr } = await shell(
      `$MECHLP solve ${six} --proof - | $MECHLP verify ${six} -`,
    );
    expect(status).toBe(0);
    expect(stdout).toContain("verified: IMPOSSIBLE");
    expect(stderr).toContain("IMPOSSIBLE: every such mechanism needs outside money: at least 1/36");
    const explained = await shell(`$MECHLP solve ${six} --proof - 2> /dev/null | $MECHLP explain -`);
    expect(explained.status).toBe(0);
    expect(explained.stdout).toContain("1/36");
  });

  test("a mechanism that was solved for, and one that was constructed", async () => {
    const solved = await shell(`$MECHLP solve ${six} --out - 2> /dev/null | $MECHLP check ${six} -`);
    expect(solved.stdout).toContain("MEETS every requirement, exactly.");
    const built = await shell(
      `$MECHLP construct agv ${six} --out - 2> /dev/null | $MECHLP check ${six} - --ir none`,
    );
    expect(built.stdout).toContain("MEETS every requirement, exactly.");
  });

  test("an instance written out", async () => {
    const line = `$MECHLP export - --format instance --out - < ${six} | $MECHLP solve -`;
    const { status, stdout, stderr } = await shell(line);
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("at least 1/36");
  });

  test("however large: a mechanism of 40,000 profiles", async () => {
    const { write, path } = scratch();
    write("large.json", {
      model: "bilateral-trade",
      parameters: { buyer: { points: 200 }, seller: { points: 200 } },
    });
    const [file, question] = [path("large.json"), "--ic dominant --ir ex-post --balance no-deficit"];
    const { status, stdout } = await shell(
      `$MECHLP solve ${file} ${question} --out - 2> /dev/null | $MECHLP check ${file} - ${question}`,
    );
    expect(status).toBe(0);
    expect(stdout).toContain("MEETS every requirement, exactly.");
  });
});

describe.concurrent("but only once", () => {
  test.each([
    [
      ["verify", "-", "-"],
      "standard input: asked for as a second file; expected a file, for at most one can be -",
    ],
    [
      ["solve", five, "--out", "-", "--proof", "-"],
      "standard output: asked for as a second file; expected a file, for at most one can be -",
    ],
  ])("%j", async (args, message) => {
    const { status, stdout, stderr } = await shell(`$MECHLP ${args.join(" ")} < ${five}`);
    expect([status, stdout, stderr]).toEqual([2, "", `mechlp: ${message}\n`]);
  });

  test("and a fault in what is read is one of standard input", async () => {
    const { status, stderr } = await shell(`echo '{"model": "bilateral"}' | $MECHLP solve -`);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^mechlp: standard input: model: the unknown family "bilateral"; /);
    const { stderr: empty } = await shell("$MECHLP solve - < /dev/null");
    expect(empty).toMatch(/^mechlp: standard input: text that is not JSON/);
  });
});
