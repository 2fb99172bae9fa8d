import type { Family } from "../../models/family.js";
import { families } from "../../models/index.js";
import { jsonSchema } from "../../src/instance/json-schemas.js";
import { parametersText } from "../../src/report/families-text.js";
import { claimsMarkdown } from "./claims.js";
import { type Command, commandMarkdown, type Printed } from "./command.js";
import { type Page, prose } from "./page.js";
import { pictureMarkdown } from "./picture.js";

/** A page for each family, and the list of them. */
export async function familyPages(
  run: (command: Command) => Promise<Printed>,
  ledger: string,
): Promise<Page[]> {
  const pages = await Promise.all(families.map((family) => familyPage(family, run, ledger)));
  return [familyList(), ...pages.flat()];
}

function familyList(): Page {
  const rows = families.map(
    ({ familyName, summary, source }) =>
      `| [${familyName}](./${familyName}.md) | ${prose(summary)} | ${prose(source)} |`,
  );
  const text = [
    "# Families",
    "",
    "Environments by a few parameters, which an instance file names: `npx mechlp models` lists them.",
    "",
    "| family | what it is | source |",
    "| --- | --- | --- |",
    ...rows,
    "",
  ];
  return { path: "families/index.md", text: text.join("\n") };
}

/** What of the pictures shows a family best, the first that there is. */
const SHOWN = ["allocation", "chances-1", "expects-1"];

async function familyPage(
  { familyName, about, source, example, parameters }: Family,
  run: (command: Command) => Promise<Printed>,
  ledger: string,
): Promise<Page[]> {
  const command = {
    args: ["solve", "-", "--brief"],
    input: JSON.stringify({ model: familyName, ...example }),
  };
  const { text, pictures } = await run(command);
  const name = SHOWN.find((one) => pictures.has(one));
  const picture = name === undefined ? undefined : pictures.get(name);
  if (!picture)
    throw new Error(`${familyName}: none of the pictures ${[...pictures.keys()].join(", ")} is shown`);
  const file = `${familyName}.svg`;
  const page = [
    `# ${familyName}`,
    prose(about),
    `Source: ${prose(source)} ([references](../references.md)).`,
    "## An example",
    pictureMarkdown(picture, file),
    commandMarkdown(command, text),
    "## Parameters",
    ["```text", parametersText(jsonSchema(parameters, familyName)), "```"].join("\n"),
    "## Its place in the papers",
    claimsMarkdown(source, ledger, (commands) => commands.includes(`"model":"${familyName}"`)),
  ];
  return [
    { path: `families/${familyName}.md`, text: `${page.join("\n\n")}\n` },
    { path: `families/${file}`, text: picture.svg },
  ];
}
