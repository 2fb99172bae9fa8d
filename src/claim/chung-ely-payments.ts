import type { Environment } from "../environment/environment.js";
import { type AllocationRule, certain } from "../environment/lottery.js";
import { randomRule } from "../generator/random-environment.js";
import { RandomSource } from "../generator/random-source.js";
import { truthfulUtility, utility } from "../mechanism/interim.js";
import type { Mechanism } from "../mechanism/mechanism.js";
import { Rational } from "../number/rational.js";
import type { Claim } from "./claim.js";
import { type Example, example } from "./example.js";
import { type Drawn, randomEnvironments } from "./family.js";
import { gridLimit } from "./grid-limit.js";
import { implementation, randomEfficientRule } from "./implementable.js";
import { paymentRoom } from "./payment-room.js";
import { everyProfile, lacking } from "./properties.js";
import { exampleOfValues, risingValues } from "./rising-values.js";
import { notApplying } from "./trial.js";

const anyRules = randomEnvironments(
  "rules, drawn at random or efficient, in environments of one to three agents with one to four types each and two to four outcomes",
  { agents: [1, 3], types: [1, 4], costs: false },
);

function anyRule({ environment, seed }: Drawn): AllocationRule {
  const random = new RandomSource(seed);
  return random.onceIn(3) ? randomRule(environment, seed) : randomEfficientRule(environment, random);
}

function withoutLotteries(rule: AllocationRule): AllocationRule {
  return (s) => certain(rule(s)[0].outcome);
}

/** The largest change of a value between neighbouring types of its agent. */
function largestStep(environment: Environment): Rational {
  const { profiles, outcomes } = environment;
  let step = Rational.ZERO;
  for (const s of everyProfile(environment))
    for (let agent = 0; agent < environment.agentCount; agent++)
      for (const outcome of outcomes.keys())
        if (profiles.typeOf(s, agent) > 0) {
          const before = environment.value(agent, outcome, s - profiles.strides[agent]);
          step = Rational.maximum(step, environment.value(agent, outcome, s).subtract(before).absolute());
        }
  return step;
}

const rooms: readonly { what: string; on: (points: number) => Example }[] = [
  {
    what: "trade with v_i = s_i + s_-i / 2",
    on: (points) => example("interdependent-trade", { buyer: { points }, seller: { points }, a: "1/2" }),
  },
  {
    what: "a public good of cost 1 with v_i = s_i + s_i s_-i",
    on: (points) =>
      example("interdependent-public-good", {
        agents: 2,
        grid: { points },
        cost: 1,
        valuation: {
          terms: [
            { coefficient: 1, own: 1 },
            { coefficient: 1, own: 1, other: 1 },
          ],
        },
      }),
  },
  {
    what: "a good for one of two bidders with values from 0 to 1, worth 1/3 to its owner",
    on: (points) => example("single-good-auction", { agents: 2, grid: { points }, sellerValue: "1/3" }),
  },
];

export const payoffEquivalence: Claim = {
  id: "CE-T3",
  kinds: ["theorem"],
  place: "Lemma 3 and Theorem 3",
  about: "payments that implement a rule are the same up to constants",
  says: "With finitely many decisions, connected types and values that are continuous in the own type, any two payment rules that make a rule ex post incentive compatible differ by a constant for each agent and each profile of the others.",
  assumes: "A rule that is ex post incentive compatible.",
  readings: [
    "A grid of types is not connected: there payments may differ by as much as values change between neighbouring types, and the theorem says that this vanishes with the mesh.",
  ],
  async test(trial) {
    await trial.holds(
      "payments differ by at most twice the largest change of a value between neighbouring types, for each further decision that is taken",
      anyRules,
      (drawn, count) => {
        const { environment } = drawn;
        const rule = withoutLotteries(anyRule(drawn));
        const room = paymentRoom(environment, rule);
        if (room === undefined) return notApplying;
        const taken = new Set(everyProfile(environment).map((s) => rule(s)[0].outcome)).size;
        if (taken > 2) count("with three decisions or more that are taken");
        if (!environment.hasPrivateValues) count("with interdependent values");
        const bound = largestStep(environment).multiply(Rational.of(2 * (taken - 1)));
        return room.compare(bound) <= 0
          ? undefined
          : `whose payments may differ by ${room}, more than ${bound}`;
      },
      { each: ["with three decisions or more that are taken", "with interdependent values"] },
    );
    const grids = [3, 6, 9, 12];
    for (const { what, on } of rooms)
      trial.figure(
        `by how much payments may differ: ${what}`,
        "0",
        await gridLimit(grids, (points) => {
          const { rule, environment } = on(points).ground();
          return paymentRoom(environment, rule)!;
        }),
        [],
      );
    const apart = (points: number) => {
      const values = Array.from({ length: 2 * points }, (_, k) => {
        const step = Rational.of(2 * (k % points) + 1, 8 * points);
        return `${k < points ? step : step.add(Rational.of(3, 4))}`;
      });
      return example("bilateral-trade", { buyer: { values }, seller: { values: ["1/2"] } });
    };
    trial.shows(
      "types must be connected: the same for a buyer with values from 0 to 1/4 and from 3/4 to 1 and a seller with a cost of 1/2",
      await gridLimit([2, 4, 6, 8], (points) => {
        const { rule, environment } = apart(points).ground();
        return paymentRoom(environment, rule)!;
      }),
      [],
    );
  },
};

