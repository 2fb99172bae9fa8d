import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { sources } from "./sources.js";

const theory = readFileSync("docs/theory.md", "utf8");
const sections = new Set([...theory.matchAll(/^## (\d+)\. /gm)].map(([, number]) => number));

test("every file that the theory names exists", () => {
  const files = [...theory.matchAll(/`((?:src|models|docs|checker)\/[^`\s]+)`|\]\(([^)]+)\)/g)].map(
    ([, file, link]) => file ?? `docs/${link}`,
  );
  expect(files.length).toBeGreaterThan(40);
  expect(files.filter((file) => !existsSync(file))).toEqual([]);
});

test("every section says where it is used, and every section of the theory that the code names is there", () => {
  expect([...sections]).toEqual(["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13"]);
  expect(theory.match(/^\*Used in\*/gm)).toHaveLength(sections.size);
  const mentions = sources.flatMap(([file, text]) =>
    [...text.matchAll(/theory, sections? (\d+(?:(?:, | and | to )\d+)*)/g)].flatMap(([, numbers]) =>
      numbers.split(/\D+/).map((number) => [file, number] as const),
    ),
  );
  expect(mentions.length).toBeGreaterThan(20);
  expect(mentions.filter(([, number]) => !sections.has(number))).toEqual([]);
});

test("a section that the code names has one of the files that name it", () => {
  const named = new Map<string, string[]>();
  for (const [file, text] of sources) {
    for (const [, number] of text.matchAll(/theory, section (\d+)/g)) {
      named.set(number, [...(named.get(number) ?? []), file]);
    }
  }
  for (const [number, files] of named) {
    const section = theory.split(/^## /m).find((text) => text.startsWith(`${number}. `));
    expect(
      files.some((file) => section?.includes(`\`${file}\``)),
      `section ${number}`,
    ).toBe(true);
  }
});
