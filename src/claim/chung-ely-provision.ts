import { provisionView } from "../construction/provision-view.js";
import { gains } from "../environment/efficiency.js";
import type { Environment } from "../environment/environment.js";
import { certain } from "../environment/lottery.js";
import { RandomSource } from "../generator/random-source.js";
import { deficit } from "../mechanism/interim.js";
import type { Mechanism } from "../mechanism/mechanism.js";
import { Rational } from "../number/rational.js";
import type { Claim } from "./claim.js";
import { example } from "./example.js";
import { implementation, randomEfficientRule } from "./implementable.js";
import { everyProfile, lacking } from "./properties.js";
import { exampleOfValues, type RisingValues, risingValues } from "./rising-values.js";
import { provenOnTypes, smoothValuations } from "./smooth-valuations.js";

const PROVIDED = 1;

const goods = risingValues(
  "public goods for two with two to five types each and values that rise with both types, for some types worth the cost and for others not, half of the costs what the good is worth at some profile",
  { kind: "good", coupling: "any", types: [2, 5] },
);

/** The efficient rule, ties broken at random with lotteries. */
function efficientRuleOf(environment: Environment, { seed }: RisingValues) {
  return randomEfficientRule(environment, new RandomSource(seed));
}

function hasTies(environment: Environment): boolean {
  return everyProfile(environment).some((s) => gains(environment, PROVIDED, s).isZero);
}

export const efficientProvision: Claim = {
  id: "CE-T7",
  kinds: ["theorem"],
  place: "Theorem 7",
  about: "efficient provision is ex post incentive compatible",
  says: "Every efficient provision rule is ex post incentive compatible.",
  assumes: "Values that rise weakly with both signals and strictly with the own one.",
  readings: ["However ties are broken, lotteries among them."],
  async test(trial) {
    await trial.holds(
      "payments that make it so exist, and are computed",
      goods,
      (values, count) => {
        const { environment } = exampleOfValues(values);
        if (hasTies(environment)) count("with ties");
        const mechanism = implementation(environment, efficientRuleOf(environment, values));
        if (!mechanism) return "in which types misreport in a cycle";
        return lacking(environment, mechanism, ["ex post efficiency", "ex post IC"]);
      },
      { each: ["with ties"] },
    );
    const three = example("interdependent-public-good", {
      agents: 3,
      grid: { points: 4 },
      cost: 2,
      valuation: { own: 1, other: "1/2" },
    });
    const { environment, rule } = three.ground();
    trial.instead.fact(
      "so it is for three agents with v_i = s_i + (sum of the others') / 2, as the paper says of any number",
      implementation(environment, rule) !== undefined,
      three.run("construct generalised-vcg -"),
    );
  },
};

const noDeficit = { ic: "ex-post", ir: "ex-post", balance: "no-deficit" } as const;

const increasing = smoothValuations(
  "public goods for two with polynomial values on [0, 1] that rise with both signals, and differences that rise with the own signal; the cost strictly between what the good is worth with the lowest signals and with the highest",
  "good",
);

const decreasing = risingValues(
  "public goods for two with two to five types each, values that rise with both types and differences that fall with the own type; for some types worth the cost and for others not",
  { kind: "good", coupling: "decreasing", types: [2, 5] },
);

const common = risingValues(
  "public goods for two with two to five types each and values that rise with both types and differ by a constant or not at all; for some types worth the cost and for others not",
  { kind: "good", coupling: "common", types: [2, 5] },
);

/** Each pays half the cost and half of how much more it values the good than the other, wherever it is provided. */
function fixedContributions(environment: Environment, lottery: Mechanism["lottery"]): Mechanism {
  const view = provisionView("fixed contributions", environment);
  const half = Rational.of(1, 2);
  const difference = view.value(0, 0).subtract(view.value(1, 0));
  const chance = (s: number) =>
    lottery(s).find(({ outcome }) => outcome === view.provided)?.probability ?? Rational.ZERO;
  return {
    lottery,
    payment: (agent, s) =>
      chance(s)
        .multiply(half)
        .multiply(agent === 0 ? view.cost.add(difference) : view.cost.subtract(difference)),
    subsidy: () => Rational.ZERO,
  };
}

