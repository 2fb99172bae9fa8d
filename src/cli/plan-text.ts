import type { PlanEntry } from "../formulation/plan.js";
import { countText } from "../number/count-text.js";
import { folded } from "../report/folded-text.js";
import { textTable } from "../report/text-table.js";

/** The formulations that apply, with sizes and theorems and the one chosen; and why the others do not. */
export function planText(
  plan: readonly PlanEntry[],
  chosen: string,
  width = Number.POSITIVE_INFINITY,
): string {
  const applying = plan.filter(({ size }) => size !== undefined);
  const rows = applying.map(({ formulation, size }) => [
    formulation.name === chosen ? `* ${formulation.name}` : `  ${formulation.name}`,
    countText(size!.rows),
    countText(size!.columns),
    countText(size!.nonzeros),
    size!.known ?? "exactly",
    formulation.theorem,
  ]);
  const barred = plan.filter(({ obstacle }) => obstacle !== undefined);
  return [
    ...folded(
      "formulations that apply, the chosen one with a star; the next one takes over where a proof fails",
      width,
    ),
    ...textTable(
      [
        "formulation",
        "rows or arcs",
        "columns or nodes",
        "coefficients",
        "size",
        { heading: "allowed by", kind: "words" },
      ],
      rows,
      { width },
    ),
    ...(applying.some(({ size }) => size!.known === "at first")
      ? ["at first: it grows by what is found to be missing"]
      : []),
    ...(barred.length > 0 ? ["", "not applicable"] : []),
    ...barred.flatMap(({ formulation, obstacle }) =>
      folded(`${formulation.name}: ${obstacle}`, width, "  ", 4),
    ),
    "",
  ].join("\n");
}
