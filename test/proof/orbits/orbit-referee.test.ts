import { expect, test } from "vitest";
import { flowsOverOrbits } from "../../../src/formulation/exchangeable/exchangeable-ex-post.js";
import { exchangeable } from "../../../src/formulation/exchangeable.js";
import { SymmetricMechanism } from "../../../src/mechanism/symmetric-mechanism.js";
import { Rational } from "../../../src/number/rational.js";
import { RationalVector } from "../../../src/number/rational-vector.js";
import { objectiveOf } from "../../../src/problem/objective.js";
import { posed } from "../../../src/problem/problem.js";
import { choices } from "../../../src/problem/question.js";
import { auditRequirements } from "../../../src/problem/requirements.js";
import { OrbitPriceMultipliers } from "../../../src/proof/orbits/orbit-price-multipliers.js";
import { OrbitReferee } from "../../../src/proof/orbits/orbit-referee.js";
import { lagrangianBound, ProofFault } from "../../../src/proof/weak-duality.js";
import { highsSolver } from "../../../src/solver/highs.js";
import { RandomSource } from "../../generator/random-source.js";
import { randomSymmetricEnvironment } from "../../generator/random-symmetric-environment.js";

const COUNT = 150;

/** The vector with one entry raised or lowered by one unit. */
function nudged(vector: RationalVector, random: RandomSource): RationalVector {
  const numerators = vector.numeratorsOver(vector.denominator);
  numerators[random.integer(0, numerators.length - 1)] += random.pick([-1n, 1n]);
  return new RationalVector(numerators, vector.denominator);
}

test("the referee of multisets of types finds what the plain audit and the plain bound find at every profile", async () => {
  const tally = { mechanisms: 0, broken: 0, bounds: 0, faults: 0 };
  for (let seed = 1; seed <= COUNT; seed++) {
    const random = new RandomSource(seed ^ 0x165667b1);
    const environment = randomSymmetricEnvironment(seed, [2, 4]);
    const problem = posed(environment, {
      ic: random.pick(["bayesian", "none"] as const),
      ir: "ex-post",
      balance: random.pick(choices.balance),
      objective: random.pick(choices.objective),
      ties: random.pick(choices.ties),
    });
    if (!flowsOverOrbits(problem) || exchangeable.obstacle(problem)) continue;
    const { mechanism, multipliers } = await exchangeable.resolve(problem, highsSolver, {});
    const label = `seed ${seed}, ${JSON.stringify(problem.question)}`;
    const usable = mechanism instanceof SymmetricMechanism ? mechanism : undefined;
    if (usable) {
      const { exchange, orbitLottery, orbitPayment, orbitSubsidy } = usable;
      const off = Rational.of(random.pick([-1, 1]), 7);
      const wrong = new SymmetricMechanism(
        environment,
        exchange,
        orbitLottery,
        (type, increasing) => orbitPayment(type, increasing).add(type === 0 ? off : Rational.ZERO),
        orbitSubsidy,
      );
      for (const candidate of [usable, wrong]) {
        const referee = OrbitReferee.of(problem, candidate)!;
        const found = referee.findings().map((finding) => ({ ...finding, worst: "" }));
        const plain = auditRequirements(problem, candidate).map((finding) => ({ ...finding, worst: "" }));
        expect(found, label).toEqual(plain);
        expect(`${referee.objective()}`, label).toBe(`${objectiveOf(problem, candidate)}`);
        tally.mechanisms++;
        if (plain.some(({ holds }) => !holds)) tally.broken++;
      }
    }
    if (!(multipliers instanceof OrbitPriceMultipliers)) continue;
    const { purpose, misreports, money, taking } = multipliers;
    const dearer = misreports.map((one) => ({ ...one, weight: one.weight.add(Rational.of(1, 5)) }));
    for (const candidate of [
      multipliers,
      new OrbitPriceMultipliers(environment, purpose, misreports, money, nudged(taking, random)),
      new OrbitPriceMultipliers(environment, purpose, misreports, nudged(money, random), taking),
      new OrbitPriceMultipliers(environment, purpose, dearer, money, taking),
    ]) {
      const plain = outcome(() => lagrangianBound(problem, candidate));
      expect(
        outcome(() => OrbitReferee.of(problem, usable)!.bound(candidate)),
        label,
      ).toBe(plain);
      if (plain === "fault") tally.faults++;
      else tally.bounds++;
    }
  }
  console.log(`orbit referee, seeds 1 to ${COUNT}: ${JSON.stringify(tally)}`);
  for (const [what, count] of Object.entries(tally)) expect(count, what).toBeGreaterThan(0);
});

function outcome(of: () => Rational | undefined): string {
  try {
    return `${of()}`;
  } catch (fault) {
    if (fault instanceof ProofFault) return "fault";
    throw fault;
  }
}
