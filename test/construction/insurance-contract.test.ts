import { expect, test } from "vitest";
import { conditionalDependence } from "../../src/construction/conditional-independence.js";
import {
  conditionalInsuranceContract,
  type Expenditure,
  type InsuranceContract,
  insuranceContract,
  insurerAndReinsurer,
} from "../../src/construction/insurance-contract.js";
import { Environment } from "../../src/environment/environment.js";
import { expectation, interimExpectation } from "../../src/mechanism/interim.js";
import { Rational } from "../../src/number/rational.js";
import { RationalVector } from "../../src/number/rational-vector.js";
import { randomEnvironment } from "../generator/random-environment.js";
import { RandomSource } from "../generator/random-source.js";
import { everyProfile } from "./instances.js";

function randomExpenditure(environment: Environment, random: RandomSource): Expenditure {
  const table = everyProfile(environment).map(() => random.money(-3, 3));
  return (s) => table[s];
}

/** Weights that sum to 1, some of them negative. */
function randomWeights(count: number, random: RandomSource): Rational[] {
  const weights = Array.from({ length: count - 1 }, () => random.money(-2, 2));
  const position = random.integer(0, count - 1);
  weights.splice(position, 0, Rational.ONE.subtract(Rational.sum(weights)));
  return weights;
}

/** Which of BN Definition 2's properties fail, agent by agent. */
function failures(environment: Environment, expenditure: Expenditure, contract: InsuranceContract): string[] {
  const { agents, profiles } = environment;
  const found: string[] = [];
  for (const s of everyProfile(environment)) {
    const paid = Rational.sum(agents.map((_, i) => contract.payment(i, s)));
    if (!paid.equals(expenditure(s))) found.push("full insurance");
  }
  const mean = expectation(environment, expenditure);
  if (!Rational.sum(contract.premiums).equals(mean)) found.push("actuarially fair");
  agents.forEach(({ types }, i) => {
    types.forEach((_, type) => {
      const expected = (report: number) =>
        interimExpectation(environment, i, type, (s) => contract.payment(i, profiles.replace(s, i, report)));
      const truthful = expected(type);
      types.forEach((_, report) => {
        if (expected(report).compare(truthful) < 0) found.push(`non-manipulable ${i}`);
      });
      if (truthful.compare(contract.premiums[i]) > 0) found.push(`interim individually rational ${i}`);
    });
  });
  return [...new Set(found)];
}

test("under independence every contract, with any weights, is full, fair, non-manipulable and acceptable to every type (BN Prop. 1, seeds 0 to 99)", () => {
  let negative = 0;
  for (let seed = 0; seed < 100; seed++) {
    const environment = randomEnvironment(seed, { prior: "independent", types: [2, 4] });
    const random = new RandomSource(seed);
    const n = environment.agentCount;
    const expenditure = randomExpenditure(environment, random);
    const [i, j] = random.pick([
      [0, 1],
      [1, 0],
      [n - 1, 0],
    ]);
    const pair = insuranceContract(environment, expenditure, insurerAndReinsurer(n, i, j));
    expect(failures(environment, expenditure, pair)).toEqual([]);
    for (const s of everyProfile(environment)) {
      // The secondary insurer's payment does not depend on its own type, and the others pay nothing.
      expect(pair.payment(j, s)).toEqual(pair.payment(j, environment.profiles.replace(s, j, 0)));
      environment.agents.forEach((_, k) => {
        if (k !== i && k !== j) expect(pair.payment(k, s)).toEqual(Rational.ZERO);
      });
    }
    const primary = randomWeights(n, random);
    const secondary = Array.from({ length: n }, (_, k) => {
      const weights = randomWeights(n - 1, random);
      weights.splice(k, 0, Rational.ZERO);
      return weights;
    });
    if (primary.some((weight) => weight.sign < 0)) negative++;
    const general = insuranceContract(environment, expenditure, { primary, secondary });
    expect(failures(environment, expenditure, general)).toEqual([]);
  }
  console.log({ negative });
  expect(negative).toBeGreaterThan(20);
});

test("under CIND everything holds but the secondary insurer's participation, which does fail (BN Prop. 3, seeds 0 to 119)", () => {
  let participationFails = 0;
  for (let seed = 0; seed < 120; seed++) {
    const environment = randomEnvironment(seed, {
      agents: [3, 3],
      types: [2, 3],
      prior: "conditionally independent",
    });
    const random = new RandomSource(seed);
    const expenditure = randomExpenditure(environment, random);
    const [i, j] = random.pick([
      [0, 1],
      [1, 0],
    ]);
    const contract = conditionalInsuranceContract(environment, expenditure, i, j);
    const failed = failures(environment, expenditure, contract);
    expect(failed.filter((failure) => failure !== `interim individually rational ${j}`)).toEqual([]);
    if (failed.length > 0) participationFails++;
    for (const s of everyProfile(environment)) {
      expect(contract.payment(j, s)).toEqual(contract.payment(j, environment.profiles.replace(s, j, 0)));
      expect(contract.payment(2, s)).toEqual(Rational.ZERO);
    }
  }
  console.log({ participationFails });
  expect(participationFails).toBeGreaterThan(20);
});

test("types that determine each other given the third's leave reports of probability zero, and the contract still holds", () => {
  // The third type says which of two pairs of types the first two have; each pair is certain.
  const table = Array.from({ length: 8 }, (_, s) => (s === 0 || s === 7 ? Rational.of(1, 2) : Rational.ZERO));
  const environment = new Environment({
    name: "revealing third type",
    agents: ["first", "second", "third"].map((name) => ({
      name,
      types: ["0", "1"],
      values: { shape: "type-outcome", entries: RationalVector.zeros(4) },
    })),
    outcomes: ["A", "B"],
    prior: { kind: "joint", table: RationalVector.from(table) },
  });
  expect(conditionalDependence(environment, 0, 1)).toBeUndefined();
  const expenditure = randomExpenditure(environment, new RandomSource(5));
  const contract = conditionalInsuranceContract(environment, expenditure, 0, 1);
  expect(failures(environment, expenditure, contract)).toEqual(["interim individually rational 1"]);
});
