import { expect, test } from "vitest";
import { bilateralTrade } from "../../../models/index.js";
import { designFor } from "../../../src/design.js";
import type { Environment } from "../../../src/environment/environment.js";
import { states } from "../../../src/formulation/states.js";
import { MenuMechanism } from "../../../src/mechanism/menu-mechanism.js";
import { Rational } from "../../../src/number/rational.js";
import { RationalVector } from "../../../src/number/rational-vector.js";
import { type Problem, posed } from "../../../src/problem/problem.js";
import { choices, type Question } from "../../../src/problem/question.js";
import { MenuMultipliers } from "../../../src/proof/menus/menu-multipliers.js";
import { MenuReferee } from "../../../src/proof/menus/menu-referee.js";
import type { Multipliers } from "../../../src/proof/multipliers.js";
import { solverByName } from "../../../src/solver/registry.js";
import { randomEnvironment } from "../../generator/random-environment.js";
import { RandomSource } from "../../generator/random-source.js";
import { compareAudits, compareBounds, Tally } from "../against-definitions.js";

const tally = new Tally();

function checkAudit(problem: Problem, mechanism: MenuMechanism, label: string): void {
  const referee = MenuReferee.of(problem, mechanism);
  if (referee) compareAudits(referee, problem, mechanism, label, tally);
  else tally.tell("beyond machine integers");
}

function checkBound(
  problem: Problem,
  mechanism: MenuMechanism | undefined,
  multipliers: Multipliers,
  label: string,
): void {
  const referee = MenuReferee.of(problem, mechanism);
  if (referee) compareBounds(referee, problem, multipliers, label, tally);
}

function corrupted(mechanism: MenuMechanism, random: RandomSource): MenuMechanism {
  const { environment, ties, menus, money } = mechanism;
  const change = random.pick([Rational.of(1, 7), Rational.of(-1, 7), Rational.of(1, 2), Rational.of(-1)]);
  if (random.onceIn(4)) {
    const other = money instanceof Rational ? money.add(change) : Rational.maximum(change, Rational.ZERO);
    return new MenuMechanism(environment, ties, menus, other);
  }
  const agent = random.integer(0, menus.length - 1);
  const at = random.integer(0, menus[agent].length - 1);
  const changed = menus[agent].toRationals().map((price, k) => (k === at ? price.add(change) : price));
  return new MenuMechanism(
    environment,
    ties,
    menus.map((menu, i) => (i === agent ? RationalVector.from(changed) : menu)),
    money,
  );
}

/** Other money, or another type that participates: some of these are proofs as well. */
function corruptedMultipliers(
  environment: Environment,
  { cuts, purpose, dominant, bindings, money, surplus }: MenuMultipliers,
  random: RandomSource,
): MenuMultipliers {
  const built = (changed: readonly Int32Array[], other = money) =>
    new MenuMultipliers(environment, cuts, purpose, dominant, changed, other, surplus);
  if (random.onceIn(2)) {
    if (money.kind === "where missing") {
      const at = random.integer(0, money.missing.length - 1);
      const times = random.integer(0, 2);
      const missing = money.missing.map((own, s) => (s === at ? times : own));
      return built(bindings, { kind: "where missing", missing });
    }
    if (money.kind === "expectation")
      return built(bindings, { kind: "expectation", price: random.integer(-1, 2) });
    if (money.kind === "at one profile") {
      const profile = random.integer(0, environment.profiles.count - 1);
      return built(bindings, { kind: "at one profile", profile });
    }
    return built(bindings, { kind: "expectation", price: random.integer(-1, 1) });
  }
  // Another type of those with the outcome, so that the lists are requirements of the question still.
  const agent = random.integer(0, bindings.length - 1);
  const order = cuts.order(agent);
  const changed = bindings[agent].map((binding, k) => {
    const [cut, x] = [k >> 1, k % 2];
    if (binding < 0) return binding;
    return x === 0 ? order[random.integer(0, cut - 1)] : order[random.integer(cut, order.length - 1)];
  });
  return built(bindings.map((own, i) => (i === agent ? changed : own)));
}

