import { parseRational } from "../../src/number/rational-text.js";
import { RandomSource } from "../generator/random-source.js";

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Path = readonly (string | number)[];

/** A document with one thing changed. */
export interface Mutation {
  readonly document: Json;
  /** What was changed, and how. */
  readonly path: Path;
  readonly how: string;
}

/** Every leaf of a document, as a path. */
function leaves(value: Json, here: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [here];
  const keys = Array.isArray(value) ? value.map((_, k) => k) : Object.keys(value);
  return keys.flatMap((key) => leaves((value as Record<string | number, Json>)[key], [...here, key]));
}

/** Every list of a document. */
function lists(value: Json, here: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [];
  const inner = Object.entries(value).flatMap(([key, own]) =>
    lists(own, [...here, Array.isArray(value) ? Number(key) : key]),
  );
  return Array.isArray(value) ? [here, ...inner] : inner;
}

function at(document: Json, path: Path): Json {
  return path.reduce<Json>((value, key) => (value as Record<string | number, Json>)[key], document);
}

/** A copy of the document with the entry at `path` put through `change`. */
export function changed(document: Json, path: Path, change: (entry: Json) => Json): Json {
  const copy = structuredClone(document);
  const parent = at(copy, path.slice(0, -1)) as Record<string | number, Json>;
  parent[path[path.length - 1]] = change(parent[path[path.length - 1]]);
  return copy;
}

/** A wrong value in a leaf's place: numbers nudged, negated and doubled; words replaced; flags turned. */
function wrongValue(leaf: Json, random: RandomSource, words: readonly string[]): Json {
  if (typeof leaf === "boolean") return !leaf;
  if (leaf === null) return random.pick(["1/7", "0"]);
  if (typeof leaf === "number") return random.pick([leaf + 1, leaf - 1, -leaf - 1, 2 * leaf + 3]);
  const number = parseRational(String(leaf));
  if (!number) return random.pick([...words.filter((word) => word !== leaf), "nobody"]);
  const nudge = parseRational(random.pick(["1/1000003", "-1", "1/17"]))!;
  return `${random.onceIn(3) && !number.isZero ? number.negate() : number.add(nudge)}`;
}

/**
 * An answer with one entry changed at a time: every one of the claim and the head, so many of the proof, and lists of the proof with
 * an entry left out, told twice, or in another's place.
 */
export function* mutations(
  document: Json,
  seed: number,
  sample: number,
  proofParts: readonly string[] = ["mechanism", "multipliers"],
): Iterable<Mutation> {
  const random = new RandomSource(seed);
  const all = leaves(document).filter(
    ([part, which]) => part !== "program" && part !== "solver" && !(part === "instance" && which === "name"),
  );
  const words = [
    ...new Set(all.map((path) => at(document, path)).filter((leaf) => typeof leaf === "string")),
  ];
  const few = all.filter((path) => path.length <= 2);
  const inProof = ([part]: Path) => proofParts.includes(String(part));
  const proof = all.filter(inProof);
  const many = Array.from({ length: sample }, () => random.pick(proof));
  for (const path of [...few, ...many]) {
    const value = wrongValue(at(document, path), random, words);
    const how = `${path.join(".")} := ${JSON.stringify(value)}`;
    yield { document: changed(document, path, () => value), path, how };
  }
  const longLists = lists(document).filter(inProof);
  for (let k = 0; k < sample / 3 && longLists.length > 0; k++) {
    const path = random.pick(longLists);
    const entries = at(document, path) as Json[];
    if (entries.length === 0) continue;
    const place = random.integer(0, entries.length - 1);
    const others: Json[][] = [
      entries.filter((_, other) => other !== place),
      [...entries, entries[place]],
      entries.map((entry, other) => (other === place ? entries[(place + 1) % entries.length] : entry)),
    ];
    for (const other of others) {
      if (JSON.stringify(other) === JSON.stringify(entries)) continue;
      yield {
        document: changed(document, path, () => other),
        path,
        how: `${path.join(".")}, entry ${place}`,
      };
    }
  }
}
