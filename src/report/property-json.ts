import type { PropertyReport, ReportedFinding, ReportedProbability } from "../measure/reported.js";
import { numberJson, present } from "./number-json.js";

/** A property report for a machine: numbers exact and as doubles, offenders by their labels. */
export function propertyReportJson(report: PropertyReport) {
  return {
    properties: Object.fromEntries(
      Object.entries(report.findings).map(([property, finding]) => [property, findingJson(finding)]),
    ),
    exPostIncentives: probabilityJson(report.exPostIncentives),
    pivotalIncentives: probabilityJson(report.pivotalIncentives),
    exPostParticipation: probabilityJson(report.exPostParticipation),
    expectedSurplus: numberJson(report.expectedSurplus),
    expectedDeficit: numberJson(report.expectedDeficit),
    largestDeficit: { deficit: numberJson(report.largestDeficit.deficit), at: report.largestDeficit.at },
    expectedSubsidy: numberJson(report.expectedSubsidy),
    expectedGains: numberJson(report.expectedGains),
  };
}

function findingJson(finding: ReportedFinding): object {
  if (!finding.checked) return { checked: false, reason: finding.reason };
  const { holds, violation, worst } = finding;
  return { checked: true, holds, violation: numberJson(violation), ...present({ worst }) };
}

function probabilityJson(reported: ReportedProbability): object {
  if (!reported.checked) return { checked: false, reason: reported.reason };
  const { probability, largestLoss, worst } = reported;
  return {
    checked: true,
    probability: numberJson(probability),
    largest: numberJson(largestLoss),
    ...present({ worst }),
  };
}
