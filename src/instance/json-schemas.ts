import * as z from "zod";
import { families } from "../../models/index.js";
import { continuousInstanceSchema } from "./continuous-instance-schema.js";
import { explicitInstanceSchema, modelInstanceSchema } from "./instance-schema.js";

/** The JSON Schema of instance files, for editors: explicit environments, and every family with its parameters. */
export function instanceJsonSchema(): object {
  const models = families.map((family) =>
    modelInstanceSchema.extend({
      model: z.literal(family.familyName).describe(`${family.about} (${family.source})`),
      parameters: family.parameters.meta({
        id: `${family.familyName}-parameters`,
        description: family.about,
      }),
    }),
  );
  return jsonSchema(
    z.union([explicitInstanceSchema, continuousInstanceSchema, ...models]),
    "A mechlp instance",
  );
}

/** A JSON Schema of what a zod schema accepts, before it transforms anything. */
export function jsonSchema(schema: z.ZodType, title: string): object {
  return { title, ...z.toJSONSchema(schema, { io: "input", reused: "ref" }) };
}
