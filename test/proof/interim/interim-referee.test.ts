import { expect, test } from "vitest";
import { bilateralTrade } from "../../../models/index.js";
import type { Environment } from "../../../src/environment/environment.js";
import { paths } from "../../../src/formulation/paths.js";
import { InsuredMechanism } from "../../../src/mechanism/insured-mechanism.js";
import { SteadyGainsMechanism } from "../../../src/mechanism/steady-gains-mechanism.js";
import { Rational } from "../../../src/number/rational.js";
import { RationalVector } from "../../../src/number/rational-vector.js";
import { type Problem, posed } from "../../../src/problem/problem.js";
import { choices, type Question } from "../../../src/problem/question.js";
import { InterimReferee } from "../../../src/proof/interim/interim-referee.js";
import { SpreadMultipliers } from "../../../src/proof/interim/spread-multipliers.js";
import type { Multipliers } from "../../../src/proof/multipliers.js";
import { solverByName } from "../../../src/solver/registry.js";
import { randomEnvironment } from "../../generator/random-environment.js";
import { RandomSource } from "../../generator/random-source.js";
import { compareAudits, compareBounds, Tally } from "../against-definitions.js";

type Known = InsuredMechanism | SteadyGainsMechanism;

const tally = new Tally();

/** The referee of a mechanism; it knows every one of these. */
function refereeOf(problem: Problem, mechanism: Known | undefined, label: string): InterimReferee {
  const referee = InterimReferee.of(problem, mechanism);
  if (!referee) throw new Error(`${label}: no referee`);
  return referee;
}

function checkAudit(problem: Problem, mechanism: Known, label: string): void {
  compareAudits(refereeOf(problem, mechanism, label), problem, mechanism, label, tally);
}

function checkBound(
  problem: Problem,
  mechanism: Known | undefined,
  multipliers: Multipliers,
  label: string,
): void {
  compareBounds(refereeOf(problem, mechanism, label), problem, multipliers, label, tally);
}

const small = () => Rational.of(1, 7);

function perturbed(vector: RationalVector, at: number, by = small()): RationalVector {
  return RationalVector.from(vector.toRationals().map((entry, k) => (k === at ? entry.add(by) : entry)));
}

/** The mechanism with one number changed. */
function corrupted(mechanism: Known, random: RandomSource): Known {
  if (mechanism instanceof SteadyGainsMechanism) {
    const { environment, rule, gains, constantSubsidy } = mechanism;
    const agent = random.integer(0, environment.agentCount - 1);
    const changed = gains.map((own, i) =>
      i === agent
        ? perturbed(own, random.integer(0, own.length - 1), random.pick([small(), small().negate()]))
        : own,
    );
    return random.onceIn(2)
      ? new SteadyGainsMechanism(environment, rule, changed, constantSubsidy)
      : new SteadyGainsMechanism(environment, rule, gains, constantSubsidy.subtract(small()));
  }
  const { environment, rule, interimPayments, insurers, constantSubsidy } = mechanism;
  const agent = random.integer(0, environment.agentCount - 1);
  switch (random.integer(1, insurers ? 3 : 2)) {
    case 1: {
      const payments = interimPayments.map((own, i) =>
        i === agent ? perturbed(own, random.integer(0, own.length - 1)) : own,
      );
      return new InsuredMechanism(environment, rule, payments, insurers, constantSubsidy);
    }
    case 2:
      return new InsuredMechanism(
        environment,
        rule,
        interimPayments,
        insurers,
        constantSubsidy.subtract(small()),
      );
    default: {
      const predictedCosts = perturbed(insurers!.predictedCosts, 0);
      return new InsuredMechanism(
        environment,
        rule,
        interimPayments,
        { ...insurers!, predictedCosts },
        constantSubsidy,
      );
    }
  }
}

