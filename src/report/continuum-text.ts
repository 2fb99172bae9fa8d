import type { ContinuumAnswerFile } from "../continuum/answer-file.js";
import type { ContinuumAnswer } from "../continuum/design-continuum.js";
import type { ContinuumVerification } from "../continuum/verify.js";
import type { ContinuousEnvironment } from "../environment/continuous-environment.js";
import type { Environment } from "../environment/environment.js";
import type { Judgement } from "../kernel/judgement.js";
import type { Rational } from "../number/rational.js";
import { isMaximised, type Question } from "../question/question.js";
import { questionJson } from "../question/question-file.js";
import { environmentLines } from "./continuous-types-text.js";
import { continuousGains } from "./continuum-gains.js";
import { continuumVerdict } from "./continuum-verdict.js";
import { proofInWords, type WordedAnswer } from "./continuum-words.js";
import { type Block, type Document, documentOf, type Section, withItems } from "./document.js";
import { numberText, percentText } from "./number-text.js";
import { bracketText, widthText } from "./outward-text.js";
import { questionText } from "./question-text.js";
import { optimumLabel } from "./verdict-text.js";

/** What a grid of such types says of the same question. */
export interface GridAnswer {
  readonly environment: Environment;
  readonly judgement: Pick<Judgement, "verdict" | "infeasible" | "unbounded" | "optimum" | "lower" | "upper">;
}

/** An answer about continuous types as a report has it. */
export interface ShownContinuumAnswer {
  readonly name: string;
  readonly answer: ContinuumAnswer;
  readonly theorems: readonly string[];
  readonly grid?: GridAnswer | undefined;
}

/** For a reader: the types, the question, the verdict, the bracket beside the grid's number, and what proves each end. */
export function continuumDocument(shown: ShownContinuumAnswer): Document {
  const { name, answer } = shown;
  return documentOf(
    [
      { kind: "title", text: `${name}, continuous types` },
      { kind: "lines", lines: environmentLines(answer.environment), indented: true },
    ],
    withItems(questionText(answer.question, "any")),
    [verdictBlock(answer), { kind: "facts", rows: facts(shown) }],
    ...proofSections(answer),
    listSection("theorems that the proof relies on", shown.theorems),
    [{ kind: "notes", lines: proofLines(shown) }],
  );
}

/** Five lines: what was asked of what, the verdict, the bracket, and what proves it. */
export function briefContinuum(shown: ShownContinuumAnswer): Document {
  const { name, answer } = shown;
  const lines = (line: string): Block => ({ kind: "lines", lines: [line] });
  const { ties: _, ...asked } = questionJson(answer.question) as Record<string, unknown>;
  return [
    [
      lines(`${name}: ${environmentLines(answer.environment)[0]}`),
      lines(
        `Asked: ${Object.entries(asked)
          .map((part) => part.join(" "))
          .join(", ")}.`,
      ),
      verdictBlock(answer),
      lines(
        facts(shown)
          .map((row) => row.join(": "))
          .join("; ") || "No figures.",
      ),
      lines(proofLines(shown)[0]),
    ],
  ];
}

function verdictBlock(answer: ContinuumAnswer): Block {
  const { word, sentence } = continuumVerdict(answer.question, answer);
  const tones = { possible: "good", impossible: "bad", undecided: "neutral" } as const;
  return { kind: "verdict", word, tone: tones[answer.verdict], text: `: ${sentence}` };
}

function facts({ answer, grid }: ShownContinuumAnswer): [string, string][] {
  const { environment, question, optimum, lower, upper, infeasible } = answer;
  const label = figureLabel(question);
  const gains = continuousGains(environment);
  const rows: [string, string][] = [];
  if (label && !infeasible && (lower || upper))
    rows.push([
      label,
      optimum ? numberText(optimum) + shareOf(optimum, gains) : bracketText({ lower, upper }),
    ]);
  if (lower && upper && !optimum) rows.push(["width of the bracket", `at most ${widthText(lower, upper)}`]);
  if (gains) rows.push(["expected gains of full efficiency", numberText(gains)]);
  if (grid) rows.push(["the instance's own grid", gridText(question, grid)]);
  return rows;
}

/** `, ≈45.5% of the gains`, where these are known and some. */
function shareOf(optimum: Rational, gains: Rational | undefined): string {
  return gains && gains.sign > 0 ? `, ${percentText(optimum, gains)} of the gains` : "";
}

/** What a bracket is of; undefined where it says nothing, as without a budget. */
function figureLabel(question: Question): string | undefined {
  const isExistence = question.objective === "feasibility" && question.budget !== "none";
  return optimumLabel(question) ?? (isExistence ? "least expected outside money that would do" : undefined);
}

