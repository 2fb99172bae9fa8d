import { answeredTable } from "../comparison/answered-table.js";
import { dropped } from "../comparison/question-table.js";
import { m1Symmetric } from "../construction/m1-symmetric.js";
import { designFor } from "../design.js";
import type { Environment } from "../environment/environment.js";
import { interimExpectation, interimUtilities, utility } from "../mechanism/interim.js";
import type { Mechanism } from "../mechanism/mechanism.js";
import { Rational } from "../number/rational.js";
import { posed } from "../question/problem.js";
import type { AskedQuestion } from "../question/question.js";
import type { Claim } from "./claim.js";
import { type Example, example } from "./example.js";
import { type Drawn, randomEnvironments } from "./family.js";
import { symmetricGoods } from "./ke-families.js";
import { atEveryType } from "./ke-measures.js";

const separated = example("bilateral-trade", { buyer: { points: 4, from: 2, to: 3 }, seller: { points: 4 } });
const trade = example("bilateral-trade", { buyer: { points: 4 }, seller: { points: 4 } });

const small = randomEnvironments(
  "environments of two agents with two or three types each, independent, private values",
  { agents: [2, 2], types: [2, 3], outcomes: [2, 3], values: "private", prior: "independent" },
);

/** Requirements, each pair the weaker first. */
const stronger: readonly (readonly [AskedQuestion, AskedQuestion])[] = [
  [{}, { ir: "ex-post" }],
  [{}, { ic: "ex-post" }],
  [{ ir: "ex-post" }, { ir: "ex-post", ic: "ex-post" }],
  [{ ic: "ex-post" }, { ir: "ex-post", ic: "ex-post" }],
  [{ ir: "ex-ante" }, {}],
];

/** Whether an agent gains by a misreport after which it stays or leaves, whichever is better; all others tell the truth and stay. */
function gainsByLeaving(environment: Environment, mechanism: Mechanism): string | undefined {
  for (const [agent, { name, types }] of environment.agents.entries()) {
    const truthful = interimUtilities(environment, mechanism, agent);
    for (const [type, label] of types.entries())
      for (const [report, other] of types.entries()) {
        const expected = interimExpectation(environment, agent, type, (s) =>
          Rational.maximum(
            utility(environment, mechanism, agent, environment.profiles.replace(s, agent, report), s),
            environment.outsideOption(agent, s),
          ),
        );
        if (expected.compare(truthful[type]) > 0)
          return `${name} ${label} expects ${truthful[type]} by the truth, and ${expected} by reporting ${other} and leaving where it would lose`;
      }
  }
  return undefined;
}

