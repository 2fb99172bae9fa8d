import { answeredTable } from "../comparison/answered-table.js";
import { dropped } from "../comparison/question-table.js";
import { irVcg } from "../construction/ir-vcg.js";
import { m1Symmetric } from "../construction/m1-symmetric.js";
import { designContinuum } from "../continuum-library.js";
import { designFor } from "../design.js";
import { efficientOutcomes, welfare } from "../environment/efficiency.js";
import type { Environment } from "../environment/environment.js";
import type { RandomSource } from "../generator/random-source.js";
import { deficit, expectation, interimExpectation, interimUtilities, utility } from "../mechanism/interim.js";
import type { Mechanism } from "../mechanism/mechanism.js";
import { Rational } from "../number/rational.js";
import { posed } from "../question/problem.js";
import type { AskedQuestion } from "../question/question.js";
import type { Claim } from "./claim.js";
import { Example, example } from "./example.js";
import { type Drawn, randomEnvironments } from "./family.js";
import { examples, symmetricGoods } from "./ke-families.js";
import { atEveryType } from "./ke-measures.js";

/** All quantities from 0 to `most` for each of `agents`, the last fastest. */
function quantities(agents: number, most: number): number[][] {
  return Array.from({ length: agents }).reduce<number[][]>(
    (some) => some.flatMap((own) => Array.from({ length: most + 1 }, (_, x) => [...own, x])),
    [[]],
  );
}

/** Values by type and quantity that rise in both, and whose rise in the quantity rises with the type; concave in it where asked. */
function risingValues(random: RandomSource, types: number, most: number, concave: boolean): Rational[][] {
  let rises = Array.from({ length: most }, () => random.money(0, 3));
  if (concave) rises.sort((a, b) => b.compare(a));
  return Array.from({ length: types }, (_, type) => {
    if (type > 0) {
      const more = rises.map(() => random.money(0, 3));
      if (concave) more.sort((a, b) => b.compare(a));
      rises = rises.map((rise, k) => rise.add(more[k]));
    }
    return [Rational.ZERO, ...rises.map((_, k) => Rational.sum(rises.slice(0, k + 1)))];
  });
}

function goods(outcomes: readonly number[][], values: readonly Rational[][][], costs?: readonly Rational[]) {
  return new Example({
    name: "quantities of a good",
    agents: values.map((own, i) => ({
      name: `agent ${i + 1}`,
      types: own.map((_, type) => `${type}`),
      weights: own.map(() => 1),
      values: { byType: own.map((worth) => outcomes.map((x) => `${worth[x[i]]}`)) },
    })),
    outcomes: outcomes.map((x) => x.join(", ")),
    ...(costs && { cost: { byOutcome: costs.map(String) } }),
  });
}

const produced = examples(
  "goods of which each of two or three agents gets any quantity from 0 to 1 or 2, values of increasing differences, costs that rise and are submodular, two or three types",
  (random) => {
    const [agents, most, types] = [random.integer(2, 3), random.integer(1, 2), random.integer(2, 3)];
    const outcomes = quantities(agents, most);
    const [ofMost, ofTotal, each] = [random.money(0, 4), random.money(0, 4), random.money(0, 2)];
    const room = random.integer(1, 3);
    const costs = outcomes.map((x) => {
      const total = x.reduce((a, b) => a + b);
      return ofMost
        .multiply(Rational.of(Math.max(...x)))
        .add(ofTotal.multiply(Rational.of(Math.min(total, room))))
        .add(each.multiply(Rational.of(total)));
    });
    return goods(
      outcomes,
      Array.from({ length: agents }, () => risingValues(random, types, most, false)),
      costs,
    );
  },
);

const divided = examples(
  "one to three units divided among two agents, or among three of concave values, values of increasing differences, two or three types",
  (random) => {
    const [agents, units, types] = [random.integer(2, 3), random.integer(1, 3), random.integer(2, 3)];
    const outcomes = quantities(agents, units).filter((x) => x.reduce((a, b) => a + b) === units);
    return goods(
      outcomes,
      Array.from({ length: agents }, () => risingValues(random, types, units, agents === 3)),
    );
  },
);

/** What each agent gets at an efficient outcome of the profile, most or least of it. */
function chosen(environment: Environment, s: number, agent: number, pick: "most" | "least"): number {
  const own = efficientOutcomes(environment, s).map((x) =>
    Number(environment.outcomes[x].split(", ")[agent]),
  );
  return pick === "most" ? Math.max(...own) : Math.min(...own);
}

