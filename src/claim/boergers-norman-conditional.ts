import { groundFor } from "../comparison/ground.js";
import { conditionalInsuranceContract } from "../construction/insurance-contract.js";
import { exAnteBalanced, exPostBalanced } from "../construction/insured.js";
import { irVcg } from "../construction/ir-vcg.js";
import { RandomSource } from "../generator/random-source.js";
import { interimExpectation } from "../mechanism/interim.js";
import { Rational } from "../number/rational.js";
import type { Claim } from "./claim.js";
import { Example } from "./example.js";
import { randomEnvironments } from "./family.js";
import { lackingOf, notOfTwo, randomExpenditure } from "./insurance.js";
import { agentsNotDominant, lacking } from "./properties.js";
import { notRearranged, randomBalanced } from "./rearranged.js";
import { notApplying } from "./trial.js";

const conditional = randomEnvironments(
  "environments of three agents with two or three types each, the first two independent given the third, in which types may be correlated",
  { agents: [3, 3], types: [2, 3], prior: "conditionally independent" },
);

/** The third type tells which of two pairs of types the first two have; the expenditure is 1 in one of the two profiles that happen. */
const revealed = new Example({
  name: "the third type reveals the others",
  agents: ["first", "second", "third"].map((name) => ({
    name,
    types: ["0", "1"],
    values: { byType: [[0], [0]] },
  })),
  outcomes: ["nothing"],
  prior: {
    weights: [
      [
        [1, 0],
        [0, 0],
      ],
      [
        [0, 0],
        [0, 1],
      ],
    ],
  },
});

const proposition3: Claim = {
  id: "BN-3",
  kinds: ["construction", "theorem"],
  place: "Proposition 3",
  about: "the contract where two agents' types are independent given all others'",
  says: "Under (CIND) there is a contract that is full, actuarially fair, non-manipulable and interim individually rational except possibly for agent j, whose payment does not depend on its type; all others than i and j pay nothing.",
  assumes: "(CIND): given every realisation of the others' types, those of i and j are independent.",
  readings: [
    "What is conditional on reports that cannot come together is taken from the others' types alone, which (CIND) makes the same wherever both are defined.",
  ],
  async test(trial) {
    await trial.holds(
      "the contract has these properties",
      conditional,
      ({ environment, seed }, count) => {
        const random = new RandomSource(seed);
        const expenditure = randomExpenditure(environment, random);
        const [i, j] = firstTwo(random);
        const contract = conditionalInsuranceContract(environment, expenditure, i, j);
        if (lackingOf(environment, expenditure, contract) !== undefined)
          count("in which a type of j does not take part");
        return lackingOf(environment, expenditure, contract, j) ?? notOfTwo(environment, contract, i, j);
      },
      { each: ["in which a type of j does not take part"] },
    );
    const { environment } = revealed;
    const last = environment.profiles.count - 1;
    const expenditure = (s: number) => (s === last ? Rational.ONE : Rational.ZERO);
    const { premiums, payment } = conditionalInsuranceContract(environment, expenditure, 0, 1);
    const expected = [0, 1].map((type) => interimExpectation(environment, 1, type, (s) => payment(1, s)));
    trial.instead.fact(
      "the exception is needed: where the third type reveals the other two, a type of j expects to pay more than its premium",
      expected.some((pays) => pays.compare(premiums[1]) > 0),
      revealed.run("show -"),
      [
        `The expenditure is 1 where all types are 1 and 0 where all are 0, each with probability 1/2. The second agent's premium is ${premiums[1]}; it expects to pay ${expected[0]} as the type 0 and ${expected[1]} as the type 1.`,
      ],
    );
  },
};

/** The first agent values a project at its type, the second at 3/2; it costs twice the first agent's type. */
const costByType = new Example({
  name: "a cost that rises with the first agent's type",
  agents: [
    {
      name: "first",
      types: ["1", "2"],
      weights: [1, 1],
      values: {
        byType: [
          [0, 1],
          [0, 2],
        ],
      },
    },
    { name: "second", types: ["3/2"], weights: [1], values: { byType: [[0, "3/2"]] } },
  ],
  outcomes: ["nothing", "project"],
  cost: { byProfile: [[[0, 2]], [[0, 4]]] },
});

