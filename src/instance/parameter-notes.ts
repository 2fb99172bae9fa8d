import { z } from "zod";

/** What is read of a JSON Schema. */
interface Schema {
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
  const tell = (object: Schema, prefix: string, isInner: boolean) => {
    for (const { properties = {}, required = [] } of objectsOf(object)) {
      for (const [name, own] of Object.entries(properties)) {
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
  tell(z.toJSONSchema(schema, { io: "input", reused: "inline" }) as Schema, "", false);
  return notes;
}

/** The objects that a schema allows: itself, or members of a union. */
function objectsOf(schema: Schema): readonly Schema[] {
  return (schema.anyOf ?? [schema]).filter(({ properties }) => properties !== undefined);
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
