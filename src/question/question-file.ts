import * as z from "zod";
import { type ParameterValues, parameters } from "./parameters.js";
import { type Choice, choices, type Question } from "./question.js";

const meanings: Partial<Record<Choice, string>> = {
  ic: "Incentive compatibility.",
  ir: "Individual rationality.",
  budget: "When the money must add up.",
  balance: "Exactly, or at least.",
  allocation: "Outcomes that may be chosen.",
  ties: "How equally efficient outcomes are chosen among.",
};

function choice<const Options extends readonly [string, ...string[]]>(part: Choice, options: Options) {
  const schema = z.enum(options);
  const meaning = meanings[part];
  return meaning ? schema.describe(meaning) : schema;
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
  .describe("The question asked when the command line says nothing else.")
  .transform((file): Partial<Question> => {
    const given = Object.entries(file).filter(([part]) => part in choices);
    const rest = Object.fromEntries(Object.entries(file).filter(([part]) => !(part in choices)));
    return { ...Object.fromEntries(given), ...parametersOf(rest) };
  });

function parametersOf(rest: object): { parameters?: ParameterValues } {
  const given = Object.entries(rest).filter(([, value]) => value !== undefined);
  return given.length === 0 ? {} : { parameters: Object.fromEntries(given) };
}

/** A question as files and other programs read it. */
export function questionJson(question: Partial<Question>): object {
  const { parameters: besides, ...given } = question;
  return { ...given, ...besides };
}
