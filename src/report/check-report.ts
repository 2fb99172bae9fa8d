import { judgedMechanism, type RequirementFinding } from "../kernel/judged-mechanism.js";
import { propertyReport } from "../measure/property-report.js";
import type { StructuredMechanism } from "../mechanism/structured-mechanism.js";
import type { Progress } from "../progress/progress.js";
import type { Problem } from "../question/problem.js";
import { questionJson } from "../question/question-file.js";
import { numberText } from "./number-text.js";
import { propertyReportJson } from "./property-json.js";
import { moneyLines, propertyLines } from "./property-text.js";
import { questionText } from "./question-text.js";
import { plain, type Style } from "./style.js";

/** Every property of a mechanism, checked exactly, for a reader; then whether it meets the question. */
export function checkText(
  problem: Problem,
  mechanism: StructuredMechanism,
  name: string,
  style: Style = plain,
  progress?: Progress,
): string {
  const failed = failures(problem, mechanism, progress);
  const report = propertyReport(problem.environment, mechanism, undefined, progress);
  return [
    style.bold(`A mechanism for ${name}`),
    "",
    ...propertyLines(report),
    "",
    ...moneyLines(report),
    "",
    ...questionText(problem.question),
    failed.length === 0
      ? `${style.bold(style.good("MEETS"))} every requirement, exactly.`
      : `${style.bold(style.bad("FAILS"))}: ${failed.map((finding) => `${finding.requirement} (by ${numberText(finding.violation)}, ${finding.worst})`).join("; ")}.`,
    "",
  ].join("\n");
}

function failures(
  problem: Problem,
  mechanism: StructuredMechanism,
  progress?: Progress,
): RequirementFinding[] {
  progress?.stage("holding the mechanism against the question");
  return judgedMechanism(problem, mechanism).findings.filter(({ holds }) => !holds);
}

/** The same for a machine. */
export function checkJson(
  problem: Problem,
  mechanism: StructuredMechanism,
  name: string,
  progress?: Progress,
): object {
  return {
    instance: name,
    question: questionJson(problem.question),
    meetsRequirements: failures(problem, mechanism, progress).length === 0,
    ...propertyReportJson(propertyReport(problem.environment, mechanism, undefined, progress)),
  };
}
