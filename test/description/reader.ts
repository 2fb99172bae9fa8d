import type { Environment } from "../../src/environment/environment.js";
import { Rational } from "../../src/number/rational.js";
import { toRational } from "../../src/number/rational-text.js";

/** What a sentence says is chosen at a profile: an outcome, or nothing for certain; undefined where it says nothing of it. */
export type Said = (profile: number) => string | "open" | undefined;

/**
 * Reads a sentence such as `trade where buyer's value exceeds seller's cost by at least 2/9; no trade where the difference is at
 * most 1/9.` as a reader would, with nothing but the environment at hand. Throws where it does not understand.
 */
export function reading(environment: Environment, sentence: string): Said {
  const clauses = sentence.replace(/\.$/, "").split("; ");
  const outcomes = environment.outcomes;
  let quantity: ((profile: number) => Rational) | undefined;
  const conditions = clauses.map((clause, k) => {
    const [, what, where] = /^(?:(.+?) )?where (.+)$/.exec(clause) ?? fail(clause);
    const other = outcomes.find((label) => label !== what)!;
    const upper = outcomes.indexOf(what);
    const named = k === 0 ? quantityOf(environment, where, upper, outcomes.indexOf(other)) : undefined;
    quantity ??= named?.quantity;
    const holds = named?.holds ?? comparison(where.replace(/^(the difference is|it is|they sum to) /, ""));
    return { what: outcomes.includes(what) ? what : "open", holds };
  });
  return (profile) => {
    const applying = conditions.filter(({ holds }) => holds(quantity!(profile)));
    if (applying.length > 1) throw new Error(`two clauses apply: ${sentence}`);
    return applying[0]?.what;
  };
}

function quantityOf(environment: Environment, words: string, upper: number, lower: number) {
  const { agents, agentCount } = environment;
  const gain = (s: number, i: number) =>
    environment.value(i, upper, s).subtract(environment.value(i, lower, s));
  const all = agents.map((_, i) => i);
  const members = (names: string) => names.split(/, | and /).map((name) => index(environment, name));
  const sum = (who: readonly number[]) => (s: number) => Rational.sum(who.map((i) => gain(s, i)));
  const together = /^what (.+) is worth beyond (.+) to all agents together(, less its cost,)? is (.+)$/.exec(
    words,
  );
  if (together) {
    const quantity = (s: number) =>
      together[3]
        ? sum(all)(s).subtract(environment.cost(upper, s)).add(environment.cost(lower, s))
        : sum(all)(s);
    return { quantity, holds: comparison(together[4]) };
  }
  const who = "(?:the agents' (?:value|cost)s|the (?:value|cost)s of [a-z, ]+?|[a-z]+'s (?:value|cost))";
  const [, first, less, exceeds, rest] =
    new RegExp(`^(${who})(?: less (${who})| exceeds (${who})(?: by)?)? ?(.*)$`).exec(words) ?? fail(words);
  const read = (subject: string) => {
    const own = /^([a-z]+)'s/.exec(subject);
    const several = /^the (?:value|cost)s of (.+)$/.exec(subject);
    const set = own ? members(own[1]) : several ? members(several[1]) : all;
    // A cost is what is lost.
    return (s: number) => (subject.includes("cost") ? sum(set)(s).negate() : sum(set)(s));
  };
  const atLeastCost = /^is at least ([a-z]+)'s cost$/.exec(rest);
  if (atLeastCost) {
    const [value, cost] = [read(first), read(`${atLeastCost[1]}'s cost`)];
    return { quantity: (s: number) => value(s).subtract(cost(s)), holds: comparison("at least 0") };
  }
  if (agentCount === 0) fail(words);
  const second = less ?? exceeds;
  const [one, other] = [read(first), second === undefined ? undefined : read(second)];
  const quantity = (s: number) => (other ? one(s).subtract(other(s)) : one(s));
  return { quantity, holds: comparison(rest === "" ? "more than 0" : rest.replace(/^(is|sum to) /, "")) };
}

function comparison(words: string): (quantity: Rational) => boolean {
  const [, kind, bound, , to] =
    /^(at least|at most|more than|less than|exactly|from) (\S+?)( to (\S+))?( \(.*)?(,.*)?$/.exec(words) ??
    fail(words);
  const than = (quantity: Rational) => quantity.compare(toRational(bound));
  const kinds: Record<string, (quantity: Rational) => boolean> = {
    "at least": (quantity) => than(quantity) >= 0,
    "at most": (quantity) => than(quantity) <= 0,
    "more than": (quantity) => than(quantity) > 0,
    "less than": (quantity) => than(quantity) < 0,
    exactly: (quantity) => than(quantity) === 0,
    from: (quantity) => than(quantity) >= 0 && quantity.compare(toRational(to)) <= 0,
  };
  return kinds[kind];
}

function index({ agents }: Environment, name: string): number {
  const found = agents.findIndex((agent) => agent.name === name);
  return found < 0 ? fail(name) : found;
}

function fail(words: string): never {
  throw new Error(`nobody understands "${words}"`);
}
