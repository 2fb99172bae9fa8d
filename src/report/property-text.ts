import type { PropertyReport, ReportedProbability } from "../measure/reported.js";
import type { Section } from "./document.js";
import { decimalText, numberText } from "./number-text.js";

/** Every property with its worst violation, who and where; then the chances that nobody regrets anything. */
export function propertySections(report: PropertyReport): Section[] {
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
          return [property, "no", decimalText(finding.violation), finding.worst ?? ""];
        }),
      },
    ],
    [
      {
        kind: "table",
        columns: [
          words("when all tell the truth,"),
          numbers("probability"),
          numbers("largest"),
          words("worst"),
        ],
        rows: [
          probabilityRow("nobody would gain by a misreport", report.exPostIncentives),
          probabilityRow("nor by one that changes the outcome", report.pivotalIncentives),
          probabilityRow("nobody regrets having taken part", report.exPostParticipation),
        ],
      },
    ],
  ];
}

function probabilityRow(label: string, reported: ReportedProbability): string[] {
  if (!reported.checked) return [label, "?", "", reported.reason];
  const { probability, largestLoss, worst } = reported;
  return [label, decimalText(probability), largestLoss.isZero ? "" : decimalText(largestLoss), worst ?? ""];
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
