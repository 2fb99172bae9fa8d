import type { Environment } from "../environment/environment.js";
import type { AllocationRule } from "../environment/lottery.js";
import { countText, plural } from "../number/count-text.js";
import { isZero } from "../number/integer.js";
import type { Rational } from "../number/rational.js";
import { Rules } from "../space/choices.js";
import type { Rule } from "../space/rule.js";
import { Space } from "../space/space.js";
import { BestOutcome } from "./best-outcome.js";
import type { Form } from "./form.js";
import { OneAgent } from "./one-agent.js";
import { OwnThresholds } from "./own-thresholds.js";
import { prizesOf } from "./prizes.js";
import { RuleCensus } from "./rule-census.js";
import { Threshold } from "./threshold.js";

/** A rule where it is in force. */
export interface RuleInForce {
  readonly environment: Environment;
  readonly rule: Rule;
  readonly alike: boolean;
  readonly given?: AllocationRule | undefined;
}

export interface DescribedRule {
  /** What the rule does at every profile, in sentences; none where nothing simple is exactly true of it. */
  readonly words: readonly string[];
  /** At how many profiles nothing is chosen for sure. */
  readonly lotteries: number;
  readonly profiles: number;
  /** By outcome: how likely it is chosen. */
  readonly chances: readonly Rational[];
}

/** More profiles, or orbits, are not looked at for words alone. */
const MOST_PLACES = 4_000_000;
/** With more outcomes than this each is not tried in turn as the one that is chosen otherwise. */
const MOST_OUTCOMES = 40;

/**
 * What a rule does, as far as it is simple: found from outcomes, values and the rule alone, and true of the rule at every profile. Undefined
 * where there are too many profiles to look at.
 */
export function describedRule(inForce: RuleInForce): DescribedRule | undefined {
  const { environment, rule, given, alike } = inForce;
  const space = new Space(environment, alike);
  if (space.count > MOST_PLACES) return undefined;
  const choices = new Rules(space, given).choices(rule);
  const census = new RuleCensus(space);
  const forms = formsFor(space);
  space.rows((row) => {
    choices.fill(row);
    census.add(row, choices);
    for (const form of forms) if (!form.refuted) form.add(row, choices);
  });
  const chances = census.chances();
  const { lotteries } = census;
  const profiles = environment.profiles.count;
  const words = constantWords(space, census) ?? formWords(space, choices, forms) ?? [];
  return { words: [...words, ...lotteryWords(lotteries, profiles)], lotteries, profiles, chances };
}

function formWords(
  space: Space,
  choices: ReturnType<Rules["choices"]>,
  forms: readonly Form[],
): readonly string[] | undefined {
  const found = firstWords(forms);
  if (found) return found;
  const again = forms.filter((form) => form.again?.());
  if (again.length === 0) return undefined;
  space.rows((row) => {
    choices.fill(row);
    for (const form of again) form.add(row, choices);
  });
  return firstWords(again);
}

function firstWords(forms: readonly Form[]): readonly string[] | undefined {
  for (const form of forms) {
    const words = form.words();
    if (words) return words;
  }
  return undefined;
}

/** The shapes that are tried, those that say most first. */
function formsFor(space: Space): Form[] {
  const { environment, exchange } = space;
  const { outcomes, hasPrivateValues } = environment;
  if (outcomes.length < 2) return [];
  const stays = (x: number) => !exchange || exchange.swaps.every((swap) => swap[x] === x);
  const best = [undefined, ...(outcomes.length <= MOST_OUTCOMES ? outcomes.map((_, x) => x) : [])]
    .filter((x) => x === undefined || stays(x))
    .map((x) => new BestOutcome(space, x));
  const one = space.alike ? [] : environment.agents.map((_, agent) => new OneAgent(space, agent));
  if (outcomes.length > 2) return [...best, ...one];
  if (!stays(0)) return [best[0]];
  const lower = statusQuo(environment);
  const upper = 1 - lower;
  const threshold = new Threshold(space, upper, lower);
  const own = hasPrivateValues
    ? [new OwnThresholds(space, upper, lower), new OwnThresholds(space, lower, upper)]
    : [];
  // Those that want a second look come first, as they say more than what is settled with the first one.
  return prizesOf(environment, undefined)
    ? [best[0], ...own, threshold, ...one]
    : [...own, threshold, ...one, best[0]];
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
