import { agvConstruction } from "../construction/agv.js";
import { designContinuum } from "../continuum-library.js";
import { designFor } from "../design.js";
import type { Environment } from "../environment/environment.js";
import { interimExpectation, truthfulUtility } from "../mechanism/interim.js";
import type { Mechanism } from "../mechanism/mechanism.js";
import { Rational } from "../number/rational.js";
import { posed } from "../question/problem.js";
import type { AskedQuestion } from "../question/question.js";
import type { Claim } from "./claim.js";
import { continuousPairs } from "./continuous-pairs.js";
import { type Example, example } from "./example.js";
import { gridLimit } from "./grid-limit.js";
import { implementation } from "./implementable.js";

const pairs = continuousPairs(
  "instances of trade, of a public good and of an auction, for two agents with continuous types, independent, with densities that are uniform, straight or of two steps on intervals drawn at random",
);

const most = { objective: "max-surplus", budget: "none" } as const;

interface Reduced {
  readonly what: string;
  readonly on: (points: number) => Example;
  readonly lowest: (points: number) => readonly [number, number];
  /** An efficient mechanism with Bayesian incentives, up to constants. */
  mechanism(of: Example): Mechanism | Promise<Mechanism>;
  readonly run: string;
}

/** That of least subsidy at the interim stage. */
const cheapest = {
  mechanism: async ({ environment }: Example) =>
    (await designFor(posed(environment, { budget: "ex-ante" }))).mechanism!,
  run: "solve - --budget ex-ante",
};

/** Separable environments with strong single crossing, a mechanism, and the lowest type of each agent. */
const reduced: readonly Reduced[] = [
  {
    what: "AGV in trade with private values",
    on: (points) => example("bilateral-trade", { buyer: { points }, seller: { points } }),
    lowest: (points) => [0, points - 1],
    mechanism: (of) => agvConstruction.build(of.ground(), {}),
    run: "construct agv -",
  },
  {
    what: "the mechanism of least subsidy in trade with v_i = s_i + s_-i / 4",
    on: (points) => example("interdependent-trade", { buyer: { points }, seller: { points }, a: "1/4" }),
    lowest: (points) => [0, points - 1],
    ...cheapest,
  },
  {
    what: "the mechanism of least subsidy for a public good of cost 1 with v_i = s_i + s_-i / 2",
    on: (points) =>
      example("interdependent-public-good", {
        agents: 2,
        grid: { points },
        cost: 1,
        valuation: { own: 1, other: "1/2" },
      }),
    lowest: () => [0, 0],
    ...cheapest,
  },
];

export const interimEquivalence: Claim = {
  id: "CE-T4",
  kinds: ["construction", "theorem"],
  place: "Theorem 4",
  about: "from the interim stage to ex post",
  says: "For every efficient, Bayesian incentive compatible and interim individually rational mechanism there is one that is ex post incentive compatible and individually rational and gives every type the same expected payoff.",
  assumes:
    "Separable environment, strong single crossing, finitely many decisions, independent types of intervals; outside options of 0.",
  readings: [
    "With outside options that rise with types, as a partner's share, no type is lowest whatever the others' types, and the theorem says nothing.",
    "On a grid of types payoffs are the same up to the mesh only.",
  ],
  async test(trial) {
    await trial.holds(
      "for all types of the intervals: the most that a designer can expect to keep is the same under Bayesian incentives with interim participation as under ex post both",
      pairs,
      async ({ kind, example: { instance } }, count) => {
        const [before, after] = await Promise.all(
          ([{}, { ic: "ex-post", ir: "ex-post" }] satisfies AskedQuestion[]).map((asked) =>
            designContinuum(instance, { ...most, ...asked }),
          ),
        );
        count(`of ${kind}`);
        if (before.optimum && after.optimum)
          return before.optimum.equals(after.optimum)
            ? undefined
            : `in which it is ${before.optimum} and ${after.optimum}`;
        count("with brackets that overlap");
        const apart = before.lower!.compare(after.upper!) > 0 || after.lower!.compare(before.upper!) > 0;
        return apart ? "in which the brackets do not overlap" : undefined;
      },
      { each: ["of trade", "of public good", "of auction"] },
    );
    const grids = trial.grids([4, 6, 8, 10, 12], [3, 4, 5, 6]);
    for (const { what, on, lowest, mechanism, run } of reduced)
      trial.figure(
        `${what}: largest difference of a type's expected payoff to the ex post counterpart`,
        "0",
        await gridLimit(grids, async (points) => {
          const of = on(points);
          return payoffDistance(of.environment, await mechanism(of), lowest(points));
        }),
        grids.map((points) => on(points).run(run)),
      );
    const partners = example("partnership", { agents: 2, grid: { points: 2 }, shares: ["1/2", "1/2"] });
    await trial.instead.verdict(
      "where outside options rise with types it is not so: equal partners have an efficient, balanced mechanism at the interim stage",
      "possible",
      partners,
      {},
      { continuous: true },
    );
    await trial.instead.verdict(
      "and none ex post",
      "impossible",
      partners,
      { ic: "ex-post", ir: "ex-post" },
      { continuous: true },
    );
  },
};

/** The same rule with the largest ex post payments, less what gives each agent's lowest type its old expected payoff. */
function payoffDistance(
  environment: Environment,
  before: Mechanism,
  lowest: readonly [number, number],
): Rational {
  const after = implementation(environment, (s) => before.lottery(s))!;
  const expected = (mechanism: Mechanism, agent: number, type: number) =>
    interimExpectation(environment, agent, type, (s) => truthfulUtility(environment, mechanism, agent, s));
  return environment.agents
    .flatMap(({ types }, agent) => {
      const gain = (type: number) => expected(before, agent, type).subtract(expected(after, agent, type));
      const atLowest = gain(lowest[agent]);
      return types.map((_, type) => gain(type).subtract(atLowest).absolute());
    })
    .reduce(Rational.maximum);
}
