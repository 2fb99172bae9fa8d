import { judgedMechanism, type RequirementFinding } from "../kernel/judged-mechanism.js";
import { propertyReport } from "../measure/property-report.js";
import type { PropertyReport } from "../measure/reported.js";
import type { StructuredMechanism } from "../mechanism/structured-mechanism.js";
import type { Progress } from "../progress/progress.js";
import type { Problem } from "../question/problem.js";
import { questionJson } from "../question/question-file.js";
import { type Document, documentOf, type Section, withItems } from "./document.js";
import { mechanismJson } from "./mechanism-json.js";
import { mechanismSections } from "./mechanism-sections.js";
import { type MechanismView, mechanismView } from "./mechanism-view.js";
import { numberText } from "./number-text.js";
import { propertyReportJson } from "./property-json.js";
import { moneySection, propertySections } from "./property-text.js";
import { questionText } from "./question-text.js";
import { requirementsJson } from "./requirements-json.js";
import { anyScreen, type Extent, type Screen } from "./style.js";
import { textDocument } from "./text-document.js";

/** A mechanism that was held against a question, and everything that was found. */
export interface Checked {
  readonly problem: Problem;
  readonly name: string;
  readonly findings: readonly RequirementFinding[];
  readonly report: PropertyReport;
  readonly view: MechanismView;
}

/** Audits a mechanism, property by property, and holds it against the question. */
export function checked(
  problem: Problem,
  mechanism: StructuredMechanism,
  name: string,
  progress?: Progress,
): Checked {
  progress?.stage("holding the mechanism against the question");
  const { findings, expected } = judgedMechanism(problem, mechanism);
  const report = propertyReport(problem.environment, mechanism, undefined, progress);
  progress?.stage("describing the mechanism");
  return { problem, name, findings, report, view: mechanismView(mechanism, expected) };
}

/** Whether a mechanism meets the question, the mechanism, and every property of it, checked exactly, for a reader. */
export function checkText(found: Checked, screen: Partial<Screen> & Extent = {}): string {
  return textDocument(checkDocument(found, screen), { ...anyScreen, ...screen });
}

/** The same, to be printed on anything. */
export function checkDocument(
  { problem, name, findings, report, view }: Checked,
  extent: Extent = {},
): Document {
  return documentOf(
    [{ kind: "title", text: `A mechanism for ${name}` }],
    // What is wanted of a mechanism beyond its requirements is for whoever looks for one.
    [...withItems(questionText(problem.question).slice(0, -1)), ...verdict(findings)],
    ...mechanismSections(view, extent),
    ...propertySections(report, extent),
    moneySection(report),
  );
}

function verdict(findings: readonly RequirementFinding[]): Section {
  const failed = findings.filter(({ holds }) => !holds);
  if (failed.length === 0)
    return [{ kind: "verdict", word: "MEETS", tone: "good", text: " every requirement, exactly." }];
  const faults = failed.map(
    ({ requirement, violation, worst }) => `${requirement} (by ${numberText(violation)}, ${worst})`,
  );
  return [{ kind: "verdict", word: "FAILS", tone: "bad", text: `: ${faults.join("; ")}.` }];
}

/** The same for a machine. */
export function checkJson({ problem, name, findings, report, view }: Checked): object {
  return {
    instance: name,
    question: questionJson(problem.question),
    meetsRequirements: findings.every(({ holds }) => holds),
    requirements: requirementsJson(findings),
    ...propertyReportJson(report),
    ...mechanismJson(view),
  };
}
