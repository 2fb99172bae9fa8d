import type { Design } from "../design.js";
import { interimTable } from "../kernel/interim-table.js";
import type { StructuredMechanism } from "../mechanism/structured-mechanism.js";
import { plural } from "../number/count-text.js";
import type { Problem } from "../question/problem.js";
import { efficientGains } from "./efficient-gains.js";
import { decimalText, numberText, percentText } from "./number-text.js";
import { questionText } from "./question-text.js";
import { plain, type Style } from "./style.js";
import { textTable } from "./text-table.js";
import { optimumLabel, proofText, verdictText } from "./verdict-text.js";

/** More types than this are shown as the first and the last ones. */
const MOST_TYPES = 16;

/** A design for a reader: the environment, the question, the verdict, its money, interim payments, and what binds. */
export function designText(design: Design, name: string, style: Style = plain): string {
  const { problem } = design;
  const { word, sentence } = verdictText(problem.question, design);
  const colour =
    design.verdict === "possible" ? style.good : design.verdict === "impossible" ? style.bad : style.bold;
  return [
    style.bold(name),
    ...environmentLines(problem),
    "",
    ...questionText(problem.question),
    "",
    `${style.bold(colour(word))}: ${sentence}`,
    ...moneyLines(design),
    ...(design.mechanism ? ["", ...interimLines(design, design.mechanism, style)] : []),
    ...(design.findings.length > 0 ? ["", ...requirementLines(design, style)] : []),
    "",
    ...proofLines(design).map((line) => style.dim(line)),
    "",
  ].join("\n");
}

function environmentLines({ environment }: Problem): string[] {
  const agents = environment.agents.map((agent) => `${agent.name} (${plural(agent.types.length, "type")})`);
  const { kind } = environment.prior;
  return [
    `  ${agents.join(", ")}; ${plural(environment.outcomes.length, "outcome")}; ` +
      `${kind} prior; ${plural(environment.profiles.count, "profile")}`,
    ...(environment.description ? [`  ${environment.description}`] : []),
  ];
}

function moneyLines(design: Design): string[] {
  const { problem, optimum } = design;
  const gains = efficientGains(design);
  const label = optimumLabel(problem.question);
  const rows: [string, string][] = [["expected gains of full efficiency", numberText(gains)]];
  if (label && optimum) {
    const share = gains.sign > 0 ? `, ${percentText(optimum, gains)} of the gains` : "";
    rows.unshift([label, numberText(optimum) + share]);
  }
  const width = Math.max(...rows.map(([heading]) => heading.length));
  return rows.map(([heading, text]) => `  ${heading.padEnd(width)}  ${text}`);
}

function interimLines({ problem, expected }: Design, mechanism: StructuredMechanism, style: Style): string[] {
  const { environment } = problem;
  const table = expected?.interim ?? interimTable(mechanism);
  return environment.agents.flatMap((agent, i) => {
    const row = (type: number) => {
      const { payment, utility } = table(i, type);
      return [
        agent.types[type],
        decimalText(environment.prior.marginals[i].at(type)),
        decimalText(payment),
        decimalText(utility),
      ];
    };
    const all = agent.types.map((_, type) => type);
    const half = MOST_TYPES / 2;
    const rows =
      all.length <= MOST_TYPES
        ? all.map(row)
        : [...all.slice(0, half).map(row), ["…", "", "", ""], ...all.slice(-half).map(row)];
    return [
      ...(i > 0 ? [""] : []),
      style.bold(`${agent.name}: expected payment and utility of each type`),
      ...textTable(["type", "probability", "pays", "utility"], rows),
    ];
  });
}

function requirementLines({ findings }: Design, style: Style): string[] {
  const shown = findings.filter(
    ({ requirement }) => !["lotteries", "allowed outcomes", "no subsidy"].includes(requirement),
  );
  return [
    style.bold("requirements, checked exactly from their definitions"),
    ...textTable(
      ["requirement", "number", "binding", "violation", "tightest"],
      shown.map((finding) => [
        finding.requirement,
        String(finding.requirements),
        String(finding.binding),
        finding.holds ? "none" : decimalText(finding.violation),
        finding.worst ?? "",
      ]),
    ),
  ];
}

function proofLines(design: Design): string[] {
  const { formulation, solver, timing, auditMs, shortfall } = design;
  const { rows, columns, nonzeros } = design.size;
  const proved = proofText(design.problem.question, design, shortfall);
  const seconds = (timing.formulateMs + timing.solveMs + timing.exactMs + auditMs) / 1000;
  const size = `${plural(rows, "row")}, ${plural(columns, "column")}, ${plural(nonzeros, "coefficient")}`;
  const work = `${formulation}: ${columns > 0 ? size : "no program was solved"}`;
  const lent = solver?.secondOpinion ? ", with a basis from highs" : "";
  const by = solver ? `; ${solver.name} ${solver.version}${lent}` : "";
  return [proved, `${work}${by}; ${seconds.toFixed(2)} s`];
}