const questionOf = (random: RandomSource): Partial<Question> => ({
  ic: random.pick(["ex-post", "ex-post", "dominant"]),
  ir: "ex-post",
  budget: random.pick(choices.budget),
  balance: random.pick(["no-deficit", "no-deficit", "exact"]),
  objective: random.pick(choices.objective),
  ties: random.pick(choices.ties),
});

async function compareAll(problem: Problem, random: RandomSource, label: string): Promise<void> {
  if (states.obstacle(problem)) {
    tally.tell("not for states");
    return;
  }
  const found = await states.resolve(problem, solverByName("highs"), {});
  const { mechanism, multipliers, shortfall } = found;
  if (!(multipliers instanceof MenuMultipliers)) {
    tally.tell("not for menus");
    return;
  }
  const own = mechanism as MenuMechanism | undefined;
  const used = [...multipliers.eachIncentive()].some(({ type, report, truth, agent }) => {
    const cut = multipliers.cuts.cut(agent, truth!);
    const [a, b] = [type, report].map((one) => multipliers.cuts.place(agent, one) < cut);
    return a !== b;
  });
  if (used) tally.tell("a type would rather have the other outcome");
  if (own) {
    checkAudit(problem, own, label);
    for (let k = 0; k < 3; k++) checkAudit(problem, corrupted(own, random), `${label}, corrupted`);
  }
  checkBound(problem, own, multipliers, label);
  for (let k = 0; k < 3; k++) {
    const other = corruptedMultipliers(problem.environment, multipliers, random);
    checkBound(problem, own, other, `${label}, corrupted`);
  }
  if (shortfall) {
    expect(problem.question.ties, label).toBe("optimise");
    tally.tell("no way of breaking ties that was tried is best everywhere");
    return;
  }
  const direct = await designFor(problem, { formulation: "direct" });
  const design = await designFor(problem, { formulation: "states" });
  expect(`${design.verdict} ${design.optimum} ${design.infeasible} ${design.unbounded}`, label).toBe(
    `${direct.verdict} ${direct.optimum} ${direct.infeasible} ${direct.unbounded}`,
  );
  expect(design.optimum !== undefined || design.infeasible || design.unbounded, label).toBe(true);
  tally.tell(design.infeasible ? "infeasible" : design.unbounded ? "unbounded" : design.verdict);
}

test("menus are as good as any mechanism, and their referee finds what audit and Lagrangian find one by one", async () => {
  const SEED = 71_000;
  const COUNT = 400;
  for (let seed = SEED; seed < SEED + COUNT; seed++) {
    const random = new RandomSource(seed);
    const question = questionOf(random);
    const environment = randomEnvironment(seed, {
      prior: "independent",
      values: "private",
      outcomes: [2, 2],
      agents: [1, 3],
      types: [1, 4],
    });
    await compareAll(posed(environment, question), random, `seed ${seed}, ${JSON.stringify(question)}`);
    const grid = () => ({
      points: random.integer(2, 5),
      placement: random.pick(["midpoint", "endpoint", "equal-probability"]),
      distribution: random.pick(["uniform", { power: "2" }]),
    });
    const convention = random.pick(["cost", "value"] as const);
    const trade = bilateralTrade({ buyer: grid(), seller: grid(), convention });
    const label = `trade, seed ${seed}, ${JSON.stringify(question)}`;
    await compareAll(posed(trade.environment, question), random, label);
  }
  console.log(`referee of menus, seeds ${SEED} to ${SEED + COUNT - 1}: ${JSON.stringify(tally.counts)}`);
  expect(tally.counts["multipliers of another kind"]).toBe(undefined);
  tally.expectAll([
    "mechanisms that pass",
    "mechanisms that fail",
    "multipliers refused",
    "multipliers accepted",
    "a type would rather have the other outcome",
    "no way of breaking ties that was tried is best everywhere",
    "possible",
    "impossible",
    "infeasible",
    "fails ex post IC",
    "fails dominant-strategy IC",
    "fails ex post IR",
    "fails ex post no deficit",
    "fails ex ante balance",
    "fails ex ante no deficit",
  ]);
}, 120_000);
