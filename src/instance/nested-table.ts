import * as z from "zod";
import { InputError } from "../fault/input-error.js";
import { EXPECTED_NUMBER, rationalSchema } from "../number/rational-schema.js";

/** Lists within lists, one level for each agent (and one for the outcomes, where they matter), numbers innermost. */
export type Nested<Leaf> = Leaf | readonly Nested<Leaf>[];

/** The schema of a nested table of `leaf`s, to any depth; `flatten` checks the shape. `error` says what a leaf is. */
export function nestedSchema<Leaf extends z.ZodType>(
  leaf: Leaf,
  error: string,
  { id, description }: { readonly id: string; readonly description: string },
): z.ZodType<Nested<z.output<Leaf>>> {
  const nested: z.ZodType<Nested<z.output<Leaf>>> = z
    .lazy(() => z.union([z.array(nested), leaf], { error }))
    .meta({ id, description }) as never;
  return nested;
}

export const nestedNumbers = nestedSchema(rationalSchema, EXPECTED_NUMBER, {
  id: "table",
  description:
    "Numbers in lists within lists: a level for each agent, and one for the outcomes where they matter.",
});

/** The leaves in order, last index fastest. Throws InputError, with the path, where the shape differs. */
export function flatten<Leaf>(
  nested: Nested<Leaf>,
  shape: readonly number[],
  what: readonly string[],
  path: string,
): Leaf[] {
  const [length, ...inner] = shape;
  if (length === undefined) {
    if (Array.isArray(nested)) throw new InputError(path, `a list of ${nested.length}`, "a single entry");
    return [nested as Leaf];
  }
  if (!Array.isArray(nested))
    throw new InputError(path, "a single entry", `a list of ${length}, one for each ${what[0]}`);
  if (nested.length !== length) {
    throw new InputError(path, `a list of ${nested.length}`, `a list of ${length}, one for each ${what[0]}`);
  }
  if (inner.length === 0 && nested.every((entry) => !Array.isArray(entry))) return nested as Leaf[];
  return nested.flatMap((entry, index) => flatten<Leaf>(entry, inner, what.slice(1), `${path}[${index}]`));
}

/** How many lists lie within each other, following the first entries. */
export function depth(nested: Nested<unknown>): number {
  return Array.isArray(nested) ? 1 + (nested.length > 0 ? depth(nested[0]) : 0) : 0;
}
