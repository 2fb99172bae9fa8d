import type { ContinuousEnvironment } from "../environment/continuous-environment.js";
import type { PiecewisePolynomial } from "../number/piecewise-polynomial.js";
import { Polynomial } from "../number/polynomial.js";
import { decimalOrFraction } from "../number/rational-text.js";
import type { Question } from "../question/question.js";
import { questionJson } from "../question/question-file.js";
import { distributionText, piecewiseText, polynomialText } from "./continuous-types-text.js";
import { type Document, documentOf, type Section, withItems } from "./document.js";
import { numberJson } from "./number-json.js";
import { questionText } from "./question-text.js";

/** An instance of continuous types as reports show it. */
export interface ShownContinuousInstance {
  readonly name: string;
  readonly description: string;
  readonly environment: ContinuousEnvironment;
  readonly question: Question;
  readonly digest: string;
}

/** What is in an instance of continuous types, for a reader. */
export function continuousInstanceDocument(shown: ShownContinuousInstance): Document {
  const { name, description, environment, question, digest } = shown;
  return documentOf(
    [
      { kind: "title", text: name },
      ...(description ? [{ kind: "lines", lines: [description], indented: true } as const] : []),
      {
        kind: "lines",
        lines: ["A type t is any number of an interval; types are independent, and values private."],
        indented: true,
      },
    ],
    [
      {
        kind: "table",
        heading: "agents",
        columns: ["agent", "types", "distribution", "outside option"].map((heading) => ({
          heading,
          kind: "words" as const,
        })),
        rows: environment.agents.map((agent) => [
          agent.name,
          `${decimalOrFraction(agent.density.from)} to ${decimalOrFraction(agent.density.to)}`,
          distributionText(agent),
          piecewiseText(agent.outsideOption),
        ]),
      },
    ],
    outcomeTable(environment),
    [
      { kind: "heading", text: "asked when nothing else is said" },
      ...withItems(questionText(question, "any")),
    ],
    [{ kind: "notes", lines: [`digest ${digest}`] }],
  );
}

function outcomeTable({ agents, outcomes = [], surplus }: ContinuousEnvironment): Section {
  if (outcomes.length === 0)
    return [{ kind: "lines", lines: [`Surplus of efficient outcomes: ${surplus.formula}.`] }];
  return [
    {
      kind: "table",
      heading: "what each outcome is worth before payments (a cost is negative), and what it costs",
      columns: [
        { heading: "outcome", kind: "words" },
        ...agents.map(({ name }) => ({ heading: `to ${name}`, kind: "words" as const })),
        { heading: "cost", kind: "numbers" },
      ],
      rows: outcomes.map(({ label, slopes, constants, cost }) => [
        label,
        ...agents.map((_, i) => polynomialText(Polynomial.affine(constants[i], slopes[i]))),
        decimalOrFraction(cost),
      ]),
    },
  ];
}

/** The same for a machine: functions of the type by pieces, coefficients lowest power first. */
export function continuousInstanceJson(shown: ShownContinuousInstance): object {
  const { name, description, environment, question, digest } = shown;
  const { agents, outcomes, surplus } = environment;
  return {
    instance: name,
    ...(description === "" ? {} : { description }),
    types: "continuous",
    digest,
    agents: agents.map((agent) => ({
      agent: agent.name,
      from: numberJson(agent.density.from),
      to: numberJson(agent.density.to),
      density: piecesJson(agent.density),
      atoms: agent.atoms.map(({ type, probability }) => ({
        at: numberJson(type),
        probability: numberJson(probability),
      })),
      outsideOption: piecesJson(agent.outsideOption),
    })),
    ...(outcomes
      ? {
          outcomes: outcomes.map(({ label, slopes, constants, cost }) => ({
            outcome: label,
            cost: numberJson(cost),
            values: agents.map((agent, i) => ({
              agent: agent.name,
              slope: numberJson(slopes[i]),
              constant: numberJson(constants[i]),
            })),
          })),
        }
      : { surplus: surplus.formula }),
    question: questionJson(question),
  };
}

function piecesJson({ nodes, pieces }: PiecewisePolynomial): object[] {
  return pieces.map(({ coefficients }, k) => ({
    from: numberJson(nodes[k]),
    to: numberJson(nodes[k + 1]),
    coefficients: coefficients.map(numberJson),
  }));
}
