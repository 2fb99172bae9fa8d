import { plain, type Style } from "./style.js";

/** What a family says of itself, with the JSON Schema of its parameters. */
export interface FamilyDescription {
  readonly name: string;
  readonly summary: string;
  readonly source: string;
  readonly parameters: object;
}

interface ParameterSchema {
  readonly $ref?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly string[];
}

/** The families with their parameters, for a reader. */
export function familiesText(families: readonly FamilyDescription[], style: Style = plain): string {
  return families.map((family) => familyLines(family, style).join("\n")).join("\n\n") + "\n";
}

function familyLines({ name, summary, source, parameters }: FamilyDescription, style: Style): string[] {
  const { required = [], ...schema } = parameters as {
    properties?: Record<string, ParameterSchema>;
    anyOf?: { properties?: Record<string, ParameterSchema>; required?: string[] }[];
    required?: string[];
    $defs?: Record<string, ParameterSchema>;
  };
  const variants = schema.anyOf ?? [{ properties: schema.properties, required }];
  const seen = new Map<string, string>();
  for (const variant of variants) {
    for (const [parameter, own] of Object.entries(variant.properties ?? {})) {
      const shared = own.$ref ? schema.$defs?.[own.$ref.replace("#/$defs/", "")] : undefined;
      const text = own.description ?? shared?.description ?? "";
      const preset = own.default !== undefined ? ` Default: ${JSON.stringify(own.default)}.` : "";
      const options = (own.enum ?? shared?.enum)?.join(" | ");
      const optional =
        own.default === undefined && !(variant.required ?? []).includes(parameter) ? " Optional." : "";
      seen.set(parameter, `${options ? `${options}. ` : ""}${text}${preset}${optional}`);
    }
  }
  const width = Math.max(0, ...[...seen.keys()].map((parameter) => parameter.length));
  return [
    style.bold(name),
    `  ${summary}`,
    style.dim(`  ${source}`),
    ...[...seen].map(([parameter, text]) => `    ${parameter.padEnd(width)}  ${text}`),
  ];
}
