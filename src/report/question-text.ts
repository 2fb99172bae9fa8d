import { parameters } from "../question/parameters.js";
import { allowsSubsidy, isMaximised, type Question } from "../question/question.js";
import type { Family } from "../question/requirement.js";

const incentives = {
  none: undefined,
  bayesian:
    "telling the truth pays in expectation when the others tell it (Bayesian incentive compatibility)",
  "ex-post":
    "telling the truth pays at every profile when the others tell it (ex post incentive compatibility)",
  dominant: "telling the truth pays whatever the others do (dominant-strategy incentive compatibility)",
};

const participation = {
  none: undefined,
  "ex-ante": "no agent loses in expectation, before types are known (ex ante individual rationality)",
  interim: "no type of any agent loses in expectation (interim individual rationality)",
  "ex-post": "no agent loses at any profile (ex post individual rationality)",
};

const budgets = {
  none: undefined,
  "ex-ante": "in expectation (ex ante budget)",
  "ex-post": "at every profile (ex post budget)",
};

const ties = {
  optimise: "ties left to the design",
  first: "ties to the first outcome",
  last: "ties to the last outcome",
  uniform: "ties broken evenly",
};

const objectives = {
  feasibility: "Is there one?",
  "min-subsidy": "How little outside money does it need in expectation?",
  "min-worst-subsidy": "How little outside money does it need in the worst case?",
  "max-surplus": "How large can its expected surplus be?",
  "max-gains": "How large can the expected gains be?",
};

/**
 * The question in sentences: what kind of mechanism, what it must satisfy, and what is wanted of it. Of continuous types it does not
 * matter how ties are broken.
 */
export function questionText(question: Question, tied: "as asked" | "any" = "as asked"): string[] {
  const kind = {
    efficient: `an efficient mechanism${tied === "any" ? "" : ` (${ties[question.ties]})`}`,
    given: "a mechanism with the instance's own rule",
    free: "a mechanism that may choose any outcome",
  }[question.allocation];
  const money = budgets[question.budget];
  const payers = allowsSubsidy(question) ? "payments and outside money" : "payments";
  const besides = Object.entries(question.parameters ?? {}).map(([name, value]) => {
    return { family: parameters[name].amends, sentence: parameters[name].sentence(value) };
  });
  const amended = (family: Family, sentence: string | undefined) => {
    const more = besides.filter((own) => own.family === family).map((own) => `, ${own.sentence}`);
    return sentence && sentence + more.join("");
  };
  const requirements = [
    amended("incentive", incentives[question.ic]),
    amended("participation", participation[question.ir]),
    amended(
      "budget",
      money && `${payers} cover the cost ${question.balance === "exact" ? "exactly" : "at least"}, ${money}`,
    ),
    ...besides.filter(({ family }) => family === undefined).map(({ sentence }) => sentence),
  ].filter((requirement) => requirement !== undefined);
  return [
    `Wanted: ${kind}${requirements.length > 0 ? " in which" : "."}`,
    ...requirements.map((requirement) => `  - ${requirement}`),
    // Without a budget nobody asks what a mechanism costs, so outside money is not counted.
    !isMaximised(question) && question.budget === "none"
      ? "Is there one, whatever it costs?"
      : objectives[question.objective],
  ];
}
