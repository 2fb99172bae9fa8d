import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { designContinuum } from "../../src/continuum-library.js";
import { designFor } from "../../src/design.js";
import { catalogueEntry, mentions } from "../../src/instance/catalogue-entry.js";
import { readContinuousInstance } from "../../src/instance/continuous-instance.js";
import { readInstance } from "../../src/instance/instance.js";
import { posed } from "../../src/question/problem.js";

const files = readdirSync("instances", { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".json"))
  .sort();
const references = readFileSync("docs/references.md", "utf8");
const textOf = (file: string) => readFileSync(`instances/${file}`, "utf8");
const entryOf = (file: string) => catalogueEntry(JSON.parse(textOf(file)), file.replace(/\.json$/, ""));

test("the catalogue has at least sixty instances", () => {
  expect(files.length).toBeGreaterThanOrEqual(60);
});

test.each(files)(
  "%s says what it shows, cites what the references have, and is answered as expected",
  async (file) => {
    const { description, source, expected, kind } = entryOf(file);
    expect(description).toMatch(/^[A-Z].{20,}\.$/);
    for (const citation of source!.split("; "))
      expect(references).toContain(`**${/^.*?\d{4}/.exec(citation)![0]}**`);
    const { verdict, optimum, atLeast = optimum, atMost = optimum } = expected!;
    if (kind === "every type") {
      const {
        verdict: found,
        lower,
        upper,
      } = await designContinuum(readContinuousInstance(textOf(file), file), entryOf(file).question);
      expect(found).toBe(verdict);
      if (atLeast) expect(lower!.compare(atLeast)).toBeGreaterThanOrEqual(0);
      if (atMost) expect(upper!.compare(atMost)).toBeLessThanOrEqual(0);
    } else {
      const { environment, question, givenRule } = readInstance(textOf(file), file);
      const answer = await designFor(posed(environment, question, givenRule));
      expect(answer.verdict).toBe(verdict);
      expect(String(answer.optimum)).toBe(String(optimum));
    }
  },
);

test("an instance is found by any words of its head, in any case", () => {
  const found = (...words: string[]) => files.map(entryOf).filter((entry) => mentions(entry, words));
  expect(found("RESERVE", "myerson").map(({ name }) => name)).toEqual([
    "auction/myerson-three",
    "auction/myerson-two",
  ]);
  expect(found("every type").every(({ kind }) => kind === "every type")).toBe(true);
  expect(found("no such word")).toEqual([]);
});
