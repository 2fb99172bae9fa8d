import { efficientOutcomes } from "../environment/efficiency.js";
import type { Environment } from "../environment/environment.js";
import { lotteryLabel } from "../environment/lottery.js";
import { countText, plural } from "../number/count-text.js";
import type { Rational } from "../number/rational.js";
import { decimalOrFraction } from "../number/rational-text.js";
import { folded } from "./folded-text.js";
import { decimalText, numberText } from "./number-text.js";
import { profileTable } from "./profile-table.js";
import { questionText } from "./question-text.js";
import { efficientChances, knownGains, type ShownInstance } from "./shown-instance.js";
import { plain, type Style } from "./style.js";
import { textTable } from "./text-table.js";

/** How an instance is laid out: in so many columns, and whether everything is shown or only as much as a reader looks through. */
export interface Layout {
  readonly width: number;
  readonly all: boolean;
}

/** More of a kind are shown as the first and the last ones. */
const MOST_TYPES = 16;
const MOST_AGENTS = 4;
const MOST_OUTCOMES = 8;

/** What is in an instance, for a reader: agents, types, values, prior, costs, what is efficient where, gains, and the question. */
export function shownInstanceText(instance: ShownInstance, layout: Layout, style: Style = plain): string {
  const { environment, givenRule } = instance;
  const { outcomes } = environment;
  const { width } = layout;
  const efficient = (s: number) => anyOf(efficientOutcomes(environment, s), outcomes);
  const lines = [
    style.bold(instance.name),
    ...headLines(instance, width),
    "",
    ...folded(SIGNS, width, "  "),
    ...agentLines(environment, layout, style),
    ...priorLines(environment, layout, style),
    ...costLines(environment, layout, style),
    "",
    style.bold("the efficient outcome at each profile"),
    ...profileTable(environment, "efficient", efficient, layout),
    ...chanceLines(environment, layout, style),
    ...(givenRule
      ? [
          "",
          style.bold("the instance's own rule at each profile"),
          ...profileTable(environment, "rule", (s) => lotteryLabel(givenRule(s), outcomes), layout),
        ]
      : []),
    "",
    ...gainsLines(environment, layout),
    "",
    style.bold("asked when nothing else is said"),
    ...questionText(instance.question).flatMap((line) => {
      const isItem = line.startsWith("  -");
      return folded(line.trimStart(), width, isItem ? "    " : "  ", isItem ? 6 : 2);
    }),
    "",
    style.dim(`digest ${instance.digest}`),
  ];
  return `${lines.join("\n")}\n`;
}

const SIGNS =
  "Values are what outcomes are worth to an agent before payments; what an outcome costs an agent is a negative value.";

function headLines({ description, environment, family }: ShownInstance, width: number): string[] {
  const { agents, outcomes, prior, profiles } = environment;
  const who = agents.map(({ name, types }) => `${name} (${plural(types.length, "type")})`);
  const listed = elided(who, MOST_OUTCOMES, false, (more) => `${more} more`);
  const types = prior.kind === "independent" ? "independent types" : "correlated types (a joint prior)";
  const parameters = Object.entries(Object(family?.parameters)).map(
    ([name, value]) => `${name} ${JSON.stringify(value)}`,
  );
  return [
    ...(description === "" ? [] : folded(description, width, "  ")),
    ...(family ? folded(`Family ${family.name}: ${parameters.join(", ")}`, width, "  ", 4) : []),
    ...folded(
      `${listed.join(", ")}; ${plural(outcomes.length, "outcome")}; ${types}; ${plural(profiles.count, "profile")}`,
      width,
      "  ",
    ),
  ];
}

function agentLines(environment: Environment, layout: Layout, style: Style): string[] {
  const { agents } = environment;
  const shown = layout.all ? agents : agents.slice(0, MOST_AGENTS);
  const lines = shown.flatMap((_, i) => ["", ...agentTable(environment, i, layout, style)]);
  const more = agents.length - shown.length;
  return more > 0 ? [...lines, "", `  … and ${plural(more, "more agent")}; --all shows them`] : lines;
}

