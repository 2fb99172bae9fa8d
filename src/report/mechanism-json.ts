import * as z from "zod";
import type { AgentView, MechanismView } from "./mechanism-view.js";
import { numberJson, numberJsonSchema, present } from "./number-json.js";

const chanceSchema = z.strictObject({
  outcomes: z
    .array(z.string())
    .describe("Outcomes that are worth the same to every type of the agent, most often a single one."),
  probability: numberJsonSchema.describe("That one of them is chosen."),
});

const typeSchema = z
  .strictObject({
    type: z.string(),
    probability: numberJsonSchema,
    outcomes: z.array(chanceSchema),
    payment: numberJsonSchema.describe("From the agent to the designer."),
    utility: numberJsonSchema.describe("What it gets from the outcome, less the payment."),
    outsideOption: numberJsonSchema.describe("What it has without the mechanism."),
    outsideMoney: numberJsonSchema
      .optional()
      .describe(
        "The outside money that the type expects to be needed; absent where it is the same at every profile.",
      ),
  })
  .describe("What a type expects when all tell the truth.");

export const mechanismJsonSchemas = {
  rule: z
    .strictObject({
      words: z
        .array(z.string())
        .describe(
          "What the rule does at every profile; empty where none of the simple shapes that are tried is its own.",
        ),
      outcomes: z.array(z.strictObject({ outcome: z.string(), probability: numberJsonSchema })),
      profiles: z.number().describe("How many profiles there are."),
      lotteries: z.number().describe("At how many of them nothing is chosen for sure."),
    })
    .describe("What is chosen. Absent where there are too many profiles to look at."),
  outsideMoney: z
    .strictObject({
      expected: numberJsonSchema,
      most: numberJsonSchema.describe("The most that comes in at any profile, 0 at least."),
      profiles: z.number().describe("At how many profiles there is any."),
      at: z
        .string()
        .optional()
        .describe("A profile at which it is most; absent where it is the same at all of them."),
    })
    .describe(
      "Money that enters the budget from outside. Absent where there are too many profiles to look at.",
    ),
  agents: z.array(z.strictObject({ agent: z.string(), types: z.array(typeSchema) })),
};

type Shape = {
  -readonly [Key in keyof typeof mechanismJsonSchemas]?: z.output<(typeof mechanismJsonSchemas)[Key]>;
};

/** A mechanism for a machine: its rule, its outside money, and what every type expects. */
export function mechanismJson(view: MechanismView): Shape {
  const { rule, money, mechanism, agents } = view;
  const { outcomes, profiles } = mechanism.environment;
  return present({
    rule: rule && {
      words: [...rule.words],
      outcomes: rule.chances.map((chance, x) => ({ outcome: outcomes[x], probability: numberJson(chance) })),
      profiles: rule.profiles,
      lotteries: rule.lotteries,
    },
    outsideMoney: money && {
      expected: numberJson(money.expected),
      most: numberJson(money.most),
      profiles: money.profiles ?? (money.expected.isZero ? 0 : profiles.count),
      ...present({ at: money.at }),
    },
    agents: agents.map((agent) => ({
      agent: agent.name,
      types: agent.types.map((_, type) => typeJson(agent, type)),
    })),
  });
}

function typeJson({ types, classes, row }: AgentView, type: number): z.output<typeof typeSchema> {
  const { probability, payment, utility, outsideOption, outsideMoney, chances } = row(type);
  return {
    type: types[type],
    probability: numberJson(probability),
    outcomes: classes.map(({ labels }, place) => ({
      outcomes: [...labels],
      probability: numberJson(chances[place]),
    })),
    payment: numberJson(payment),
    utility: numberJson(utility),
    outsideOption: numberJson(outsideOption),
    ...present({ outsideMoney: outsideMoney && numberJson(outsideMoney) }),
  };
}
