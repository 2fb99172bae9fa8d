import * as z from "zod";
import { answerFileSchema } from "./certificate/answer-file.js";
import { continuumAnswerSchema } from "./continuum/answer-file.js";
import { instanceJsonSchema, jsonSchema } from "./instance/json-schemas.js";
import { mechanismFileSchema } from "./mechanism/mechanism-file.js";
import { questionInFullSchema } from "./question/question-file.js";
import { continuumJsonSchema } from "./report/continuum-json.js";
import { cutShortJsonSchema, designJsonSchema } from "./report/design-json.js";
import { lineSchema } from "./sweep/result.js";
import { sweepSchema } from "./sweep/specification.js";

/** What `solve --json` prints: the mechanism in it is what a mechanism file has. */
const answered = designJsonSchema.extend({
  question: questionInFullSchema,
  mechanism: mechanismFileSchema
    .optional()
    .describe("A mechanism file's content. Absent where there is no mechanism, and where --out takes it."),
});

const solveOutputSchema = z.union([
  answered,
  continuumJsonSchema.extend({ question: questionInFullSchema }),
  cutShortJsonSchema,
]);

/** The JSON Schema files of `schema/`: name and text. */
export function schemaFiles(): (readonly [name: string, text: string])[] {
  const schemas: [string, object][] = [
    ["instance.schema.json", instanceJsonSchema()],
    ["answer.schema.json", jsonSchema(answerFileSchema, "A mechlp answer with its proof")],
    [
      "continuum-answer.schema.json",
      jsonSchema(continuumAnswerSchema(), "A mechlp answer about continuous types with its proof"),
    ],
    ["mechanism.schema.json", jsonSchema(mechanismFileSchema, "A mechlp mechanism")],
    ["sweep.schema.json", jsonSchema(sweepSchema, "A mechlp sweep")],
    ["sweep-results.schema.json", jsonSchema(lineSchema, "A line of the results of a mechlp sweep")],
    ["solve.schema.json", jsonSchema(solveOutputSchema, "What mechlp solve --json prints")],
  ];
  return schemas.map(([name, schema]) => [name, `${JSON.stringify(schema, null, 2)}\n`] as const);
}
