import * as z from "zod";
import type { Environment } from "../environment/environment.js";
import { InputError, shown } from "../fault/input-error.js";
import { listText } from "../json/list-text.js";
import type { Rational } from "../number/rational.js";
import { rationalSchema } from "../number/rational-schema.js";
import { parseRational, rationalOfDecimal } from "../number/rational-text.js";
import { readVector, vectorSchema, vectorText, wholeNumbersText } from "../number/vector-file.js";
import { type Family, families, type Place } from "../question/requirement.js";
import { orbitCount } from "../space/orbits.js";
import { slotStarts } from "../space/slots.js";
import { areAlike } from "../space/space.js";
import type { Multipliers, Paths, Price, Prices } from "./multipliers.js";

/** What a place may tell, in the order in which files do. */
export const COLUMNS = ["agent", "type", "report", "profile", "reported"] as const satisfies (keyof Place)[];

const familySchema = z.enum(families);

const listSchema = z.strictObject({
  kind: z.literal("list"),
  on: familySchema,
  columns: z.array(z.enum(COLUMNS)).describe("What each entry tells before its weight, by places from 0."),
  entries: z.array(z.array(z.union([z.number(), z.string()]))),
});

const profilesSchema = z.strictObject({
  kind: z.literal("profiles"),
  on: familySchema,
  agent: z.int().optional(),
  weights: vectorSchema,
});

const rangesSchema = z.strictObject({
  kind: z.literal("ranges"),
  on: familySchema,
  weight: rationalSchema.describe("The price at a profile over its probability."),
  ranges: z.array(z.tuple([z.int(), z.int()])).describe("Profiles from the first on, but for the second."),
});

const pathsSchema = z.strictObject({
  kind: z.literal("paths"),
  paths: z.array(
    z.union([
      z.strictObject({ kind: z.literal("profiles"), parents: z.array(z.int()) }),
      z.strictObject({ kind: z.literal("menu"), ties: z.enum(["first", "last"]), keepers: z.array(z.int()) }),
    ]),
  ),
});

/** Prices on requirements; see `Multipliers`. */
export const multipliersSchema = z.strictObject({
  purpose: z.enum(["bound", "infeasibility", "money"]),
  alike: z
    .boolean()
    .describe("Prices are told of one agent and of profiles with increasing types, and hold for all."),
  prices: z.array(z.union([listSchema, profilesSchema, rangesSchema, pathsSchema])),
});

export type MultipliersFile = z.output<typeof multipliersSchema>;

/** Throws InputError (`path…`) for anything that does not fit the environment. */
export function readMultipliers(file: MultipliersFile, environment: Environment, path: string): Multipliers {
  const { purpose, alike } = file;
  if (alike && !areAlike(environment))
    throw new InputError(`${path}.alike`, "true", "false, for exchanging agents changes the environment");
  const prices = file.prices.map((block, k) => readBlock(block, environment, alike, `${path}.prices[${k}]`));
  return { purpose, alike, prices };
}

function readBlock(
  block: MultipliersFile["prices"][number],
  environment: Environment,
  alike: boolean,
  path: string,
): Prices {
  const { profiles, agentCount } = environment;
  switch (block.kind) {
    case "list":
      return { kind: "list", on: block.on, entries: readEntries(block, environment, path) };
    case "profiles": {
      const { on, agent } = block;
      if (agent !== undefined) checkPlace(agent, agentCount, `${path}.agent`, "an agent");
      const count = alike ? orbitCount(agentCount, profiles.sizes[0]) : profiles.count;
      const length = alike && on === "participation" ? (slotStarts(environment).at(-1) ?? 0) : count;
      return { kind: "profiles", on, agent, weights: readVector(block.weights, length, `${path}.weights`) };
    }
    case "ranges": {
      block.ranges.forEach(([from, to], k) => {
        if (0 <= from && from <= to && to <= profiles.count) return;
        throw new InputError(
          `${path}.ranges[${k}]`,
          `[${from}, ${to}]`,
          `a range within 0 to ${profiles.count}`,
        );
      });
      return block;
    }
    case "paths":
      return { kind: "paths", paths: block.paths.map((own, i) => readPaths(own, `${path}.paths[${i}]`)) };
  }
}

type PathsFile = Extract<MultipliersFile["prices"][number], { kind: "paths" }>["paths"][number];

function readPaths(paths: PathsFile, path: string): Paths {
  const [name, places] =
    paths.kind === "menu" ? (["keepers", paths.keepers] as const) : (["parents", paths.parents] as const);
  const misplaced = places.findIndex((place) => place !== place << 0);
  if (misplaced >= 0)
    throw new InputError(`${path}.${name}[${misplaced}]`, shown(places[misplaced]), "the place of a type");
  const whole = Int32Array.from(places);
  return paths.kind === "menu" ? { ...paths, keepers: whole } : { kind: "profiles", parents: whole };
}

