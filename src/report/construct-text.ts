import type { Construction } from "../construction/construction.js";
import type { PropertyReport } from "../measure/reported.js";
import { type Document, documentOf } from "./document.js";
import { mechanismJson } from "./mechanism-json.js";
import { mechanismSections } from "./mechanism-sections.js";
import type { MechanismView } from "./mechanism-view.js";
import { propertyReportJson } from "./property-json.js";
import { moneySection, propertySections } from "./property-text.js";
import type { Extent } from "./style.js";

/** A construction that was built on an instance. */
export interface Constructed {
  readonly construction: Construction;
  readonly version: "exact" | "formula";
  readonly options: Readonly<Record<string, string>>;
  readonly instance: string;
  readonly report: PropertyReport;
  readonly view: MechanismView;
}

/** What was built, the mechanism, and every property of it, for a reader. */
export function constructedDocument(constructed: Constructed, extent: Extent = {}): Document {
  const { construction, version, options, instance, report, view } = constructed;
  const chosen = Object.entries(options).map(([option, value]) => `${option} ${value}`);
  const versions = construction.versions.length > 1 || version === "formula" ? [versionText[version]] : [];
  return documentOf(
    [
      { kind: "title", text: `${construction.name} for ${instance}` },
      { kind: "lines", lines: [construction.about], indented: true },
      { kind: "notes", lines: [[construction.source, ...versions, ...chosen].join("; ")], indented: true },
    ],
    ...mechanismSections(view, extent),
    ...propertySections(report),
    moneySection(report),
  );
}

const versionText = {
  exact: "the exact counterpart on a grid",
  formula: "the formula for continuous types, at the grid's points",
};

/** The same for a machine. */
export function constructedJson(constructed: Constructed): object {
  const { construction, version, options, instance, report, view } = constructed;
  const { name, source } = construction;
  return {
    instance,
    construction: { name, source, version, options },
    ...propertyReportJson(report),
    ...mechanismJson(view),
  };
}
