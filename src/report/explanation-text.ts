import { Rational } from "../number/rational.js";
import type { AnswerInWords } from "../proof/answer/answer-reader.js";
import type { MultipliersFile } from "../proof/answer/multipliers-file.js";
import { type MisreportCycle, misreportCycles } from "../proof/misreport-cycles.js";
import { numberText } from "./number-text.js";
import { questionText } from "./question-text.js";
import { plain, type Style } from "./style.js";
import { verdictText } from "./verdict-text.js";

export interface ExplanationOptions {
  /** Lists of inequalities are cut after this many entries; not at all when absent. */
  readonly most?: number;
  readonly style?: Style;
}

/** The proof in an answer file as text that a referee can follow with pencil and paper. */
export function explanationText(
  answer: AnswerInWords,
  { most, style = plain }: ExplanationOptions = {},
): string {
  const { claim, question, multipliers, instance } = answer;
  const bounds = { lower: claim.lower ?? undefined, upper: claim.upper ?? undefined };
  const optimum = bounds.lower && bounds.upper?.equals(bounds.lower) ? bounds.lower : undefined;
  const contradiction = claim.contradiction ?? undefined;
  const { word, sentence } = verdictText(question, {
    ...claim,
    ...bounds,
    contradiction,
    optimum,
    findings: [],
  });
  return [
    style.bold(`${instance.name}`),
    "",
    ...questionText(question),
    "",
    `${style.bold(word)}: ${sentence}`,
    "",
    ...attainedLines(answer),
    ...(multipliers ? boundLines(answer, multipliers, most ?? Number.POSITIVE_INFINITY, style) : []),
    "",
  ].join("\n");
}

function attainedLines({ mechanism, claim, question }: AnswerInWords): string[] {
  if (!mechanism) return [];
  const attained = question.objective.startsWith("max") ? claim.lower : claim.upper;
  const value =
    attained && question.objective !== "feasibility" ? ` and attains ${numberText(attained)}` : "";
  return [
    `The mechanism in the answer, written out at ${mechanism.profiles.length} profiles, meets every requirement exactly${value}:`,
    "`mechlp check` and `mechlp verify` recompute each of them.",
    "",
  ];
}

function boundLines(
  answer: AnswerInWords,
  multipliers: MultipliersFile,
  most: number,
  style: Style,
): string[] {
  const { incentive = 0, participation = 0 } = answer.leftOut ?? {};
  const cycles = incentive > 0 ? undefined : implementabilityCycles(multipliers);
  if (cycles && cycles.length > 0) return cycleLines(cycles, answer.claim.contradiction, most);
  const budget = budgetText(multipliers.budget);
  return [
    style.bold(
      multipliers.purpose === "bound" ? "Why no mechanism does better" : "Why there is no such mechanism",
    ),
    "Take any mechanism that meets the requirements, multiply these of its inequalities by the weights, and add them up:",
    "",
    ...cut(
      multipliers.participation,
      most,
      (entry) => `${weight(entry.weight)} x  ${participationText(entry)}`,
      participation,
    ),
    ...cut(
      multipliers.incentive,
      most,
      (entry) => `${weight(entry.weight)} x  ${incentiveText(entry)}`,
      incentive,
    ),
    ...(budget ? [`  ${budget}`] : []),
    "",
    "Every agent's payment at every profile cancels from the sum. What remains are the values of the allowed outcomes",
    `${allocationClause(answer)}, costs and outside options, all of them known numbers:`,
    "",
    `  ${conclusion(answer)}`,
  ];
}

/** Cycles of misreports, where incentive constraints alone make the contradiction. */
function implementabilityCycles(
  multipliers: MultipliersFile,
): { who: string; cycles: MisreportCycle[] }[] | undefined {
  const { purpose, participation, budget, incentive } = multipliers;
  const priced =
    (budget.kind === "profile" && budget.prices.some((price) => !price.isZero)) ||
    (budget.kind === "expectation" && !budget.price.isZero) ||
    (budget.kind === "prior" && !budget.scale.isZero);
  if (purpose !== "infeasibility" || participation.length > 0 || priced) return undefined;
  const groups = new Map<string, { from: string; to: string; weight: Rational }[]>();
  for (const { agent, type, report, truth, reported, weight: size } of incentive) {
    // Where others' types are fixed, the agent's own type is the only thing that differs along a cycle.
    if (reported) return undefined;
    const others = truth?.filter((_, position) => truth[position] !== type || countOf(truth, type) > 1);
    const who = others ? `${agent}, when the others are ${others.join(", ")}` : agent;
    groups.set(who, [...(groups.get(who) ?? []), { from: type, to: report, weight: size }]);
  }
  const result = [...groups].map(([who, arcs]) => ({ who, cycles: misreportCycles(arcs) }));
  return result.every((group) => group.cycles !== undefined)
    ? result.map(({ who, cycles }) => ({ who, cycles: cycles! }))
    : undefined;
}

