import type { ContinuousEnvironment } from "../../environment/continuous-environment.js";
import type { Rational } from "../../number/rational.js";
import { isMaximised, type Question } from "../../question/question.js";
import type { ProofInWords } from "../method.js";
import type { InterimCertificate } from "./certificate.js";
import { expectedSurplus, isExact } from "./expected-surplus.js";
import { judgeInterim } from "./judge.js";
import { isGrovesAtProfiles, participationOf } from "./scope.js";

const PAYOFF_EQUIVALENCE =
  "Payoff equivalence: with an efficient rule a type expects the surplus given its type, plus a constant of its agent, whatever the payments that make truth pay.";
const BALANCE =
  "Balance: with independent types, money that adds up in expectation can be made to add up at every profile, without a change to what any type expects.";
const GROVES =
  "Groves: incentives at every profile leave each agent the surplus, less an amount that the others' types alone decide.";
const OUTSIDE_OPTIONS =
  "Outside options: where incentives do not matter, nobody has to be left more than what staying out is worth.";

/** What the judge relies on for this question; docs/theory.md, "Continuous types", has the proofs. */
export function interimTheorems({ agents }: ContinuousEnvironment, { ic, budget }: Question): string[] {
  if (ic === "none") return [OUTSIDE_OPTIONS];
  if (agents.length === 1) return [PAYOFF_EQUIVALENCE];
  if (ic !== "bayesian") return [PAYOFF_EQUIVALENCE, GROVES];
  return budget === "ex-post" ? [PAYOFF_EQUIVALENCE, BALANCE] : [PAYOFF_EQUIVALENCE];
}

/** How many of an agent's types are named. */
const MOST_NAMED = 3;

/** What a certificate that has been judged says. Without incentives, and where no mechanism exists, there is nothing to say. */
export function describeInterim(
  environment: ContinuousEnvironment,
  question: Question,
  certificate: InterimCertificate,
): ProofInWords {
  if (question.ic === "none") return {};
  // What is enclosed on a mesh takes long to form again: of that it is said only what the certificate itself has.
  const bracket = isExact(environment) ? judgeInterim(environment, question, certificate) : undefined;
  if (bracket?.contradiction) return {};
  const constants = constantLines(environment, question, certificate);
  const mechanism = mechanismLines(environment, question, bracket?.upper);
  if (question.objective === "max-gains")
    return {
      ...((bracket?.lower ?? question.budget === "none") && { lower: mechanism }),
      upper: ["The gains of efficient outcomes are the same whatever the payments."],
    };
  if (isMaximised(question)) {
    const settled = question.budget !== "none" && question.balance === "exact";
    return {
      ...((bracket?.lower ?? question.budget === "none") && { lower: mechanism }),
      upper: settled ? ["Payments cover the cost exactly, so that nothing is left over."] : constants,
    };
  }
  const needs = bracket === undefined || (bracket.lower !== undefined && bracket.lower.sign > 0);
  return { ...(needs && { lower: constants }), upper: mechanism };
}

/** What agents must be left, from which the bound adds up. */
function constantLines(
  environment: ContinuousEnvironment,
  question: Question,
  { participation }: InterimCertificate,
): string[] {
  const { agents } = environment;
  const lines = ["A type expects the surplus given its type, plus a constant of its agent."];
  switch (participationOf(environment, question)) {
    case "ex-ante":
      lines.push("The constant leaves the agent its outside option at least, in expectation.");
      break;
    case "ex-post":
      lines.push(
        "In expectation it takes from an agent at most what its worst type can go without, profile by profile of the others.",
      );
      break;
    case "interim":
      participation.forEach(({ types, lower }, i) => {
        const named = types.slice(0, MOST_NAMED).map(decimal).join(", ");
        lines.push(`${agents[i].name}: at least ${decimal(lower)}, or type ${named} would not take part.`);
      });
  }
  const others = agents.length - 1;
  if (isExact(environment) && others > 0) {
    const { lower } = expectedSurplus(environment, 1);
    const times = others === 1 ? "" : `${others} times `;
    lines.push(
      `Together agents are left ${times}the expected surplus, ${decimal(lower)}, and the constants beyond what there is.`,
    );
  }
  return lines;
}

function mechanismLines(
  environment: ContinuousEnvironment,
  question: Question,
  money: Rational | undefined,
): string[] {
  const { ic, ir, budget, balance } = question;
  if (isGrovesAtProfiles(environment, question))
    return [
      "Groves' payments: at every profile each agent is left the surplus, less an amount that the others' types alone decide.",
      ...(balance === "exact" ? [] : ["Money may be left over."]),
    ];
  const lines = [
    "Groves' payments in expectation: a type expects the surplus given its type, plus a constant of its agent.",
  ];
  if (ic === "bayesian" && ir === "ex-post" && environment.agents.length > 1)
    lines.push("A type gains the same at every profile.");
  if (budget === "ex-post" && environment.agents.length > 1)
    lines.push(
      "Transfers between agents, which no type expects to gain from, make the money add up at every profile.",
    );
  if (budget !== "none" && !isMaximised(question))
    lines.push(
      money?.isZero
        ? "No outside money comes in at any profile."
        : "The same outside money comes in at every profile.",
    );
  return lines;
}

/** A short fraction, or decimals. */
function decimal(value: Rational): string {
  const text = String(value);
  return text.length <= 12 ? text : `≈${Number(value.toNumber().toPrecision(7))}`;
}
