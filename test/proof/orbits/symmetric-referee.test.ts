import { expect, test } from "vitest";
import { singleGoodAuction } from "../../../models/index.js";
import { designFor } from "../../../src/design.js";
import { certain } from "../../../src/environment/lottery.js";
import { OrbitTable } from "../../../src/environment/orbits/orbit-table.js";
import { allClasses, uniformRule } from "../../../src/environment/orbits/symmetric-rule.js";
import { exchangeable } from "../../../src/formulation/exchangeable.js";
import { MutualInsurance } from "../../../src/mechanism/mutual-insurance.js";
import { SymmetricSteadyGains } from "../../../src/mechanism/symmetric-steady-gains.js";
import { Rational } from "../../../src/number/rational.js";
import { RationalVector } from "../../../src/number/rational-vector.js";
import { objectiveOf } from "../../../src/problem/objective.js";
import { posed } from "../../../src/problem/problem.js";
import { choices } from "../../../src/problem/question.js";
import { auditRequirements } from "../../../src/problem/requirements.js";
import { SpreadMultipliers } from "../../../src/proof/interim/spread-multipliers.js";
import { judge, surplusIsUnbounded } from "../../../src/proof/judgement.js";
import type { Multipliers } from "../../../src/proof/multipliers.js";
import { SymmetricReferee } from "../../../src/proof/orbits/symmetric-referee.js";
import { lagrangianBound, ProofFault } from "../../../src/proof/weak-duality.js";
import { highsSolver } from "../../../src/solver/highs.js";
import { RandomSource } from "../../generator/random-source.js";
import { randomSymmetricEnvironment } from "../../generator/random-symmetric-environment.js";
import { compareAudits, compareBounds, Tally } from "../against-definitions.js";

const COUNT = Number(process.env["COUNT"] ?? 150);

test("one agent and one profile of each orbit tell what the plain audit and bound find at all of them", async () => {
  const tally = { mechanisms: 0, broken: 0, bounds: 0, faults: 0 };
  for (let seed = 1; seed <= COUNT; seed++) {
    const random = new RandomSource(seed ^ 0x369dea0f);
    const environment = randomSymmetricEnvironment(seed);
    const problem = posed(environment, {
      ic: random.pick(["bayesian", "bayesian", "none"] as const),
      ir: random.pick(["none", "ex-ante", "interim"] as const),
      budget: random.pick(choices.budget),
      balance: random.pick(choices.balance),
      objective: random.pick(choices.objective),
      allocation: random.pick(["efficient", "free"] as const),
      ties: random.pick(["optimise", "uniform"] as const),
    });
    if (exchangeable.obstacle(problem) || surplusIsUnbounded(problem.question)) continue;
    const label = `seed ${seed}, ${JSON.stringify(problem.question)}`;
    const { mechanism, multipliers } = await exchangeable.resolve(problem, highsSolver, {});
    if (!(mechanism instanceof MutualInsurance)) continue;
    const table = OrbitTable.of(environment);
    const { rule, interimPayments, predictedCosts, constantSubsidy } = mechanism;
    const changed = (vector: RationalVector, by: Rational) =>
      RationalVector.from(vector.toRationals().map((one, type) => (type === 0 ? one.add(by) : one)));
    const seventh = Rational.of(1, 7);
    const dearerToOne = new MutualInsurance(
      table,
      rule,
      changed(interimPayments, seventh),
      predictedCosts,
      constantSubsidy,
    );
    const wronglyPredicted = new MutualInsurance(
      table,
      rule,
      interimPayments,
      predictedCosts && changed(predictedCosts, seventh),
      constantSubsidy,
    );
    const haphazard = new MutualInsurance(
      table,
      uniformRule(allClasses),
      interimPayments,
      predictedCosts,
      constantSubsidy,
    );
    const subsidised = new MutualInsurance(table, rule, interimPayments, predictedCosts, seventh.negate());
    for (const candidate of [mechanism, dearerToOne, wronglyPredicted, haphazard, subsidised]) {
      const referee = SymmetricReferee.of(problem, candidate)!;
      const found = referee.findings().map((finding) => ({ ...finding, worst: "" }));
      const plain = auditRequirements(problem, candidate).map((finding) => ({ ...finding, worst: "" }));
      expect(found, label).toEqual(plain);
      expect(`${referee.objective()}`, label).toBe(`${objectiveOf(problem, candidate)}`);
      tally.mechanisms++;
      if (plain.some(({ holds }) => !holds)) tally.broken++;
    }
    const referee = SymmetricReferee.of(problem, mechanism)!;
    const { purpose, incentive, participation, budget } = multipliers!;
    const listed: Multipliers = { purpose, incentive, participation, budget };
    const dearer = multipliers!.incentive.map((one) => ({
      ...one,
      weight: one.weight.add(Rational.of(1, 5)),
    }));
    // Prices on all misreports alike cancel; those on types of probability zero count as well.
    const everywhere = environment.agents.flatMap((_, agent) =>
      interimPayments
        .toRationals()
        .flatMap((_payment, type) =>
          interimPayments
            .toRationals()
            .flatMap((_other, report) =>
              report === type ? [] : [{ agent, type, report, weight: Rational.of(1, 5) }],
            ),
        ),
    );
    const candidates = [multipliers!, { ...listed, incentive: dearer }];
    if (problem.question.ic === "bayesian")
      candidates.push({ ...listed, incentive: [...incentive, ...everywhere] });
    for (const candidate of candidates) {
      const plain = bound(() => lagrangianBound(problem, candidate));
      expect(
        bound(() => referee.bound(candidate)),
        label,
      ).toBe(plain);
      if (plain === "fault") tally.faults++;
      else tally.bounds++;
    }
    const first = multipliers!.incentive[0];
    if (first) {
      // A price on one agent alone is not for this referee.
      const uneven: Multipliers = { ...listed, incentive: [...incentive, first] };
      expect(referee.bound(uneven), label).toBe(undefined);
    }
  }
  console.log(`symmetric referee, seeds 1 to ${COUNT}: ${JSON.stringify(tally)}`);
  for (const [what, count] of Object.entries(tally)) expect(count, what).toBeGreaterThan(0);
});

