import type { PropertyReport, ReportedProbability } from "../measure/reported.js";
import { decimalText, numberText } from "./number-text.js";
import { textTable } from "./text-table.js";

/** Every property with its worst violation, who and where; then the chances that nobody regrets anything. */
export function propertyLines(report: PropertyReport): string[] {
  return [
    ...textTable(
      ["property", "holds", "violation", "worst"],
      Object.entries(report.findings).map(([property, finding]) => {
        if (!finding.checked) return [property, "?", "", finding.reason];
        if (finding.holds) return [property, "yes", "", ""];
        return [property, "no", decimalText(finding.violation), finding.worst ?? ""];
      }),
    ),
    "",
    ...textTable(
      ["a profile at which, when all tell the truth", "probability", "largest", "worst"],
      [
        probabilityRow("nobody would gain by a misreport", report.exPostIncentives),
        probabilityRow("nor by one that changes the outcome", report.pivotalIncentives),
        probabilityRow("nobody regrets having taken part", report.exPostParticipation),
      ],
    ),
  ];
}

function probabilityRow(label: string, reported: ReportedProbability): string[] {
  if (!reported.checked) return [label, "?", "", reported.reason];
  const { probability, largestLoss, worst } = reported;
  return [label, decimalText(probability), largestLoss.isZero ? "" : decimalText(largestLoss), worst ?? ""];
}

/** What the mechanism is worth, and what becomes of the money. */
export function moneyLines(report: PropertyReport): string[] {
  const { deficit, at } = report.largestDeficit;
  const extreme =
    deficit.sign >= 0
      ? ["largest deficit", `${numberText(deficit)}${deficit.isZero ? "" : `, at ${at}`}`]
      : ["smallest surplus", `${numberText(deficit.negate())}, at ${at}`];
  const rows = [
    ["expected gains", numberText(report.expectedGains)],
    ["expected surplus", numberText(report.expectedSurplus)],
    ["expected deficit", `${numberText(report.expectedDeficit)}, where surpluses cover nothing`],
    extreme,
    ["expected subsidy", `${numberText(report.expectedSubsidy)}, the mechanism's own`],
  ];
  return rows.map(([label, text]) => `  ${label.padEnd(18)}  ${text}`);
}
