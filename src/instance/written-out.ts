import type { Environment, TableSpecification } from "../environment/environment.js";
import type { AllocationRule, Lottery } from "../environment/lottery.js";
import { Rational } from "../number/rational.js";
import type { RationalVector } from "../number/rational-vector.js";
import type { Question } from "../question/question.js";
import { questionJson } from "../question/question-file.js";

/** What is written beside the environment. */
export interface WrittenInstance {
  readonly environment: Environment;
  readonly givenRule?: AllocationRule | undefined;
  readonly name: string;
  readonly description: string;
  readonly question: Partial<Question>;
}

/** An instance file with every number of the environment, in pieces: the same environment, with the same digest. */
export function* instanceText(instance: WrittenInstance): Iterable<string> {
  const { environment, givenRule, name, description, question } = instance;
  const { agents, outcomes, prior, cost } = environment.specification;
  const { sizes, count } = environment.profiles;
  yield `{\n  "name": ${JSON.stringify(name)},\n`;
  if (description !== "") yield `  "description": ${JSON.stringify(description)},\n`;
  yield `  "question": ${JSON.stringify(questionJson(question))},\n  "agents": [`;
  for (const [i, { name, types, values, outsideOption }] of agents.entries()) {
    yield `${i > 0 ? "," : ""}\n    {\n      "name": ${JSON.stringify(name)},\n      "types": ${JSON.stringify(types)},\n`;
    if (prior.kind === "independent") {
      yield '      "prior": ';
      yield* nested(prior.marginals[i], [types.length]);
      yield ",\n";
    }
    if (outsideOption) {
      yield '      "outsideOption": ';
      yield* table(outsideOption, { constant: [], type: [types.length], profile: sizes });
      yield ",\n";
    }
    yield '      "values": ';
    yield* table(values, {
      "type-outcome": [types.length, outcomes.length],
      "profile-outcome": [...sizes, outcomes.length],
    });
    yield "\n    }";
  }
  yield `\n  ],\n  "outcomes": ${JSON.stringify(outcomes)}`;
  if (prior.kind === "joint") {
    yield ',\n  "prior": { "joint": ';
    yield* nested(prior.table, sizes);
    yield " }";
  }
  if (cost) {
    yield ',\n  "cost": ';
    yield* table(cost, {
      constant: [],
      outcome: [outcomes.length],
      profile: sizes,
      "profile-outcome": [...sizes, outcomes.length],
    });
  }
  if (givenRule) {
    yield ',\n  "allocation": ';
    yield* lists(sizes, 0, count, (s) => lotteryText(givenRule(s), outcomes));
  }
  yield "\n}\n";
}

/** A number, or lists within lists under the word for what they depend on. */
function* table<Shape extends string>(
  { shape, entries }: TableSpecification<never> | { readonly shape: Shape; readonly entries: RationalVector },
  levels: Readonly<Record<Shape, readonly number[]>>,
): Iterable<string> {
  const own = levels[shape as Shape];
  if (own.length === 0) {
    yield `"${entries.at(0)}"`;
    return;
  }
  const word = shape.startsWith("profile") ? "byProfile" : shape === "outcome" ? "byOutcome" : "byType";
  yield `{ "${word}": `;
  yield* nested(entries, own);
  yield " }";
}

function nested(vector: RationalVector, levels: readonly number[]): Iterable<string> {
  return lists(levels, 0, vector.length, (k) => `"${vector.at(k)}"`);
}

/** Entries `from` to `to` as lists within lists, the last level on a line of its own. */
function* lists(
  levels: readonly number[],
  from: number,
  to: number,
  text: (k: number) => string,
): Iterable<string> {
  const [length, ...inner] = levels;
  const step = (to - from) / length;
  yield "[";
  for (let k = 0; k < length; k++) {
    if (k > 0) yield inner.length > 0 ? ",\n" : ", ";
    const start = from + k * step;
    if (inner.length > 0) yield* lists(inner, start, start + step, text);
    else yield text(start);
  }
  yield "]";
}

function lotteryText(lottery: Lottery, outcomes: readonly string[]): string {
  const [{ outcome, probability }] = lottery;
  if (lottery.length === 1 && probability.equals(Rational.ONE)) return JSON.stringify(outcomes[outcome]);
  return JSON.stringify(
    Object.fromEntries(lottery.map((entry) => [outcomes[entry.outcome], `${entry.probability}`])),
  );
}
