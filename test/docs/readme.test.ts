import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { pasted, scratch } from "../cli/command.js";

/** The lines of the README's shell blocks, in their order; those that install and test this project are what runs this test. */
const lines = [...readFileSync("README.md", "utf8").matchAll(/^```sh\n(.*?)^```$/gms)]
  .flatMap(([, block]) => block.trimEnd().split("\n"))
  .map((line) => line.replace(/^npm install && (?=npx )/, ""))
  .filter((line) => !line.startsWith("npm "));

test("every command of the README runs as it stands, one after the other, in a folder with the project's instances", async () => {
  expect(lines.length).toBeGreaterThan(20);
  const folder = scratch().path("");
  for (const line of lines) {
    const { status, stdout, stderr } = await pasted(line, folder);
    expect([line, status, stderr]).toEqual([line, 0, ""]);
    // What is written to a file needs no words besides.
    if (!line.includes(" --out ")) expect(stdout, line).not.toBe("");
  }
}, 600_000);
