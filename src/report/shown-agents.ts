import { listed } from "../description/gains-in-words.js";
import { Rational } from "../number/rational.js";
import type { AgentView, OutcomeClass, TypeView } from "./mechanism-view.js";

/** With more outcomes than this each is not shown by itself. */
export const MOST_CLASSES = 8;

/** Agents of whom every type expects the same, together. */
export function alikeAgents(agents: readonly AgentView[]): AgentView[][] {
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

/** Who expects the same as the first of them: of the same outcomes, or each of its own. */
export function sameText(first: AgentView, others: readonly AgentView[]): string {
  const labels = ({ classes }: AgentView) =>
    shownClasses(classes)
      .map(([heading]) => heading)
      .join();
  const names = others.map(({ name }) => name);
  const [verb, each] = names.length > 1 ? ["expect", ", each"] : ["expects", ","];
  const own = others.every((other) => labels(other) === labels(first)) ? "" : `${each} of its own outcomes`;
  return `${listed(names)} ${verb} the same${own}.`;
}

/** The classes that have a column, with its heading and their place; of two one says everything. */
export function shownClasses(classes: readonly OutcomeClass[]): [heading: string, place: number][] {
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
