import { z } from "zod";
import { rationalSchema } from "../number/rational-schema.js";
import { questionSchema } from "../question/question-file.js";
import { nestedNumbers, nestedSchema } from "./nested-table.js";

const labelSchema = z
  .union([z.string().min(1), z.number()], { error: "expected a label: a text or a number" })
  .transform(String)
  .describe("A label: text, or a number taken as text.");

const heading = {
  $schema: z.string().optional().describe("For editors: where the JSON Schema of instances lies."),
  name: z.string().optional(),
  description: z.string().optional().describe("What the instance shows, in a line."),
};

const SIGN_OF_VALUES =
  "What an outcome costs the agent is a negative value: a seller whose cost is 3 has the value -3 of trade.";

const valuesSchema = z.union(
  [
    z.strictObject({
      byType: z
        .array(z.array(rationalSchema))
        .describe(`Private values: for each own type, the value of each outcome. ${SIGN_OF_VALUES}`),
    }),
    z.strictObject({
      byProfile: nestedNumbers.describe(
        `Interdependent values: lists within lists, one level for each agent and one for the outcomes. ${SIGN_OF_VALUES}`,
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
  prior: z
    .array(rationalSchema)
    .optional()
    .describe('Probability of each type, summing to exactly 1, such as ["1/3", "2/3"].'),
  weights: z.array(rationalSchema).optional().describe("Instead of prior: weights, normalised exactly."),
  values: valuesSchema,
  outsideOption: outsideOptionSchema
    .optional()
    .describe(
      "What the agent has without the mechanism, in the units of values: a seller whose values of trade are minus its costs has 0; 0 when absent.",
    ),
});

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

/** An environment written out. */
export const explicitInstanceSchema = z.strictObject({
  ...heading,
  question: questionSchema.optional(),
  agents: z.array(agentSchema),
  outcomes: z.array(labelSchema),
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
      "Resource cost, which payments are to cover: positive where the outcome costs the designer something; 0 when absent.",
    ),
  allocation: nestedSchema(lotterySchema, EXPECTED_LOTTERY)
    .optional()
    .describe("A given rule: at each profile an outcome, or probabilities by outcome."),
});

/** An environment named: a family of models with its parameters. */
export const modelInstanceSchema = z.strictObject({
  ...heading,
  question: questionSchema.optional(),
  model: z.string().describe("The name of a family; `mechlp models` lists them."),
  parameters: z.record(z.string(), z.unknown()).optional().describe("The family's parameters."),
});

export type ExplicitInstance = z.output<typeof explicitInstanceSchema>;
