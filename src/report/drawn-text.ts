import { type TypeAxis, typeAxis } from "../figure/type-axis.js";
import { Rational } from "../number/rational.js";
import type { Section } from "./document.js";
import type { AgentView, MechanismView } from "./mechanism-view.js";
import { decimalText } from "./number-text.js";
import { shownClasses } from "./shown-agents.js";

/** More types than this are drawn by every second one, and so on, so that the square fits the page. */
const MOST_ACROSS = 32;
/** Lines of a drawing of curves. */
const ROWS = 12;
/** Columns of it. */
const COLUMNS = 60;
/** More agents than this are left to the tables. */
const MOST_AGENTS = 4;

const shades = [" ", "░", "▒", "▓", "█"];

/** What is chosen over two agents' types, and what each type expects, in signs of text, at most 80 columns wide. */
export function drawnSections(view: MechanismView): Section[] {
  const { agents } = view.mechanism.environment;
  return [
    ...(agents.length === 2 ? allocationSections(view) : []),
    ...view.agents.slice(0, MOST_AGENTS).map(curveSection),
  ];
}

/** The second outcome darker the likelier it is where there are two; the letter of the likeliest where there are more. */
function allocationSections({ mechanism }: MechanismView): Section[] {
  const { agents, outcomes, profiles } = mechanism.environment;
  if (outcomes.length < 2 || outcomes.length > 26) return [];
  const [across, up] = agents.map(({ name, types }) => typeAxis(name, types, MOST_ACROSS));
  const cell = (a: number, b: number) => {
    const lottery = mechanism.lottery(profiles.profileOf([a, b]));
    if (outcomes.length === 2) {
      const second = lottery.find(({ outcome }) => outcome === 1)?.probability ?? Rational.ZERO;
      return shades[Math.ceil(second.toNumber() * (shades.length - 1))].repeat(2);
    }
    const best = lottery.reduce((one, other) =>
      other.probability.compare(one.probability) > 0 ? other : one,
    );
    return `${letter(best.outcome)} `;
  };
  const rows = [...up.cells]
    .reverse()
    .map(({ type: b }) => across.cells.map(({ type: a }) => cell(a, b)).join(""));
  const width = Math.max(...endsOf(up).map((label) => label.length));
  const labels = rows.map((_, k) => (k === 0 ? endsOf(up)[1] : k === rows.length - 1 ? endsOf(up)[0] : ""));
  const legend =
    outcomes.length === 2
      ? `█ ${outcomes[1]} for sure, paler where a lottery decides, blank ${outcomes[0]}`
      : outcomes.map((label, x) => `${letter(x)} ${label}`).join(", ");
  return [
    [
      { kind: "heading", text: `what is chosen: ${across.name} to the right, ${up.name} upwards` },
      {
        kind: "drawing",
        lines: [
          ...rows.map((row, k) => `${labels[k].padStart(width)} │${row}`),
          `${"".padStart(width)} └${"─".repeat(2 * across.cells.length)}`,
          underAxis(across, width + 2, 2 * across.cells.length),
        ],
      },
      { kind: "notes", lines: [`${legend}.`], indented: true },
    ],
  ];
}

function letter(outcome: number): string {
  return String.fromCharCode(65 + outcome);
}

function endsOf({ cells }: TypeAxis): [string, string] {
  return [cells[0].label, cells[cells.length - 1].label];
}

/** The first label and the last below the ends of an axis. */
function underAxis(axis: TypeAxis, indent: number, width: number): string {
  const [first, last] = endsOf(axis);
  const gap = Math.max(1, width - first.length - last.length);
  return `${" ".repeat(indent)}${first}${" ".repeat(gap)}${last}`;
}

/** Probabilities in percent of the height would need an axis of their own, so money and chances are drawn apart. */
function curveSection(agent: AgentView): Section {
  const axis = typeAxis(agent.name, agent.types, COLUMNS);
  const chances = shownClasses(agent.classes).map(([label, place]) => ({
    label: `P(${label})`,
    values: axis.cells.map(({ type }) => agent.row(type).chances[place]),
  }));
  const rows = axis.cells.map(({ type }) => agent.row(type));
  const money = [
    { label: "pays", values: rows.map(({ payment }) => payment) },
    { label: "utility", values: rows.map(({ utility }) => utility) },
    ...(rows.some(({ outsideOption }) => !outsideOption.isZero)
      ? [{ label: "outside option", values: rows.map(({ outsideOption }) => outsideOption) }]
      : []),
  ];
  return [
    { kind: "heading", text: `${agent.name}: what each type expects` },
    ...[chances, money]
      .filter((curves) => curves.length > 0)
      .flatMap((curves): Section => {
        const { lines, legend } = drawnCurves(axis, curves);
        return [
          { kind: "drawing", lines },
          { kind: "notes", lines: [legend], indented: true },
        ];
      }),
  ];
}

interface DrawnCurve {
  readonly label: string;
  readonly values: readonly Rational[];
}

/** A sign for each curve at each type; `*` where several meet. */
function drawnCurves(axis: TypeAxis, curves: readonly DrawnCurve[]): { lines: string[]; legend: string } {
  const all = curves.flatMap(({ values }) => values);
  const least = all.reduce(Rational.minimum, Rational.ZERO);
  const most = all.reduce(Rational.maximum, Rational.ZERO);
  const height = most.subtract(least);
  const stretch = Math.max(1, Math.floor(COLUMNS / axis.cells.length));
  const canvas = Array.from({ length: ROWS }, () => new Array<string>(axis.cells.length * stretch).fill(" "));
  const rowOf = (value: Rational) =>
    height.isZero
      ? ROWS - 1
      : ROWS - 1 - Math.round(value.subtract(least).divide(height).toNumber() * (ROWS - 1));
  const zero = rowOf(Rational.ZERO);
  canvas[zero].fill("·");
  const signs = ["o", "+", "x", "#", "@", "%", "&", "$"];
  curves.forEach(({ values }, k) => {
    values.forEach((value, place) => {
      const row = canvas[rowOf(value)];
      const column = place * stretch + (stretch >> 1);
      row[column] = row[column] === " " || row[column] === "·" ? signs[k] : "*";
    });
  });
  const labels = canvas.map((_, k) =>
    k === 0 ? decimalText(most) : k === ROWS - 1 ? decimalText(least) : k === zero ? "0" : "",
  );
  const width = Math.max(...labels.map((label) => label.length));
  const meet = canvas.some((row) => row.includes("*")) ? "; * where they meet" : "";
  return {
    lines: [
      ...canvas.map((row, k) => `${labels[k].padStart(width)} │${row.join("").trimEnd()}`),
      `${"".padStart(width)} └${"─".repeat(axis.cells.length * stretch)}`,
      underAxis(axis, width + 2, axis.cells.length * stretch),
    ],
    legend: `${curves.map(({ label }, k) => `${signs[k]} ${label}`).join(", ")}${meet}.`,
  };
}
