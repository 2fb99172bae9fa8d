import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pasted, scratch } from "../cli/command.js";

/** What a page has its reader do: write a file, or run lines and see what is printed. */
type Step =
  | { readonly kind: "file"; readonly name: string; readonly text: string }
  | { readonly kind: "run"; readonly lines: readonly string[]; readonly shown: string | undefined };

/**
 * The steps of a page. A block of JSON after `<!-- file NAME -->` is that file; a block of sh is run; a block without a language right
 * after it is what is printed, `…` on a line of its own standing for what is left out.
 */
function stepsOf(page: string): Step[] {
  const blocks = [
    ...page.matchAll(/(?:<!-- file (\S+) -->\n+)?^```(\w*)\n(.*?)^```$(\n\n```\n(.*?)^```$)?/gms),
  ];
  return blocks.flatMap(([, name, language, text, , shown]): Step[] => {
    if (name !== undefined) return [{ kind: "file", name, text }];
    if (language !== "sh") return [];
    return [{ kind: "run", lines: text.replaceAll("\\\n", "").trimEnd().split("\n"), shown }];
  });
}

/** That the parts of what is shown are printed, whole lines in their order. */
function expectPrinted(shown: string, printed: string): void {
  let rest = `\n${printed}`;
  for (const part of shown.trimEnd().split(/^…\n?/m)) {
    const lines = `\n${part.trimEnd()}\n`;
    if (lines.trim() === "") continue;
    expect(rest, "what the page shows next").toContain(lines);
    rest = rest.slice(rest.indexOf(lines) + lines.length - 1);
  }
}

const pages = ["docs/tutorial.md", ...readdirSync("docs/guides").map((name) => `docs/guides/${name}`)];

test.each(pages)(
  "%s: every command runs as it stands, and prints what the page shows",
  async (page) => {
    const steps = stepsOf(readFileSync(page, "utf8"));
    expect(steps.filter(({ kind }) => kind === "run").length).toBeGreaterThanOrEqual(3);
    const folder = scratch().path("");
    for (const step of steps) {
      if (step.kind === "file") {
        writeFileSync(join(folder, step.name), step.text);
        continue;
      }
      let printed = "";
      for (const line of step.lines) {
        const { status, stdout, stderr } = await pasted(line, folder);
        expect([line, status, stderr]).toEqual([line, 0, ""]);
        printed += stdout;
      }
      if (step.shown !== undefined) expectPrinted(step.shown, printed);
    }
  },
  600_000,
);