/** Where the surplus, or a quantity, does not change as Proposition 1 says, in words; `sign` is 1 for supermodular and -1 for submodular. */
function notMonotone({ environment }: Example, sign: 1 | -1): string | undefined {
  const { profiles, agentCount } = environment;
  const surplus = (s: number) => welfare(environment, efficientOutcomes(environment, s)[0], s);
  for (let s = 0; s < profiles.count; s++)
    for (let i = 0; i < agentCount; i++) {
      if (profiles.typeOf(s, i) + 1 >= profiles.sizes[i]) continue;
      const up = profiles.replace(s, i, profiles.typeOf(s, i) + 1);
      for (let j = 0; j < agentCount; j++)
        for (const pick of ["most", "least"] as const) {
          const change = chosen(environment, up, j, pick) - chosen(environment, s, j, pick);
          if ((i === j ? change : sign * change) < 0)
            return `in which, from ${environment.profileLabel(s)}, the ${pick} that agent ${j + 1} gets changes by ${change} as the type of agent ${i + 1} rises`;
        }
      for (let j = 0; j < i; j++) {
        if (profiles.typeOf(s, j) + 1 >= profiles.sizes[j]) continue;
        const raised = (t: number) => profiles.replace(t, j, profiles.typeOf(t, j) + 1);
        const difference = surplus(raised(up))
          .subtract(surplus(up))
          .subtract(surplus(raised(s)))
          .add(surplus(s));
        if (difference.sign * sign < 0)
          return `in which the surplus has the mixed difference ${difference} at ${environment.profileLabel(s)}`;
      }
    }
  return undefined;
}

/** Two agents of concave values and one of convex values divide one unit, in quarters. */
const convexRival = (() => {
  const quarters = quantities(3, 4).filter((x) => x.reduce((a, b) => a + b) === 4);
  const share = (x: number) => Rational.of(x, 4);
  const concave = (type: number) =>
    [0, 1, 2, 3, 4].map((x) =>
      share(x)
        .multiply(Rational.of(2).subtract(share(x)))
        .multiply(Rational.of(type)),
    );
  const convex = [0, 1, 2, 3, 4].map((x) => share(x).multiply(share(x)).multiply(Rational.of(10)));
  return goods(quarters, [[concave(4), concave(8)], [concave(4), concave(8)], [convex]]);
})();

const proposition1: Claim = {
  id: "KE-P1",
  kinds: ["theorem"],
  place: "Proposition 1",
  about: "super- and submodular surplus, and monotone quantities",
  says: "(i) If quantities are chosen, S is supermodular and x_i* does not fall with any type. (ii) If the total is fixed, x_i* does not fall with the own type, and if quantities sum to it and values are differentiable in x, S is submodular and x_i* does not rise with other types.",
  assumes:
    "Values v_i(x_i, theta_i) with increasing differences; in (i) a cost with decreasing differences; X an arbitrary set of allocations.",
  readings: [
    "Where several outcomes are efficient, of the most and of the least that an agent gets in one.",
    "(i) with all combinations of quantities allowed, and with any set X as the paper writes.",
    "(ii) with values concave in x where there are three agents, and without, as the paper writes.",
  ],
  async test(trial) {
    await trial.holds("(i), all combinations of quantities", produced, (good) => notMonotone(good, 1));
    await trial.holds("(ii), two agents, or values concave in x", divided, (good) => notMonotone(good, -1));
    const rival = notMonotone(convexRival, -1);
    const anySet = goods(
      [
        [1, 0],
        [0, 1],
      ],
      [
        [
          [Rational.ZERO, Rational.ONE],
          [Rational.ZERO, Rational.of(2)],
        ],
        [
          [Rational.ZERO, Rational.ONE],
          [Rational.ZERO, Rational.of(2)],
        ],
      ],
    );
    const arbitrary = notMonotone(anySet, 1);
    trial.fact(
      "(i), X = {(1, 0), (0, 1)}, v = theta x, no cost, types 1 and 2",
      arbitrary === undefined,
      anySet.run("show -"),
      arbitrary === undefined ? [] : [`It is one ${arbitrary}; S = max(theta_1, theta_2).`],
    );
    trial.fact(
      "(ii), v_1 and v_2 = theta (2x - x^2) with types 4 and 8, v_3 = 10 x^2, one unit in quarters",
      rival === undefined,
      convexRival.run("show -"),
      rival === undefined
        ? []
        : [
            `It is one ${rival}. With x continuous all goes to agent 3 or nothing does: S(4, 4) = S(8, 4) = S(4, 8) = 10, and S(8, 8) = 12 by halves.`,
          ],
    );
    if (rival !== undefined)
      trial.tell(
        "Proposition 1 (ii): the proof orders quantities by first-order conditions, for which values must be concave in x. With v_1 = v_2 = theta (2x - x^2) and v_3 = 10 x^2, agent 3 gets all at (4, 4), (8, 4) and (4, 8), and agents 1 and 2 get half each at (8, 8): x_1* rises with theta_2, and S = 10, 10, 10, 12 is not submodular.",
      );
    if (arbitrary !== undefined)
      trial.tell(
        "Proposition 1 (i) needs that any combination of quantities may be chosen (a lattice): with X an arbitrary set, as for an indivisible good, S = max(theta_1, theta_2) is submodular. With it (i) holds wherever it was tried.",
      );
  },
};

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