const table1: Claim = {
  id: "KE-T1",
  kinds: ["theorem"],
  place: "Table 1, Lemma 2, Theorem 1",
  about: "which combinations of properties are possible",
  says: "With efficiency (2), (5) and (7) are impossible in trade of a seller's good, and possible for partners alike. (3), (6) and (7) are impossible if differences are increasing. Everybody takes part to the end and tells the truth if and only if the mechanism is Bayesian incentive compatible and individually rational at every profile.",
  assumes:
    "Independent private values; ex post (3), interim (2), Bayesian (5), ex post incentives (6), balance at every profile (7).",
  readings: [
    "Lemma 2 is quoted from Chung and Ely without their assumption that each type of trade may or may not be worth while.",
    "Theorem 1 by the paper's definition of implementability, which asks for (5) and (3) themselves, is no more than that definition.",
    "In the game of 2.2 that it stands for, who misreports may leave as well.",
  ],
  async test(trial) {
    await trial.verdict("(2), (5), (7), trade, all types", "impossible", trade, {}, { continuous: true });
    await trial.verdict(
      "(2), (5), (7), partners alike, all types",
      "possible",
      example("partnership", { agents: 2, grid: { points: 4 } }),
      {},
      { continuous: true },
    );
    for (const [words, asked, verdict] of [
      [
        "trade with ten types a side",
        example("bilateral-trade", { buyer: { points: 10 }, seller: { points: 10 } }),
        "impossible",
      ],
      [
        "partners alike with four types each",
        example("partnership", { agents: 2, grid: { points: 4 } }),
        "possible",
      ],
    ] as const) {
      const entries = (await answeredTable(asked.instance)).filter(({ cell }) => dropped(cell) === 0);
      const balanced = entries.filter(({ cell }) => cell.budget === "ex-post" && cell.balance === "exact");
      const verdictOf = (ic: string, ir: string) =>
        balanced.find(({ cell }) => cell.ic === ic && cell.ir === ir)?.verdict;
      trial.instead.fact(
        `(2), (5), (7) in the table of ${words}: ${verdict}`,
        verdictOf("bayesian", "interim") === verdict,
        asked.run("table -"),
        [
          `Possible in ${entries.filter((entry) => entry.verdict === "possible").length} of ${entries.length} combinations.`,
        ],
      );
      if (verdict === "impossible")
        trial.instead.fact(
          `(3), (6), (7) in the table of ${words}: impossible`,
          verdictOf("ex-post", "ex-post") === "impossible",
          asked.run("table -"),
        );
    }
    const largest = (asked: Example) => atEveryType("generalised-vcg", asked).report();
    trial.fact(
      "(3), (6), (7), trade with types of [0, 1]: impossible, because the largest payments that ex post incentives and participation allow run a deficit",
      largest(trade).findings["ex post no deficit"].holds === false,
      trade.run("compare - generalised-vcg --continuum"),
    );
    const { findings } = atEveryType("posted-price", separated).report();
    const all = (["ex post efficiency", "ex post IC", "ex post IR", "ex post balance"] as const).every(
      (property) => findings[property].holds === true,
    );
    trial.fact(
      "(3), (6), (7), trade with values of [2, 3] and costs of [0, 1]: impossible",
      !all,
      separated.run("compare - posted-price --continuum"),
      [
        "Trade at a price between 1 and 2 is efficient, nobody gains by a misreport or loses at any profile, and payments balance: proved for all types.",
      ],
    );
    await trial.instead.holds(
      "what is asked for is never cheaper than what is weaker",
      small,
      async ({ environment }: Drawn, count) => {
        for (const pair of stronger) {
          const answers = [];
          for (const question of pair) answers.push(await designFor(posed(environment, question, undefined)));
          const [weak, strong] = answers;
          if (strong.verdict === "possible") count("with a stronger combination possible");
          if (strong.infeasible || strong.lower === undefined || weak.upper === undefined) continue;
          if (weak.infeasible || weak.upper.compare(strong.upper ?? weak.upper) > 0)
            return `in which ${JSON.stringify(pair)} cost ${weak.upper} and ${strong.upper}`;
        }
        return undefined;
      },
    );
    let found: { good: Example; words: string } | undefined;
    for (let seed = 0; !found && seed < 100; seed++) {
      const good = symmetricGoods.member(seed)!;
      if (good.environment.profiles.count > 4) continue;
      const words = gainsByLeaving(good.environment, m1Symmetric(good.ground()));
      if (words !== undefined) found = { good, words };
    }
    trial.instead.fact(
      "Theorem 1, of the game of 2.2 in which reports are published and then everybody may leave: 'if' fails under M1, which has (3) and (5)",
      found !== undefined,
      found ? found.good.run("construct m1 -") : "reproduce KE-T1",
      found ? [`${found.words}.`] : [],
    );
    if (all)
      trial.tell(
        "Lemma 2: with increasing differences alone (3), (6) and (7) are possible: values in [2, 3], costs in [0, 1], trade at 3/2. Chung and Ely's theorem assumes that no price separates values from costs.",
      );
    if (found)
      trial.tell(
        `Theorem 1 is true by the definition of implementability. In the game of 2.2 itself "if" overlooks that who misreports may leave as well: under M1 ${found.words} (instance in the ledger).`,
      );
  },
};

export const combinationClaims: readonly Claim[] = [table1];
