import { test } from "vitest";
import { bilateralTrade } from "../../../models/index.js";
import { states } from "../../../src/formulation/states.js";
import { RuledMechanism } from "../../../src/mechanism/ruled-mechanism.js";
import { Rational } from "../../../src/number/rational.js";
import { RationalVector } from "../../../src/number/rational-vector.js";
import { type Problem, posed } from "../../../src/problem/problem.js";
import { choices, type Question } from "../../../src/problem/question.js";
import { MenuMultipliers } from "../../../src/proof/menus/menu-multipliers.js";
import type { Multipliers } from "../../../src/proof/multipliers.js";
import { StateReferee } from "../../../src/proof/states/state-referee.js";
import { TreeMultipliers } from "../../../src/proof/states/tree-multipliers.js";
import { solverByName } from "../../../src/solver/registry.js";
import { randomEnvironment } from "../../generator/random-environment.js";
import { RandomSource } from "../../generator/random-source.js";
import { compareAudits, compareBounds, Tally } from "../against-definitions.js";

const tally = new Tally();

function checkAudit(problem: Problem, mechanism: RuledMechanism, label: string): void {
  const referee = StateReferee.of(problem, mechanism);
  if (referee) compareAudits(referee, problem, mechanism, label, tally);
  else tally.tell("not for this referee");
}

function checkBound(
  problem: Problem,
  mechanism: RuledMechanism | undefined,
  multipliers: Multipliers,
  label: string,
): void {
  const referee = StateReferee.of(problem, mechanism);
  if (referee) compareBounds(referee, problem, multipliers, label, tally);
}

function corrupted(
  { environment, rule, payments, subsidies }: RuledMechanism,
  random: RandomSource,
): RuledMechanism {
  const change = random.pick([Rational.of(1, 7), Rational.of(-1, 7), Rational.of(1, 2)]);
  const perturbed = (vector: RationalVector) => {
    const at = random.integer(0, vector.length - 1);
    return RationalVector.from(
      vector.toRationals().map((entry, k) => (k === at ? entry.add(change) : entry)),
    );
  };
  const agent = random.integer(0, environment.agentCount - 1);
  if (subsidies && random.onceIn(3))
    return new RuledMechanism(environment, rule, payments, perturbed(subsidies));
  const changed = payments.map((own, i) => (i === agent ? perturbed(own) : own));
  return new RuledMechanism(environment, rule, changed, subsidies);
}

function corruptedMultipliers(problem: Problem, multipliers: Multipliers, random: RandomSource): Multipliers {
  if (!(multipliers instanceof TreeMultipliers)) return multipliers;
  const { purpose, dominant, trees, denominator, budget } = multipliers;
  const factor = random.pick([0, 2, -1]);
  const agent = random.integer(0, trees.length - 1);
  const at = random.integer(0, problem.environment.profiles.count - 1);
  const changed = trees.map(({ parents, flow }, i) => ({
    parents,
    flow: i === agent ? flow.map((amount, s) => (s === at ? amount * factor : amount)) : flow,
  }));
  const doubled = trees.map(({ parents, flow }) => ({ parents, flow: flow.map((amount) => 2 * amount) }));
  const twice: Multipliers["budget"] =
    budget.kind === "profile"
      ? {
          kind: "profile",
          prices: new RationalVector(
            (budget.prices.numerators as Float64Array).map((p) => 2 * p),
            budget.prices.denominator,
          ),
        }
      : budget;
  return random.onceIn(2)
    ? new TreeMultipliers(problem.environment, purpose, dominant, changed, denominator, budget)
    : new TreeMultipliers(problem.environment, purpose, dominant, doubled, denominator, twice);
}

async function compareAll(problem: Problem, random: RandomSource, label: string): Promise<void> {
  if (states.obstacle(problem)) {
    tally.tell("not for states");
    return;
  }
  const { mechanism, multipliers } = await states.resolve(problem, solverByName("highs"), {});
  if (multipliers instanceof MenuMultipliers) {
    tally.tell("menus, which have a referee of their own");
    return;
  }
  const own = mechanism as RuledMechanism | undefined;
  if (own) {
    checkAudit(problem, own, label);
    for (let k = 0; k < 3; k++) checkAudit(problem, corrupted(own, random), `${label}, corrupted`);
  }
  checkBound(problem, own, multipliers!, label);
  for (let k = 0; k < 3; k++) {
    checkBound(problem, own, corruptedMultipliers(problem, multipliers!, random), `${label}, corrupted`);
  }
}

const questionOf = (random: RandomSource): Partial<Question> => ({
  ic: random.pick(["none", "ex-post", "ex-post", "dominant"]),
  ir: "ex-post",
  budget: random.pick(choices.budget),
  balance: random.pick(["no-deficit", "no-deficit", "exact"]),
  objective: random.pick(choices.objective),
  ties: random.pick(choices.ties),
});

test("the referee of states finds exactly what the audit and the Lagrangian find profile by profile", async () => {
  const SEED = 51_000;
  const COUNT = 300;
  for (let seed = SEED; seed < SEED + COUNT; seed++) {
    const random = new RandomSource(seed);
    const environment = randomEnvironment(seed, { prior: "independent", agents: [2, 3], types: [2, 4] });
    const question = questionOf(random);
    await compareAll(posed(environment, question), random, `seed ${seed}, ${JSON.stringify(question)}`);
    const grid = () => ({
      points: random.integer(2, 6),
      placement: random.pick(["midpoint", "endpoint", "equal-probability"]),
      distribution: random.pick(["uniform", { power: "2" }]),
    });
    const trade = bilateralTrade({
      buyer: grid(),
      seller: grid(),
      convention: random.pick(["cost", "value"]),
    });
    await compareAll(
      posed(trade.environment, question),
      random,
      `trade, seed ${seed}, ${JSON.stringify(question)}`,
    );
  }
  console.log(`referee of states, seeds ${SEED} to ${SEED + COUNT - 1}: ${JSON.stringify(tally.counts)}`);
  tally.expectAll([
    "mechanisms that pass",
    "mechanisms that fail",
    "multipliers refused",
    "multipliers accepted",
    "fails ex post IC",
    "fails dominant-strategy IC",
    "fails ex post IR",
    "fails ex post no deficit",
    "fails ex ante balance",
  ]);
}, 60_000);
