import { cellAnswer } from "../comparison/answered-table.js";
import { table } from "../comparison/question-table.js";
import { agvConstruction } from "../construction/agv.js";
import { Environment } from "../environment/environment.js";
import { randomPayments, randomRule } from "../generator/random-environment.js";
import { RandomSource } from "../generator/random-source.js";
import { findingByDefinition } from "../kernel/by-definition.js";
import { interimExpectation } from "../mechanism/interim.js";
import type { Mechanism } from "../mechanism/mechanism.js";
import { Rational } from "../number/rational.js";
import { RationalVector } from "../number/rational-vector.js";
import { requirements } from "../question/requirement.js";
import type { Claim } from "./claim.js";
import { Example, example } from "./example.js";
import { type Drawn, randomEnvironments } from "./family.js";
import { implementation } from "./implementable.js";
import { lacking } from "./properties.js";
import { notApplying } from "./trial.js";

type PriorSpecification = Environment["specification"]["prior"];

const ofAnyValues = randomEnvironments(
  "mechanisms in environments of two or three agents with one to three types each: any rule, with the largest payments that are ex post incentive compatible and individually rational where there are any, less rebates, unchanged or changed at one profile or by what is worth nothing in expectation, else with payments drawn at random",
  { types: [1, 3], prior: "independent" },
);

const ofPrivateValues = randomEnvironments("such mechanisms in environments with private values", {
  types: [1, 3],
  prior: "independent",
  values: "private",
});

const exPost = ["ex post IC", "ex post IR"] as const;
const dominant = ["dominant-strategy IC", "ex post IR"] as const;
const interim = ["Bayesian IC", "interim IR"] as const;

/** A rule, and payments that are ex post IC and IR, nearly so, or anything. */
function randomMechanism({ environment, seed }: Drawn): Mechanism {
  const random = new RandomSource(seed);
  const lottery = randomRule(environment, seed);
  const isConstant = random.onceIn(3);
  const rule = isConstant ? () => lottery(0) : lottery;
  const largest = implementation(environment, rule);
  const changes = randomPayments(environment, seed);
  const { profiles } = environment;
  const noise = randomPayments(environment, seed + 1);
  const change = random.pick(["none", "at one profile", "of no interim value"] as const);
  const changed = random.integer(0, profiles.count - 1);
  const payment = (agent: number, s: number) => {
    if (!largest) return changes[agent].at(s);
    const rebate = changes[agent].at(profiles.replace(s, agent, 0)).absolute();
    const kept = largest.payment(agent, s).subtract(rebate);
    if (change === "at one profile") return s === changed ? kept.add(noise[agent].at(s)) : kept;
    if (change === "none") return kept;
    const expected = interimExpectation(environment, agent, profiles.typeOf(s, agent), (at) =>
      noise[agent].at(at),
    );
    return kept.add(noise[agent].at(s)).subtract(expected);
  };
  return { lottery: rule, payment, subsidy: () => Rational.ZERO };
}

function withPrior({ specification }: Environment, prior: PriorSpecification): Environment {
  return new Environment({ ...specification, prior });
}

/** Independent ones, with types of probability zero, and joint ones of full support. */
function randomPriors({ profiles }: Environment, random: RandomSource): PriorSpecification[] {
  return [0, 1, 2].flatMap((): PriorSpecification[] => [
    {
      kind: "independent",
      marginals: profiles.sizes.map((size) => RationalVector.from(random.distribution(size, 3))),
    },
    { kind: "joint", table: RationalVector.from(random.distribution(profiles.count)) },
  ]);
}

/** What a mechanism lacks under one of several priors. */
function lackingUnderSome(
  environment: Environment,
  mechanism: Mechanism,
  priors: readonly PriorSpecification[],
): string | undefined {
  for (const prior of priors) {
    const lacks = lacking(withPrior(environment, prior), mechanism, interim);
    if (lacks !== undefined) return lacks;
  }
  return undefined;
}

/** Every agent but one, and its types, is known; with `doubt` left that it is anybody, each type as likely as any other. */
function nearlyKnown({ profiles }: Environment, agent: number, s: number, doubt: Rational) {
  const marginals = profiles.sizes.map((size, i) =>
    RationalVector.from(
      Array.from({ length: size }, (_, type) => {
        if (i === agent) return Rational.of(1, size);
        const certain = type === profiles.typeOf(s, i) ? Rational.ONE.subtract(doubt) : Rational.ZERO;
        return certain.add(doubt.divide(Rational.of(size)));
      }),
    ),
  );
  return { kind: "independent", marginals } as const;
}

/** The least power of 1/2 that is doubt enough for the mechanism to break; undefined where it breaks under none. */
function breakingPrior(environment: Environment, mechanism: Mechanism) {
  const doubts = [Rational.ZERO, ...Array.from({ length: 12 }, (_, k) => Rational.of(1, 8 ** (k + 1)))];
  for (let agent = 0; agent < environment.agentCount; agent++)
    for (let others = 0; others < environment.profiles.othersCount(agent); others++) {
      const s = environment.profiles.withOthers(agent, others);
      const breaks = (doubt: Rational) =>
        lackingUnderSome(environment, mechanism, [nearlyKnown(environment, agent, s, doubt)]) !== undefined;
      if (!breaks(doubts[0])) continue;
      const fullSupport = doubts.slice(1).find(breaks);
      return { agent, s, fullSupport };
    }
  return undefined;
}

