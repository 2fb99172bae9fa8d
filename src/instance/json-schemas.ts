import { z } from "zod";
import type { Family } from "../../models/family.js";
import { families } from "../../models/index.js";
import { explicitInstanceSchema, modelInstanceSchema } from "./instance-schema.js";

/** The JSON Schema of instance files, for editors: explicit environments, and every family with its parameters. */
export function instanceJsonSchema(): object {
  const models = families.map((family) =>
    modelInstanceSchema.extend({
      model: z.literal(family.familyName).describe(`${family.about} (${family.source})`),
      parameters: family.parameters.meta({ id: parametersName(family), description: family.about }),
    }),
  );
  return jsonSchema(z.union([explicitInstanceSchema, ...models]), "A mechlp instance");
}

/** `BilateralTradeParameters` of `bilateral-trade`. */
export function parametersName({ familyName }: Family): string {
  return `-${familyName}Parameters`.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** A JSON Schema of what a zod schema accepts, before it transforms anything. */
export function jsonSchema(schema: z.ZodType, title: string): object {
  return { title, ...z.toJSONSchema(schema, { io: "input", reused: "ref" }) };
}
