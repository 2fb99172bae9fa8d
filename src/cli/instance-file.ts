import { basename } from "node:path";
import { type Command, Option } from "commander";
import { inertLine } from "../fault/inert-text.js";
import { InputError } from "../fault/input-error.js";
import { type ContinuousInstance, parseContinuousInstance } from "../instance/continuous-instance.js";
import { type Instance, isOfIntervals, parseInstance } from "../instance/instance.js";
import { exactDocument } from "../json/exact-document.js";
import { type ParameterValues, parameters } from "../question/parameters.js";
import { type Problem, posed } from "../question/problem.js";
import {
  type AskedQuestion,
  type Choice,
  choices,
  defaultQuestion,
  type Question,
} from "../question/question.js";
import { catalogueFile } from "./catalogue-folder.js";
import { faultIn, inFile } from "./file-fault.js";
import { readChunks } from "./reading.js";
import { isStandard } from "./standard-streams.js";

/** Reads an instance, `-` being standard input; every fault in it is reported under the file's name. */
export function loadInstance(path: string): Instance {
  return instanceReader(path).grid();
}

/** Reads an instance of continuous types, or those that the grid of a family stands for. */
export function loadContinuousInstance(path: string): ContinuousInstance {
  return instanceReader(path).continuous();
}

/** An instance file whose text is there, to be read as what it is asked to be. */
export interface InstanceReader {
  /** By which the instance goes that says no name. */
  readonly name: string;
  /** The file as data that other threads can be given. */
  readonly document: unknown;
  grid(): Instance;
  continuous(): ContinuousInstance;
  /** Whether it writes intervals of types out. */
  isOfIntervals(): boolean;
}

/** Reads an instance file; what its document says is not looked at yet. */
export function instanceReader(path: string): InstanceReader {
  const file = catalogueFile(path) ?? path;
  const document = inFile(path, () => exactDocument(readChunks(file)));
  const name = isStandard(path) ? "instance" : inertLine(basename(file).replace(/\.json$/, ""));
  return {
    name,
    document,
    grid: () => inFile(path, () => parseInstance(document, name)),
    continuous: () => inFile(path, () => parseContinuousInstance(document, name)),
    isOfIntervals: () => isOfIntervals(document),
  };
}

const descriptions: Record<Choice, string> = {
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
  for (const part of Object.keys(choices) as Choice[]) {
    const option = new Option(`--${part} <choice>`, `${descriptions[part]} (default: ${otherwise(part)})`);
    command.addOption(option.choices(choices[part]));
  }
  for (const [name, { argument, meaning, fromText }] of Object.entries(parameters)) {
    command.addOption(new Option(`${flagOf(name)} ${argument}`, helpOf(meaning)).argParser(fromText));
  }
  return command;
}

/** A meaning as all help has it: no sentence of its own. */
export function helpOf(meaning: string): string {
  return meaning[0].toLowerCase() + meaning.slice(1).replace(/\.$/, "");
}

/** `icSlack` is `--ic-slack`. */
export function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function defaults(part: Choice): string {
  return `the instance's, else ${defaultQuestion[part]}`;
}

/** The parts of a question that flags ask for. */
export function askedBy(asked: object): Partial<Question> {
  const flags: Readonly<Record<string, unknown>> = { ...asked };
  const given = (names: readonly string[]) =>
    Object.fromEntries(names.filter((name) => flags[name] !== undefined).map((name) => [name, flags[name]]));
  const besides = given(Object.keys(parameters)) as ParameterValues;
  const parts = given(Object.keys(choices));
  return Object.keys(besides).length > 0 ? { ...parts, parameters: besides } : parts;
}

/** The problem that the instance in a file and the flags pose together; flags win. */
export function poseFrom(
  path: string,
  { environment, question, givenRule }: Instance,
  flags: object,
): Problem {
  try {
    return posed(environment, askedIn(question, flags), givenRule);
  } catch (fault) {
    throw inFlag(fault, askedBy(flags)) ?? faultIn(path, fault);
  }
}

/** What an instance asks by itself, and the flags, which win. */
export function askedIn(question: Partial<Question>, flags: object): AskedQuestion {
  const wanted = askedBy(flags);
  return { ...question, ...wanted, parameters: { ...question.parameters, ...wanted.parameters } };
}

/** A fault in what a flag says, under its name. */
export function inFlag(
  fault: unknown,
  { parameters: besides = {} }: Partial<Question>,
): InputError | undefined {
  if (!(fault instanceof InputError)) return undefined;
  const [, name, rest] = /^question\.([A-Za-z]+)(.*)$/.exec(fault.path) ?? [];
  if (name === undefined || !(name in besides)) return undefined;
  return fault.at(flagOf(name) + rest);
}
