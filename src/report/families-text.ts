import { catalogueText, itemLines, WIDTH } from "./catalogue-text.js";
import { folded } from "./folded-text.js";
import { plain, type Style } from "./style.js";

/** What a family says of itself, with the JSON Schema of its parameters. */
export interface FamilyDescription {
  readonly name: string;
  readonly summary: string;
  readonly about: string;
  readonly source: string;
  readonly parameters: object;
  /** A small instance of it, as a file has it. */
  readonly example: object;
}

/** What is read of a JSON Schema. */
interface JsonSchema {
  readonly $ref?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly const?: unknown;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
}

/** All families, a line each, for a reader. */
export function familiesText(families: readonly FamilyDescription[], style: Style = plain): string {
  return catalogueText("mechlp models NAME explains one, with its parameters.", families, style);
}

/** One family: what it is, where it is from, its parameters with choices and defaults, and an instance that can be pasted. */
export function familyText(
  { name, about, source, parameters, example }: FamilyDescription,
  style: Style = plain,
): string {
  return [
    style.bold(name),
    ...folded(about, WIDTH, "  "),
    ...folded(`Source: ${source}`, WIDTH, "  ").map(style.dim),
    "",
    "parameters",
    parametersText(parameters),
    "",
    "example",
    `  echo '${instanceText(example)}' | mechlp solve -`,
    "",
  ].join("\n");
}

/** Each parameter with its kind, choices, meaning and default, and what several of them share. */
export function parametersText(parameters: object): string {
  const reader = new SchemaReader(parameters);
  const items = reader.fields(parameters);
  return [...itemLines(items), ...reader.definitions()].join("\n");
}

function plural(kind: string): string {
  return kind.startsWith("list ") ? kind.replace("list", "lists") : `${kind}s`;
}

/** Each field on a line of its own, and each parameter. */
function instanceText(example: object): string {
  const fields = Object.entries(example).map(([field, value]) => {
    if (field !== "parameters") return `    "${field}": ${spaced(value)}`;
    const inner = Object.entries(value as object).map(([name, one]) => `      "${name}": ${spaced(one)}`);
    return `    "parameters": {\n${inner.join(",\n")}\n    }`;
  });
  return `{\n${fields.join(",\n")}\n  }`;
}

function spaced(value: unknown): string {
  return JSON.stringify(value, null, 1).replace(/\s*\n\s*/g, " ");
}

/** Puts a schema of parameters into words; what several of them share is explained once, under its name. */
class SchemaReader {
  private readonly shared = new Map<string, JsonSchema>();

  constructor(private readonly root: JsonSchema) {}

  /** Fields with their kinds, choices, meanings and defaults. */
  fields(schema: JsonSchema): [name: string, meaning: string][] {
    return Object.entries(schema.properties ?? {}).map(([name, own]) => {
      const { description = "" } = { ...this.resolved(own), ...own };
      const isOptional = own.default === undefined && !schema.required?.includes(name);
      const preset = own.default === undefined ? "" : `; default ${spaced(own.default)}`;
      return [name, `${this.kind(own)}${preset}${isOptional ? "; optional" : ""}. ${description}`.trimEnd()];
    });
  }

  /** What fields have named as their kind, and what these name in turn. */
  definitions(): string[] {
    const lines: string[] = [];
    // More names are found on the way.
    for (const [name, schema] of this.shared) {
      lines.push("", ...folded(schema.description ?? "", WIDTH, `${name}: `, 2));
      for (const variant of schema.anyOf ?? [schema]) {
        const fields = this.fields(this.resolved(variant));
        if (fields.length === 0) continue;
        lines.push(`  {${fields.map(([field]) => field).join(", ")}}`, ...itemLines(fields, "    "));
      }
    }
    return lines;
  }

  private kind(schema: JsonSchema): string {
    const name = schema.$ref?.replace("#/$defs/", "") ?? "";
    const target = this.root.$defs?.[name];
    if (target && !name.startsWith("__") && this.hasFields(target)) {
      this.shared.set(name, target);
      return name;
    }
    const { enum: choices, const: only, type, items, anyOf } = this.resolved(schema);
    if (choices) return choices.join(" | ");
    if (only !== undefined) return String(only);
    if (anyOf) return [...new Set(anyOf.map((one) => this.kind(one)))].join(" or ");
    if (type === "array") return items ? `list of ${plural(this.kind(items))}` : "list";
    const [first = "value"] = [type].flat();
    return first === "string" ? "text" : first;
  }

  /** Numbers have names as well, which need no explanation. */
  private hasFields(schema: JsonSchema): boolean {
    return [schema, ...(schema.anyOf ?? [])].some((one) => this.resolved(one).properties !== undefined);
  }

  private resolved(schema: JsonSchema): JsonSchema {
    const { $ref, ...own } = schema;
    const target = $ref && this.root.$defs?.[$ref.replace("#/$defs/", "")];
    return target ? { ...this.resolved(target), ...own } : schema;
  }
}
