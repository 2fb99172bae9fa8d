import { answerFileSchema } from "./certificate/answer-file.js";
import { instanceJsonSchema, jsonSchema } from "./instance/json-schemas.js";
import { mechanismFileSchema } from "./mechanism/mechanism-file.js";

/** The JSON Schema files of `schema/`: name and text. */
export function schemaFiles(): (readonly [name: string, text: string])[] {
  const schemas: [string, object][] = [
    ["instance.schema.json", instanceJsonSchema()],
    ["answer.schema.json", jsonSchema(answerFileSchema, "A mechlp answer with its proof")],
    ["mechanism.schema.json", jsonSchema(mechanismFileSchema, "A mechlp mechanism")],
  ];
  return schemas.map(([name, schema]) => [name, `${JSON.stringify(schema, null, 2)}\n`] as const);
}
