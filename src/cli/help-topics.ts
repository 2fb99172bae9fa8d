import type { Help, Option } from "commander";
import { parameters } from "../question/parameters.js";
import { type Choice, choices } from "../question/question.js";
import { flagOf, helpOf } from "./instance-file.js";

/** Flags that several commands share, explained once for all. */
export interface HelpTopic {
  /** As `mechlp help` takes it. */
  readonly name: string;
  /** What stands over its flags in a command's help. */
  readonly heading: string;
  readonly introduction: string;
  readonly items: readonly (readonly [flag: string, meaning: string])[];
  readonly example: readonly string[];
  has(option: Option): boolean;
}

type Meanings<Part extends Choice> = Readonly<Record<(typeof choices)[Part][number], string>>;

/** What each part of a question is about, and what its choices mean where the word does not say it. */
const meanings: { readonly [Part in Choice]: readonly [about: string, Meanings<Part>] } = {
  ic: [
    "truth pays",
    {
      bayesian: "in expectation",
      none: "",
      "ex-post": "whatever others' types",
      dominant: "whatever others report",
    },
  ],
  ir: [
    "taking part pays",
    {
      interim: "each type, in expectation",
      none: "",
      "ex-ante": "before types are known",
      "ex-post": "at every profile",
    },
  ],
  budget: ["money adds up", { "ex-post": "at every profile", none: "", "ex-ante": "in expectation" }],
  balance: ["payments cover the cost", { exact: "", "no-deficit": "or more" }],
  objective: [
    "what is wanted",
    {
      "min-subsidy": "expected outside money",
      feasibility: "without any",
      "min-worst-subsidy": "its most at one profile",
      "max-surplus": "money left over",
      "max-gains": "",
    },
  ],
  allocation: ["outcomes", { efficient: "", given: "the instance's rule", free: "any" }],
  ties: ["efficient outcomes that tie", { optimise: "a lottery", first: "", last: "", uniform: "" }],
};

function choiceMeaning(part: Choice): string {
  const [about, words] = meanings[part] as readonly [string, Readonly<Record<string, string>>];
  const each = choices[part].map((choice) => (words[choice] ? `${choice} (${words[choice]})` : choice));
  return `${about}: ${each.join(", ")}`;
}

const question: HelpTopic = {
  name: "question",
  heading: "The question",
  introduction: "What is asked of a mechanism; by default the first choice, or the instance's own.",
  items: [
    ...(Object.keys(choices) as Choice[]).map((part) => [flagOf(part), choiceMeaning(part)] as const),
    ...Object.entries(parameters).map(([name, { meaning }]) => [flagOf(name), helpOf(meaning)] as const),
  ],
  example: ["mechlp solve instances/second-best-trade-10.json --ic ex-post --ir ex-post"],
  has: (option) => option.attributeName() in choices || option.attributeName() in parameters,
};

const engineItems: Readonly<Record<string, string>> = {
  formulation: "pose the problem in this way (default: the smallest that applies)",
  plan: "list the formulations that apply, with sizes and theorems, and stop",
  solver: "highs, glpk or jslp: the floating-point solver that proposes; what it says proves nothing",
  cells: "with --continuum: cells of each agent's types to begin with, where a method has them",
  width: "with --continuum: refine until the bracket is at most so wide, as far as the method goes",
  points: "window: values of q to begin with (default: 11)",
  within: "window: how near to find changes (default: 1/10000 of the way)",
  timeLimit:
    "seconds after which work ends: solve says what it has proved by then, other commands exit with 3",
  memoryLimit: "mebibytes of the whole process, with the same end",
  checkLimit: "compare leaves out checks of more comparisons of reports at single profiles than this",
};

const engine: HelpTopic = {
  name: "engine",
  heading: "Engine and limits",
  introduction: "How an answer is found: all formulations and solvers lead to the same optimum.",
  items: Object.entries(engineItems).map(([name, meaning]) => [flagOf(name), meaning] as const),
  example: ["mechlp solve instances/partnership-three-4.json --ir ex-post --plan"],
  has: (option) => option.attributeName() in engineItems,
};

const reportItems: Readonly<Record<string, string>> = {
  brief: "five lines",
  format: "text, or latex or markdown to be pasted into a document",
  csv: "also write the tables for a spreadsheet into a folder, numbers exact and as decimals",
  html: "also write a page with pictures, which needs nothing else",
  svg: "also write the pictures into a folder",
  draw: "draw what is chosen and what types expect, in text",
  allTypes: "show every type, however many there are",
  fractions: "show fractions in tables instead of decimals",
  allProfiles: "show what happens at every profile, however many there are",
  allPayments: "also build, show and write more than a million payments",
};

const report: HelpTopic = {
  name: "report",
  heading: "The report",
  introduction: "How an answer is shown, and how much of it.",
  items: Object.entries(reportItems).map(([name, meaning]) => [flagOf(name), meaning] as const),
  example: ["mechlp solve instances/pool-and-bridge.json --format markdown"],
  has: (option) => option.attributeName() in reportItems,
};

export const topics: readonly HelpTopic[] = [question, engine, report];

/** The topic for a reader, in the given width. */
export function topicText({ introduction, items, example }: HelpTopic, helper: Help, width: number): string {
  const flags = Math.max(...items.map(([flag]) => flag.length));
  return [
    helper.boxWrap(introduction, width),
    "",
    ...items.map(([flag, meaning]) => helper.formatItem(flag, flags, meaning, helper)),
    "",
    "Example:",
    ...example.map((line) => `  ${line}`),
    "",
  ].join("\n");
}
