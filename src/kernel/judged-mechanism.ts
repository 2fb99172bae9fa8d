import type { Environment } from "../environment/environment.js";
import { asData } from "../mechanism/as-data.js";
import type { Mechanism } from "../mechanism/mechanism.js";
import { remembered } from "../mechanism/remembered.js";
import type { StructuredMechanism } from "../mechanism/structured-mechanism.js";
import { Rational } from "../number/rational.js";
import type { Problem } from "../question/problem.js";
import { allowsSubsidy, type Question } from "../question/question.js";
import type { Requirement } from "../question/requirement.js";
import { areAlike } from "../space/space.js";
import { Audit } from "./audit.js";
import { findingByDefinition } from "./by-definition.js";
import type { Finding } from "./finding.js";
import type { InterimTable } from "./interim-table.js";
import type { OutsideMoney } from "./outside-money.js";
import { Refuted } from "./refuted.js";

/** What was found of one thing that a question requires. */
export interface RequirementFinding extends Finding {
  readonly requirement: string;
}

/** What a mechanism meets of what a question requires, and what the question measures it by. */
export interface JudgedMechanism {
  readonly findings: readonly RequirementFinding[];
  readonly objective: Rational;
  readonly expected: Expected;
}

/** What was found out on the way, for whoever wants to know it besides. */
export interface Expected {
  /** What every type expects. */
  readonly interim: InterimTable;
  /** Money from outside; undefined where there are too many profiles to look at all of them for this alone. */
  readonly money: OutsideMoney | undefined;
  /** Expected welfare beyond the outside options. */
  readonly gains: Rational;
}

/** With no more profiles than this, every inequality is looked at by itself as well. */
const MOST_BY_DEFINITION = 256;

/** Throws Refuted where alike agents are not treated alike. */
export function judgedMechanism(
  { environment, question, requirements, givenRule: given }: Problem,
  mechanism: StructuredMechanism,
): JudgedMechanism {
  if (mechanism.alike && !areAlike(environment))
    throw new Refuted("the mechanism is for alike agents, which these are not");
  const audit = new Audit(mechanism, { requirements, question, given, expectations: true });
  const plain = environment.profiles.count <= MOST_BY_DEFINITION ? remembered(mechanism) : undefined;
  return {
    findings: [
      { requirement: "allowed outcomes", ...audit.allocation.allowedOutcomes },
      { requirement: "lotteries", ...audit.allocation.lotteries },
      ...requirements.map((requirement) => {
        const finding = audit.finding(requirement);
        if (plain) check(environment, plain, requirement, finding);
        return { requirement: requirement.name, ...finding };
      }),
    ],
    objective: objectiveOf(question, audit),
    expected: { interim: audit.interim, money: audit.money.report, gains: audit.expectedGains },
  };
}

/** Checks any mechanism against everything that a question requires, exactly. */
export function auditRequirements(problem: Problem, mechanism: Mechanism): readonly RequirementFinding[] {
  const { environment, givenRule } = problem;
  return judgedMechanism(problem, asData(environment, mechanism, givenRule)).findings;
}

/** Throws where a finding is not what the definition says: that would be a bug here. */
function check(
  environment: Environment,
  mechanism: Mechanism,
  requirement: Requirement,
  { holds, violation, requirements, binding }: Finding,
): void {
  const plain = findingByDefinition(environment, mechanism, requirement);
  const same =
    plain.violation.equals(violation) &&
    plain.requirements === requirements &&
    // How many bind is told where all hold.
    (!holds || plain.binding === binding);
  if (!same) throw new Error(`two ways to audit ${requirement.name} disagree: this is a bug`);
}

/** What the question measures a mechanism by, in the sense in which it is asked. Zero for mere feasibility. */
function objectiveOf(question: Question, found: Audit): Rational {
  switch (question.objective) {
    case "feasibility":
      return Rational.ZERO;
    case "min-subsidy":
      return allowsSubsidy(question) ? found.expectedSubsidy : Rational.ZERO;
    case "min-worst-subsidy":
      return allowsSubsidy(question) ? found.worstSubsidy : Rational.ZERO;
    case "max-surplus":
      return found.expectedRevenue.subtract(found.expectedCost);
    case "max-gains":
      return found.expectedGains;
  }
}