/** The same project and cost, of which the first agent's value is what is left to it. */
const costBorne = new Example({
  name: "a cost that the first agent bears",
  agents: [
    {
      name: "first",
      types: ["1", "2"],
      weights: [1, 1],
      values: {
        byType: [
          [0, -1],
          [0, -2],
        ],
      },
    },
    { name: "second", types: ["3/2"], weights: [1], values: { byType: [[0, "3/2"]] } },
  ],
  outcomes: ["nothing", "project"],
});

const proposition4: Claim = {
  id: "BN-4",
  kinds: ["construction", "theorem"],
  place: "Proposition 4 and the paragraphs after it",
  about: "balance at every profile under (CIND), and Crémer and Riordan's theorem",
  says: "Proposition 2 holds under (CIND) but for j's interim payments. Hence, with private values and costs that are a sum of r_i(a, s_i), VCG with constants, which makes truth dominant, turns into a mechanism that balances at every profile and in which truth is dominant for all agents but one.",
  assumes:
    "(CIND) of i and j; for the consequence private values, a cost r(a, s) that is a constant plus a sum of r_i(a, s_i), and an efficient rule.",
  readings: [
    "As written, costs are the designer's: they are no part of utilities. Under this reading the consequence fails once some r_i moves with s_i.",
    "Read with costs that depend on the decision alone, it holds.",
    "Read with r_i as a cost that agent i bears itself, there is no cost beside utilities, and it holds.",
  ],
  async test(trial) {
    await trial.holds(
      "Proposition 4: payments and allocation are related as it says",
      conditional,
      ({ environment, seed }) => {
        const pair = firstTwo(new RandomSource(seed));
        const before = randomBalanced(environment, seed + 1);
        const after = exPostBalanced(environment, before, (expenditure) =>
          conditionalInsuranceContract(environment, expenditure, ...pair),
        );
        return notRearranged(environment, before, after, pair, [pair[0]]);
      },
    );
    const byDecision = randomEnvironments(
      "environments of three agents with two or three types each, the first two independent given the third, private values, costs by outcome or none, and an efficient rule",
      { agents: [3, 3], types: [2, 3], prior: "conditionally independent", values: "private" },
    );
    await trial.holds(
      "the consequence, where costs depend on the decision alone: balance, and truth dominant for all but i",
      byDecision,
      ({ environment, seed }, count) => {
        if (environment.specification.cost?.shape === "profile-outcome") return notApplying;
        const pair = firstTwo(new RandomSource(seed));
        const ground = groundFor({ environment }, { allocation: "efficient", ties: "first" });
        const after = exPostBalanced(environment, exAnteBalanced(environment, irVcg(ground)), (expenditure) =>
          conditionalInsuranceContract(environment, expenditure, ...pair),
        );
        if (environment.specification.cost) count("with a cost");
        const lost = agentsNotDominant(environment, after).find((k) => k !== pair[0]);
        if (lost !== undefined) return `in which truth is not dominant for ${environment.agents[lost].name}`;
        return lacking(environment, after, ["Bayesian IC", "ex post balance"]);
      },
      { each: ["with a cost"] },
    );
    const { infeasible } = await trial.verdict(
      "the premise, where r_1 rises with s_1: some payments make truth dominant under an efficient rule",
      "possible",
      costByType,
      { ic: "dominant", ir: "none", budget: "none", objective: "feasibility" },
    );
    await trial.instead.verdict(
      "the same, where the first agent bears the cost itself",
      "possible",
      costBorne,
      { ic: "dominant", ir: "none", budget: "none", objective: "feasibility" },
    );
    if (infeasible)
      trial.tell(
        `Proposition 4 holds wherever it was tried. The remark on costs does not: with a cost of twice the first agent's type, values equal to that type and 3/2, the project is efficient for the type 1 and not for the type 2, who values it more; no payments at all, VCG's or others, make truth pay. With costs that depend on the decision alone, or that agents bear themselves, the remark is right.`,
      );
  },
};

/** Two agents whose types are independent given the third's. */
function firstTwo(random: RandomSource): readonly [number, number] {
  return random.onceIn(2) ? [0, 1] : [1, 0];
}

export const conditionalClaims: readonly Claim[] = [proposition3, proposition4];
