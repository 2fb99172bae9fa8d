import type { Design } from "../design.js";
import { countText, plural } from "../number/count-text.js";
import type { Problem } from "../question/problem.js";
import { questionJson } from "../question/question-file.js";
import { type Block, type Document, documentOf, type Section, withItems } from "./document.js";
import { efficientGains } from "./efficient-gains.js";
import { mechanismSections, outsideMoneyText, ruleText } from "./mechanism-sections.js";
import { type MechanismView, mechanismView } from "./mechanism-view.js";
import { cellText, numberText, percentText } from "./number-text.js";
import { questionText } from "./question-text.js";
import { anyScreen, type Extent, type Screen } from "./style.js";
import { textDocument } from "./text-document.js";
import { optimumLabel, proofText, verdictText } from "./verdict-text.js";

/** A design for a reader: the environment, the question, the verdict, its money, the mechanism, and what binds. */
export function designText(design: Design, name: string, screen: Partial<Screen> & Extent = {}): string {
  return textDocument(designDocument(design, name, screen), { ...anyScreen, ...screen });
}

/** The same, to be printed on anything. */
export function designDocument(design: Design, name: string, extent: Extent = {}): Document {
  const { problem, mechanism, expected } = design;
  const view = mechanism && mechanismView(mechanism, expected);
  return documentOf(
    [
      { kind: "title", text: name },
      { kind: "lines", lines: environmentLines(problem), indented: true },
    ],
    withItems(questionText(problem.question)),
    [verdictBlock(design), { kind: "facts", rows: moneyFacts(design, view) }],
    ...(view ? mechanismSections(view, extent) : []),
    requirementSection(design, extent),
    [{ kind: "notes", lines: proofLines(design) }],
  );
}

/** Five lines: what was asked of what, the verdict, the rule, and what proves it. */
export function briefDesign(design: Design, name: string): Document {
  const { problem, mechanism, expected } = design;
  const { environment, question } = problem;
  const view = mechanism && mechanismView(mechanism, expected);
  const rule = view ? ruleText(view) : "No mechanism.";
  const asked = Object.entries(questionJson(question)).map(([part, choice]) => `${part} ${textOf(choice)}`);
  const lines = (line: string): Block => ({ kind: "lines", lines: [line] });
  return [
    [
      lines(`${name}: ${environmentLines({ environment })[0]}`),
      lines(`Asked: ${asked.join(", ")}.`),
      verdictBlock(design),
      lines(rule),
      lines(proofText(question, design, design.shortfall)),
    ],
  ];
}

function textOf(choice: unknown): string {
  return typeof choice === "object" ? JSON.stringify(choice) : String(choice);
}

function verdictBlock(design: Design): Block {
  const { word, sentence } = verdictText(design.problem.question, design);
  const tones = { possible: "good", impossible: "bad", undecided: "neutral" } as const;
  return { kind: "verdict", word, tone: tones[design.verdict], text: `: ${sentence}` };
}

function environmentLines({ environment }: Pick<Problem, "environment">): string[] {
  const agents = environment.agents.map((agent) => `${agent.name} (${plural(agent.types.length, "type")})`);
  const { kind } = environment.prior;
  return [
    `${agents.join(", ")}; ${plural(environment.outcomes.length, "outcome")}; ` +
      `${kind} prior; ${plural(environment.profiles.count, "profile")}`,
    ...(environment.description ? [environment.description] : []),
  ];
}

function moneyFacts(design: Design, view: MechanismView | undefined): [string, string][] {
  const { problem, optimum } = design;
  const gains = efficientGains(design);
  const label = optimumLabel(problem.question);
  const rows: [string, string][] = [["expected gains of full efficiency", numberText(gains)]];
  if (label && optimum) {
    const share = gains.sign > 0 ? `, ${percentText(optimum, gains)} of the gains` : "";
    rows.unshift([label, numberText(optimum) + share]);
  }
  const money = view && outsideMoneyText(view);
  return money === undefined ? rows : [...rows, ["outside money", money]];
}

/** Requirements that nobody asks for by a flag; they are told where they fail. */
const FORMAL: ReadonlySet<string> = new Set(["lotteries", "allowed outcomes", "no subsidy"]);

function requirementSection({ findings }: Design, extent: Extent): Section {
  const cell = cellText(extent);
  const shown = findings.filter(({ requirement, holds }) => !holds || !FORMAL.has(requirement));
  if (shown.length === 0) return [];
  return [
    {
      kind: "table",
      heading: "requirements, checked exactly from their definitions",
      columns: [
        { heading: "requirement", kind: "words" },
        { heading: "number", kind: "numbers" },
        { heading: "binding", kind: "numbers" },
        { heading: "violation", kind: "numbers" },
        { heading: "tightest", kind: "words" },
      ],
      rows: shown.map((finding) => [
        finding.requirement,
        countText(finding.requirements),
        countText(finding.binding),
        finding.holds ? "none" : cell(finding.violation),
        finding.worst ?? "",
      ]),
    },
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
