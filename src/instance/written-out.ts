import type { Environment, TableSpecification } from "../environment/environment.js";
import type { AllocationRule, Lottery } from "../environment/lottery.js";
import { listText } from "../json/list-text.js";
import { gcd, Rational } from "../number/rational.js";
import type { RationalVector } from "../number/rational-vector.js";
import { wholeNumberText } from "../number/vector-file.js";
import type { Question } from "../question/question.js";
import { questionJson } from "../question/question-file.js";
import { SIGNS } from "./signs.js";
import { writtenNumber } from "./written-number.js";

/** What is written beside the environment. */
export interface WrittenInstance {
  readonly environment: Environment;
  readonly givenRule?: AllocationRule | undefined;
  readonly name: string;
  readonly description: string;
  readonly question: Partial<Question>;
}

const NOTES = {
  numbers: 'Exact: 0.1 is one tenth, "1/3" is a third.',
  weights: "How likely, in any unit: where one is changed, the others keep their proportions.",
  values: SIGNS,
};

/**
 * An instance file with every number of the environment, in pieces: the same environment, with the same digest. Probabilities are
 * weights, so that one of them can be changed.
 */
export function* instanceText(instance: WrittenInstance, schema?: string): Iterable<string> {
  const { environment, givenRule, name, description, question } = instance;
  const { agents, outcomes, prior, cost } = environment.specification;
  const { sizes, count } = environment.profiles;
  yield "{\n";
  if (schema !== undefined) yield `  "$schema": ${JSON.stringify(schema)},\n`;
  yield `  "name": ${JSON.stringify(name)},\n`;
  if (description !== "") yield `  "description": ${JSON.stringify(description)},\n`;
  const asked = Object.entries(questionJson(question)).map(
    ([part, value]) => `${JSON.stringify(part)}: ${JSON.stringify(value)}`,
  );
  if (asked.length > 0) yield `  "question": { ${asked.join(", ")} },\n`;
  yield '  "agents": [';
  for (const [i, { name, types, values, outsideOption }] of agents.entries()) {
    yield `${i > 0 ? "," : ""}\n    {\n      "name": ${JSON.stringify(name)},\n      "types": `;
    yield* listText(labels(types), "      ");
    yield ",\n";
    if (prior.kind === "independent") {
      yield '      "weights": ';
      yield* lists([types.length], weights(prior.marginals[i]), "      ");
      yield ",\n";
    }
    yield '      "values": ';
    yield* table(
      values,
      {
        "type-outcome": [types.length, outcomes.length],
        "profile-outcome": [...sizes, outcomes.length],
      },
      "      ",
    );
    if (outsideOption) {
      yield ',\n      "outsideOption": ';
      yield* table(outsideOption, { constant: [], type: [types.length], profile: sizes }, "      ");
    }
    yield "\n    }";
  }
  yield '\n  ],\n  "outcomes": ';
  yield* listText(labels(outcomes), "  ");
  if (prior.kind === "joint") {
    yield ',\n  "prior": { "weights": ';
    yield* lists(sizes, weights(prior.table), "  ");
    yield " }";
  }
  if (cost) {
    yield ',\n  "cost": ';
    yield* table(
      cost,
      {
        constant: [],
        outcome: [outcomes.length],
        profile: sizes,
        "profile-outcome": [...sizes, outcomes.length],
      },
      "  ",
    );
  }
  if (givenRule) {
    yield ',\n  "allocation": ';
    yield* lists(sizes, (s) => lotteryText(givenRule(s), outcomes), "  ", 0, count);
  }
  yield ',\n  "$comment": {\n';
  yield Object.entries(NOTES)
    .map(([about, note]) => `    "${about}": ${JSON.stringify(note)}`)
    .join(",\n");
  yield "\n  }\n}\n";
}

function* labels(all: readonly string[]): Iterable<string> {
  for (const label of all) yield JSON.stringify(label);
}

/** Probabilities as the smallest whole numbers in their proportions. */
function weights(vector: RationalVector): (k: number) => string {
  let common = 0n;
  for (let k = 0; k < vector.length && common !== 1n; k++) common = gcd(common, vector.numeratorAt(k));
  return (k) => wholeNumberText(vector.numeratorAt(k) / common);
}

/** A number, or lists within lists under the word for what they depend on. */
function* table<Shape extends string>(
  { shape, entries }: TableSpecification<never> | { readonly shape: Shape; readonly entries: RationalVector },
  levels: Readonly<Record<Shape, readonly number[]>>,
  indent: string,
): Iterable<string> {
  const own = levels[shape as Shape];
  const number = (k: number) => numberText(entries.at(k));
  if (own.length === 0) {
    yield number(0);
    return;
  }
  const word = shape.startsWith("profile") ? "byProfile" : shape === "outcome" ? "byOutcome" : "byType";
  yield `{ "${word}": `;
  yield* lists(own, number, indent);
  yield " }";
}

/** A number as JSON text. */
function numberText(value: Rational): string {
  return JSON.stringify(writtenNumber(value));
}

/** Entries `from` to `to` as lists within lists, the last level on a line of its own. */
function* lists(
  levels: readonly number[],
  text: (k: number) => string,
  indent: string,
  from = 0,
  to = levels.reduce((product, length) => product * length, 1),
): Iterable<string> {
  const [length, ...inner] = levels;
  if (inner.length === 0) {
    yield* listText(range(from, to, text), indent);
    return;
  }
  const step = (to - from) / length;
  for (let k = 0; k < length; k++) {
    yield `${k > 0 ? "," : "["}\n${indent}  `;
    yield* lists(inner, text, `${indent}  `, from + k * step, from + (k + 1) * step);
  }
  yield `\n${indent}]`;
}

function* range(from: number, to: number, text: (k: number) => string): Iterable<string> {
  for (let k = from; k < to; k++) yield text(k);
}

function lotteryText(lottery: Lottery, outcomes: readonly string[]): string {
  const [{ outcome, probability }] = lottery;
  if (lottery.length === 1 && probability.equals(Rational.ONE)) return JSON.stringify(outcomes[outcome]);
  const chances = lottery.map(
    (entry) => `${JSON.stringify(outcomes[entry.outcome])}: ${numberText(entry.probability)}`,
  );
  return `{ ${chances.join(", ")} }`;
}