const continuous = examples(
  "trade between intervals, partnerships with any shares and public goods at any cost, two agents, all types of intervals",
  (random) => {
    const kind = random.integer(1, 3);
    const grid = () => {
      const from = random.money(0, 2);
      return { points: 4, from: `${from}`, to: `${from.add(Rational.of(random.integer(1, 6), 2))}` };
    };
    if (kind === 1) return example("bilateral-trade", { buyer: grid(), seller: grid() });
    if (kind === 2) {
      const share = Rational.of(random.integer(0, 12), 24);
      const power = random.integer(1, 2);
      return example("partnership", {
        agents: 2,
        grid: { points: 4, distribution: { power } },
        shares: [`${share}`, `${Rational.ONE.subtract(share)}`],
      });
    }
    return example("public-good", { grids: [grid(), grid()], cost: `${random.money(0, 4)}` });
  },
);

/** Of VCG after the least payments for participation. */
function expectedDeficit(asked: Example): Rational {
  const { constants, meanSurplus } = atEveryType("ir-vcg", asked);
  return Rational.sum(constants).add(meanSurplus());
}

const lemmas: Claim = {
  id: "KE-L13",
  kinds: ["theorem"],
  place: "Lemmas 1 and 3",
  about: "what VCG leaves over decides",
  says: "There is an efficient, Bayesian incentive compatible, interim individually rational and balanced mechanism if and only if E Delta >= sum of u_i at the types that gain least. In any Bayesian incentive compatible and balanced mechanism the lowest types expect at most E Delta together.",
  assumes: "Independent types of intervals, private values, an efficient rule.",
  readings: ["Lemma 3 with continuous types, where it is an equation; on grids it fails."],
  async test(trial) {
    await trial.holds(
      "Lemma 1: the design's verdict, and the expected surplus of VCG after the least payments for participation",
      continuous,
      async (asked, count) => {
        const { verdict } = await designContinuum(asked.instance, {});
        const deficit = expectedDeficit(asked);
        count(verdict);
        return (verdict === "possible") === deficit.sign <= 0
          ? undefined
          : `of which it is ${verdict}, and VCG runs an expected deficit of ${deficit}`;
      },
      { each: ["possible", "impossible"] },
    );
    await trial.holds(
      "Lemma 3: AGV",
      continuous,
      (asked, count) => {
        const { report, meanSurplus } = atEveryType("agv", asked);
        const { constants, findings } = report();
        if (findings["ex post balance"].holds !== true || !constants) return "in which AGV does not balance";
        // Lowest types expect E[S | lowest] and their constant, and E Delta is the sum of E[S | lowest] less E S.
        const difference = Rational.sum(constants).add(meanSurplus());
        count(difference.isZero ? "with equality" : "without equality");
        return difference.sign > 0
          ? `in which under AGV the lowest types expect ${difference} more than E Delta`
          : undefined;
      },
      { each: ["with equality"] },
    );
    const grid = example("bilateral-trade", {
      buyer: { points: 2 },
      seller: { points: 2 },
      convention: "value",
    });
    const { environment } = grid;
    const payments = irVcg(grid.ground());
    const mean = expectation(environment, (s) => deficit(environment, payments, s));
    await trial.instead.verdict(
      `on grids neither is so: in trade with two types each VCG runs an expected deficit of ${mean} after the least payments for participation`,
      "possible",
      grid,
      {},
    );
  },
};

export const preliminaryClaims: readonly Claim[] = [proposition1, table1, lemmas];
