import { auditProperty, type Finding, type PropertyName, properties } from "../mechanism/audit.js";
import type { Mechanism } from "../mechanism/mechanism.js";
import { expectedGains, expectedSubsidy, expectedSurplus } from "../problem/objective.js";
import type { Problem } from "../problem/problem.js";
import { auditRequirements } from "../problem/requirements.js";
import { decimalText, numberText } from "./number-text.js";
import { questionText } from "./question-text.js";
import { plain, type Style } from "./style.js";
import { textTable } from "./text-table.js";

/** Every property of a mechanism, checked exactly, for a reader; then whether it meets the question. */
export function checkText(
  problem: Problem,
  mechanism: Mechanism,
  name: string,
  style: Style = plain,
): string {
  const failed = auditRequirements(problem, mechanism).filter((finding) => !finding.holds);
  return [
    style.bold(`A mechanism for ${name}`),
    "",
    ...textTable(
      ["property", "holds", "violation", "worst"],
      propertyFindings(problem, mechanism).map(([property, finding]) => [
        property,
        finding.holds ? "yes" : "no",
        finding.holds ? "" : `${decimalText(finding.violation)}`,
        finding.holds ? "" : (finding.worst ?? ""),
      ]),
    ),
    "",
    ...moneyRows(problem, mechanism).map(([label, text]) => `  ${label.padEnd(18)}  ${text}`),
    "",
    ...questionText(problem.question),
    failed.length === 0
      ? `${style.bold(style.good("MEETS"))} every requirement, exactly.`
      : `${style.bold(style.bad("FAILS"))}: ${failed.map((finding) => `${finding.requirement} (by ${numberText(finding.violation)}, ${finding.worst})`).join("; ")}.`,
    "",
  ].join("\n");
}

/** The same for a machine. */
export function checkJson(problem: Problem, mechanism: Mechanism, name: string): object {
  return {
    instance: name,
    question: problem.question,
    meetsRequirements: auditRequirements(problem, mechanism).every((finding) => finding.holds),
    properties: Object.fromEntries(
      propertyFindings(problem, mechanism).map(([property, { holds, violation, worst }]) => [
        property,
        { holds, violation: `${violation}`, worst: worst ?? null },
      ]),
    ),
    ...Object.fromEntries(
      moneyRows(problem, mechanism).map(([label, , value]) => [
        label.replace(/ (\w)/g, (_, c: string) => c.toUpperCase()),
        value,
      ]),
    ),
  };
}

function propertyFindings(problem: Problem, mechanism: Mechanism): [PropertyName, Finding][] {
  return (Object.keys(properties) as PropertyName[]).map((property) => [
    property,
    auditProperty(problem.environment, mechanism, property),
  ]);
}

function moneyRows(problem: Problem, mechanism: Mechanism): [label: string, text: string, exact: string][] {
  const values = [
    ["expected gains", expectedGains(problem, mechanism)],
    ["expected surplus", expectedSurplus(problem, mechanism)],
    ["expected subsidy", expectedSubsidy(problem, mechanism)],
  ] as const;
  return values.map(([label, value]) => [label, numberText(value), `${value}`]);
}
