import { describe, expect, test } from "vitest";
import { bilateralTrade, correlatedPair, publicGood } from "../../models/index.js";
import { answerFileText, readAnswerFile } from "../../src/certificate/answer-file.js";
import { knownSoFar } from "../../src/cli/known-so-far.js";
import { type Design, designFor } from "../../src/design.js";
import { gains } from "../../src/environment/efficiency.js";
import type { Environment } from "../../src/environment/environment.js";
import { parseExactJson } from "../../src/instance/exact-json.js";
import { type Judgement, judge } from "../../src/kernel/judgement.js";
import { StructuredMechanism } from "../../src/mechanism/structured-mechanism.js";
import { Rational } from "../../src/number/rational.js";
import { RationalVector } from "../../src/number/rational-vector.js";
import { asked, type Problem, posed } from "../../src/question/problem.js";
import { choices, type Question } from "../../src/question/question.js";
import { explanationText } from "../../src/report/explanation-text.js";
import { proofSum } from "../../src/report/proof-sum.js";
import { questionText } from "../../src/report/question-text.js";
import { optimumLabel, proofText, verdictText } from "../../src/report/verdict-text.js";
import { randomEnvironment, randomRule } from "../generator/random-environment.js";

/** Every combination of choices, with one instance and one set of parameters after the other. */
const grid = { points: 2 };
const instances: readonly [Environment, ReturnType<typeof randomRule> | undefined][] = [
  bilateralTrade({ buyer: grid, seller: grid }).environment,
  correlatedPair({ situation: "trade", grid, correlation: "1/4" }).environment,
  publicGood({ agents: 2, grid, cost: "3/4" }).environment,
  ...[3, 11, 12].map((seed) => randomEnvironment(seed, { agents: [2, 2], types: [2, 3], outcomes: [2, 3] })),
].map((environment, seed) => [environment, randomRule(environment, seed + 1)]);

const besides = (environment: Environment): readonly Question["parameters"][] => [
  undefined,
  { neverPaid: "all" },
  { paymentCaps: "1/4" },
  undefined,
  { icSlack: "1/8" },
  { paymentCaps: { [environment.agents[0].name]: "1/2" }, neverPaid: [environment.agents[1].name] },
  undefined,
];

function* problems(): Iterable<Problem> {
  let k = 0;
  for (const objective of choices.objective)
    for (const ic of choices.ic)
      for (const ir of choices.ir)
        for (const budget of choices.budget)
          for (const balance of choices.balance)
            for (const allocation of choices.allocation) {
              const [environment, rule] = instances[k % instances.length];
              const parameters = besides(environment)[k % 7];
              const ties = choices.ties[k % 5 === 0 ? k % 4 : 0];
              k++;
              const question = { objective, ic, ir, budget, balance, allocation, ties, parameters };
              yield posed(environment, question, rule);
            }
}

/** What is true of a question, found out without the sentences. */
interface Truth {
  readonly exists: boolean;
  /** Of the objective; undefined where there is none, or no bound. */
  readonly optimum: Rational | undefined;
  readonly hasBound: boolean;
  /** The least expected outside money, where a mechanism exists with any. */
  readonly price: Rational | undefined;
}

const solve = (problem: Problem) => designFor(problem, { formulation: "direct" });

async function truthOf(problem: Problem, found: Design): Promise<Truth> {
  const isPriced = problem.question.objective === "min-subsidy";
  const priced = isPriced ? found : await solve(asked(problem, { objective: "min-subsidy" }));
  const { mechanism } = found;
  return {
    exists: !found.infeasible,
    optimum: mechanism && !found.unbounded ? attainedBy(problem, mechanism) : undefined,
    hasBound: !mechanism || !canBeRaised(problem, mechanism),
    price: priced.mechanism && attainedBy(asked(problem, { objective: "min-subsidy" }), priced.mechanism),
  };
}

/** The objective of a mechanism, profile by profile. */
function attainedBy({ environment, question }: Problem, mechanism: StructuredMechanism): Rational {
  const all = Array.from({ length: environment.profiles.count }, (_, s) => s);
  const expected = (of: (s: number) => Rational) =>
    Rational.sum(all.map((s) => environment.prior.probability(s).multiply(of(s))));
  const over = (s: number, of: (x: number) => Rational) =>
    Rational.sum(mechanism.lottery(s).map(({ outcome, probability }) => probability.multiply(of(outcome))));
  switch (question.objective) {
    case "feasibility":
      return Rational.ZERO;
    case "min-subsidy":
      return expected((s) => mechanism.subsidy(s));
    case "min-worst-subsidy":
      return all.map((s) => mechanism.subsidy(s)).reduce(Rational.maximum);
    case "max-gains":
      return expected((s) => over(s, (x) => gains(environment, x, s)));
    case "max-surplus":
      return expected((s) =>
        Rational.sum(environment.agents.map((_, i) => mechanism.payment(i, s))).subtract(
          over(s, (x) => environment.cost(x, s)),
        ),
      );
  }
}

