import { expect, test } from "vitest";
import { Environment } from "../../../src/environment/environment.js";
import { exchangeable } from "../../../src/formulation/exchangeable.js";
import { interimTable } from "../../../src/kernel/interim-table.js";
import { surplusIsUnbounded } from "../../../src/kernel/judgement.js";
import { interimPaidAlike } from "../../../src/mechanism/forms.js";
import type { StructuredMechanism } from "../../../src/mechanism/structured-mechanism.js";
import { unfolded } from "../../../src/mechanism/unfolded.js";
import { Rational } from "../../../src/number/rational.js";
import { RationalVector } from "../../../src/number/rational-vector.js";
import { posed } from "../../../src/question/problem.js";
import { choices, type Question } from "../../../src/question/question.js";
import { Space } from "../../../src/space/space.js";
import { randomPublicGood } from "../../generator/random-public-good.js";
import { RandomSource } from "../../generator/random-source.js";
import { randomSymmetricEnvironment } from "../../generator/random-symmetric-environment.js";
import { compareWithDirect, type Tally } from "../against-direct.js";
import { resolved } from "../resolved.js";

const COUNT = Number(process.env["COUNT"] ?? 150);
const [HALF, QUARTER, FIFTH] = [2, 4, 5].map((part) => Math.ceil(COUNT / part));

/** Questions of which interim payments are all that matters, most of them with a rule left to the design. */
function interimQuestion(random: RandomSource): Partial<Question> {
  const ir = random.pick(["interim", "interim", "interim", "ex-post", "ex-ante", "none"] as const);
  const budget = random.pick(["ex-post", "ex-post", "ex-ante", "ex-ante", "none"] as const);
  return {
    ic: random.pick(["bayesian", "bayesian", "bayesian", "bayesian", "none"] as const),
    // Participation and budget at every profile are another matter.
    ir: ir === "ex-post" && budget === "ex-post" ? "interim" : ir,
    budget,
    balance: random.pick(choices.balance),
    objective: random.pick(["max-gains", "max-gains", "max-surplus", ...choices.objective] as const),
    allocation: random.pick(["free", "free", "efficient"] as const),
    ties: random.pick(["optimise", "optimise", "uniform"] as const),
  };
}

test("sums over multisets of types, rules alone and mixtures of them reach the direct program's optimum", async () => {
  const tally: Tally = {};
  const tell = (what: string) => {
    tally[what] = (tally[what] ?? 0) + 1;
  };
  for (let seed = 1; seed <= COUNT; seed++) {
    const random = new RandomSource(seed ^ 0x2c1b3c6d);
    const environment = randomSymmetricEnvironment(seed ^ 0x7f4a7c15);
    const problem = posed(environment, interimQuestion(random));
    const label = `seed ${seed}, ${JSON.stringify(problem.question)}`;
    await compareWithDirect(problem, exchangeable, tally, label);
    if (exchangeable.obstacle(problem) || surplusIsUnbounded(problem)) continue;
    const { solver } = await resolved(exchangeable, problem);
    tell(solver ? "mixture" : "alone");
    if (environment.costs.dependsOnProfile) tell("cost by profile");
    if (environment.outsideOptions[0].dependsOnProfile) tell("outside option by profile");
    if (environment.prior.marginals[0].toRationals().some((p) => p.isZero)) tell("impossible type");
  }
  console.log(`exchangeable, interim questions, seeds 1 to ${COUNT}: ${JSON.stringify(tally)}`);
  for (const kind of [
    "alone",
    "mixture",
    "infeasible",
    "zero",
    "not zero",
    "cost by profile",
    "outside option by profile",
    "impossible type",
    "IR ex-post",
    ...choices.objective,
  ]) {
    expect(tally[kind], kind).toBeGreaterThan(0);
  }
});

test("gains that have to be paid for are traded against money as in the direct program", async () => {
  const tally: Tally = {};
  for (let seed = 1; seed <= QUARTER; seed++) {
    const environment = randomPublicGood(seed);
    const question = { allocation: "free", objective: "max-gains", balance: "no-deficit" } as const;
    const problem = posed(environment, question);
    await compareWithDirect(problem, exchangeable, tally, `seed ${seed}`);
    const { solver, multipliers } = await resolved(exchangeable, problem);
    const isPriced = multipliers!.prices.some((block) => block.kind === "list" && block.on === "budget");
    const how = solver ? "mixture" : isPriced ? "price of money" : "for free";
    tally[how] = (tally[how] ?? 0) + 1;
  }
  console.log(`gains for money, seeds 1 to ${QUARTER}: ${JSON.stringify(tally)}`);
  for (const kind of ["mixture", "price of money", "for free"]) {
    expect(tally[kind], kind).toBeGreaterThan(0);
  }
});

