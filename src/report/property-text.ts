import type { PropertyReport, ReportedProbability } from "../measure/reported.js";
import type { Rational } from "../number/rational.js";
import type { Section } from "./document.js";
import { cellText, numberText } from "./number-text.js";
import type { Extent } from "./style.js";

/** Every property with its worst violation, who and where; then the chances that nobody regrets anything. */
export function propertySections(report: PropertyReport, extent: Extent = {}): Section[] {
  const cell = cellText(extent);
  const words = (heading: string) => ({ heading, kind: "words" as const });
  const numbers = (heading: string) => ({ heading, kind: "numbers" as const });
  return [
    [
      {
        kind: "table",
        columns: [words("property"), words("holds"), numbers("violation"), words("worst")],
        rows: Object.entries(report.findings).map(([property, finding]) => {
          if (!finding.checked) return [property, "?", "", finding.reason];
          if (finding.holds) return [property, "yes", "", ""];
          return [property, "no", cell(finding.violation), finding.worst ?? ""];
        }),
      },
    ],
    [
      {
        kind: "table",
        columns: [words("when all tell the truth,"), numbers("probability"), numbers("loss"), words("worst")],
        rows: [
          probabilityRow("nobody would gain by a misreport", report.exPostIncentives, cell),
          probabilityRow("nor by one that changes the outcome", report.pivotalIncentives, cell),
          probabilityRow("nobody regrets having taken part", report.exPostParticipation, cell),
        ],
      },
    ],
  ];
}

function probabilityRow(
  label: string,
  reported: ReportedProbability,
  cell: (value: Rational) => string,
): string[] {
  if (!reported.checked) return [label, "?", "", reported.reason];
  const { probability, largestLoss, worst } = reported;
  return [label, cell(probability), largestLoss.isZero ? "" : cell(largestLoss), worst ?? ""];
}

/** What the mechanism is worth, and what becomes of the money. */
export function moneySection(report: PropertyReport): Section {
  const { deficit, at } = report.largestDeficit;
  const extreme: [string, string] =
    deficit.sign >= 0
      ? ["largest deficit", `${numberText(deficit)}${deficit.isZero ? "" : `, at ${at}`}`]
      : ["smallest surplus", `${numberText(deficit.negate())}, at ${at}`];
  const rows: [string, string][] = [
    ["expected gains", numberText(report.expectedGains)],
    ["expected surplus", numberText(report.expectedSurplus)],
    ["expected deficit", `${numberText(report.expectedDeficit)}, where surpluses cover nothing`],
    extreme,
    ["expected subsidy", `${numberText(report.expectedSubsidy)}, the mechanism's own`],
  ];
  return [{ kind: "facts", rows }];
}
