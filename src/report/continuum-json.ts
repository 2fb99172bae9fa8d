import * as z from "zod";
import type { ContinuumClaim } from "../continuum/claim.js";
import type { ContinuumVerification } from "../continuum/verify.js";
import type { ContinuousEnvironment } from "../environment/continuous-environment.js";
import type { Question } from "../question/question.js";
import { questionJson } from "../question/question-file.js";
import { continuousGains } from "./continuum-gains.js";
import type { ShownContinuumAnswer } from "./continuum-text.js";
import { proofInWords, type WordedAnswer } from "./continuum-words.js";
import { boundsJson, boundsJsonSchema, numberJson, numberJsonSchema, present } from "./number-json.js";

const claimFields = {
  verdict: z.enum(["possible", "impossible", "undecided"]),
  infeasible: z
    .boolean()
    .describe("Whether no mechanism meets the requirements, where outside money is not allowed."),
  optimum: numberJsonSchema
    .optional()
    .describe("The optimum where it is known exactly; `bounds` has what is known otherwise."),
  bounds: boundsJsonSchema.optional(),
  contradiction: numberJsonSchema
    .optional()
    .describe("Where infeasible: the outside money that mechanisms would need at least, in expectation."),
};

const sentences = z.array(z.string());

/** What `solve --continuum --json` prints. */
export const continuumJsonSchema = z.strictObject({
  instance: z.string().describe("The instance's name."),
  types: z.literal("continuous"),
  question: z.record(z.string(), z.unknown()).describe("The question in full, as instance files have it."),
  ...claimFields,
  efficientGains: numberJsonSchema
    .optional()
    .describe("Expected gains of full efficiency beyond outside options, where they are known exactly."),
  method: z.string().describe("The method that answered."),
  proof: z
    .strictObject({
      theorems: sentences.describe("On what the proof relies."),
      lower: sentences.describe("What proves or attains the lower end, in words."),
      upper: sentences.describe("What attains or proves the upper end, in words."),
    })
    .optional()
    .describe("Absent where nothing was proved."),
  shortfall: z.string().optional().describe("Why the bracket is no narrower."),
  grid: z
    .strictObject({
      types: z.array(z.number()).describe("How many types each agent has."),
      verdict: claimFields.verdict,
      infeasible: z.boolean(),
      optimum: numberJsonSchema.optional(),
      bounds: boundsJsonSchema.optional(),
    })
    .optional()
    .describe("What the instance's own grid says of the same question."),
  timing: z.strictObject({ seconds: z.number() }),
});

/** An answer about continuous types for a machine. */
export function continuumJson({
  name,
  answer,
  theorems,
  grid,
}: ShownContinuumAnswer): z.output<typeof continuumJsonSchema> {
  const gains = continuousGains(answer.environment);
  return {
    instance: name,
    types: "continuous",
    ...claimJson(answer.question, answer),
    ...present({ efficientGains: gains && numberJson(gains) }),
    method: answer.method,
    ...(answer.certificate && {
      proof: proofJson(theorems, answer),
    }),
    ...present({ shortfall: answer.shortfall }),
    ...(grid && {
      grid: {
        types: grid.environment.agents.map(({ types }) => types.length),
        verdict: grid.judgement.verdict,
        infeasible: grid.judgement.infeasible,
        ...boundsOf(grid.judgement),
      },
    }),
    timing: { seconds: answer.seconds },
  };
}

/** What was found of an answer file about continuous types, for a machine. */
export function continuumVerificationJson(
  verification: ContinuumVerification,
  environment: ContinuousEnvironment,
): object {
  if (!verification.verified) return verification;
  const { question, claim, method, theorems, certificate } = verification;
  return {
    verified: true,
    types: "continuous",
    ...claimJson(question, claim),
    ...present({ method }),
    proof: proofJson(theorems, { environment, question, certificate, ...claim }),
  };
}

function proofJson(theorems: readonly string[], answer: WordedAnswer) {
  const { lower = [], upper = [] } = proofInWords(answer);
  return { theorems: [...theorems], lower: [...lower], upper: [...upper] };
}

function claimJson(question: Question, claim: ContinuumClaim) {
  const { verdict, infeasible, contradiction } = claim;
  return {
    question: { ...questionJson(question) },
    verdict,
    infeasible,
    ...boundsOf(claim),
    ...present({ contradiction: contradiction && numberJson(contradiction) }),
  };
}

function boundsOf(claim: Pick<ContinuumClaim, "infeasible" | "unbounded" | "optimum" | "lower" | "upper">) {
  const { infeasible, unbounded, optimum } = claim;
  return present({
    optimum: !infeasible && optimum ? numberJson(optimum) : undefined,
    bounds: infeasible || unbounded ? undefined : boundsJson(claim),
  });
}
