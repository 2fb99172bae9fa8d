import type { Command } from "commander";
import type { ClaimFinding } from "../claim/finding.js";
import { entriesNamed } from "../claim/ledger.js";
import { htmlDocument } from "../report/html-document.js";
import { ledgerJson } from "../report/ledger-json.js";
import { ledgerPage } from "../report/ledger-page.js";
import { ledgerDocument } from "../report/ledger-text.js";
import { withLimits } from "./limits.js";
import { printDocument } from "./output-flags.js";
import { print } from "./terminal.js";
import { inThreads } from "./thread-pool.js";
import { watchedProgress } from "./watched.js";
import { checkWritable } from "./writing.js";
import { writtenText } from "./written-text.js";

interface ReproduceFlags {
  quick?: boolean;
  json?: boolean;
  html?: string;
  markdown?: string;
}

/** Where the ledger itself is at fault. */
const EXIT_IN_ERROR = 1;

/** `mechlp reproduce [CLAIMS...]` */
export function addReproduceCommand(program: Command): void {
  const command = program
    .command("reproduce")
    .summary("The papers' claims, computed again one by one.")
    .description(
      "Computes again what the papers say, claim by claim: reproduced, refuted with the evidence, or holding on every instance tried. Exit status 1 where a test itself fails.",
    )
    .argument("[claims...]", "as LN-53, or LN for a paper's (default: all)");
  withLimits(command, "with exit status 3")
    .option("--quick", "on the smallest grids and few instances")
    .option("--html <file>", "also write a page that needs nothing else")
    .option("--markdown <file>", "also write the whole as Markdown, by paper")
    .option("--json", "print one JSON object")
    .action(async (names: string[], flags: ReproduceFlags) => {
      const { quick = false, json, html, markdown } = flags;
      const wanted = entriesNamed(names);
      for (const path of [html, markdown]) if (path !== undefined) checkWritable(path);
      const tested = await testedEntries(wanted, quick);
      const document = () => ledgerDocument(tested, names.length > 0, quick);
      if (json) await print(`${JSON.stringify(ledgerJson(tested, quick))}\n`);
      else await printDocument(document(), {});
      if (html !== undefined) await writtenText(html, "--html", htmlDocument(document(), []), flags);
      if (markdown !== undefined) await writtenText(markdown, "--markdown", ledgerPage(tested), flags);
      if (tested.some(({ finding }) => finding.verdict === "in error")) process.exitCode = EXIT_IN_ERROR;
    });
}

async function testedEntries(wanted: ReturnType<typeof entriesNamed>, quick: boolean) {
  const found = new Map<string, ClaimFinding>();
  watchedProgress.stage("testing claims");
  const waiting = wanted.map(({ claim }) => ({ kind: "claim", id: claim.id, quick }) as const);
  await inThreads(
    () => waiting.shift(),
    ({ id }, finding) => {
      found.set(id, finding);
      watchedProgress.stage(
        `testing claims, ${id} last: ${finding.verdict}; ${found.size} of ${wanted.length}`,
      );
    },
  );
  return wanted.map((entry) => ({ ...entry, finding: found.get(entry.claim.id)! }));
}
