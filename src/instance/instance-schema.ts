import * as z from "zod";
import { isInert } from "../fault/inert-text.js";
import { commentSchema } from "../json/comment.js";
import { rationalSchema } from "../number/rational-schema.js";
import { questionSchema } from "../question/question-file.js";
import { expectedAnswerSchema } from "./expected-answer.js";
import { nestedNumbers, nestedSchema } from "./nested-table.js";

/** A line that appears wherever it is shown, and does nothing else. */
const lineSchema = z.string().refine((text) => isInert(text) && !/[\t\n]/.test(text), {
  error: "expected text on one line, without control characters",
});

/** More characters than any table or message would show. */
const LONGEST_LABEL = 500;

export const labelSchema = z
  .union(
    [
      lineSchema
        .min(1)
        .max(LONGEST_LABEL, { error: `expected a text of at most ${LONGEST_LABEL} characters` })
        // No field of an object can be called so in all programs that read one.
        .refine((text) => text !== "__proto__", { error: "expected another label" }),
      z.number(),
    ],
    { error: "expected a label: a text or a number" },
  )
  .transform(String)
  .describe("A label: text, or a number taken as text.");

export const heading = {
  $schema: z.string().optional().describe("For editors: where the JSON Schema of instances lies."),
  $comment: commentSchema,
  name: lineSchema.optional().describe("The instance's name; a file's own when absent."),
  description: z
    .string()
    .refine((text) => isInert(text.replaceAll("\r\n", "\n")), {
      error: "expected text without control characters",
    })
    .optional()
    .describe("What the instance shows, in a line."),
  source: lineSchema.optional().describe("Where in the literature it is from."),
  expected: expectedAnswerSchema.optional(),
};

const valuesSchema = z.union(
  [
    z.strictObject({
      byType: z
        .array(z.array(rationalSchema))
        .describe(
          "Private values: for each own type, the value of each outcome, before payments; what an outcome costs the agent is negative, as a seller's cost of supplying.",
        ),
    }),
    z.strictObject({
      byProfile: nestedNumbers.describe(
        "Interdependent values, before payments and negative where an outcome costs the agent something: lists within lists, one level for each agent and one for the outcomes.",
      ),
    }),
  ],
  { error: 'expected {"byType": ...} or {"byProfile": ...}' },
);

const outsideOptionSchema = z.union(
  [
    rationalSchema,
    z.strictObject({ byType: z.array(rationalSchema).describe("One for each own type.") }),
    z.strictObject({ byProfile: nestedNumbers.describe("Lists within lists, one level for each agent.") }),
  ],
  { error: 'expected a number, {"byType": ...} or {"byProfile": ...}' },
);

const agentSchema = z.strictObject({
  name: labelSchema,
  types: z.array(labelSchema).describe("Labels, all different."),
  prior: z.array(rationalSchema).optional().describe("Probability of each type, summing to exactly 1."),
  weights: z.array(rationalSchema).optional().describe("Instead of prior: weights, normalised exactly."),
  values: valuesSchema,
  outsideOption: outsideOptionSchema
    .optional()
    .describe("What the agent has without the mechanism; 0 when absent."),
});

agentSchema.register(z.globalRegistry, { id: "agent", description: "An agent written out." });

const costSchema = z.union(
  [
    rationalSchema,
    z.strictObject({ byOutcome: z.array(rationalSchema).describe("One for each outcome.") }),
    z.strictObject({
      byProfile: nestedNumbers.describe(
        "Lists within lists, one level for each agent, and one for the outcomes where it matters.",
      ),
    }),
  ],
  { error: 'expected a number, {"byOutcome": ...} or {"byProfile": ...}' },
);

const EXPECTED_LOTTERY = "expected an outcome, or probabilities by outcome";

const lotterySchema = z.union([labelSchema, z.record(z.string(), rationalSchema)], {
  error: EXPECTED_LOTTERY,
});

const ruleSchema = nestedSchema(lotterySchema, EXPECTED_LOTTERY, {
  id: "rule",
  description: "An outcome, or probabilities by outcome, in lists within lists: a level for each agent.",
});

/** An environment written out. */
export const explicitInstanceSchema = z.strictObject({
  ...heading,
  question: questionSchema.optional(),
  agents: z.array(agentSchema).describe("In the order in which profiles and tables have them."),
  outcomes: z.array(labelSchema).describe("What may be chosen: labels, all different."),
  prior: z
    .union(
      [
        z.strictObject({
          joint: nestedNumbers.describe("Probability of each profile, one level for each agent."),
        }),
        z.strictObject({ weights: nestedNumbers.describe("Weights of the profiles, normalised exactly.") }),
      ],
      { error: 'expected {"joint": ...} or {"weights": ...}' },
    )
    .optional()
    .describe("A joint prior, instead of the agents' own."),
  cost: costSchema
    .optional()
    .describe(
      "Resource cost of an outcome, to be covered by payments; what it costs an agent is in its values. 0 when absent.",
    ),
  allocation: ruleSchema
    .optional()
    .describe("A given rule: at each profile an outcome, or probabilities by outcome."),
});

explicitInstanceSchema.register(z.globalRegistry, {
  id: "explicit-instance",
  description: "An environment written out.",
});

/** An environment named: a family of models with its parameters. */
export const modelInstanceSchema = z.strictObject({
  ...heading,
  question: questionSchema.optional(),
  model: z.string().describe("The name of a family; `mechlp models` lists them."),
  parameters: z.record(z.string(), z.unknown()).optional().describe("The family's parameters."),
});

export type ExplicitInstance = z.output<typeof explicitInstanceSchema>;
