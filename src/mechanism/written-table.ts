import * as z from "zod";
import type { Environment } from "../environment/environment.js";
import { InputError, shown } from "../fault/input-error.js";
import { unknownName } from "../fault/unknown-name.js";
import type { Rational } from "../number/rational.js";
import { rationalSchema } from "../number/rational-schema.js";

/** A table as people write it: at every level a list in the order of the labels, or an object with an entry for each label. */
export type Written = string | number | readonly Written[] | { readonly [label: string]: Written };

/** Its form alone; `readTable` checks labels, numbers of entries, and entries. */
export const writtenTableSchema: z.ZodType<Written, Written> = z
  .lazy(() =>
    z.union([z.string(), z.number(), z.array(writtenTableSchema), z.record(z.string(), writtenTableSchema)]),
  )
  .meta({ id: "writtenTable" });

/** What a level of a table is by: `type of buyer`, with the labels in their order. */
export interface Level {
  readonly what: string;
  readonly labels: readonly string[];
}

/** A table by profile has a level for each agent. */
export function profileLevels({ agents }: Environment): Level[] {
  return agents.map(({ name, types }) => ({ what: `type of ${name}`, labels: types }));
}

/**
 * The entries of a table in their order, the last level fastest. `read` gets an entry as it is written, and its path. Throws
 * InputError (`path…`) where a level has other entries than one for each label, and whatever `read` throws.
 */
export function readTable<Entry>(
  written: Written,
  levels: readonly Level[],
  read: (entry: Written, path: string) => Entry,
  path: string,
): Entry[] {
  const [level, ...inner] = levels;
  if (level === undefined) return [read(written, path)];
  return entriesOf(written, level, path).flatMap(([entry, where]) => readTable(entry, inner, read, where));
}

type Placed = readonly [entry: Written, path: string];

/** An entry for each label, in their order. */
function entriesOf(written: Written, { what, labels }: Level, path: string): readonly Placed[] {
  const each = `one for each ${what}`;
  if (isList(written)) {
    if (written.length === labels.length) return written.map((entry, k) => [entry, `${path}[${k}]`]);
    throw new InputError(path, `a list of ${written.length}`, `a list of ${labels.length}, ${each}`);
  }
  if (typeof written !== "object") {
    throw new InputError(
      path,
      shown(written),
      `a list of ${labels.length}, ${each}, or an object with the fields ${labelsText(labels)}`,
    );
  }
  const known = new Set(labels);
  const unknown = Object.keys(written).find((label) => !known.has(label));
  if (unknown !== undefined) throw unknownName(path, what, unknown, labels);
  return labels.map((label) => {
    if (!Object.hasOwn(written, label))
      throw new InputError(path, `nothing for "${label}"`, `an entry for each ${what}`);
    return [written[label], `${path}[${JSON.stringify(label)}]`];
  });
}

function isList(written: Written): written is readonly Written[] {
  return Array.isArray(written);
}

/** A number in a table. Throws InputError (`path`). */
export function readNumber(written: Written, path: string): Rational {
  const parsed = rationalSchema.safeParse(written);
  if (parsed.success) return parsed.data;
  throw new InputError(path, shown(written), 'a number, or a string such as "1/3"');
}

/** So many labels are listed in a message. */
const MOST_LABELS = 12;

export function labelsText(labels: readonly string[]): string {
  const few =
    labels.length > MOST_LABELS ? [...labels.slice(0, MOST_LABELS - 1), "…", labels.at(-1)] : labels;
  return few.join(", ");
}
