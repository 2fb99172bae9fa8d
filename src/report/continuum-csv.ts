import { continuousGains } from "./continuum-gains.js";
import type { ShownContinuumAnswer } from "./continuum-text.js";
import { expectedByType } from "./continuum-types.js";
import { type CsvTable, twoCells, twoColumns } from "./csv.js";
import { summaryTable } from "./mechanism-csv.js";

/** The tables of an answer about continuous types: what is proved, and what types expect where that is known. */
export function continuumCsv({ answer }: Pick<ShownContinuumAnswer, "answer">): CsvTable[] {
  const { environment, question, infeasible, optimum, lower, upper } = answer;
  const isOpen = !infeasible && optimum === undefined;
  const expected = expectedByType(environment, question);
  return [
    summaryTable([
      ["optimum", infeasible ? undefined : optimum],
      ["lower bound", isOpen ? lower : undefined],
      ["upper bound", isOpen ? upper : undefined],
      ["expected gains of full efficiency", continuousGains(environment)],
    ]),
    ...(expected.length > 0
      ? [
          {
            name: "types.csv" as const,
            columns: [
              "agent",
              ...[
                "type",
                "utility beyond the lowest type's",
                "outside option beyond the lowest type's",
              ].flatMap(twoColumns),
            ],
            rows: expected.flatMap(({ name, rows }) =>
              rows.map(({ type, rise, outsideRise }) => [
                name,
                ...[type, rise, outsideRise].flatMap(twoCells),
              ]),
            ),
          },
        ]
      : []),
  ];
}