function corruptedMultipliers(
  environment: Environment,
  multipliers: Multipliers,
  random: RandomSource,
): Multipliers {
  if (multipliers instanceof SpreadMultipliers) {
    return new SpreadMultipliers(environment, corruptedMultipliers(environment, multipliers.interim, random));
  }
  const { purpose, incentive, participation, budget } = multipliers;
  const listed: Multipliers = { purpose, incentive, participation, budget };
  const flipped = <Entry extends { weight: Rational }>(entries: readonly Entry[], factor: Rational) => {
    const at = random.integer(0, Math.max(0, entries.length - 1));
    return entries.map((entry, k) =>
      k === at ? { ...entry, weight: entry.weight.multiply(factor) } : entry,
    );
  };
  switch (random.integer(1, 4)) {
    case 1:
      return { ...listed, incentive: flipped(incentive, Rational.of(2)) };
    case 2:
      return { ...listed, participation: flipped(participation, Rational.of(-1)) };
    case 3:
      return {
        ...listed,
        budget: budget.kind === "prior" ? { ...budget, scale: budget.scale.add(small()) } : budget,
      };
    default: {
      // Twice as much of everything: cancels still, but money may be priced too high.
      const twice = <Entry extends { weight: Rational }>(entries: readonly Entry[]) =>
        entries.map((entry) => ({ ...entry, weight: entry.weight.add(entry.weight) }));
      const doubled =
        budget.kind === "prior"
          ? { ...budget, scale: budget.scale.add(budget.scale) }
          : budget.kind === "expectation"
            ? { ...budget, price: budget.price.add(budget.price) }
            : budget;
      return {
        ...listed,
        incentive: twice(incentive),
        participation: twice(participation),
        budget: doubled,
      };
    }
  }
}

async function compareAll(problem: Problem, random: RandomSource, label: string): Promise<void> {
  if (paths.obstacle(problem)) {
    tally.tell("not for interim payments");
    return;
  }
  const { mechanism, multipliers } = await paths.resolve(problem, solverByName("highs"), {});
  const own = mechanism as Known | undefined;
  if (own) {
    checkAudit(problem, own, label);
    for (let k = 0; k < 3; k++) checkAudit(problem, corrupted(own, random), `${label}, corrupted`);
  }
  checkBound(problem, own, multipliers!, label);
  for (let k = 0; k < 3; k++) {
    checkBound(
      problem,
      own,
      corruptedMultipliers(problem.environment, multipliers!, random),
      `${label}, corrupted`,
    );
  }
}

const objectives = choices.objective;
const questionOf = (random: RandomSource): Partial<Question> => ({
  ic: random.pick(["none", "bayesian"]),
  ir: random.pick(["none", "ex-ante", "interim", "interim", "ex-post"]),
  budget: random.pick(choices.budget),
  balance: random.pick(choices.balance),
  objective: random.pick(objectives),
  ties: random.pick(choices.ties),
});

test("the referee of large problems finds exactly what the audit and the Lagrangian find profile by profile", async () => {
  const SEED = 31_000;
  const COUNT = 400;
  for (let seed = SEED; seed < SEED + COUNT; seed++) {
    const random = new RandomSource(seed);
    let environment = randomEnvironment(seed, {
      prior: "independent",
      values: "private",
      agents: [2, 3],
      types: [2, 4],
    });
    if (environment.outsideOptions.some((table) => table.dependsOnProfile)) {
      environment = randomEnvironment(seed, {
        prior: "independent",
        values: "private",
        outsideOptions: false,
        agents: [2, 3],
        types: [2, 4],
      });
    }
    const question = questionOf(random);
    await compareAll(posed(environment, question), random, `seed ${seed}, ${JSON.stringify(question)}`);
  }
  for (let seed = SEED; seed < SEED + COUNT / 2; seed++) {
    const random = new RandomSource(seed);
    const grid = () => ({
      points: random.integer(2, 6),
      placement: random.pick(["midpoint", "endpoint", "equal-probability"]),
      distribution: random.pick(["uniform", { power: "2" }]),
    });
    const { environment } = bilateralTrade({
      buyer: grid(),
      seller: grid(),
      convention: random.pick(["cost", "value"]),
    });
    const question = questionOf(random);
    await compareAll(
      posed(environment, question),
      random,
      `trade, seed ${seed}, ${JSON.stringify(question)}`,
    );
  }
  console.log(`interim referee, seeds ${SEED} to ${SEED + COUNT - 1}: ${JSON.stringify(tally.counts)}`);
  expect(tally.counts["multipliers of another kind"]).toBe(undefined);
  tally.expectAll([
    "mechanisms that pass",
    "mechanisms that fail",
    "multipliers refused",
    "multipliers accepted",
    "fails Bayesian IC",
    "fails interim IR",
    "fails ex post IR",
    "fails ex post balance",
    "fails ex ante no deficit",
  ]);
}, 60_000);
