import { deficit } from "../mechanism/interim.js";
import type { Payment } from "../mechanism/payments.js";
import { StructuredMechanism } from "../mechanism/structured-mechanism.js";
import { Rational } from "../number/rational.js";
import { RationalVector } from "../number/rational-vector.js";
import { type Problem, posed } from "../question/problem.js";
import type { Question } from "../question/question.js";
import type { Solver } from "../solver/solver.js";
import type { Candidate } from "./candidate.js";
import { obstacleTo } from "./formulation.js";
import { obviousBounds } from "./obvious-bounds.js";
import { paths } from "./paths.js";
import type { Resolution } from "./resolution.js";
import { states } from "./states.js";

/** Mechanisms with more payments than this are not written out profile by profile. */
const MOST_ENTRIES = 1e6;
/** More profiles than this are not looked at for a bound. */
const MOST_PROFILES = 1e7;

/**
 * Bounds that are had in a moment, before a linear program is solved: multipliers of questions that ask less, which bound the
 * optimum of this one as well, and mechanisms of questions that ask more, which answer this one as well.
 */
export async function* boundsAtHand(problem: Problem, solver: Solver): AsyncIterable<Candidate> {
  const { environment, question } = problem;
  yield* obviousBounds(problem);
  if (environment.profiles.count > MOST_PROFILES) return;
  const ic = question.ic === "none" ? "none" : "bayesian";
  const ir = question.ir === "ex-post" ? "interim" : question.ir;
  // A rule that is efficient is one of all that there are; what it cannot do proves nothing of these.
  const isFree = question.allocation === "free" && environment.outcomes.length > 1;
  const allocation = isFree ? "efficient" : question.allocation;
  for await (const { mechanism, multipliers } of answers(problem, paths, solver, { ic, ir, allocation })) {
    // Prices in expectation are valid for what is asked at every profile as well.
    if (multipliers && !isFree) yield { multipliers };
    if (mechanism && ic === question.ic && ir === question.ir) yield { mechanism };
  }
  if (environment.agentCount * environment.profiles.count > MOST_ENTRIES) return;
  if (question.ir !== "ex-post" && question.ir !== "interim") return;
  // Against every profile of the others, so whatever is believed of them; without exact balance, which ties profiles together.
  const atProfiles = answers(problem, states, solver, {
    ic: question.ic === "bayesian" ? "ex-post" : question.ic,
    ir: "ex-post",
    balance: question.budget === "ex-post" ? "no-deficit" : question.balance,
    allocation,
  });
  const asksLess = question.ir === "ex-post" && question.ic !== "bayesian" && !isFree;
  for await (const { mechanism, multipliers } of atProfiles) {
    if (asksLess && multipliers) yield { multipliers };
    if (mechanism) yield { mechanism: balanced(problem, mechanism) };
  }
}

/** The answers to a question with some parts replaced, where a formulation applies to it. */
async function* answers(
  { environment, question, givenRule }: Problem,
  formulation: typeof paths,
  solver: Solver,
  change: Partial<Question>,
): AsyncIterable<Resolution> {
  const other = posed(environment, { ...question, ...change }, givenRule);
  if (obstacleTo(formulation, other) === undefined) yield* formulation.resolve(other, solver, {});
}

/**
 * A mechanism without deficit and with outside money, as one with exact balance where that is asked: what is left over at the
 * richest profile is given back at every profile, in equal shares, and outside money covers the rest.
 */
function balanced({ environment, question }: Problem, mechanism: StructuredMechanism): StructuredMechanism {
  if (question.balance !== "exact" || question.budget !== "ex-post") return mechanism;
  const surplus = Array.from({ length: environment.profiles.count }, (_, s) =>
    deficit(environment, mechanism, s).negate(),
  );
  const most = surplus.reduce(Rational.maximum, Rational.ZERO);
  const less = most.divide(Rational.of(environment.agentCount)).negate();
  const { rule, payments, given } = mechanism;
  const amounts = RationalVector.from(surplus.map((left) => most.subtract(left)));
  return new StructuredMechanism(
    environment,
    {
      alike: false,
      rule,
      payments: payments.map((own) => raised(own, less)),
      money: { kind: "table", amounts },
    },
    given,
  );
}

/** Of those that designs at every profile have. */
function raised(payment: Payment, by: Rational): Payment {
  switch (payment.kind) {
    case "menu":
      return { kind: "menu", prices: payment.prices.plus(by) };
    case "table":
      return { kind: "table", amounts: payment.amounts.plus(by) };
    case "sum":
      throw new Error("a design at every profile with payments by type: this is a bug");
  }
}
