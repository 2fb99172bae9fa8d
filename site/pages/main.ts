import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { type Command, runCommand } from "./command.js";
import { constructionPages } from "./constructions.js";
import { familyPages } from "./families.js";
import { galleryPages } from "./gallery.js";
import { inTurn } from "./in-turn.js";

/** The folder from which the site is built, beside its packages: the documents, what is made of the library itself, and the explorer. */
const PAGES = "site/content";
const PROGRAM = "dist/bin/main.js";
const EXPLORER = "dist/explorer";

for (const [made, by] of [
  [PROGRAM, "npm run build"],
  [EXPLORER, "npm run explorer"],
])
  if (!existsSync(made)) throw new Error(`there is no ${made}: ${by} makes it`);

rmSync(PAGES, { recursive: true, force: true });
cpSync("docs", PAGES, { recursive: true });
cpSync("site/home.md", join(PAGES, "index.md"));
cpSync("CHANGELOG.md", join(PAGES, "changelog.md"));
cpSync(EXPLORER, join(PAGES, "public/explorer"), { recursive: true });

const run = inTurn(availableParallelism(), (command: Command) => runCommand(command, PROGRAM));
const ledger = readFileSync("docs/ledger.md", "utf8");
const made = [familyPages(run, ledger), constructionPages(run, ledger), galleryPages(run)];
for (const { path, text } of (await Promise.all(made)).flat()) {
  const file = join(PAGES, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