/** A lottery over two rules that choose what scores best at random prices, which few payments implement. */
function randomSymmetricRule(environment: Environment, random: RandomSource): StructuredMechanism {
  const space = Space.of(environment, true);
  const [{ types, classes }] = space.groups;
  const part = (weight: Rational) => {
    const price = Array.from({ length: types * classes }, () => random.integer(-3, 3));
    const perOutcome = space.classOf.map((own) =>
      Array.from({ length: types }, (_, type) => Array.from(own, (k) => price[type * classes + k])).flat(),
    );
    return { weight, rule: { kind: "priced", among: "all", perOutcome, perCost: 0 } as const };
  };
  const rule = { kind: "mixture", parts: [part(Rational.of(2, 3)), part(Rational.of(1, 3))] } as const;
  return interimPaidAlike({ environment, rule, subsidy: Rational.ZERO }, RationalVector.zeros(types));
}

test("the best payments for a given rule that treats agents alike are those of the direct program", async () => {
  const tally: Tally = {};
  for (let seed = 1; seed <= HALF; seed++) {
    const random = new RandomSource(seed ^ 0x5f356495);
    const environment = randomSymmetricEnvironment(seed ^ 0x3ade68b1);
    const given = randomSymmetricRule(environment, random);
    const question = { ...interimQuestion(random), allocation: "given" } as const;
    const problem = posed(environment, question, (profile) => given.lottery(profile));
    await compareWithDirect(problem, exchangeable, tally, `seed ${seed}, ${JSON.stringify(question)}`);
  }
  console.log(`exchangeable, given rules, seeds 1 to ${HALF}: ${JSON.stringify(tally)}`);
  for (const kind of ["zero", "not zero", "infeasible"]) expect(tally[kind], kind).toBeGreaterThan(0);
});

test("what a type expects is read off one agent's sums over multisets as off all profiles", async () => {
  let compared = 0;
  for (let seed = 1; seed <= FIFTH; seed++) {
    const environment = randomSymmetricEnvironment(seed);
    const { mechanism } = await resolved(exchangeable, posed(environment));
    if (!mechanism?.alike) continue;
    const [table, expected] = [interimTable(mechanism), interimTable(unfolded(mechanism))];
    for (let type = 0; type < environment.profiles.sizes[0]; type++) {
      expect(table(1, type), `seed ${seed}`).toEqual(expected(1, type));
      compared++;
    }
  }
  expect(compared).toBeGreaterThan(0);
});

/** The same environment with probabilities and money so fine that neither weights nor values fit machine integers. */
function refined(environment: Environment, seed: number): Environment {
  const random = new RandomSource(seed);
  const { specification } = environment;
  const weights = environment.agents[0].types.map(() => BigInt(random.integer(1, 2 ** 40)));
  const total = weights.reduce((sum, weight) => sum + weight, 0n);
  const marginal = RationalVector.from(weights.map((weight) => Rational.of(weight, total)));
  const finer = (entries: RationalVector) =>
    RationalVector.from(entries.toRationals().map((value) => value.multiply(Rational.of(1, 2n ** 61n - 1n))));
  return new Environment({
    ...specification,
    agents: specification.agents.map((agent) => ({
      ...agent,
      values: { ...agent.values, entries: finer(agent.values.entries) },
      outsideOption: agent.outsideOption && {
        ...agent.outsideOption,
        entries: finer(agent.outsideOption.entries),
      },
    })),
    cost: specification.cost && { ...specification.cost, entries: finer(specification.cost.entries) },
    prior: { kind: "independent", marginals: environment.agents.map(() => marginal) },
  });
}

test("probabilities and money beyond machine integers change nothing", async () => {
  const tally: Tally = {};
  for (let seed = 1; seed <= FIFTH; seed++) {
    const random = new RandomSource(seed ^ 0x165667b1);
    const environment = refined(randomSymmetricEnvironment(seed ^ 0x27d4eb2f), seed);
    const problem = posed(environment, interimQuestion(random));
    await compareWithDirect(
      problem,
      exchangeable,
      tally,
      `seed ${seed}, ${JSON.stringify(problem.question)}`,
    );
  }
  console.log(`exchangeable, fine numbers, seeds 1 to ${FIFTH}: ${JSON.stringify(tally)}`);
  for (const kind of ["zero", "not zero", "infeasible"]) expect(tally[kind], kind).toBeGreaterThan(0);
});