/** Whether some agent can be charged more everywhere, and the requirements are still met. */
function canBeRaised(problem: Problem, mechanism: StructuredMechanism): boolean {
  if (problem.question.objective !== "max-surplus") return false;
  const { environment } = problem;
  const all = Array.from({ length: environment.profiles.count }, (_, s) => s);
  return environment.agents.some((_, raised) => {
    const payments = environment.agents.map((_agent, i) => ({
      kind: "table" as const,
      amounts: RationalVector.from(
        all.map((s) => mechanism.payment(i, s).add(i === raised ? Rational.of(1000) : Rational.ZERO)),
      ),
    }));
    const { rule, money, given } = mechanism;
    const more = new StructuredMechanism(environment, { alike: false, rule, payments, money }, given);
    return judge(problem, more, undefined).findings.every(({ holds }) => holds);
  });
}

/** What a clause says, wherever it is found. */
const meanings: readonly [
  clause: RegExp,
  holds: (truth: Truth, problem: Problem, found: RegExpExecArray) => boolean,
][] = [
  [
    /expected (?:gains|surplus) <= (-?[\d/]+)/,
    ({ exists, optimum }, _problem, [, to]) => !exists || within(optimum, undefined, to),
  ],
  [
    /needs at least (-?[\d/]+)/,
    ({ exists, optimum }, _problem, [, from]) => !exists || within(optimum, from),
  ],
  [/^ {2}0 <= (-?[\d/]+)/, (_truth, _problem, [, total]) => fraction(total).sign < 0],
  [/So no mechanism meets|whatever the payments/, ({ exists }) => !exists],
  [
    /without outside money\.$|No mechanism does better, for outside/,
    ({ price }, { question }) => question.budget !== "none" && price?.isZero === true,
  ],
  [
    /expected (?:gains|surplus) (?:of|above) (-?[\d/]+)/,
    ({ optimum }, _problem, [, value]) => !optimum || optimum.equals(fraction(value)),
  ],
  [
    /with (-?[\d/]+)(?: [=≈] \S+)? of outside money in expectation/,
    ({ optimum }, _problem, [, value]) => optimum?.equals(fraction(value)) === true,
  ],
  [/^IMPOSSIBLE: no mechanism meets/, ({ exists }) => !exists],
  [/^POSSIBLE: such a mechanism exists/, ({ exists }) => exists],
  [/such mechanisms exist[;,]/, ({ exists }) => exists],
  [/such mechanisms exist with outside money/, ({ price }) => price !== undefined],
  [/such mechanisms are known|such a mechanism is known/, ({ exists }) => exists],
  [/no mechanism meets the requirements/, ({ exists }) => !exists],
  [
    /without any outside money|, without outside money\./,
    ({ price }, { question }) => question.budget !== "none" && price?.isZero === true,
  ],
  [
    /requirements without outside money;/,
    ({ price }, { question }) => question.budget !== "none" && !price?.isZero,
  ],
  [
    /with any amount of outside money/,
    ({ price }, { question }) => question.budget !== "none" && price === undefined,
  ],
  [/whatever it costs|where its money comes from/, (_, { question }) => question.budget === "none"],
  [/needs outside money/, ({ price }, { question }) => question.budget !== "none" && price?.isZero !== true],
  [
    /payments and outside money cover/,
    (_, { question }) => question.objective.startsWith("min") && question.budget !== "none",
  ],
  [/has no bound|charged more at every profile/, ({ hasBound }) => !hasBound],
  [
    /outside money: at least (-?[\d/]+)/,
    ({ optimum }, _problem, [, bound]) => !optimum || optimum.compare(fraction(bound)) >= 0,
  ],
  [
    /the largest expected (?:gains are|surplus is) (-?[\d/]+)/,
    ({ optimum }, _problem, [, value]) => optimum?.equals(fraction(value)) === true,
  ],
  [
    /lie[s]? between (-?[\d/]+)(?: [=≈] \S+)? and (-?[\d/]+)/,
    ({ optimum }, _problem, [, from, to]) => within(optimum, from, to),
  ],
  [/lie[s]? at or above (-?[\d/]+)/, ({ optimum }, _problem, [, from]) => within(optimum, from)],
  [
    /at most (-?[\d/]+)/,
    ({ exists, optimum }, _problem, [, to]) => !exists || within(optimum, undefined, to),
  ],
  [
    /the optimum is (-?[\d/]+)/,
    ({ optimum }, _problem, [, value]) => optimum?.equals(fraction(value)) === true,
  ],
  [
    /the optimum is at least (-?[\d/]+)/,
    ({ optimum, hasBound }, _problem, [, from]) => !hasBound || within(optimum, from),
  ],
  [
    /the optimum, if there is such a mechanism, is at least (-?[\d/]+)/,
    ({ exists, optimum }, _problem, [, from]) => !exists || within(optimum, from),
  ],
];

