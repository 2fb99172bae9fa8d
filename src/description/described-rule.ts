import type { Environment } from "../environment/environment.js";
import type { AllocationRule } from "../environment/lottery.js";
import { countText, plural } from "../number/count-text.js";
import { isZero } from "../number/integer.js";
import type { Rational } from "../number/rational.js";
import { type Choices, Rules } from "../space/choices.js";
import type { Rule } from "../space/rule.js";
import { Scores, WELFARE } from "../space/scores.js";
import { type Row, Space } from "../space/space.js";
import { TIED } from "../space/sure-row.js";
import { BestOutcome } from "./best-outcome.js";
import type { Form } from "./form.js";
import { OneAgent } from "./one-agent.js";
import { OwnThresholds } from "./own-thresholds.js";
import { prizesOf } from "./prizes.js";
import { RuleCensus } from "./rule-census.js";
import { Threshold } from "./threshold.js";
import { weightedForms } from "./weighted.js";

/** A rule where it is in force. */
export interface RuleInForce {
  readonly environment: Environment;
  readonly rule: Rule;
  readonly alike: boolean;
  readonly given?: AllocationRule | undefined;
}

/** A rule in words, and how likely it chooses what. */
export interface DescribedRule {
  /** What the rule does at every profile, in sentences; none where none of the shapes that are tried is its own. */
  readonly words: readonly string[];
  /** At how many profiles nothing is chosen for sure. */
  readonly lotteries: number;
  readonly profiles: number;
  /** By outcome: how likely it is chosen. */
  readonly chances: readonly Rational[];
}

/** More outcomes at all profiles, or orbits, together are not looked at for words alone: that would take longer than a second. */
const MOST_OUTCOMES = 8_000_000;
/** Comparisons of outcomes that may be made to find the one that is chosen otherwise. */
const MOST_COMPARISONS = 50_000_000;

/**
 * What a rule does, as far as it is simple: found from outcomes, values and the rule alone, and true of the rule at every profile. Undefined
 * where there are too many profiles to look at.
 */
export function describedRule(inForce: RuleInForce): DescribedRule | undefined {
  const { environment, rule, given, alike } = inForce;
  const space = new Space(environment, alike);
  if (space.count * environment.outcomes.length > MOST_OUTCOMES) return undefined;
  const choices = new Rules(space, given).choices(rule);
  const census = new RuleCensus(space);
  const { hasThreshold } = new Scores(space, WELFARE);
  let isCounted = false;
  const pass = (forms: readonly Form[]) => {
    space.rows((row) => {
      choices.fill(row);
      if (!isCounted) census.add(row, choices);
      if (forms.length === 0) return;
      const places = hasThreshold ? endsOfRuns(row, choices) : all(row);
      for (const form of forms) if (!form.refuted) form.add(row, choices, places);
    });
    isCounted = true;
  };
  const found = wordsFound(stagesOf(space), pass, () => constantWords(space, census));
  if (!isCounted) pass([]);
  const { lotteries } = census;
  const profiles = environment.profiles.count;
  const words = found ?? constantWords(space, census) ?? [];
  return {
    words: [...words, ...lotteryWords(lotteries, profiles)],
    lotteries,
    profiles,
    chances: census.chances(),
  };
}

function all({ from, to }: Row): number[] {
  const places: number[] = [];
  for (let b = from; b < to; b++) places.push(b);
  return places;
}

/**
 * Both ends of every run, and all that is open. Where what the last agent gains by one of two outcomes never falls, or never rises, from
 * one of its types to the next, what is true of a sum at both ends of a run is true in between.
 */
function endsOfRuns({ from }: Row, { sure, ends }: Choices): number[] {
  const places: number[] = [];
  let start = from;
  for (const end of ends) {
    for (let b = start; b < end; b += sure[b] === TIED || b === end - 1 ? 1 : end - 1 - b) places.push(b);
    start = end;
  }
  return places;
}

/**
 * The words of the first stage in which there are any, unless there is something simpler to say. Who comes again wants a second
 * look, or is left out.
 */
function wordsFound(
  stages: Iterable<readonly Form[]>,
  pass: (forms: readonly Form[]) => void,
  simplest: () => readonly string[] | undefined,
): readonly string[] | undefined {
  const seen = new Set<Form>();
  for (const stage of stages) {
    const forms = stage.filter((form) => !seen.has(form) || form.again?.());
    if (forms.length === 0) continue;
    pass(forms);
    for (const form of forms) seen.add(form);
    const words = simplest() ?? firstWords(forms);
    if (words) return words;
  }
  return undefined;
}

function firstWords(forms: readonly Form[]): readonly string[] | undefined {
  for (const form of forms) {
    const words = form.words();
    if (words) return words;
  }
  return undefined;
}

/** The shapes that are tried, stage by stage, those that say most first. What stands in two stages has two looks. */
function* stagesOf(space: Space): Iterable<readonly Form[]> {
  const { environment, exchange, alike } = space;
  const { outcomes, agents, hasPrivateValues } = environment;
  if (outcomes.length < 2) return;
  const stays = (x: number) => !exchange || exchange.swaps.every((swap) => swap[x] === x);
  const best = (otherwise: number | undefined) => new BestOutcome(space, otherwise);
  const one = () => (alike ? [] : agents.map((_, agent) => new OneAgent(space, agent)));
  if (outcomes.length > 2) {
    yield [best(undefined)];
    yield one();
    if (space.count * outcomes.length ** 2 > MOST_COMPARISONS) return;
    yield outcomes.flatMap((_, x) => (stays(x) ? [best(x)] : []));
    return;
  }
  const isOfPrizes = prizesOf(environment, undefined) !== undefined;
  if (isOfPrizes || !stays(0)) yield [best(undefined)];
  if (!stays(0)) return;
  const lower = statusQuo(environment);
  const upper = 1 - lower;
  const threshold = new Threshold(space, upper, lower);
  yield [threshold];
  const own = hasPrivateValues
    ? [new OwnThresholds(space, upper, lower), new OwnThresholds(space, lower, upper)]
    : [];
  yield [...one(), ...own];
  // Exact forms first: what a threshold says besides leaves some profiles open.
  yield [...own, ...weightedForms(space, upper, lower), threshold];
  if (!isOfPrizes) yield [best(undefined)];
}

/** The outcome that is worth nothing to anybody; the first where there is none. */
function statusQuo({ outcomes, values }: Environment): number {
  const found = outcomes.findIndex((_, x) =>
    values.every(({ entries, outcomeCount }) => {
      for (let k = x; k < entries.length; k += outcomeCount) if (!isZero(entries.numerators[k])) return false;
      return true;
    }),
  );
  return Math.max(found, 0);
}

function constantWords(
  { environment, exchange }: Space,
  { only, lotteries }: RuleCensus,
): readonly string[] | undefined {
  if (only === undefined || lotteries > 0) return undefined;
  if (exchange?.swaps.some((swap) => swap[only] !== only)) return undefined;
  return [`${environment.outcomes[only]} at every profile.`];
}

function lotteryWords(lotteries: number, profiles: number): string[] {
  if (lotteries === 0) return [];
  return [`A lottery at ${countText(lotteries)} of ${plural(profiles, "profile")}.`];
}
