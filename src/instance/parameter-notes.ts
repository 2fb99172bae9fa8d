import * as z from "zod";

/** What is read of a JSON Schema. */
interface Schema {
  /** Where among the definitions the schema of a named kind of data stands: `#/$defs/GridData`. */
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

/**
 * What every field of an object may be, in words, by its path: choices, meaning, default. Fields of fields are told once, where
 * they first occur.
 */
export function parameterNotes(schema: z.ZodType): Record<string, string> {
  const notes: Record<string, string> = {};
  const told = new Set<string>();
  const whole = z.toJSONSchema(schema, { io: "input", reused: "inline" }) as Schema;
  const resolved = ({ $ref, ...own }: Schema): Schema =>
    $ref === undefined ? own : resolved({ ...whole.$defs?.[$ref.split("/").at(-1)!], ...own });
  /** The objects that a schema allows: itself, or members of a union. */
  const objectsOf = (of: Schema): readonly Schema[] => {
    const own = resolved(of);
    return (own.anyOf?.map(resolved) ?? [own]).filter(({ properties }) => properties !== undefined);
  };
  const tell = (object: Schema, prefix: string, isInner: boolean) => {
    for (const { properties = {}, required = [] } of objectsOf(object)) {
      for (const [name, written] of Object.entries(properties)) {
        const own = resolved(written);
        const path = prefix + name;
        notes[path] ??= note(own, required.includes(name));
        const inner = own.items ?? own;
        const fields = objectsOf(inner).flatMap((each) => Object.keys(each.properties ?? {}));
        if (isInner || fields.length === 0 || told.has(fields.join())) continue;
        told.add(fields.join());
        tell(inner, own.items ? `${path}[].` : `${path}.`, true);
      }
    }
  };
  tell(whole, "", false);
  return notes;
}

function note(schema: Schema, isRequired: boolean): string {
  const { description, default: preset } = schema;
  const otherwise =
    preset !== undefined
      ? `Default: ${JSON.stringify(preset)}.`
      : isRequired
        ? undefined
        : "May be left out.";
  const choices = schema.enum && `${schema.enum.join(" | ")}.`;
  return [choices, description, otherwise].filter((part) => part !== undefined).join(" ");
}