/** Types whose payment could be raised: from which no incentive constraints that bind lead to one with participation that binds. */
function raisable(environment: Environment, mechanism: Mechanism): string | undefined {
  const { profiles } = environment;
  for (const [agent, { types, name }] of environment.agents.entries())
    for (let others = 0; others < profiles.othersCount(agent); others++) {
      const truths = types.map((_, type) =>
        profiles.replace(profiles.withOthers(agent, others), agent, type),
      );
      const truthful = (s: number) => truthfulUtility(environment, mechanism, agent, s);
      const held = new Set(truths.filter((s) => truthful(s).equals(environment.outsideOption(agent, s))));
      // Held types are looked at while more are added.
      for (const report of held)
        for (const s of truths)
          if (truthful(s).equals(utility(environment, mechanism, agent, report, s))) held.add(s);
      const free = truths.find((s) => !held.has(s));
      if (free !== undefined) return `in which ${name} could pay more at ${environment.profileLabel(free)}`;
    }
  return undefined;
}

const trades = risingValues(
  "instances of trade with two to five types a side and values that rise with both types, for some types with gains and for others with losses, ties broken at random",
  { kind: "trade", coupling: "any", types: [2, 5] },
);

export const generalisedVcgClaim: Claim = {
  id: "CE-GV",
  kinds: ["construction"],
  place: "Section 3.3 and (5), (6)",
  about: "generalised VCG: the largest payments",
  says: "Among the payments that make a rule ex post incentive compatible and individually rational there are pointwise largest ones. In trade without lotteries the buyer pays its value as the least type with which it would still trade, the seller gets its cost as the greatest such type, and without trade nothing is paid.",
  assumes:
    "Payoff equivalence; for (5) and (6) trade, values that rise strictly with the own type, an efficient rule.",
  readings: [
    "On grids there are largest payments without payoff equivalence.",
    "In (5) and (6) the least and greatest types are those of the grid.",
  ],
  async test(trial) {
    await trial.holds(
      "wherever a rule is implementable the payments are ex post incentive compatible and individually rational, and none can be raised: from each, constraints that bind lead to a type that just takes part",
      anyRules,
      (drawn, count) => {
        const { environment } = drawn;
        const rule = anyRule(drawn);
        const mechanism = implementation(environment, rule);
        if (!mechanism) return notApplying;
        if (!environment.hasPrivateValues) count("with interdependent values");
        if (environment.specification.agents.some(({ outsideOption }) => outsideOption))
          count("with outside options");
        if (everyProfile(environment).some((s) => rule(s).length > 1)) count("with lotteries");
        return (
          lacking(environment, mechanism, ["ex post IC", "ex post IR"]) ?? raisable(environment, mechanism)
        );
      },
      { each: ["with interdependent values", "with outside options", "with lotteries"] },
    );
    await trial.holds("(5), (6), and nothing without trade", trades, (values) => {
      const { environment } = exampleOfValues(values);
      const rule = withoutLotteries(randomEfficientRule(environment, new RandomSource(values.seed)));
      const mechanism = implementation(environment, rule);
      return mechanism ? unlikePrinted(environment, rule, mechanism) : notApplying;
    });
  },
};

/** Where payments in trade are not those of (5) and (6). */
function unlikePrinted(
  environment: Environment,
  rule: AllocationRule,
  mechanism: Mechanism,
): string | undefined {
  const { profiles, agents } = environment;
  const trades = (s: number) => rule(s)[0].outcome === 1;
  for (const s of everyProfile(environment))
    for (const agent of [0, 1]) {
      // What trade is worth to the seller is minus its cost: the same words say both.
      const least = agents[agent].types
        .map((_, type) => profiles.replace(s, agent, type))
        .filter(trades)
        .map((at) => environment.value(agent, 1, at))
        .reduce<Rational | undefined>((low, next) => (low ? Rational.minimum(low, next) : next), undefined);
      const printed = trades(s) ? least! : Rational.ZERO;
      const paid = mechanism.payment(agent, s);
      if (!paid.equals(printed))
        return `in which the ${agents[agent].name} pays ${paid} and not ${printed} at ${environment.profileLabel(s)}`;
    }
  return undefined;
}
