import * as z from "zod";
import { type ParameterValues, parameters } from "./parameters.js";
import { type Choice, choices, type Question } from "./question.js";

/** Of every choice, with its options in the order of `choices`. */
const meanings: Record<Choice, string> = {
  ic: "Incentive compatibility: truth pays in expectation, need not pay, pays wherever the others tell the truth, or whatever they report.",
  ir: "Individual rationality: taking part pays knowing the own type, need not pay, pays before types are known, or at every profile.",
  budget: "When the money must add up: at every profile, never, or in expectation.",
  balance: "Payments cover costs exactly, or at least.",
  objective:
    "What is wanted: the least outside money in expectation; any mechanism without it; the least at the worst profile; without it the largest surplus, or the largest gains.",
  allocation: "Outcomes that may be chosen: efficient ones, those of the instance's own rule, or any.",
  ties: "Among equally efficient outcomes: a lottery left to the design, the first, the last, or all alike.",
};

function choice<const Options extends readonly [string, ...string[]]>(part: Choice, options: Options) {
  return z.enum(options).describe(meanings[part]);
}

const parts = {
  ic: choice("ic", choices.ic),
  ir: choice("ir", choices.ir),
  budget: choice("budget", choices.budget),
  balance: choice("balance", choices.balance),
  objective: choice("objective", choices.objective),
  allocation: choice("allocation", choices.allocation),
  ties: choice("ties", choices.ties),
};

const besides = Object.fromEntries(
  Object.entries(parameters).map(([name, { schema, meaning }]) => [
    name,
    schema.optional().describe(meaning),
  ]),
);

/** A question as files have it: choices, and beside them the parameters that are asked. */
export const questionInFullSchema = z.strictObject({ ...parts, ...besides }).transform((file): Question => {
  const { ic, ir, budget, balance, objective, allocation, ties, ...rest } = file;
  return { ic, ir, budget, balance, objective, allocation, ties, ...parametersOf(rest) };
});

/** Parts of a question; what is absent has its default. */
export const questionSchema = z
  .strictObject({ ...z.object(parts).partial().shape, ...besides })
  .describe("Parts of a question; of each choice, what is absent is the first that is listed.")
  .meta({ id: "question" })
  .transform((file): Partial<Question> => {
    const given = Object.entries(file).filter(([part]) => part in choices);
    const rest = Object.fromEntries(Object.entries(file).filter(([part]) => !(part in choices)));
    return { ...Object.fromEntries(given), ...parametersOf(rest) };
  })
  .describe("The question asked when the command line says nothing else.");

function parametersOf(rest: object): { parameters?: ParameterValues } {
  const given = Object.entries(rest).filter(([, value]) => value !== undefined);
  return given.length === 0 ? {} : { parameters: Object.fromEntries(given) };
}

/** A question as files and other programs read it. */
export function questionJson(question: Partial<Question>): object {
  const { parameters: besides, ...given } = question;
  return { ...given, ...besides };
}
