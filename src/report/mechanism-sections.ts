import { countText, plural } from "../number/count-text.js";
import type { Rational } from "../number/rational.js";
import type { Block, Section, TableBlock } from "./document.js";
import { drawnSections } from "./drawn-text.js";
import type { AgentView, MechanismView } from "./mechanism-view.js";
import { cellText, decimalText, numberText } from "./number-text.js";
import { profileSection } from "./profile-section.js";
import { alikeAgents, MOST_CLASSES, sameText, shownClasses } from "./shown-agents.js";
import type { Extent } from "./style.js";
import type { Column } from "./text-table.js";

/** More types than this are shown as the first and the last ones. */
const MOST_TYPES = 16;

/** What is chosen, by whom what is paid, and what every type expects. */
export function mechanismSections(view: MechanismView, extent: Extent = {}): Section[] {
  return [
    ruleSection(view),
    ...(extent.draw ? drawnSections(view) : []),
    profileSection(view, extent),
    ...alikeAgents(view.agents).map((agents) => typesSection(agents, extent)),
  ];
}

/** The rule in words, as far as it is simple, and how likely each outcome is. */
function ruleSection({ rule, mechanism }: MechanismView): Section {
  const { outcomes } = mechanism.environment;
  const lines = rule ? [...rule.words, ...likely(outcomes, rule.chances)] : [TOO_MANY];
  return lines.length === 0
    ? []
    : [
        { kind: "heading", text: "what is chosen" },
        { kind: "lines", lines, indented: true },
      ];
}

const TOO_MANY = "Too many profiles to look at all of them for words.";

/** The rule in one line. */
export function ruleText({ rule }: MechanismView): string {
  if (!rule) return TOO_MANY;
  return rule.words.join(" ") || "None of the simple shapes that were tried is that of the rule.";
}

function likely(outcomes: readonly string[], chances: readonly Rational[]): string[] {
  if (outcomes.length < 2 || outcomes.length > MOST_CLASSES) return [];
  return [`Probabilities: ${outcomes.map((label, x) => `${label} ${decimalText(chances[x])}`).join(", ")}.`];
}

/** What every type of an agent expects: outcomes, what it pays, what it gets, what it has without. */
function typesSection([agent, ...others]: readonly AgentView[], extent: Extent): Section {
  const cell = cellText(extent);
  const { name, types } = agent;
  const places = shownTypes(types.length, extent.allTypes === true);
  const rows = places.map((type) => (type === undefined ? undefined : agent.row(type)));
  const has = (of: (row: NonNullable<(typeof rows)[number]>) => boolean) =>
    rows.some((row) => row && of(row));
  const classes = shownClasses(agent.classes);
  const outside = has(({ outsideOption }) => !outsideOption.isZero);
  const money = has(({ outsideMoney }) => outsideMoney !== undefined);
  const columns: Column[] = [
    { heading: "type", kind: "words" },
    ...["probability", ...classes.map(([heading]) => `P(${heading})`), "pays", "utility"].map(numbers),
    ...(outside ? [numbers("outside option")] : []),
    ...(money ? [numbers("outside money")] : []),
  ];
  const table: TableBlock = {
    kind: "table",
    heading: `${name}: what each type expects`,
    columns,
    rows: rows.map((row, k) => {
      if (!row) return ["…", ...columns.slice(1).map(() => "")];
      const amounts = [
        row.probability,
        ...classes.map(([, place]) => row.chances[place]),
        row.payment,
        row.utility,
        ...(outside ? [row.outsideOption] : []),
      ];
      const needed = money ? [row.outsideMoney ? cell(row.outsideMoney) : ""] : [];
      return [types[places[k]!], ...amounts.map(cell), ...needed];
    }),
  };
  const left = types.length - rows.filter((row) => row !== undefined).length;
  const notes: Block[] = [];
  if (left > 0)
    notes.push({
      kind: "hint",
      left: `${countText(left)} of ${plural(types.length, "type")} left out`,
      how: "--all-types shows all of them",
    });
  if (agent.classes.length > MOST_CLASSES)
    notes.push({
      kind: "notes",
      indented: true,
      lines: [
        `How likely each of ${countText(agent.classes.length)} outcomes is for each type: --json or --csv.`,
      ],
    });
  if (others.length > 0) notes.push({ kind: "notes", indented: true, lines: [sameText(agent, others)] });
  return [table, ...notes];
}

function numbers(heading: string): Column {
  return { heading, kind: "numbers" };
}

/** All types, or the first and the last ones with a gap between them. */
function shownTypes(count: number, all: boolean): (number | undefined)[] {
  const every = Array.from({ length: count }, (_, type) => type);
  const half = MOST_TYPES / 2;
  return all || count <= MOST_TYPES ? every : [...every.slice(0, half), undefined, ...every.slice(-half)];
}

/** What comes from outside, where, and how much of it. */
export function outsideMoneyText({ money, mechanism }: MechanismView): string | undefined {
  if (!money) return "by profile; too many profiles to look at all of them";
  const { constant, most, profiles, at } = money;
  if (constant) return constant.isZero ? undefined : `${numberText(constant)} at every profile`;
  const { count } = mechanism.environment.profiles;
  const where = `at ${countText(profiles ?? 0)} of ${plural(count, "profile")}`;
  return most.isZero ? where : `${where}; the most is ${numberText(most)}, at ${at}`;
}
