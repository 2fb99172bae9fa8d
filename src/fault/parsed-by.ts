import type * as z from "zod";
import { schemaFault } from "./schema-fault.js";

/** zod may stop at the first fault in a list, as its `validate` does; all faults of a long list would fill the memory. */
const AT_FIRST_FAULT = { abortEarly: true } as z.core.ParseContext<z.core.$ZodIssue>;

/** Most entries of a list that are looked at again for what else is at fault. */
const MOST_ENTRIES = 20;
/** Deeper than any list that is long. */
const DEEPEST = 20;

/**
 * What a schema makes of a document. Throws InputError with the first thing that it finds wrong; `told` is the schema whose fields
 * a message may tell, where that is not the same.
 */
export function parsedBy<Schema extends z.ZodType>(
  schema: Schema,
  given: unknown,
  told: z.ZodType = schema,
): z.output<Schema> {
  const parsed = schema.safeParse(given, AT_FIRST_FAULT);
  if (parsed.success) return parsed.data;
  // An unknown field is told before what it leaves missing, which zod came upon first.
  const again = schema.safeParse(shortened(given, parsed.error.issues[0].path));
  throw schemaFault(again.error ?? parsed.error, given, told);
}

/** A document without what follows a fault in its lists, and with but the begin of lists elsewhere. */
function shortened(value: unknown, path: readonly PropertyKey[] | undefined, depth = 0): unknown {
  if (typeof value !== "object" || value === null || depth > DEEPEST) return value;
  const [key, ...rest] = path ?? [];
  const inside = (own: PropertyKey) => (own === key ? rest : undefined);
  if (Array.isArray(value)) {
    const length = typeof key === "number" ? key + 1 : MOST_ENTRIES;
    return value.slice(0, length).map((entry, k) => shortened(entry, inside(k), depth + 1));
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [name, shortened(entry, inside(name), depth + 1)]),
  );
}
