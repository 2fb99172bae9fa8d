import { efficientOutcomes } from "../environment/efficiency.js";
import type { Environment } from "../environment/environment.js";
import { type AllocationRule, certain, type Lottery } from "../environment/lottery.js";
import { InputError } from "../fault/input-error.js";
import { documentText } from "../json/document-text.js";
import { countText } from "../number/count-text.js";
import { labelsText } from "./written-table.js";

/** How a skeleton is laid out: a row for each profile, or a rule and payments by own type. */
export const skeletonForms = ["profiles", "parts"] as const;
export type SkeletonForm = (typeof skeletonForms)[number];

/** Where nothing else is said, profiles are written out up to so many. */
const FEW_PROFILES = 100;
/** Nobody fills in more. */
const MOST_PROFILES = 100_000;
/** A payment for each own type is written out up to so many types of all agents together. */
const MOST_TYPES = 200;

/** What a mechanism is for: an instance by its name, and its own rule where it asks for that. */
export interface SkeletonSubject {
  readonly name: string;
  readonly own?: AllocationRule | undefined;
}

/**
 * The text of a mechanism file to fill in, which `check` takes at once: the efficient rule, ties to the first outcome (broken evenly
 * where there are many profiles), or the instance's own; and nobody pays anything. Throws InputError for more profiles than anybody fills in.
 */
export function skeletonText(
  environment: Environment,
  { name, own }: SkeletonSubject,
  schema: string,
  form: SkeletonForm = environment.profiles.count > FEW_PROFILES ? "parts" : "profiles",
): string {
  const { count } = environment.profiles;
  if (form === "profiles" && count > MOST_PROFILES) {
    throw new InputError(
      "",
      `a row for each of ${countText(count)} profiles`,
      `at most ${countText(MOST_PROFILES)}`,
    );
  }
  const content = form === "profiles" ? byProfiles(environment, own) : byParts(environment, own);
  const head = {
    $schema: schema,
    description: `A mechanism for ${name}: ${own ? "its own rule" : "efficient"}, and nobody pays anything yet.`,
    instance: name,
  };
  return `${documentText({ ...head, ...content })}\n`;
}

const SIGN = "From an agent to the designer: what an agent receives is a negative payment.";

function byProfiles(environment: Environment, own: AllocationRule | undefined): object {
  const rule = own ?? ((s) => certain(efficientOutcomes(environment, s)[0]));
  const { agents, outcomes, profiles } = environment;
  const order = `in the order ${agents.map(({ name }) => name).join(", ")}`;
  return {
    profiles: Array.from({ length: profiles.count }, (_, s) => ({
      types: profiles.typesOf(s).map((type, i) => environment.typeLabel(i, type)),
      outcome: outcomeText(rule(s), outcomes),
      payments: agents.map(() => 0),
    })),
    $comment: {
      profiles: `Every profile once, in any order of the rows; types and payments ${order}.`,
      outcome: `One of ${labelsText(outcomes)}; or probabilities by outcome, as ${JSON.stringify(lotteryExample(outcomes))}.`,
      payments: SIGN,
      subsidy: "May be added to a row: outside money that enters the budget there.",
    },
  };
}

/** A label, or probabilities by label. */
function outcomeText(lottery: Lottery, outcomes: readonly string[]): string | object {
  if (lottery.length === 1) return outcomes[lottery[0].outcome];
  return Object.fromEntries(lottery.map(({ outcome, probability }) => [outcomes[outcome], `${probability}`]));
}

function lotteryExample(outcomes: readonly string[]): object {
  const few = outcomes.slice(0, 2);
  return Object.fromEntries(few.map((label) => [label, few.length === 1 ? 1 : "1/2"]));
}

function byParts({ agents, outcomes, profiles }: Environment, own: AllocationRule | undefined): object {
  const isSmall = agents.reduce((sum, { types }) => sum + types.length, 0) <= MOST_TYPES;
  const zeros = (labels: readonly string[]) => Object.fromEntries(labels.map((label) => [label, 0]));
  return {
    // Where nobody could list the profiles, agents who are alike are treated alike.
    ...(own
      ? { rule: "given" }
      : { rule: "efficient", ties: profiles.count > MOST_PROFILES ? "uniform" : "first" }),
    payments: isSmall
      ? Object.fromEntries(agents.map(({ name, types }) => [name, { byType: zeros(types) }]))
      : "zero",
    outsideMoney: 0,
    $comment: {
      rule:
        'efficient | given (the instance\'s own) | {"always": OUTCOME} | {"byProfile": [[OUTCOME, ...], ...]}, lists within lists, a level ' +
        `for each agent; in place of lists there may be objects by the types' labels. OUTCOME: one of ${labelsText(outcomes)}; ` +
        `or probabilities, as ${JSON.stringify(lotteryExample(outcomes))}.`,
      ties: "first | last | uniform: which of equally efficient outcomes. Leave it out for any other rule.",
      payments:
        `${SIGN} "zero", or for each agent "zero" | an amount | {"byType": ...} | {"byOutcome": ...} | {"byProfile": ...}, ` +
        "each a list, or an object by labels.",
      outsideMoney: 'An amount | "missing": what payments leave uncovered of the cost | {"byProfile": ...}.',
    },
  };
}
