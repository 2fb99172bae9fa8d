import { type Choice, choices } from "../../src/question/question.js";
import { ChoiceField } from "./fields.js";
import type { JsonObject } from "./state.js";

const labels: Readonly<Record<Choice, string>> = {
  ic: "telling the truth pays",
  ir: "taking part pays",
  budget: "the money adds up",
  balance: "payments cover the cost",
  objective: "wanted",
  allocation: "outcomes",
  ties: "efficient outcomes that tie",
};

const words: { readonly [Part in Choice]: Readonly<Record<(typeof choices)[Part][number], string>> } = {
  ic: {
    bayesian: "in expectation (Bayesian)",
    none: "need not",
    "ex-post": "at every profile (ex post)",
    dominant: "whatever others report (dominant)",
  },
  ir: {
    interim: "for each type, in expectation (interim)",
    none: "need not",
    "ex-ante": "before types are known (ex ante)",
    "ex-post": "at every profile (ex post)",
  },
  budget: {
    "ex-post": "at every profile (ex post)",
    none: "need not",
    "ex-ante": "in expectation (ex ante)",
  },
  balance: { exact: "exactly", "no-deficit": "at least" },
  objective: {
    "min-subsidy": "the least outside money in expectation",
    feasibility: "any such mechanism",
    "min-worst-subsidy": "the least outside money at the worst profile",
    "max-surplus": "the largest surplus",
    "max-gains": "the largest gains",
  },
  allocation: { efficient: "efficient ones", given: "the instance's own rule", free: "any" },
  ties: { optimise: "left to the design", first: "the first", last: "the last", uniform: "all alike" },
};

/** Switches for every part of a question. */
export function QuestionFields({
  question,
  change,
}: {
  question: JsonObject;
  change: (question: JsonObject) => void;
}) {
  return (
    <fieldset>
      <legend>The question</legend>
      {(Object.keys(choices) as Choice[]).map((part) => (
        <ChoiceField
          key={part}
          label={labels[part]}
          value={String(question[part] ?? choices[part][0])}
          options={choices[part].map(
            (option) => [option, (words[part] as Record<string, string>)[option]] as const,
          )}
          change={(option) => change({ ...question, [part]: option })}
        />
      ))}
    </fieldset>
  );
}
