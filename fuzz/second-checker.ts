import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Answered } from "./differential.js";

/** What the checker in Python says of answers, in one process: how many it verifies. Throws on the first that it does not. */
export function checkBySecond(answers: readonly Answered[], checker: string): number {
  if (answers.length === 0) return 0;
  const folder = mkdtempSync(join(tmpdir(), "fuzz-"));
  try {
    const lines = answers.map(({ data, document }, k) => {
      const [instance, answer] = [join(folder, `${k}.instance.json`), join(folder, `${k}.answer.json`)];
      writeFileSync(instance, JSON.stringify(data));
      writeFileSync(answer, document);
      return `${instance}\t${answer}\n`;
    });
    const { stdout, stderr } = spawnSync("python3", [checker, "-"], {
      input: lines.join(""),
      encoding: "utf8",
      maxBuffer: 1e9,
    });
    const said = stdout.trimEnd().split("\n");
    const wrong = said.findIndex((line) => !line.startsWith("verified"));
    if (wrong >= 0 || said.length !== answers.length) {
      const about = JSON.stringify(answers[Math.max(0, wrong)].data);
      throw new Error(`the second checker: ${said[wrong] ?? stderr}\n${about}`);
    }
    return said.length;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