export const beliefFree: Claim = {
  id: "CE-1",
  kinds: ["theorem"],
  place: "Propositions 1 and 2",
  about: "what holds whatever agents believe",
  says: "A mechanism that is dominant-strategy incentive compatible and ex post individually rational is Bayesian incentive compatible and interim individually rational under every prior. Under every prior it is so if and only if it is ex post incentive compatible and ex post individually rational; with private values ex post is dominant-strategy.",
  assumes: "Any values, any decision rule.",
  readings: [
    "Priors may be correlated, and may leave types of an agent without probability where types are independent; those keep their incentive constraints.",
    "That a mechanism breaks under some prior is shown by one under which all other agents are known, and by one of full support beside it.",
  ],
  async test(trial) {
    await trial.holds(
      "Proposition 1: dominant-strategy incentive compatible and ex post individually rational ones are Bayesian incentive compatible and interim individually rational under six priors drawn at random",
      ofAnyValues,
      (drawn, count) => {
        const { environment, seed } = drawn;
        const mechanism = randomMechanism(drawn);
        if (lacking(environment, mechanism, dominant) !== undefined) return notApplying;
        if (!environment.hasPrivateValues) count("with interdependent values");
        return lackingUnderSome(environment, mechanism, randomPriors(environment, new RandomSource(seed)));
      },
      { each: ["with interdependent values"] },
    );
    await trial.holds(
      "Proposition 2, in both directions: ex post ones keep both under six priors drawn at random, all others lose one under a prior that is found",
      ofAnyValues,
      (drawn, count) => {
        const { environment, seed } = drawn;
        const mechanism = randomMechanism(drawn);
        if (lacking(environment, mechanism, exPost) === undefined) {
          count("that are ex post incentive compatible and individually rational");
          return lackingUnderSome(environment, mechanism, randomPriors(environment, new RandomSource(seed)));
        }
        count("that are not");
        if (lacking(environment, mechanism, interim) === undefined)
          count("of these well under its own prior");
        const prior = breakingPrior(environment, mechanism);
        if (!prior) return "that breaks under no prior under which all but one are known";
        return prior.fullSupport ? undefined : "that breaks under none of full support";
      },
      {
        each: [
          "that are ex post incentive compatible and individually rational",
          "that are not",
          "of these well under its own prior",
        ],
      },
    );
    await trial.holds(
      "with private values ex post incentive compatible is dominant-strategy incentive compatible",
      ofPrivateValues,
      (drawn, count) => {
        const mechanism = randomMechanism(drawn);
        const has = (property: "ex post IC" | "dominant-strategy IC") =>
          lacking(drawn.environment, mechanism, [property]) === undefined;
        count(has("ex post IC") ? "that are" : "that are not");
        return has("ex post IC") === has("dominant-strategy IC")
          ? undefined
          : "that is one and not the other";
      },
      { each: ["that are", "that are not"] },
    );
    const trade = example("interdependent-trade", { buyer: { points: 4 }, seller: { points: 4 }, a: "1/4" });
    const largest = implementation(trade.environment, trade.ground().rule)!;
    trial.instead.fact(
      "with interdependent values it need not be: the largest payments in trade with v_i = s_i + s_-i / 4 and four types a side",
      lacking(trade.environment, largest, exPost) === undefined &&
        lacking(trade.environment, largest, dominant) !== undefined,
      trade.run("compare - generalised-vcg"),
    );
    for (const money of table.money.filter(({ budget }) => budget !== "none")) {
      const costs = [];
      for (const [ic, ir] of [
        ["bayesian", "interim"],
        ["ex-post", "ex-post"],
      ] as const)
        costs.push(await cellAnswer(trade.instance, {}, { ic, ir, ...money }));
      const [weak, strong] = costs.map((answer) => ("notCovered" in answer ? undefined : answer));
      const is = weak?.upper && strong?.lower && weak.upper.compare(strong.lower) <= 0;
      trial.instead.fact(
        `in the table of that trade the Bayesian and interim cell needs no more than the ex post one, budget ${money.budget}, ${money.balance}`,
        is === true,
        trade.run("table -"),
        [`${weak?.upper} and ${strong?.lower}, each cell asked by itself.`],
      );
    }
    exhibitBreakingPrior(trial);
  },
};

/** AGV in trade with three types a side. */
function exhibitBreakingPrior(trial: Parameters<Claim["test"]>[0]): void {
  const trade = example("bilateral-trade", { buyer: { points: 3 }, seller: { points: 3 } });
  const { environment } = trade;
  const mechanism = agvConstruction.build(trade.ground(), {});
  const { agent, s, fullSupport } = breakingPrior(environment, mechanism)!;
  const prior = nearlyKnown(environment, agent, s, fullSupport!);
  const weights = prior.marginals.map((marginal) =>
    Array.from({ length: marginal.length }, (_, type) => `${marginal.at(type)}`),
  );
  const grid = (k: number) => ({ points: 3, distribution: { weights: weights[k] } });
  const doubted = new Example({
    model: "bilateral-trade",
    parameters: { buyer: grid(0), seller: grid(1) },
  });
  const found = (of: Environment) => findingByDefinition(of, mechanism, requirements["Bayesian IC"]);
  const before = found(environment);
  const after = found(doubted.environment);
  const exPostFinding = findingByDefinition(environment, mechanism, requirements["ex post IC"]);
  trial.instead.fact(
    "AGV in trade with three types a side, all equally likely, is Bayesian incentive compatible and not ex post; a prior is found under which it breaks",
    before.holds && !exPostFinding.holds && !after.holds,
    [trade.run("construct agv - --out agv.json"), doubted.run("check - agv.json")],
    [
      `Ex post, ${exPostFinding.worst} fails by ${exPostFinding.violation}.`,
      `With the prior of the buyer ${weights[0].join(", ")} and of the seller ${weights[1].join(", ")}, ${after.worst} fails by ${after.violation}.`,
    ],
  );
}
