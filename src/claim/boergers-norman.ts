import { groundFor } from "../comparison/ground.js";
import { insuranceContract, insurerAndReinsurer } from "../construction/insurance-contract.js";
import { exAnteBalanced, exPostBalanced } from "../construction/insured.js";
import { irVcg } from "../construction/ir-vcg.js";
import { RandomSource } from "../generator/random-source.js";
import { conditionalClaims } from "./boergers-norman-conditional.js";
import type { Claim, Paper } from "./claim.js";
import { randomEnvironments } from "./family.js";
import { lackingOf, notOfTwo, randomExpenditure, randomPair, randomWeights } from "./insurance.js";
import { agentsNotDominant, lacking } from "./properties.js";
import { notRearranged, randomBalanced } from "./rearranged.js";

const independent = randomEnvironments(
  "environments of two or three agents with one to four types each, independent, some of probability zero",
  { prior: "independent", types: [1, 4] },
);

const proposition1: Claim = {
  id: "BN-1",
  kinds: ["construction", "theorem"],
  place: "Proposition 1",
  about: "insurance contract between a primary and a secondary insurer",
  says: "For any two agents there is a contract that insures any expenditure in full, is actuarially fair, non-manipulable and acceptable to every type of every agent, in which the secondary insurer's payment does not depend on its own type and all others pay nothing.",
  assumes: "Independent types, at least two agents.",
  async test(trial) {
    await trial.holds("the contract has all of these properties", independent, ({ environment, seed }) => {
      const random = new RandomSource(seed);
      const { agentCount } = environment;
      const expenditure = randomExpenditure(environment, random);
      const [i, j] = randomPair(agentCount, random);
      const contract = insuranceContract(environment, expenditure, insurerAndReinsurer(agentCount, i, j));
      return lackingOf(environment, expenditure, contract) ?? notOfTwo(environment, contract, i, j);
    });
  },
};

const generalContract: Claim = {
  id: "BN-1w",
  kinds: ["construction"],
  place: "after Proposition 1",
  about: "the contract with general weights",
  says: "Primary insurance may be divided by weights alpha that sum to 1, and the insurance of each primary insurer among the others by weights beta that sum to 1; weights may be negative. Such a contract is full, fair, non-manipulable and interim individually rational.",
  assumes: "Independent types, at least two agents.",
  async test(trial) {
    await trial.holds(
      "the contract with weights drawn at random is full, fair, non-manipulable and acceptable",
      independent,
      ({ environment, seed }, count) => {
        const random = new RandomSource(seed);
        const expenditure = randomExpenditure(environment, random);
        const weights = randomWeights(environment.agentCount, random);
        const isNegative = [weights.primary, ...weights.secondary].flat().some(({ sign }) => sign < 0);
        if (isNegative) count("with negative weights");
        return lackingOf(environment, expenditure, insuranceContract(environment, expenditure, weights));
      },
      { each: ["with negative weights"] },
    );
  },
};

const proposition2: Claim = {
  id: "BN-2",
  kinds: ["construction", "theorem"],
  place: "Proposition 2 and the paragraph after it",
  about: "from balance in expectation to balance at every profile",
  says: "For every mechanism that balances in expectation, and any two agents i and j, there is one that balances at every profile with the same allocation, the same interim payments of i and j, a change of j's payment that does not depend on j's type, and the same payments of all others. Truth remains a Bayesian equilibrium, dominant for all but i where it was, and participation at the interim stage is kept.",
  assumes:
    "Independent types, at least two agents; any values and costs, of others' types too, and any allocation rule.",
  async test(trial) {
    await trial.holds(
      "payments and allocation are related as it says",
      independent,
      ({ environment, seed }, count) => {
        const { agentCount: n } = environment;
        const pair = randomPair(n, new RandomSource(seed));
        const before = randomBalanced(environment, seed + 1);
        const after = exPostBalanced(environment, before, (expenditure) =>
          insuranceContract(environment, expenditure, insurerAndReinsurer(n, ...pair)),
        );
        if (!environment.hasPrivateValues) count("with values that depend on others' types");
        if (environment.specification.cost?.shape === "profile-outcome")
          count("with costs that depend on types");
        return notRearranged(environment, before, after, pair, pair);
      },
      { each: ["with values that depend on others' types", "with costs that depend on types"] },
    );
    const efficient = randomEnvironments(
      "environments of two or three agents with one to four types each, independent, private values, no cost, and an efficient rule",
      { prior: "independent", types: [1, 4], values: "private", costs: false },
    );
    await trial.holds(
      "from VCG with constants: truth stays dominant for all but i and a Bayesian equilibrium for i, and types that took part do so",
      efficient,
      ({ environment, seed }, count) => {
        const pair = randomPair(environment.agentCount, new RandomSource(seed));
        const ground = groundFor({ environment }, { allocation: "efficient", ties: "first" });
        const before = exAnteBalanced(environment, irVcg(ground));
        const after = exPostBalanced(environment, before, (expenditure) =>
          insuranceContract(environment, expenditure, insurerAndReinsurer(environment.agentCount, ...pair)),
        );
        const lost = agentsNotDominant(environment, after);
        if (lost.length > 0) count("in which truth is no longer dominant for i");
        const other = lost.find((k) => k !== pair[0]);
        if (other !== undefined)
          return `in which truth is not dominant for ${environment.agents[other].name}`;
        if (lacking(environment, before, ["interim IR"]) === undefined) {
          count("in which all types took part");
          const stays = lacking(environment, after, ["interim IR"]);
          if (stays !== undefined) return stays;
        }
        return lacking(environment, after, ["Bayesian IC", "ex post balance"]);
      },
      { each: ["in which truth is no longer dominant for i", "in which all types took part"] },
    );
  },
};

export const boergersNorman: Paper = {
  key: "BN",
  source: "Börgers and Norman 2005",
  claims: [proposition1, generalContract, proposition2, ...conditionalClaims],
};
