import * as z from "zod";
import { pieceSchema } from "../../models/density.js";
import { distributionSchema } from "../../models/distribution.js";
import { rationalSchema } from "../number/rational-schema.js";
import { questionSchema } from "../question/question-file.js";
import { heading, labelSchema } from "./instance-schema.js";

const affineSchema = z.union(
  [
    rationalSchema,
    z.strictObject({
      slope: rationalSchema.prefault(0).describe("What each unit of the own type adds."),
      constant: rationalSchema.prefault(0).describe("What it is worth to the type 0."),
    }),
  ],
  { error: 'expected a number, or {"slope": ..., "constant": ...}: values are affine in the own type' },
);

affineSchema.register(z.globalRegistry, {
  id: "affine-value",
  description: "A number, or a constant and what each unit of the own type adds.",
});

const intervalSchema = z.strictObject({
  from: rationalSchema.prefault(0).describe("Lower end of the interval."),
  to: rationalSchema.prefault(1).describe("Upper end of the interval."),
  distribution: distributionSchema
    .prefault("uniform")
    .describe("uniform, a whole power or a density, on [0, 1] and stretched over the interval."),
});

const outsideOptionSchema = z.union(
  [
    affineSchema,
    z.strictObject({
      pieces: z
        .array(pieceSchema)
        .min(1)
        .describe("Polynomials in the type, one after the other over the interval, without jumps."),
    }),
  ],
  { error: 'expected a number, {"slope": ..., "constant": ...} or {"pieces": ...}' },
);

const agentSchema = z.strictObject({
  name: labelSchema,
  types: intervalSchema.describe("All types of an interval, independent of the others'."),
  values: z
    .strictObject({
      byOutcome: z
        .array(affineSchema)
        .describe("The value of each outcome to the own type, before payments; costs are negative."),
    })
    .describe("Private values that are affine in the own type."),
  outsideOption: outsideOptionSchema
    .optional()
    .describe("What the agent has without the mechanism; 0 when absent."),
});

agentSchema.register(z.globalRegistry, {
  id: "continuous-agent",
  description: "An agent whose types are an interval.",
});

/** An environment of continuous types, written out. */
export const continuousInstanceSchema = z.strictObject({
  ...heading,
  question: questionSchema.optional(),
  agents: z.array(agentSchema).min(1).describe("In the order in which slopes and bounds have them."),
  outcomes: z.array(labelSchema).min(1).describe("What may be chosen: labels, all different."),
  cost: z
    .union(
      [
        rationalSchema,
        z.strictObject({ byOutcome: z.array(rationalSchema).describe("One for each outcome.") }),
      ],
      { error: 'expected a number or {"byOutcome": ...}' },
    )
    .optional()
    .describe("Resource cost of an outcome, to be covered by payments. 0 when absent."),
});

continuousInstanceSchema.register(z.globalRegistry, {
  id: "continuous-instance",
  description: "An environment of continuous types, written out: for solve --continuum.",
});

export type ContinuousInstanceFile = z.output<typeof continuousInstanceSchema>;
