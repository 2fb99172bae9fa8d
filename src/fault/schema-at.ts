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
 * The names of the fields of an object's schema; of a union's, those of the member that knows most fields of `value`.
 * Undefined where there are none.
 */
export function fieldsOf(schema: Schema, value: unknown): readonly string[] | undefined {
  const { shape, options = [] } = definition(schema);
  if (shape) return Object.keys(shape);
  const given = new Set(Object.keys(Object(value)));
  const known = (fields: readonly string[]) => fields.filter((field) => given.has(field)).length;
  return options
    .map((option) => fieldsOf(option, value) ?? [])
    .filter((fields) => fields.length > 0)
    .sort((a, b) => known(b) - known(a))[0];
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
