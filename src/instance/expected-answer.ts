import * as z from "zod";
import { rationalSchema } from "../number/rational-schema.js";

/** What an instance's own question is answered with: what a reader of the file may expect, and a test holds the program to. */
export const expectedAnswerSchema = z.strictObject({
  verdict: z.enum(["possible", "impossible", "undecided"]).describe("As solve gives it."),
  optimum: rationalSchema.optional().describe("The exact optimum, where there is one."),
  atLeast: rationalSchema.optional().describe("Of a bracket: what its lower end does not fall short of."),
  atMost: rationalSchema.optional().describe("Of a bracket: what its upper end does not exceed."),
});

expectedAnswerSchema.register(z.globalRegistry, {
  id: "expected-answer",
  description: "What the instance's own question is answered with.",
});