function fraction(text: string): Rational {
  const [numerator, denominator = "1"] = text.split("/");
  return Rational.of(BigInt(numerator), BigInt(denominator));
}

function within(optimum: Rational | undefined, from?: string, to?: string): boolean {
  if (!optimum) return false;
  return (!from || optimum.compare(fraction(from)) >= 0) && (!to || optimum.compare(fraction(to)) <= 0);
}

/** A sentence without its figures. */
function shape(text: string): string {
  return text.replace(/-?\d+(?:\/\d+)?(?: [=≈] -?\d+(?:\.\d+)?(?:e-?\d+)?)?/g, "#");
}

/** What is said of a question where all is known, where only a mechanism or only multipliers are, and where nothing is. */
function* judgements(problem: Problem, { mechanism, multipliers }: Design): Iterable<[string, Judgement]> {
  yield ["all", judge(problem, mechanism, multipliers)];
  if (mechanism) yield ["mechanism", judge(problem, mechanism, undefined)];
  if (multipliers) yield ["multipliers", judge(problem, undefined, multipliers)];
  yield ["nothing", judge(problem, undefined, undefined)];
}

describe("whatever is said of any question is true of a small instance", () => {
  test("verdicts, proofs, questions and what is known so far, sentence by sentence", {
    timeout: 600_000,
  }, async () => {
    const said = new Map<string, { count: number; example: string }>();
    const clauses = new Map<RegExp, number>();
    let count = 0;
    for (const problem of problems()) {
      const design = await solve(problem);
      const truth = await truthOf(problem, design);
      const label = JSON.stringify({ name: problem.environment.name, ...problem.question });
      count++;
      const say = (kind: string, text: string) => {
        for (const [clause, holds] of meanings) {
          const found = clause.exec(text);
          if (!found) continue;
          clauses.set(clause, (clauses.get(clause) ?? 0) + 1);
          expect(holds(truth, problem, found), `${label} says: ${text}`).toBe(true);
        }
        const key = `${kind}  ${shape(text)}`;
        const before = said.get(key);
        said.set(key, { count: (before?.count ?? 0) + 1, example: before?.example ?? flags(problem) });
      };
      for (const [part, judgement] of judgements(problem, design)) {
        const { word, sentence } = verdictText(problem.question, judgement);
        say("verdict ", `${word}: ${sentence}`);
        const { multipliers } = part === "all" ? design : { multipliers: undefined };
        say(
          "proof   ",
          proofText(problem.question, { ...judgement, ...(multipliers && { multipliers }) }, "the reason"),
        );
        say("so far  ", knownSoFar(problem.question, judgement).words);
      }
      for (const line of explanationLines(problem, design)) say("explain ", line);
      for (const line of questionText(problem.question)) say("question", line);
      say("label   ", optimumLabel(problem.question) ?? "(no figure)");
    }
    expect(count).toBe(5 * 4 * 4 * 3 * 2 * 3);
    for (const [clause] of meanings) expect(clauses.get(clause) ?? 0, String(clause)).toBeGreaterThan(0);
    const table = [...said]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([text, { example }]) => `${text}\n            first by: ${example}`);
    await expect(`${table.join("\n")}\n`).toMatchFileSnapshot("sentences.txt");
  });
});

/** What `explain` says beside the verdict and the list of inequalities. */
function explanationLines(problem: Problem, design: Design): string[] {
  const text = [...answerFileText(design, { name: "the instance", digest: "abc" })].join("");
  const file = readAnswerFile(parseExactJson(text, ""));
  const sum = design.multipliers && proofSum(problem, design.multipliers);
  return [explanationText(file), explanationText(file, { most: 3, ...(sum && { sum }) })]
    .flatMap((explanation) => explanation.split("\n").slice(questionText(problem.question).length + 4))
    .filter((line) => /^[A-Z`a-z]|^ {2}(?:0 <=|expected|So )/.test(line));
}

function flags({ environment, question }: Problem): string {
  const { parameters, ...parts } = question;
  const asked = Object.entries(parts).map(([part, choice]) => `--${part} ${choice}`);
  const more = Object.entries(parameters ?? {}).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return [environment.name, ...asked, ...more].join(" ");
}
