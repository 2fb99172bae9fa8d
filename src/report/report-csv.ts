import type { Comparison } from "../comparison/compare.js";
import type { Design } from "../design.js";
import type { PropertyReport } from "../measure/reported.js";
import type { Checked } from "./check-report.js";
import type { Constructed } from "./construct-text.js";
import { type CsvTable, twoCells, twoColumns } from "./csv.js";
import { efficientGains } from "./efficient-gains.js";
import { profileTable, propertyTable, requirementTable, summaryTable, typeTables } from "./mechanism-csv.js";
import { type MechanismView, mechanismView } from "./mechanism-view.js";

/** The tables of a design for a spreadsheet; profile by profile where that is asked for. */
export function designCsv(design: Design, byProfile: boolean): CsvTable[] {
  const { mechanism, expected, findings, infeasible, optimum, lower, upper } = design;
  const view = mechanism && mechanismView(mechanism, expected);
  const isOpen = !infeasible && optimum === undefined;
  return [
    summaryTable([
      ["optimum", infeasible ? undefined : optimum],
      ["lower bound", isOpen ? lower : undefined],
      ["upper bound", isOpen ? upper : undefined],
      ["expected gains of full efficiency", efficientGains(design)],
      ["expected gains", expected?.gains],
      ...money(view),
    ]),
    ...(view ? [...mechanismTables(view, byProfile), requirementTable(findings)] : []),
  ];
}

/** Those of a mechanism that was checked. */
export function checkCsv({ report, findings, view }: Checked, byProfile: boolean): CsvTable[] {
  return [...reportTables(report, view), ...mechanismTables(view, byProfile), requirementTable(findings)];
}

/** Those of a construction. */
export function constructedCsv({ report, view }: Constructed, byProfile: boolean): CsvTable[] {
  return [...reportTables(report, view), ...mechanismTables(view, byProfile)];
}

/** Those of a comparison: a row for each mechanism, and one for each of its properties. */
export function compareCsv({ mechanisms }: Comparison): CsvTable[] {
  const figures = ["gains", "surplus", "deficit", "largest deficit", "subsidy needed", "distance"];
  return [
    {
      name: "mechanisms.csv",
      columns: ["mechanism", "qualifies", ...figures.flatMap(twoColumns)],
      rows: mechanisms.map(({ name, qualifies, report, subsidyNeeded, distance }) => [
        name,
        qualifies === undefined ? "" : qualifies ? "yes" : "no",
        ...twoCells(report.expectedGains),
        ...twoCells(report.expectedSurplus),
        ...twoCells(report.expectedDeficit),
        ...twoCells(report.largestDeficit.deficit),
        ...twoCells(subsidyNeeded),
        ...twoCells(distance?.distance),
      ]),
    },
    propertyTable(mechanisms),
  ];
}

function mechanismTables(view: MechanismView, byProfile: boolean): CsvTable[] {
  return [...typeTables(view), ...(byProfile ? [profileTable(view)] : [])];
}

function reportTables(report: PropertyReport, view: MechanismView): CsvTable[] {
  return [
    summaryTable([
      ["expected gains", report.expectedGains],
      ["expected surplus", report.expectedSurplus],
      ["expected deficit", report.expectedDeficit],
      ["largest deficit", report.largestDeficit.deficit],
      ...money(view),
    ]),
    propertyTable([{ report }]),
  ];
}

function money(view: MechanismView | undefined) {
  return [
    ["expected outside money", view?.money?.expected],
    ["most outside money at a profile", view?.money?.most],
  ] as const;
}