test("where types gain the same at all profiles, so do participation and what the multipliers prove", async () => {
  const tally = new Tally();
  for (let seed = 1; seed <= COUNT; seed++) {
    const random = new RandomSource(seed ^ 0x5bd1e995);
    const environment = randomSymmetricEnvironment(seed);
    const problem = posed(environment, {
      ic: random.pick(["bayesian", "bayesian", "none"] as const),
      ir: "ex-post",
      budget: random.pick(["none", "ex-ante"] as const),
      balance: random.pick(choices.balance),
      objective: random.pick(choices.objective),
      allocation: random.pick(["efficient", "free"] as const),
      ties: random.pick(["optimise", "uniform"] as const),
    });
    if (exchangeable.obstacle(problem) || surplusIsUnbounded(problem.question)) continue;
    const label = `seed ${seed}, ${JSON.stringify(problem.question)}`;
    const { mechanism, multipliers } = await exchangeable.resolve(problem, highsSolver, {});
    if (!(multipliers instanceof SpreadMultipliers)) continue;
    if (mechanism) {
      if (!(mechanism instanceof SymmetricSteadyGains)) throw new Error(`${label}: another mechanism`);
      const { table, rule, gains, constantSubsidy } = mechanism;
      const of = (by: Rational) =>
        RationalVector.from(gains.toRationals().map((gain, type) => (type === 0 ? gain.add(by) : gain)));
      const seventh = Rational.of(1, 7);
      for (const candidate of [
        mechanism,
        new SymmetricSteadyGains(table, rule, of(seventh), constantSubsidy),
        new SymmetricSteadyGains(table, rule, of(seventh.negate()), constantSubsidy),
        new SymmetricSteadyGains(table, uniformRule(allClasses), gains, constantSubsidy),
        new SymmetricSteadyGains(table, rule, gains, seventh.negate()),
      ]) {
        compareAudits(SymmetricReferee.of(problem, candidate)!, problem, candidate, label, tally);
      }
    }
    const referee = SymmetricReferee.of(problem, mechanism)!;
    const { purpose, incentive, participation, budget } = multipliers.interim;
    const dearer = incentive.map((one) => ({ ...one, weight: one.weight.add(Rational.of(1, 5)) }));
    const negative = participation.map((one) => ({ ...one, weight: one.weight.negate() }));
    for (const interim of [
      multipliers.interim,
      { purpose, participation, budget, incentive: dearer },
      { purpose, incentive, budget, participation: negative },
    ]) {
      compareBounds(referee, problem, new SpreadMultipliers(environment, interim), label, tally);
    }
  }
  console.log(`symmetric referee of steady gains, seeds 1 to ${COUNT}: ${JSON.stringify(tally.counts)}`);
  tally.expectAll([
    "mechanisms that pass",
    "mechanisms that fail",
    "fails ex post IR",
    "fails Bayesian IC",
    "multipliers accepted",
    "multipliers refused",
  ]);
});

