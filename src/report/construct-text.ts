import type { Construction } from "../construction/construction.js";
import type { PropertyReport } from "../measure/reported.js";
import { propertyReportJson } from "./property-json.js";
import { moneyLines, propertyLines } from "./property-text.js";
import { plain, type Style } from "./style.js";

/** A construction that was built on an instance. */
export interface Constructed {
  readonly construction: Construction;
  readonly version: "exact" | "formula";
  readonly options: Readonly<Record<string, string>>;
  readonly instance: string;
  readonly report: PropertyReport;
}

/** What was built, and every property of it, for a reader. */
export function constructedText(constructed: Constructed, style: Style = plain): string {
  const { construction, version, options, instance, report } = constructed;
  const chosen = Object.entries(options).map(([option, value]) => `${option} ${value}`);
  const versions = construction.versions.length > 1 || version === "formula" ? [versionText[version]] : [];
  return [
    style.bold(`${construction.name} for ${instance}`),
    `  ${construction.about}`,
    style.dim(`  ${[construction.source, ...versions, ...chosen].join("; ")}`),
    "",
    ...propertyLines(report),
    "",
    ...moneyLines(report),
    "",
  ].join("\n");
}

const versionText = {
  exact: "the exact counterpart on a grid",
  formula: "the formula for continuous types, at the grid's points",
};

/** The same for a machine, without the mechanism. */
export function constructedJson({ construction, version, options, instance, report }: Constructed): object {
  const { name, source } = construction;
  return {
    instance,
    construction: { name, source, version, options },
    ...propertyReportJson(report),
  };
}
