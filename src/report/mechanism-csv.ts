import { lotteryLabel } from "../environment/lottery.js";
import type { RequirementFinding } from "../kernel/judged-mechanism.js";
import type { PropertyReport } from "../measure/reported.js";
import type { Rational } from "../number/rational.js";
import { type CsvTable, twoCells, twoColumns } from "./csv.js";
import type { MechanismView } from "./mechanism-view.js";

/** What every type expects: `types.csv` has money, `outcomes.csv` how likely is what. */
export function typeTables({ agents, money }: MechanismView): CsvTable[] {
  const byType = money?.byType !== undefined;
  return [
    {
      name: "types.csv",
      columns: [
        "agent",
        "type",
        ...["probability", "payment", "utility", "outside option"].flatMap(twoColumns),
        ...(byType ? twoColumns("outside money") : []),
      ],
      rows: rowsOf(agents, ({ name, types, row }, type) => {
        const { probability, payment, utility, outsideOption, outsideMoney } = row(type);
        const numbers = [probability, payment, utility, outsideOption].flatMap(twoCells);
        return [[name, types[type], ...numbers, ...(byType ? twoCells(outsideMoney) : [])]];
      }),
    },
    {
      name: "outcomes.csv",
      columns: ["agent", "type", "outcomes", ...twoColumns("probability")],
      rows: rowsOf(agents, ({ name, types, classes, row }, type) => {
        const { chances } = row(type);
        return classes.map(({ labels }, place) => [
          name,
          types[type],
          labels.join(" or "),
          ...twoCells(chances[place]),
        ]);
      }),
    },
  ];
}

function* rowsOf(
  agents: MechanismView["agents"],
  of: (agent: MechanismView["agents"][number], type: number) => string[][],
): Iterable<string[]> {
  for (const agent of agents) for (let type = 0; type < agent.types.length; type++) yield* of(agent, type);
}

/** What happens at every profile, a row for each. */
export function profileTable({ mechanism }: MechanismView): CsvTable {
  const { environment } = mechanism;
  const { agents, outcomes, profiles, prior } = environment;
  return {
    name: "profiles.csv",
    columns: [
      ...agents.map(({ name }) => name),
      ...twoColumns("probability"),
      "outcome",
      ...agents.flatMap(({ name }) => twoColumns(`${name} pays`)),
      ...twoColumns("outside money"),
    ],
    rows: (function* () {
      for (let s = 0; s < profiles.count; s++) {
        yield [
          ...agents.map(({ types }, i) => types[profiles.typeOf(s, i)]),
          ...twoCells(prior.probability(s)),
          lotteryLabel(mechanism.lottery(s), outcomes),
          ...agents.flatMap((_, i) => twoCells(mechanism.payment(i, s))),
          ...twoCells(mechanism.subsidy(s)),
        ];
      }
    })(),
  };
}

/** What was found of each requirement of the question. */
export function requirementTable(findings: readonly RequirementFinding[]): CsvTable {
  return {
    name: "requirements.csv",
    columns: ["requirement", "holds", "number", "binding", ...twoColumns("violation"), "tightest"],
    rows: findings.map(({ requirement, holds, requirements, binding, violation, worst }) => [
      requirement,
      holds ? "yes" : "no",
      String(requirements),
      String(binding),
      ...twoCells(violation),
      worst ?? "",
    ]),
  };
}

/** Every property, of one mechanism or of several under their names. */
export function propertyTable(
  mechanisms: readonly { readonly name?: string; readonly report: PropertyReport }[],
): CsvTable {
  const isNamed = mechanisms.some(({ name }) => name !== undefined);
  return {
    name: "properties.csv",
    columns: [
      ...(isNamed ? ["mechanism"] : []),
      "property",
      "holds",
      ...twoColumns("violation"),
      "worst or why not checked",
    ],
    rows: mechanisms.flatMap(({ name, report }) =>
      Object.entries(report.findings).map(([property, finding]) => [
        ...(isNamed ? [name ?? ""] : []),
        property,
        ...(finding.checked
          ? [finding.holds ? "yes" : "no", ...twoCells(finding.violation), finding.worst ?? ""]
          : ["not checked", "", "", finding.reason]),
      ]),
    ),
  };
}

/** Single numbers by their names. */
export function summaryTable(
  numbers: readonly (readonly [name: string, number: Rational | undefined])[],
): CsvTable {
  return {
    name: "summary.csv",
    columns: ["quantity", ...twoColumns("number")],
    rows: numbers.flatMap(([name, number]) => (number ? [[name, ...twoCells(number)]] : [])),
  };
}
