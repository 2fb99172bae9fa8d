import { insuranceContract, insurerAndReinsurer } from "../construction/insurance-contract.js";
import { RandomSource } from "../generator/random-source.js";
import type { Claim, Paper } from "./claim.js";
import { randomEnvironments } from "./family.js";
import { lackingOf, notOfTwo, randomExpenditure, randomPair, randomWeights } from "./insurance.js";

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

export const boergersNorman: Paper = {
  key: "BN",
  source: "Börgers and Norman 2005",
  claims: [proposition1, generalContract],
};
