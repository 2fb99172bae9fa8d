import type * as z from "zod";

type Schema = z.core.$ZodType;

/** What this file reads of zod's definitions; which parts there are depends on the kind of schema. */
interface Definition {
  readonly innerType?: Schema;
  readonly in?: Schema;
  readonly getter?: () => Schema;
  readonly shape?: Readonly<Record<string, Schema>>;
  readonly element?: Schema;
  readonly valueType?: Schema;
  readonly options?: readonly Schema[];
  /** Of an enumeration. */
  readonly entries?: Readonly<Record<string, string>>;
  /** Of a literal. */
  readonly values?: readonly unknown[];
}

/** The schema of what lies at a path below a schema; undefined where a union makes it ambiguous. */
export function schemaAt(schema: Schema, path: readonly PropertyKey[]): Schema | undefined {
  return path.reduce<Schema | undefined>((outer, key) => {
    const { shape, element, valueType } = outer ? definition(outer) : {};
    if (typeof key === "number") return element;
    return shape?.[String(key)] ?? valueType;
  }, schema);
}

/**
 * The names of the fields of an object's schema; of a union's, those of the member that knows most fields of `value`, or
 * of all members. Undefined where there are none.
 */
export function fieldsOf(
  schema: Schema,
  value: unknown,
  of: "meant" | "all" = "meant",
): readonly string[] | undefined {
  const { shape, options = [] } = definition(schema);
  if (shape) return Object.keys(shape);
  const given = new Set(Object.keys(Object(value)));
  const known = (fields: readonly string[]) => fields.filter((field) => given.has(field)).length;
  const members = options
    .map((option) => fieldsOf(option, value, of) ?? [])
    .filter((fields) => fields.length > 0);
  if (of === "all" && members.length > 0) return members.flat();
  return members.sort((a, b) => known(b) - known(a))[0];
}

/** The words that a schema accepts, among whatever else. */
export function choicesOf(schema: Schema): readonly string[] {
  const { entries = {}, values = [], options = [] } = definition(schema);
  const words = values.filter((value) => typeof value === "string");
  return [...Object.values(entries), ...words, ...options.flatMap(choicesOf)];
}

/** The members of a union's schema. */
export function membersOf(schema: Schema): readonly Schema[] | undefined {
  return definition(schema).options;
}

/** Looks through optional fields, defaults, transformations and lazy schemas. */
function definition(schema: Schema): Definition {
  const own = schema._zod.def as z.core.$ZodTypeDef & Definition;
  const inner = own.innerType ?? own.in ?? own.getter?.();
  return inner ? definition(inner) : own;
}
