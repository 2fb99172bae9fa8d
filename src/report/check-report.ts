import type { Mechanism } from "../mechanism/mechanism.js";
import { propertyReport } from "../mechanism/property-report.js";
import { expectedGains } from "../problem/objective.js";
import type { Problem } from "../problem/problem.js";
import { auditRequirements } from "../problem/requirements.js";
import type { Progress } from "../progress/progress.js";
import { numberText } from "./number-text.js";
import { propertyReportJson } from "./property-json.js";
import { moneyLines, propertyLines } from "./property-text.js";
import { questionText } from "./question-text.js";
import { plain, type Style } from "./style.js";

/** Every property of a mechanism, checked exactly, for a reader; then whether it meets the question. */
export function checkText(
  problem: Problem,
  mechanism: Mechanism,
  name: string,
  style: Style = plain,
  progress?: Progress,
): string {
  const failed = auditRequirements(problem, mechanism, progress).filter((finding) => !finding.holds);
  const report = propertyReport(problem.environment, mechanism, undefined, progress);
  return [
    style.bold(`A mechanism for ${name}`),
    "",
    ...propertyLines(report),
    "",
    ...moneyLines(report, expectedGains(problem, mechanism)),
    "",
    ...questionText(problem.question),
    failed.length === 0
      ? `${style.bold(style.good("MEETS"))} every requirement, exactly.`
      : `${style.bold(style.bad("FAILS"))}: ${failed.map((finding) => `${finding.requirement} (by ${numberText(finding.violation)}, ${finding.worst})`).join("; ")}.`,
    "",
  ].join("\n");
}

/** The same for a machine. */
export function checkJson(problem: Problem, mechanism: Mechanism, name: string, progress?: Progress): object {
  return {
    instance: name,
    question: problem.question,
    meetsRequirements: auditRequirements(problem, mechanism, progress).every((finding) => finding.holds),
    ...propertyReportJson(propertyReport(problem.environment, mechanism, undefined, progress)),
    expectedGains: `${expectedGains(problem, mechanism)}`,
  };
}