function readEntries(
  { columns, entries }: z.output<typeof listSchema>,
  environment: Environment,
  path: string,
): Price[] {
  const { profiles, agentCount } = environment;
  if (new Set(columns).size < columns.length)
    throw new InputError(`${path}.columns`, columns.join(", "), "different columns");
  const owner = columns.indexOf("agent");
  return entries.map((entry, k) => {
    const where = `${path}.entries[${k}]`;
    if (entry.length !== columns.length + 1)
      throw new InputError(
        where,
        `${entry.length} numbers`,
        `${columns.length + 1}: ${[...columns, "weight"].join(", ")}`,
      );
    const weight = readWeight(entry[columns.length], `${where}[${columns.length}]`);
    const price: { -readonly [Part in keyof Price]: Price[Part] } = { weight };
    // Which types there are depends on whose.
    const agent = owner < 0 ? 0 : checkPlace(entry[owner], agentCount, `${where}[${owner}]`, "agent");
    const types = profiles.sizes[agent];
    columns.forEach((column, c) => {
      const count =
        column === "agent" ? agentCount : column === "type" || column === "report" ? types : profiles.count;
      price[column] = checkPlace(entry[c], count, `${where}[${c}]`, column);
    });
    return price;
  });
}

function checkPlace(found: number | string, count: number, path: string, what: string): number {
  if (typeof found === "number" && Number.isSafeInteger(found) && found >= 0 && found < count)
    return found + 0;
  throw new InputError(path, shown(found), `${what}, from 0 to ${count - 1}`);
}

function readWeight(found: number | string, path: string): Rational {
  const weight = typeof found === "number" ? rationalOfDecimal(found) : parseRational(found);
  if (weight) return weight;
  throw new InputError(path, shown(found), 'a number, or a string such as "1/3"');
}

/** Multipliers as a file has them. */
export function* multipliersText({ purpose, alike, prices }: Multipliers, indent: string): Iterable<string> {
  const inner = `${indent}  `;
  yield `{\n${inner}"purpose": "${purpose}",\n${inner}"alike": ${alike},\n${inner}"prices": [`;
  let before = `\n${inner}  `;
  for (const block of prices) {
    for (const text of blockTexts(block, `${inner}  `)) {
      yield before;
      yield* text;
      before = `,\n${inner}  `;
    }
  }
  yield `]\n${indent}}`;
}

function* blockTexts(block: Prices, indent: string): Iterable<Iterable<string>> {
  switch (block.kind) {
    case "list":
      for (const [columns, entries] of byColumns(block.entries)) {
        yield entriesText(block.on, columns, entries, indent);
      }
      return;
    case "profiles": {
      const agent = block.agent === undefined ? "" : ` "agent": ${block.agent},`;
      yield around(
        `{ "kind": "profiles", "on": "${block.on}",${agent} "weights": `,
        vectorText(block.weights, indent),
        " }",
      );
      return;
    }
    case "ranges":
      yield around(
        `{ "kind": "ranges", "on": "${block.on}", "weight": "${block.weight}", "ranges": `,
        listText(
          block.ranges.map(([from, to]) => `[${from}, ${to}]`),
          indent,
        ),
        " }",
      );
      return;
    case "paths":
      yield pathsText(block.paths, indent);
  }
}

/** Entries that tell the same things of their places, together. */
function byColumns(entries: Iterable<Price>): Map<readonly (keyof Place)[], Price[]> {
  const known = new Map<string, readonly (keyof Place)[]>();
  const groups = new Map<readonly (keyof Place)[], Price[]>();
  for (const price of entries) {
    const told = COLUMNS.filter((column) => price[column] !== undefined);
    const columns = known.get(told.join()) ?? told;
    known.set(told.join(), columns);
    const group = groups.get(columns) ?? [];
    groups.set(columns, group);
    group.push(price);
  }
  return groups;
}

function entriesText(
  on: Family,
  columns: readonly (keyof Place)[],
  entries: readonly Price[],
  indent: string,
): Iterable<string> {
  const head = `{ "kind": "list", "on": "${on}", "columns": ${JSON.stringify(columns)}, "entries": `;
  const texts = entries.map(
    (price) => `[${[...columns.map((column) => price[column]), `"${price.weight}"`].join(", ")}]`,
  );
  return around(head, listText(texts, indent), " }");
}

function* pathsText(paths: readonly Paths[], indent: string): Iterable<string> {
  yield '{ "kind": "paths", "paths": [';
  for (const [i, own] of paths.entries()) {
    if (i > 0) yield ", ";
    if (own.kind === "menu") {
      yield* around(
        `{ "kind": "menu", "ties": "${own.ties}", "keepers": `,
        wholeNumbersText(own.keepers, indent),
        " }",
      );
    } else yield* around('{ "kind": "profiles", "parents": ', wholeNumbersText(own.parents, indent), " }");
  }
  yield "] }";
}

function* around(before: string, text: Iterable<string>, after: string): Iterable<string> {
  yield before;
  yield* text;
  yield after;
}
