import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { pasted, scratch } from "../cli/command.js";

const readme = readFileSync("README.md", "utf8");

/** The lines of the README's shell blocks, in their order; those that install and test this project are what runs this test. */
const lines = [...readme.matchAll(/^```sh\n(.*?)^```$/gms)]
  .flatMap(([, block]) => block.trimEnd().split("\n"))
  .map((line) => line.replace(/^npm install && (?=npx )/, ""))
  .filter((line) => !line.startsWith("npm "));

/** What the README says a block's last line prints, by that line. */
const samples = new Map(
  [...readme.matchAll(/^([^\n]*)\n```\n\n```\n(.*?)^```$/gms)].map(([, line, sample]) => [
    line.replace(/^npm install && /, ""),
    sample,
  ]),
);

const timeless = (output: string) => output.replace(/\d+\.\d\d s$/gm, "0.00 s");

test("every command of the README runs as it stands, one after the other, in a folder with the project's instances, and prints its sample", async () => {
  expect(lines.length).toBeGreaterThan(20);
  expect([...samples.keys()].filter((line) => lines.includes(line)).length).toBe(1);
  const folder = scratch().path("");
  for (const line of lines) {
    const { status, stdout, stderr } = await pasted(line, folder);
    expect([line, status, stderr]).toEqual([line, 0, ""]);
    // What is written to a file needs no words besides.
    if (!line.includes(" --out ")) expect(stdout, line).not.toBe("");
    const sample = samples.get(line);
    if (sample !== undefined) expect(timeless(stdout)).toBe(timeless(sample));
    // A comment's fractions are what the command prints.
    const [, comment = ""] = / # (.*)$/.exec(line) ?? [];
    for (const fraction of comment.match(/\d+\/\d+/g) ?? []) expect(stdout, line).toContain(fraction);
  }
}, 600_000);