export const provisionBudget: Claim = {
  id: "CE-T8",
  kinds: ["theorem"],
  place: "Theorem 8",
  about: "when efficient provision can be financed",
  says: "With increasing differences every provision rule that is ex post incentive compatible, ex post individually rational and without deficit is inefficient; with decreasing differences efficient rules are without deficit; with pure common values they balance exactly.",
  assumes: "Values that rise weakly with both signals and strictly with the own one.",
  readings: [
    "The problem is not trivial, as Section 4 says of trade: the good is worth less than its cost with the lowest signals, and more with the highest.",
    "Balance is asked of some payments, as the theorem's head says: of the largest ones where a deficit is to be avoided, and of any where balance is to be exact.",
  ],
  async test(trial) {
    await trial.holds(
      "increasing differences, for all signals of [0, 1]: efficiency without deficit is impossible on 3, 5, 9, 17 or 33 of them, and therefore on all",
      increasing,
      async (valuations, count) => {
        const points = await provenOnTypes(valuations, noDeficit);
        if (points === undefined) return "that 33 signals a side do not prove impossible";
        count(`proved by ${points} signals a side`);
        return undefined;
      },
    );
    await trial.holds(
      "decreasing differences: the largest payments leave no deficit at any profile, however ties are broken",
      decreasing,
      (values, count) => {
        const { environment } = exampleOfValues(values);
        const mechanism = implementation(environment, efficientRuleOf(environment, values));
        if (!mechanism) return "in which efficient provision is not ex post incentive compatible";
        const surplus = everyProfile(environment).some((s) => deficit(environment, mechanism, s).sign < 0);
        if (surplus) count("with a surplus somewhere");
        return lacking(environment, mechanism, ["ex post IC", "ex post IR", "ex post no deficit"]);
      },
      { each: ["with a surplus somewhere"] },
    );
    await trial.holds(
      "common values: each pays half the cost, and half of what it values the good more, wherever it is provided, which is ex post incentive compatible, individually rational and balances exactly",
      common,
      (values, count) => {
        const { environment } = exampleOfValues(values);
        if (hasTies(environment)) count("with ties");
        const mechanism = fixedContributions(environment, efficientRuleOf(environment, values));
        return lacking(environment, mechanism, [
          "ex post efficiency",
          "ex post IC",
          "ex post IR",
          "ex post balance",
          "no subsidy",
        ]);
      },
      { each: ["with ties"] },
    );
    strictReadings(trial);
  },
};

/** What fails where the theorem is read to the letter. */
function strictReadings(trial: Parameters<Claim["test"]>[0]): void {
  const shared = example("interdependent-public-good", {
    agents: 2,
    grid: { points: 5, placement: "endpoint" },
    cost: 1,
    valuation: { own: 1, other: 1 },
  });
  const { environment, rule } = shared.ground("last");
  const { profiles } = environment;
  const mechanism = implementation(environment, rule)!;
  const s = profiles.profileOf([0, 3]);
  const paid = [0, 1].map((agent) => mechanism.payment(agent, s));
  trial.instead.fact(
    "read of the generalised VCG payments, by which the paper defines a balanced rule after the theorem, exact balance fails where one signal alone makes the good worth its cost",
    deficit(environment, mechanism, s).sign < 0 &&
      lacking(environment, mechanism, ["ex post no deficit"]) === undefined,
    shared.run("construct generalised-vcg -"),
    [
      `With v_1 = v_2 = s_1 + s_2 and the cost 1, at the signals 0 and 3/4: the first agent's value never stops provision, and it pays ${paid[0]}; the second pays its value at the signal 1/2, ${paid[1]}. Together that is more than 1. Payments of 1/2 each balance.`,
    ],
  );
  const cheap = example("interdependent-public-good", {
    agents: 2,
    grid: { points: 3, from: 1, to: 2 },
    cost: 1,
    valuation: { own: 1 },
  });
  const always = implementation(cheap.environment, () => certain(PROVIDED))!;
  trial.instead.fact(
    "where the good is always worth its cost, increasing differences or not, efficient provision is without deficit",
    lacking(cheap.environment, always, [
      "ex post efficiency",
      "ex post IC",
      "ex post IR",
      "ex post no deficit",
    ]) === undefined,
    cheap.run("construct generalised-vcg -"),
    ["Private values from 1 to 2 and a cost of 1: each pays its least value."],
  );
}
