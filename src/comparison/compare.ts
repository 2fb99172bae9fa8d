import type { Choice, Construction, Ground } from "../construction/construction.js";
import { constructionByName, constructions } from "../construction/registry.js";
import { type Design, type DesignOptions, designFor } from "../design.js";
import { InputError } from "../fault/input-error.js";
import { unknownName } from "../fault/unknown-name.js";
import { Audit } from "../kernel/audit.js";
import { type InterimDistance, interimDistance } from "../measure/interim-distance.js";
import { DEFAULT_COMPARISON_LIMIT, propertyReport } from "../measure/property-report.js";
import type { PropertyReport, ReportedProperty } from "../measure/reported.js";
import { subsidyNeeded } from "../measure/subsidy-needed.js";
import { asData } from "../mechanism/as-data.js";
import type { Mechanism } from "../mechanism/mechanism.js";
import type { Rational } from "../number/rational.js";
import { type Problem, posed } from "../question/problem.js";
import type { Question } from "../question/question.js";
import type { Requirement } from "../question/requirement.js";
import type { TieRule } from "../space/rule.js";
import { groundFor, type Subject, tieRuleOf } from "./ground.js";

/** The discrete counterpart of a construction, or the paper's formula at the grid's points. */
export type Version = "exact" | "formula";

/** One line of the comparison. */
export interface ComparedMechanism {
  /** `LP`, `ir-vcg`, or `m1 formula` where a construction has several versions. */
  readonly name: string;
  /** Absent for the linear program's own mechanism. */
  readonly construction?: Construction;
  readonly version?: Version;
  readonly mechanism: Mechanism;
  readonly report: PropertyReport;
  /**
   * Whether it meets the question's requirements on allocation, incentives and participation, whatever the money;
   * undefined where a check was too large.
   */
  readonly qualifies: boolean | undefined;
  /** The least expected outside money that its budget needs; undefined where none serves. */
  readonly subsidyNeeded: Rational | undefined;
  /** How far its interim payments are from those of the linear program's mechanism; undefined without one. */
  readonly distance: InterimDistance | undefined;
}

/** A construction that was left out, and the condition that fails. */
export interface NotApplying {
  readonly name: string;
  readonly reason: string;
}

/** The optimum and the constructions, each with every property, on one environment. */
export interface Comparison {
  readonly problem: Problem;
  readonly design: Design;
  /** How constructions break ties; undefined where they implement the instance's own rule. */
  readonly ties: TieRule | undefined;
  /** The linear program's mechanism first, where there is one. */
  readonly mechanisms: readonly ComparedMechanism[];
  readonly notApplying: readonly NotApplying[];
}

/** As for `design`, and how much is looked at of each construction. */
export interface CompareOptions extends DesignOptions {
  /** As in `propertyReport`. */
  readonly comparisonLimit?: number;
}

/**
 * The best mechanism for a question beside the papers' constructions: every one that applies, or those named (`m1`, or
 * `m1:formula` for one version). One that is not defined for the environment is told with the reason, named or not. Throws
 * InputError for an unknown name.
 */
export async function compare(
  subject: Subject,
  question: Partial<Question> = {},
  names: readonly string[] = [],
  options: CompareOptions = {},
): Promise<Comparison> {
  const problem = posed(subject.environment, question, subject.givenRule);
  const ground = groundFor(subject, problem.question);
  options.progress?.stage("building the constructions");
  const { built, notApplying } = buildAll(ground, names);
  const design = await designFor(problem, options);
  const limit = options.comparisonLimit ?? DEFAULT_COMPARISON_LIMIT;
  const best = design.mechanism;
  const compared = (name: string, mechanism: Mechanism) => {
    options.progress?.stage(`measuring ${name}`);
    return measured(problem, mechanism, best, limit);
  };
  return {
    problem,
    design,
    ties: problem.question.allocation === "given" ? undefined : tieRuleOf(problem.question),
    mechanisms: [
      ...(best ? [{ name: "LP", ...compared("the LP's mechanism", best) }] : []),
      ...built.map(({ mechanism, ...description }) => ({
        ...description,
        ...compared(description.name, mechanism),
      })),
    ],
    notApplying,
  };
}