function countOf(list: readonly string[], wanted: string): number {
  return list.filter((entry) => entry === wanted).length;
}

function cycleLines(
  groups: readonly { who: string; cycles: MisreportCycle[] }[],
  contradiction: Rational | null,
  most: number,
): string[] {
  const all = groups.flatMap(({ cycles }) => cycles);
  const total =
    contradiction && all.length === 1
      ? `total gain ${contradiction.divide(all[0].weight)}`
      : `total gain with these weights ${contradiction}`;
  const lines = groups.flatMap(({ who, cycles }) =>
    cycles.map(({ types, weight: size }) => {
      const steps = types.map((type, k) => `${type} would report ${types[(k + 1) % types.length]}`);
      return `${who}: ${steps.join(", ")}${all.length > 1 ? ` (weight ${size})` : `, ${total}`}`;
    }),
  );
  return [
    "The allocation cannot be made incentive compatible, whatever the payments: around a cycle of misreports payments cancel,",
    "and the types together would gain, so that at least one of them does:",
    "",
    ...cut(lines, most, (line) => line),
    ...(all.length > 1 ? ["", `  ${total}`] : []),
  ];
}

/** A line for each entry, up to `most` of them. */
function cut<Entry>(
  entries: readonly Entry[],
  most: number,
  text: (entry: Entry) => string,
  leftOut = 0,
): string[] {
  const shown = entries.slice(0, most).map((entry) => `  ${text(entry)}`);
  const left = entries.length - shown.length + leftOut;
  return left > 0 ? [...shown, `  … and ${left} more (--all shows them)`] : shown;
}

function weight(value: Rational): string {
  return value.toString().padStart(8);
}

type Incentive = MultipliersFile["incentive"][number];

function incentiveText({ agent, type, report, truth, reported }: Incentive): string {
  const facing = truth ? ` at ${truth.join(", ")}` : "";
  const told = reported ? ` when the reports are ${reported.join(", ")}` : "";
  return `${agent} ${type} does not gain by reporting ${report}${facing}${told}`;
}

function participationText({ agent, type, profile }: MultipliersFile["participation"][number]): string {
  if (profile) return `${agent} does not lose by taking part at ${profile.join(", ")}`;
  return type === undefined
    ? `${agent} does not lose by taking part`
    : `${agent} ${type} does not lose by taking part`;
}

function budgetText(budget: MultipliersFile["budget"]): string | undefined {
  switch (budget.kind) {
    case "none":
      return undefined;
    case "expectation":
      return `${weight(budget.price)} x  the money adds up in expectation`;
    case "prior":
      return `${weight(budget.scale)} x  the money adds up at every profile, weighted with its probability`;
    case "profile": {
      const used = budget.prices.filter((price) => !price.isZero);
      if (used.length === 0) return undefined;
      const least = used.reduce(Rational.minimum);
      const greatest = used.reduce(Rational.maximum);
      const range = least.equals(greatest) ? `${least}` : `from ${least} to ${greatest}`;
      return `${"".padStart(8)}    the money adds up, at ${used.length} profiles, with weights ${range} (all in the answer file)`;
    }
  }
}

function allocationClause({ question }: AnswerInWords): string {
  if (question.allocation === "given") return "(those of the given rule)";
  if (question.allocation === "free") return "(at each profile the one that counts most in the sum)";
  return question.ties === "optimise"
    ? "(among equally efficient ones, the one that counts most in the sum)"
    : "(the efficient ones)";
}

function conclusion({ claim, question, multipliers }: AnswerInWords): string {
  if (multipliers?.purpose === "infeasibility") {
    return `${claim.contradiction ?? "a positive number"} would have to be at most 0. So no mechanism meets these requirements.`;
  }
  const bound = question.objective.startsWith("max") ? claim.upper : claim.lower;
  const figure = bound ? numberText(bound) : "an unknown amount";
  switch (question.objective) {
    case "min-subsidy":
      return `… so every such mechanism loses at least ${figure} in expectation.`;
    case "min-worst-subsidy":
      return `… so every such mechanism loses at least ${figure} at some profile.`;
    case "max-surplus":
      return `… so no such mechanism has an expected surplus above ${figure}.`;
    case "max-gains":
      return `… so no such mechanism has expected gains above ${figure}.`;
    case "feasibility":
      return "… which nothing contradicts.";
  }
}
