import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { design } from "../../src/index.js";
import { readInstance } from "../../src/instance/instance.js";
import { briefDesign, designText } from "../../src/report/design-text.js";
import { anyScreen } from "../../src/report/style.js";
import { textDocument } from "../../src/report/text-document.js";
import { textWidth } from "../../src/report/text-width.js";

const files = readdirSync("instances").filter((file) => file.endsWith(".json"));
const instances = files.map((file) =>
  readInstance(readFileSync(`instances/${file}`, "utf8"), file.replace(/\.json$/, "")),
);

/** The lines of tables: those with a rule of dashes among them, down to the next empty line. */
function tableLines(text: string): string[] {
  return text.split("\n\n").flatMap((part) => {
    const lines = part.split("\n");
    const rule = lines.findIndex((line) => /^ +─/.test(line));
    return rule < 0 ? [] : lines.slice(rule - 1).filter((line) => !/^\S|^ {2}\S.*\.$/.test(line));
  });
}

describe("on terminals of every width", () => {
  test("tables fit, and sentences too where the width is known", async () => {
    let tables = 0;
    for (const instance of instances) {
      const answer = await design(instance, instance.question);
      for (const width of [60, 80, 135]) {
        const known = designText(answer, instance.name, { width, breaksSentences: true });
        for (const line of known.split("\n"))
          expect(textWidth(line), `${instance.name}: ${line}`).toBeLessThanOrEqual(width);
        const piped = tableLines(designText(answer, instance.name, { width }));
        tables += piped.length;
        for (const line of piped)
          expect(textWidth(line), `${instance.name}: ${line}`).toBeLessThanOrEqual(width);
      }
    }
    expect(tables).toBeGreaterThan(1000);
  });
});

describe("on a terminal with fewer rows than the answer has lines", () => {
  const [instance] = instances;
  const verdict = /^(POSSIBLE|IMPOSSIBLE): .*$/gm;

  test("the verdict stands last as well as first", async () => {
    const answer = await design(instance, instance.question);
    const whole = designText(answer, "x", { rows: 200 });
    expect(whole.match(verdict)).toHaveLength(1);
    const long = designText(answer, "x", { rows: 30 });
    expect(long.match(verdict)).toHaveLength(2);
    expect(long.trimEnd().split("\n").at(-1)).toBe(whole.match(verdict)![0]);
  });
});

test("in brief an answer has five lines, whatever it is", async () => {
  for (const instance of instances) {
    const text = textDocument(
      briefDesign(await design(instance, instance.question), instance.name),
      anyScreen,
    );
    expect(text.split("\n"), instance.name).toHaveLength(5 + 1);
  }
});