/** `3/40 = 0.075 (10 x 10 types)`. */
function gridText(question: Question, { environment, judgement }: GridAnswer): string {
  const { verdict, infeasible, unbounded, optimum, lower, upper } = judgement;
  const types = `(${environment.agents.map(({ types }) => types.length).join(" x ")} types)`;
  if (infeasible) return `impossible ${types}`;
  if (unbounded || optimumLabel(question) === undefined) return `${verdict} ${types}`;
  if (optimum) return `${numberText(optimum)} ${types}`;
  return lower || upper ? `${bracketText({ lower, upper })} ${types}` : `undecided ${types}`;
}

/** What proves each end; of what is maximised, the lower end is a mechanism's. */
function proofSections(answer: WordedAnswer): Section[] {
  const { question } = answer;
  const { lower = [], upper = [] } = proofInWords(answer);
  const isExact = answer.lower !== undefined && answer.upper?.equals(answer.lower) === true;
  const attained = (end: string) => (isExact ? "what attains the optimum" : `what attains the ${end} end`);
  const [below, above] = isMaximised(question)
    ? [attained("lower"), "what proves that no more is possible"]
    : ["what proves that no less is enough", attained("upper")];
  return [listSection(below, lower), listSection(above, upper)];
}

function listSection(heading: string, items: readonly string[]): Section {
  if (items.length === 0) return [];
  return [
    { kind: "heading", text: heading },
    { kind: "items", items },
  ];
}

function proofLines({ answer }: ShownContinuumAnswer): string[] {
  const { certificate, method, shortfall, seconds } = answer;
  const proved = certificate
    ? `Proved by the certificate of the method ${method}, in exact fractions, for all types of the intervals.`
    : "Nothing is proved yet beyond what holds of every question.";
  return [
    ...(shortfall ? [`${proved} Not narrower: ${shortfall}.`] : [proved]),
    `${method}: ${seconds.toFixed(2)} s`,
  ];
}

/** What `verify` says of an answer that is verified. */
export function verifiedContinuum({
  question,
  claim,
  theorems,
  method,
}: ContinuumVerification & { verified: true }): Document {
  const { word, sentence } = continuumVerdict(question, claim);
  return documentOf(
    withItems(questionText(question, "any")),
    [{ kind: "verdict", word: "verified", tone: "good", text: `: ${word}: ${sentence}` }],
    reliance(method, theorems),
  );
}

/** What `explain` says of an answer that is verified: what its certificate weighs and does. */
export function explainedContinuum(
  { name, environment }: { readonly name: string; readonly environment: ContinuousEnvironment },
  { question, claim, theorems, certificate, method }: ContinuumVerification & { verified: true },
): Document {
  const { word, sentence } = continuumVerdict(question, claim);
  const { lower, upper, optimum } = claim;
  const ends = lower && upper && !optimum ? [`The bracket is at most ${widthText(lower, upper)} wide.`] : [];
  return documentOf(
    [
      { kind: "title", text: `${name}, continuous types` },
      { kind: "lines", lines: environmentLines(environment), indented: true },
    ],
    withItems(questionText(question, "any")),
    [{ kind: "lines", lines: [`${word}: ${sentence}`, ...ends] }],
    ...proofSections({ environment, question, certificate, ...claim }),
    reliance(method, theorems),
  );
}

/** What an answer file claims, where the instance is not at hand to hold it against. */
export function continuumClaimText({
  instance,
  question,
  claim,
  certificate,
}: ContinuumAnswerFile): Document {
  const { verdict, lower, upper, contradiction } = claim;
  const label = figureLabel(question);
  const ends = [
    ...(label && (lower || upper) ? [`${label} ${bracketText({ lower, upper })}`] : []),
    ...(contradiction ? [`outside money that would be needed ${bracketText({ lower: contradiction })}`] : []),
  ];
  return documentOf(
    [
      { kind: "title", text: `${instance.name || "An instance"}, continuous types` },
      { kind: "lines", lines: [`digest ${instance.digest}`], indented: true },
    ],
    withItems(questionText(question, "any")),
    [
      { kind: "lines", lines: [`Claimed: ${[verdict, ...ends].join("; ")}.`] },
      {
        kind: "notes",
        lines: [
          certificate
            ? `The certificate is of the method ${certificate.kind}; with the instance before the answer it is checked and explained.`
            : "There is no certificate.",
        ],
      },
    ],
  );
}

function reliance(method: string | undefined, theorems: readonly string[]): Section {
  if (method === undefined) return [];
  const said = `This holds for all types of the intervals, by a certificate of the method ${method}`;
  if (theorems.length === 0) return [{ kind: "lines", lines: [`${said}.`] }];
  return [
    { kind: "lines", lines: [`${said} and these theorems:`] },
    { kind: "items", items: theorems },
  ];
}