/** Types with their probabilities, outside options and values; what depends on the others' types, by profile. */
function agentTable(environment: Environment, i: number, layout: Layout, style: Style): string[] {
  const { agents, outcomes, prior, values, outsideOptions, profiles } = environment;
  const { name, types } = agents[i];
  const isPrivate = !values[i].dependsOnProfile;
  const hasOwnOption = !outsideOptions[i].dependsOnProfile;
  const columns = elided(
    outcomes.map((_, x) => x),
    MOST_OUTCOMES,
    layout.all,
    () => -1,
  );
  const outcomeHeadings = columns.map((x) => (x < 0 ? "…" : outcomes[x]));
  const valuesAt = (s: number) => columns.map((x) => (x < 0 ? "…" : cell(environment.value(i, x, s))));
  const row = (a: number) => {
    if (a < 0) return ["…", "", ...(hasOwnOption ? [""] : []), ...(isPrivate ? columns.map(() => "") : [])];
    const s = a * profiles.strides[i];
    const option = hasOwnOption ? [cell(environment.outsideOption(i, s))] : [];
    return [types[a], cell(prior.marginals[i].at(a)), ...option, ...(isPrivate ? valuesAt(s) : [])];
  };
  const all = types.map((_, a) => a);
  const rows = elided(all, MOST_TYPES, layout.all, () => -1).map(row);
  const headings = [
    "type",
    "probability",
    ...(hasOwnOption ? ["outside option"] : []),
    ...(isPrivate ? outcomeHeadings : []),
  ];
  const title = isPrivate ? `${name}: values of outcomes, by type` : `${name}: types`;
  const lines = [style.bold(title), ...textTable(headings, rows, { width: layout.width })];
  if (rows.length < types.length || columns.length < outcomes.length) lines.push("  --all shows all of them");
  if (!isPrivate) {
    lines.push("", style.bold(`${name}: values of outcomes, by profile`));
    lines.push(...profileTable(environment, outcomeHeadings, valuesAt, layout));
  }
  if (!hasOwnOption) {
    lines.push("", style.bold(`${name}: outside option, by profile`));
    const option = (s: number) => cell(environment.outsideOption(i, s));
    lines.push(...profileTable(environment, "outside option", option, layout));
  }
  return lines;
}

function priorLines(environment: Environment, layout: Layout, style: Style): string[] {
  const { prior } = environment;
  if (prior.kind === "independent") return [];
  const probability = (s: number) => cell(prior.probability(s));
  return [
    "",
    style.bold("probability of each profile"),
    ...profileTable(environment, "probability", probability, layout),
  ];
}

function costLines(environment: Environment, layout: Layout, style: Style): string[] {
  const { costs, outcomes } = environment;
  const { numerators } = costs.entries;
  if (!costs.dependsOnProfile) {
    const own = outcomes.map((_, x) => environment.cost(x, 0));
    if (own.every((cost) => cost.isZero)) return ["", "  No outcome has a resource cost."];
    const rows = elided(
      outcomes.map((label, x) => [label, cell(own[x])]),
      MOST_TYPES,
      layout.all,
      () => ["…", ""],
    );
    return [
      "",
      style.bold("resource costs, to be covered by payments"),
      ...textTable(["outcome", "cost"], rows, { width: layout.width }),
    ];
  }
  if (numerators.length === 0) return [];
  return [
    "",
    style.bold("resource costs, to be covered by payments, by profile"),
    ...profileTable(
      environment,
      outcomes,
      (s) => outcomes.map((_, x) => cell(environment.cost(x, s))),
      layout,
    ),
  ];
}

/** `trade`, `no trade or trade`, `to bidder 1 or 9 others`. */
function anyOf(outcomes: readonly number[], labels: readonly string[]): string {
  const shown = outcomes.length > 3 ? outcomes.slice(0, 1) : outcomes;
  const more = outcomes.length - shown.length;
  return [...shown.map((x) => labels[x]), ...(more > 0 ? [`${more} others`] : [])].join(" or ");
}

/** How often which outcomes are efficient, where profiles are few enough to be counted. */
function chanceLines(environment: Environment, layout: Layout, style: Style): string[] {
  const chances = efficientChances(environment, layout.all);
  if (!chances) return [];
  const rows = chances.map(({ outcomes, profiles, probability }) => [
    anyOf(outcomes, environment.outcomes),
    countText(profiles),
    cell(probability),
  ]);
  const shown = elided(rows, MOST_TYPES, layout.all, () => ["…", "", ""]);
  return [
    "",
    style.bold("how often which outcomes are efficient"),
    ...textTable(["efficient", "profiles", "probability"], shown, { width: layout.width }),
  ];
}

function gainsLines(environment: Environment, { all, width }: Layout): string[] {
  const gains = knownGains(environment, all);
  const what = "expected gains of full efficiency, beyond outside options";
  const found = gains
    ? numberText(gains)
    : `--all works them out, over ${countText(environment.profiles.count)} profiles`;
  return folded(`${what}: ${found}`, width, "  ", 4);
}

/** Everything, or the first and the last ones where there are many. */
function elided<T>(
  all: readonly T[],
  most: number,
  whole: boolean,
  between: (left: number) => T,
): readonly T[] {
  if (whole || all.length <= most) return all;
  const half = most / 2;
  return [...all.slice(0, half), between(all.length - most), ...all.slice(-half)];
}

/** Longer numbers are rounded, and say so. */
const LONGEST = 10;

function cell(value: Rational): string {
  const exact = decimalOrFraction(value);
  return exact.length <= LONGEST ? exact : decimalText(value);
}
