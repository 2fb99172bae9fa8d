import type { PropertyReport, ReportedFinding, ReportedProbability } from "../measure/reported.js";

/** A property report for a machine: exact fractions as text, offenders by their labels. */
export function propertyReportJson(report: PropertyReport) {
  return {
    properties: Object.fromEntries(
      Object.entries(report.findings).map(([property, finding]) => [property, findingJson(finding)]),
    ),
    exPostIncentives: probabilityJson(report.exPostIncentives),
    pivotalIncentives: probabilityJson(report.pivotalIncentives),
    exPostParticipation: probabilityJson(report.exPostParticipation),
    expectedSurplus: `${report.expectedSurplus}`,
    expectedDeficit: `${report.expectedDeficit}`,
    largestDeficit: { deficit: `${report.largestDeficit.deficit}`, at: report.largestDeficit.at },
    expectedSubsidy: `${report.expectedSubsidy}`,
    expectedGains: `${report.expectedGains}`,
  };
}

function findingJson(finding: ReportedFinding): object {
  if (!finding.checked) return { checked: false, reason: finding.reason };
  const { holds, violation, worst } = finding;
  return { holds, violation: `${violation}`, worst: worst ?? null };
}

function probabilityJson(reported: ReportedProbability): object {
  if (!reported.checked) return { checked: false, reason: reported.reason };
  const { probability, largestLoss, worst } = reported;
  return { probability: `${probability}`, largest: `${largestLoss}`, worst: worst ?? null };
}