function measured(problem: Problem, mechanism: Mechanism, best: Mechanism | undefined, limit: number) {
  const { environment, question } = problem;
  const report = propertyReport(environment, mechanism, limit);
  return {
    mechanism,
    report,
    qualifies: qualifies(problem, mechanism, report),
    subsidyNeeded: subsidyNeeded(report, question),
    distance: best && interimDistance(environment, mechanism, best),
  };
}

/** Where a check is too large for the limit, the others may still fail. */
function qualifies(problem: Problem, mechanism: Mechanism, report: PropertyReport): boolean | undefined {
  const { environment, question, givenRule: given } = problem;
  const asked = problem.requirements.filter(({ of }) => of === "agents");
  const isTooLarge = ({ name }: Requirement) => report.findings[name as ReportedProperty]?.checked === false;
  const requirements = asked.filter((requirement) => !isTooLarge(requirement));
  const audit = new Audit(asData(environment, mechanism, given), {
    requirements,
    question,
    given,
    expectations: false,
  });
  const { allowedOutcomes, lotteries } = audit.allocation;
  const findings = [
    allowedOutcomes,
    lotteries,
    ...requirements.map((requirement) => audit.finding(requirement)),
  ];
  if (findings.some(({ holds }) => !holds)) return false;
  return requirements.length === asked.length ? true : undefined;
}

interface Built {
  readonly name: string;
  readonly construction: Construction;
  readonly version: Version;
  readonly mechanism: Mechanism;
}

function buildAll(ground: Ground, names: readonly string[]): { built: Built[]; notApplying: NotApplying[] } {
  const built: Built[] = [];
  const notApplying: NotApplying[] = [];
  for (const { construction, versions } of names.length === 0 ? everyVersion() : names.map(namedVersions)) {
    const refusals: { version: Version; fault: InputError }[] = [];
    for (const version of versions) {
      const mechanism = mechanismOrRefusal(construction, ground, { version });
      if (mechanism instanceof InputError) refusals.push({ version, fault: mechanism });
      else built.push({ name: nameOf(construction, version), construction, version, mechanism });
    }
    notApplying.push(...reasons(construction, refusals));
  }
  return { built, notApplying };
}

function nameOf({ name, versions }: Construction, version: Version): string {
  return versions.length > 1 ? `${name} ${version}` : name;
}

/** One line where all versions fail for the same reason. */
function reasons(
  construction: Construction,
  refusals: readonly { version: Version; fault: InputError }[],
): NotApplying[] {
  const lines = refusals.map(({ version, fault: { path, found, message } }) => ({
    name: nameOf(construction, version),
    reason: path ? message : found,
  }));
  const same = lines.every(({ reason }) => reason === lines[0].reason);
  if (lines.length < 2 || lines.length < construction.versions.length || !same) return lines;
  return [{ name: construction.name, reason: lines[0].reason }];
}

/** The mechanism, or the condition that fails: constructions may notice it as late as at a payment. */
function mechanismOrRefusal(
  construction: Construction,
  ground: Ground,
  choice: Choice,
): Mechanism | InputError {
  try {
    return asData(ground.environment, construction.build(ground, choice));
  } catch (fault) {
    if (fault instanceof InputError) return fault;
    throw fault;
  }
}

export interface NamedVersions {
  readonly construction: Construction;
  readonly versions: readonly Version[];
}

function everyVersion(): NamedVersions[] {
  return constructions.map((construction) => ({ construction, versions: construction.versions }));
}

/** The construction and its versions that `m1` or `m1:formula` names. Throws InputError for a name that does not exist. */
export function namedVersions(text: string): NamedVersions {
  const [name, version] = text.split(":", 2);
  const construction = constructionByName(name);
  if (version === undefined) return { construction, versions: construction.versions };
  const found = construction.versions.find((known) => known === version);
  if (found) return { construction, versions: [found] };
  throw unknownName(name, "version", version, construction.versions);
}
