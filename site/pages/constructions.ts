import type { Construction } from "../../src/construction/construction.js";
import { constructions } from "../../src/construction/registry.js";
import { versionText } from "../../src/report/constructions-text.js";
import { claimsMarkdown } from "./claims.js";
import { type Command, commandMarkdown, type Printed } from "./command.js";
import { type Page, prose } from "./page.js";
import { pictureMarkdown } from "./picture.js";

/** A page for each construction, and the list of them. */
export async function constructionPages(
  run: (command: Command) => Promise<Printed>,
  ledger: string,
): Promise<Page[]> {
  const pages = await Promise.all(constructions.map((one) => constructionPage(one, run, ledger)));
  return [constructionList(), ...pages.flat()];
}

function constructionList(): Page {
  const rows = constructions.map(
    ({ name, summary, source }) => `| [${name}](./${name}.md) | ${prose(summary)} | ${prose(source)} |`,
  );
  const text = [
    "# Constructions",
    "",
    "The literature's mechanisms, which can be built on any instance that meets their conditions: `npx mechlp constructions` lists them, and `npx mechlp compare INSTANCE` sets all that apply beside the optimum.",
    "",
    "| construction | what it does | source |",
    "| --- | --- | --- |",
    ...rows,
    "",
  ];
  return { path: "constructions/index.md", text: text.join("\n") };
}

/** What of the pictures shows a construction best, those that there are. */
const SHOWN = ["payment-1", "expects-1"];

async function constructionPage(
  { name, about, source, versions, options = {}, example }: Construction,
  run: (command: Command) => Promise<Printed>,
  ledger: string,
): Promise<Page[]> {
  const command = { args: ["construct", name, `instances/${example}.json`] };
  const { text, pictures } = await run(command);
  const shown = SHOWN.flatMap((own) => {
    const picture = pictures.get(own);
    return picture ? [{ file: `${name}-${own}.svg`, picture }] : [];
  });
  if (shown.length === 0) throw new Error(`${name}: none of its pictures is shown`);
  const keys = Object.entries(options).map(([key, meaning]) => `- \`${key}\`: ${prose(meaning)}`);
  const page = [
    `# ${name}`,
    prose(about),
    `Source: ${prose(source)} ([references](../references.md)).`,
    versions.map((version) => `- \`--version ${version}\`: ${prose(versionText[version])}`).join("\n"),
    ...(keys.length > 0 ? ["## Options", "As `--option KEY=VALUE`:", keys.join("\n")] : []),
    "## An example",
    ...shown.map(({ file, picture }) => pictureMarkdown(picture, file)),
    commandMarkdown(command, text),
    "## Its place in the papers",
    claimsMarkdown(source, ledger, (commands) => usesConstruction(commands, name)),
  ];
  return [
    { path: `constructions/${name}.md`, text: `${page.join("\n\n")}\n` },
    ...shown.map(({ file, picture }) => ({ path: `constructions/${file}`, text: picture.svg })),
  ];
}

/** Whether a line builds it, or sets it beside the optimum. */
function usesConstruction(commands: string, name: string): boolean {
  return commands.split("\n").some((line) => {
    const [, words] = line.match(/mechlp (?:construct|compare) (.*)$/) ?? [];
    return words?.split(" ").some((word) => word === name || word.startsWith(`${name}:`)) === true;
  });
}