function bound(of: () => Rational | undefined): string {
  try {
    return `${of()}`;
  } catch (fault) {
    if (fault instanceof ProofFault) return "fault";
    throw fault;
  }
}

test("ten bidders with ten types each, 10^10 profiles: an efficient auction earns the winner's expected virtual value", async () => {
  const { environment } = singleGoodAuction({ agents: 10, grid: { points: 10 } });
  expect(environment.profiles.count).toBe(10 ** 10);
  const question = { budget: "none", objective: "max-surplus" } as const;
  const started = performance.now();
  const design = await designFor(posed(environment, question), { formulation: "exchangeable" });
  console.log(`10^10 profiles: ${Math.round(performance.now() - started)} ms from problem to proven answer`);
  // Myerson 1981 on the grid: type k of value (2k + 1)/20 has the virtual value (2k + 1)/20 - (9 - k)/10.
  let revenue = 0n;
  for (let k = 0n; k < 10n; k++) revenue += ((k + 1n) ** 10n - k ** 10n) * (4n * k - 17n);
  expect(`${design.optimum}`).toBe(`${Rational.of(revenue, 20n * 10n ** 10n)}`);
}, 120_000);

test("ten bidders with five types each divide what the auction brings, and the budget balances at every profile", async () => {
  const { environment } = singleGoodAuction({ agents: 10, grid: { points: 5 } });
  const design = await designFor(posed(environment), { formulation: "exchangeable" });
  expect(design.verdict).toBe("possible");
  const someone = environment.profiles.profileOf([3, 4, 1, 4, 4, 0, 2, 1, 0, 3]);
  const payments = environment.agents.map((_, i) => design.mechanism!.payment(i, someone));
  expect(`${Rational.sum(payments)}`).toBe("0");
});

/** The optimal auction for ten bidders of four types, with its proof. */
async function optimalAuction() {
  const { environment } = singleGoodAuction({ agents: 10, grid: { points: 4 } });
  const problem = posed(environment, { budget: "none", objective: "max-surplus", allocation: "free" });
  const { mechanism, multipliers } = await exchangeable.resolve(problem, highsSolver, {});
  if (!(mechanism instanceof MutualInsurance) || !multipliers) throw new Error("no optimal auction");
  return { problem, mechanism, multipliers, table: OrbitTable.of(environment) };
}

test("an auction that takes one part in 10^20 more from the highest type is refused", async () => {
  const { problem, mechanism, multipliers, table } = await optimalAuction();
  const honest = judge(problem, mechanism, multipliers);
  expect(`${honest.lower}`).toBe(`${honest.upper}`);
  const payments = mechanism.interimPayments.toRationals();
  payments[3] = payments[3].add(Rational.of(1, 10n ** 20n));
  const greedy = new MutualInsurance(
    table,
    mechanism.rule,
    RationalVector.from(payments),
    undefined,
    Rational.ZERO,
  );
  const { verdict, findings, lower } = judge(problem, greedy, multipliers);
  expect(verdict).toBe("undecided");
  expect(lower).toBe(undefined);
  const broken = findings.filter(({ holds }) => !holds);
  expect(broken.map(({ requirement, worst, violation }) => [requirement, worst, `${violation}`])).toEqual([
    ["Bayesian IC", "IC of bidder 1 0.875 against reporting 0.625", `1/${10n ** 20n}`],
  ]);
});

test("prices that do not cancel against payments are refused, be they off by one part in 10^20", async () => {
  const { problem, mechanism, multipliers } = await optimalAuction();
  const off = Rational.of(1, 10n ** 20n);
  const raised = multipliers.participation.map((one) => ({ ...one, weight: one.weight.add(off) }));
  expect(() => judge(problem, mechanism, { ...multipliers, participation: raised })).toThrow(ProofFault);
  const negative = multipliers.incentive.map((one) => ({ ...one, weight: one.weight.negate() }));
  expect(() => judge(problem, mechanism, { ...multipliers, incentive: negative })).toThrow(ProofFault);
});

test("a rule that favours one of two bidders with the same type is not for this referee", async () => {
  const { problem, mechanism, table } = await optimalAuction();
  const favouring = new MutualInsurance(
    table,
    (view) => ({ ...mechanism.rule(view), lottery: certain(mechanism.rule(view).lottery[0].outcome) }),
    mechanism.interimPayments,
    undefined,
    Rational.ZERO,
  );
  expect(SymmetricReferee.of(problem, mechanism)).toBeDefined();
  expect(SymmetricReferee.of(problem, favouring)).toBe(undefined);
});
