/** What this file reads of a JSON Schema. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly description?: string;
  readonly default?: unknown;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
}

/**
 * TypeScript's types of what a JSON Schema's named definitions accept, with their descriptions as doc comments, which editors
 * show. Lists are read-only, for nothing that is given is changed.
 */
export class DataTypes {
  private readonly definitions: Readonly<Record<string, JsonSchema>>;

  constructor({ $defs = {} }: JsonSchema) {
    this.definitions = $defs;
  }

  /** A declaration of each, in the order of the alphabet. */
  declarations(): string {
    return Object.keys(this.definitions)
      .filter(isName)
      .sort()
      .map((name) => this.declaration(name))
      .join("\n");
  }

  private declaration(definition: string): string {
    const name = typeName(definition);
    const schema = this.resolved(this.definitions[definition]);
    const type = this.typeOf(schema, "");
    const doc = docText(schema, "");
    return schema.properties
      ? `${doc}export interface ${name} ${type}\n`
      : `${doc}export type ${name} = ${type};\n`;
  }

  private typeOf(schema: JsonSchema, indent: string): string {
    const name = schema.$ref?.split("/").at(-1);
    if (name !== undefined)
      return isName(name) ? typeName(name) : this.typeOf(this.definitions[name], indent);
    if (schema.const !== undefined) return JSON.stringify(schema.const);
    if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
    if (schema.anyOf) return this.union(schema.anyOf, indent);
    if (schema.items) {
      const item = this.typeOf(schema.items, indent);
      return `readonly ${item.includes(" ") ? `(${item})` : item}[]`;
    }
    if (schema.properties) return this.fields(schema, indent);
    if (typeof schema.additionalProperties === "object")
      return `{ readonly [name: string]: ${this.typeOf(schema.additionalProperties, indent)} }`;
    if (schema.type === undefined) throw new Error(`no type is known of ${JSON.stringify(schema)}`);
    return [schema.type].flat().join(" | ");
  }

  private union(members: readonly JsonSchema[], indent: string): string {
    return [...new Set(members.map((member) => this.typeOf(member, indent)))].join(" | ");
  }

  private fields({ properties = {}, required = [] }: JsonSchema, indent: string): string {
    const inner = `${indent}  `;
    const lines = Object.entries(properties).map(([name, schema]) => {
      const optional = required.includes(name) ? "" : "?";
      return `${docText(this.resolved(schema), inner)}${inner}readonly ${name}${optional}: ${this.typeOf(schema, inner)};\n`;
    });
    return `{\n${lines.join("")}${indent}}`;
  }

  /** What is said where a definition is referred to, and what the definition says besides; what a name says stays with it. */
  private resolved(schema: JsonSchema): JsonSchema {
    const name = schema.$ref?.split("/").at(-1);
    if (name === undefined || isName(name)) return schema;
    const { $ref, ...said } = schema;
    return { ...this.resolved(this.definitions[name]), ...said };
  }
}

/** `GridData` of `grid`, `BilateralTradeParameters` of `bilateral-trade-parameters`. */
export function typeName(definition: string): string {
  const name = `-${definition}`.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return name.endsWith("Parameters") ? name : `${name}Data`;
}

/** Definitions that zod names itself are told where they are used. */
function isName(name: string): boolean {
  return !name.startsWith("__");
}

function docText({ description, default: otherwise }: JsonSchema, indent: string): string {
  const isSaid = otherwise === undefined || description?.includes("when absent");
  const sentences = [description, isSaid ? undefined : `${JSON.stringify(otherwise)} when absent.`].filter(
    Boolean,
  );
  return sentences.length === 0 ? "" : `${indent}/** ${sentences.join(" ")} */\n`;
}
