import { basename } from "node:path";
import { type Command, Option } from "commander";
import { type Instance, readInstance } from "../instance/instance.js";
import { type Problem, posed } from "../question/problem.js";
import { choices, defaultQuestion, type Question } from "../question/question.js";
import { inFile, readText } from "./files.js";

/** Reads an instance; every fault in it is reported under the file's name. */
export function loadInstance(path: string): Instance {
  const text = readText(path);
  return inFile(path, () => readInstance(text, basename(path).replace(/\.json$/, "")));
}

const descriptions: Record<keyof Question, string> = {
  ic: "incentive compatibility",
  ir: "individual rationality",
  budget: "when the money must add up",
  balance: "exactly, or at least",
  objective: "what is wanted",
  allocation: "outcomes that may be chosen",
  ties: "choice among equally efficient outcomes",
};

/** Adds one flag for each part of a question, with what it is when the flag is left out. */
export function withQuestionFlags(command: Command, otherwise = defaults): Command {
  for (const part of Object.keys(choices) as (keyof Question)[]) {
    const option = new Option(`--${part} <choice>`, `${descriptions[part]} (default: ${otherwise(part)})`);
    command.addOption(option.choices(choices[part]));
  }
  return command;
}

function defaults(part: keyof Question): string {
  return `the instance's, else ${defaultQuestion[part]}`;
}

/** The parts of a question that flags ask for. */
export function askedBy(flags: Partial<Question>): Partial<Question> {
  const parts = (Object.keys(choices) as (keyof Question)[]).filter((part) => flags[part] !== undefined);
  return Object.fromEntries(parts.map((part) => [part, flags[part]]));
}

/** The problem that the instance in a file and the flags pose together; flags win. */
export function poseFrom(path: string, instance: Instance, flags: Partial<Question>): Problem {
  const asked = Object.fromEntries(
    (Object.keys(choices) as (keyof Question)[]).flatMap((part) => {
      const choice = flags[part] ?? instance.question[part];
      return choice === undefined ? [] : [[part, choice]];
    }),
  );
  return inFile(path, () => posed(instance.environment, asked, instance.givenRule));
}
