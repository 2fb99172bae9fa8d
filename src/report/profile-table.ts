import type { Environment } from "../environment/environment.js";
import { countText } from "../number/count-text.js";
import { folded } from "./folded-text.js";
import { textTable } from "./text-table.js";

/** More profiles are listed as the first ones. */
const MOST_LISTED = 16;
/** Nobody reads more, not even who wants to see everything. */
const MOST_AT_ALL = 100_000;

interface Layout {
  readonly width: number;
  readonly all: boolean;
}

/**
 * Something at every profile: for two agents and one column a table of one's types by the other's, where it fits the page, with letters
 * for texts that are too long; else a list of profiles, elided where it is long.
 */
export function profileTable(
  environment: Environment,
  headings: string | readonly string[],
  at: (profile: number) => string | readonly string[],
  layout: Layout,
): string[] {
  if (typeof headings === "string") {
    const table = crossTable(environment, (s) => String(at(s)), layout.width);
    if (table) return table;
  }
  const { agents, profiles } = environment;
  const shown = Math.min(profiles.count, layout.all ? MOST_AT_ALL : MOST_LISTED);
  const list = (of: string | readonly string[]) => (typeof of === "string" ? [of] : of);
  const longest = layout.width / 2;
  const inColumns = agents.length <= MOST_COLUMNS;
  const names = inColumns ? agents.map(({ name }) => name) : ["types"];
  const rows = Array.from({ length: shown }, (_, s) => {
    const types = profiles.typesOf(s).map((type, i) => environment.typeLabel(i, type));
    const texts = list(at(s)).map((text) =>
      text.length > longest ? `${text.slice(0, longest - 1)}…` : text,
    );
    return [...(inColumns ? types : [inOneColumn(types)]), ...texts];
  });
  const lines = textTable([...names, ...list(headings)], rows, { width: layout.width, keys: names.length });
  const more = profiles.count - shown;
  if (more === 0) return lines;
  const how = layout.all ? "`mechlp show INSTANCE --json --all` has them" : "--all shows them";
  return [...lines, `  … and ${countText(more)} more profiles; ${how}`];
}

/** More agents than these have their types in one column. */
const MOST_COLUMNS = 4;
/** More types than these are shown as the first ones and the last. */
const MOST_TYPES = 6;

function inOneColumn(types: readonly string[]): string {
  return types.length <= MOST_TYPES
    ? types.join(", ")
    : [...types.slice(0, MOST_TYPES - 2), "…", types[types.length - 1]].join(", ");
}

/** The first agent's types by the second's; undefined unless there are two agents, and few types. */
function crossTable(
  environment: Environment,
  at: (profile: number) => string,
  width: number,
): string[] | undefined {
  const { agents, profiles } = environment;
  if (agents.length !== 2 || agents.some(({ types }) => types.length > width)) return undefined;
  const [rowAgent, columnAgent] = agents;
  const headings = [`${rowAgent.name} \\ ${columnAgent.name}`, ...columnAgent.types];
  const cells = Array.from({ length: profiles.count }, (_, s) => at(s));
  const whole = table(headings, rowAgent.types, cells);
  if (fits(whole, width)) return whole;
  const different = [...new Set(cells)];
  const lettered = different.length <= LETTERS.length;
  if (!lettered) return undefined;
  const letter = new Map(different.map((text, k) => [text, LETTERS[k]]));
  const short = table(
    headings,
    rowAgent.types,
    cells.map((text) => letter.get(text)!),
  );
  if (!fits(short, width)) return undefined;
  const legend = different.map((text, k) => `${LETTERS[k]}: ${text}`).join("; ");
  return [...short, ...folded(legend, width, "  ")];
}

const LETTERS = "abcdefghijklmnopqrstuvwxyz";

function table(headings: readonly string[], rows: readonly string[], cells: readonly string[]): string[] {
  const columns = headings.length - 1;
  return textTable(
    headings,
    rows.map((label, k) => [label, ...cells.slice(k * columns, (k + 1) * columns)]),
  );
}

function fits(lines: readonly string[], width: number): boolean {
  return lines.every((line) => line.length <= width);
}
