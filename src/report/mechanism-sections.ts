import { listed } from "../description/gains-in-words.js";
import { countText, plural } from "../number/count-text.js";
import { Rational } from "../number/rational.js";
import type { Block, Section, TableBlock } from "./document.js";
import type { AgentView, MechanismView, OutcomeClass, TypeView } from "./mechanism-view.js";
import { cellText, decimalText, numberText } from "./number-text.js";
import { profileSection } from "./profile-section.js";
import type { Extent } from "./style.js";
import type { Column } from "./text-table.js";

/** More types than this are shown as the first and the last ones. */
const MOST_TYPES = 16;
/** With more outcomes than this each has no column of its own. */
const MOST_CLASSES = 8;

/** What is chosen, by whom what is paid, and what every type expects. */
export function mechanismSections(view: MechanismView, extent: Extent = {}): Section[] {
  return [
    ruleSection(view),
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

/** Agents of whom every type expects the same, together. */
function alikeAgents(agents: readonly AgentView[]): AgentView[][] {
  const groups: AgentView[][] = [];
  for (const agent of agents) {
    const group = groups.find(([first]) => expectTheSame(first, agent));
    if (group) group.push(agent);
    else groups.push([agent]);
  }
  return groups;
}

function expectTheSame(one: AgentView, other: AgentView): boolean {
  return (
    one.types.length === other.types.length &&
    one.classes.length === other.classes.length &&
    one.types.every((label, type) => label === other.types[type] && isSameRow(one.row(type), other.row(type)))
  );
}

function isSameRow(one: TypeView, other: TypeView): boolean {
  const numbers = ({ probability, payment, utility, outsideOption, outsideMoney, chances }: TypeView) => {
    return [probability, payment, utility, outsideOption, outsideMoney ?? Rational.ZERO, ...chances];
  };
  const others = numbers(other);
  return numbers(one).every((number, k) => number.equals(others[k]));
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

/** Who expects the same as the first of them: of the same outcomes, or each of its own. */
function sameText(first: AgentView, others: readonly AgentView[]): string {
  const labels = ({ classes }: AgentView) =>
    shownClasses(classes)
      .map(([heading]) => heading)
      .join();
  const names = others.map(({ name }) => name);
  const [verb, each] = names.length > 1 ? ["expect", ", each"] : ["expects", ","];
  const own = others.every((other) => labels(other) === labels(first)) ? "" : `${each} of its own outcomes`;
  return `${listed(names)} ${verb} the same${own}.`;
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

/** The classes that have a column, with its heading and their place; of two one says everything. */
function shownClasses(classes: readonly OutcomeClass[]): [heading: string, place: number][] {
  if (classes.length < 2 || classes.length > MOST_CLASSES) return [];
  const all = classes.map((own, place): [string, number] => [classText(own), place]);
  if (classes.length > 2) return all;
  const [first, second] = classes;
  const other =
    first.isNothing !== second.isNothing ? first.isNothing : first.labels.length >= second.labels.length;
  return other ? [all[1]] : [all[0]];
}

function classText({ labels }: OutcomeClass): string {
  const text = labels.join(" or ");
  return labels.length === 1 || text.length <= 24 ? text : `one of ${labels.length} others`;
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
