import { compareContinuum } from "../comparison/compare-continuum.js";
import { expectedSurplus } from "../construction/balanced.js";
import { irVcg, participationPayments } from "../construction/ir-vcg.js";
import { vcg } from "../construction/vcg.js";
import { designContinuum } from "../continuum-library.js";
import { RandomSource } from "../generator/random-source.js";
import { Rational } from "../number/rational.js";
import type { Claim } from "./claim.js";
import { type Example, example } from "./example.js";
import type { Family } from "./family.js";

const powers = ["uniform", { power: 2 }, { power: 3 }] as const;

/** Trades and partnerships with continuous types. */
const continuousFamily: Family<Example> = {
  about:
    "trades and partnerships of two or three with continuous types, uniform or by a power, on intervals and with shares that are drawn",
  member: (seed) => {
    const random = new RandomSource(seed);
    const grid = () => ({ points: 3, distribution: random.pick(powers) });
    if (random.onceIn(2)) {
      const interval = () => {
        const from = random.money(0, 2);
        return { from: `${from}`, to: `${from.add(Rational.of(random.integer(1, 4), 2))}` };
      };
      return example("bilateral-trade", {
        buyer: { ...grid(), ...interval() },
        seller: { ...grid(), ...interval() },
        convention: random.pick(["cost", "value"] as const),
      });
    }
    const agents = random.integer(2, 3);
    const shares = random.distribution(agents).map(String);
    return example("partnership", { agents, grid: grid(), shares });
  },
  shown: ({ data }) => [JSON.stringify(data)],
};

const theorem3: Claim = {
  id: "LN-T3",
  kinds: ["theorem"],
  place: "Section 5.2, Theorem 3 and the paragraph before it",
  about: "the expected surplus of IR-VCG is necessary where types are continuous",
  says: "With continuous types an efficient, balanced, individually rational Bayesian mechanism exists if and only if IR-VCG has an expected surplus. On discrete types the converse does not hold.",
  assumes: "Private values with bounded derivatives, independent continuous types on intervals.",
  readings: ["An expected surplus is one that is not negative, as in Corollary 2."],
  async test(trial) {
    await trial.holds(
      "the answer is possible where IR-VCG has a surplus, and impossible where it has none",
      continuousFamily,
      async ({ instance }, count) => {
        const environment = instance.continuous!();
        const [{ report }] = compareContinuum(environment, {}, ["ir-vcg"]).mechanisms;
        const { verdict } = await designContinuum(instance, {});
        const hasSurplus = report.expectedDeficit!.sign <= 0;
        count(hasSurplus ? "with a surplus" : "with a deficit");
        if (verdict === "undecided") throw new Error("an answer that should be exact is not");
        return (verdict === "possible") === hasSurplus
          ? undefined
          : `in which IR-VCG has the expected deficit ${report.expectedDeficit} and the answer is ${verdict}`;
      },
      { each: ["with a surplus", "with a deficit"] },
    );
    const small = example("bilateral-trade", { buyer: { points: 2 }, seller: { points: 2 } });
    const surplus = expectedSurplus(small.environment, irVcg(small.ground()));
    const { verdict } = await trial.verdict("on a grid of two types a side", "possible", small, {
      ties: "first",
    });
    trial.fact(
      "the converse fails on discrete types",
      surplus.sign < 0 && verdict === "possible",
      small.run("construct ir-vcg -"),
      [`On that grid IR-VCG has the expected surplus ${surplus}, and a mechanism exists all the same.`],
    );
  },
};

const uniformTrade = (points: number, convention: "cost" | "value") =>
  example("bilateral-trade", { buyer: { points }, seller: { points }, convention });

const tradeSurplus: Claim = {
  id: "LN-53",
  kinds: ["figure"],
  place: "Section 5.2, example",
  about: "trade: psi_b, psi_s and the expected surplus of IR-VCG",
  says: "In uniform trade psi_b = 0 and psi_s = 1/2, whether the seller's type is its cost or its value of keeping the good, and IR-VCG has the expected surplus (1/6 - 0) + (1/6 - 1/2) = -1/3, so that efficient, balanced, voluntary trade is impossible.",
  assumes: "Both types uniform on [0, 1], private values.",
  readings: [
    "Payments go from the agents to the designer, as the notes say; a surplus is what the designer keeps.",
  ],
  async test(trial) {
    const grids = trial.grids([2, 4, 6, 8, 12], [2, 3, 4, 5]);
    for (const convention of ["cost", "value"] as const) {
      const words = `the seller's type is its ${convention}`;
      const trade = uniformTrade(4, convention);
      const { mechanisms } = compareContinuum(trade.instance.continuous!(), {}, ["vcg", "ir-vcg"]);
      const [before, after] = mechanisms.map(({ report }) => report);
      const run = trade.run("compare - vcg ir-vcg --continuum");
      const on = (points: number) => uniformTrade(points, convention);
      for (const [agent, name] of ["buyer", "seller"].entries()) {
        const printed = ["0", "1/2"][agent];
        const psi = after.constants![agent].subtract(before.constants![agent]);
        trial.figure(`psi of the ${name}, ${words}`, printed, psi, run);
        await trial.limit(
          `psi of the ${name} on grids, ${words}`,
          printed,
          grids,
          on,
          "construct ir-vcg -",
          (own) => participationPayments(own.environment, vcg(own.ground()))[agent],
        );
      }
      const surplus = after.expectedDeficit!.negate();
      const isPrinted = trial.figure(`expected surplus of IR-VCG, ${words}`, "-1/3", surplus, run);
      await trial.limit(`the same on grids, ${words}`, "-1/3", grids, on, "construct ir-vcg -", (own) =>
        expectedSurplus(own.environment, irVcg(own.ground())),
      );
      if (!isPrinted && convention === "cost")
        trial.tell(
          `The sum that is printed, (1/6 - 0) + (1/6 - 1/2), is ${surplus} and not -1/3; so is the expected surplus of IR-VCG, computed. The conclusion stands: trade needs outside money of just that amount.`,
        );
      await trial.verdict(
        `efficient, balanced, voluntary trade, ${words}`,
        "impossible",
        trade,
        {},
        { continuous: true },
      );
    }
  },
};

export const necessityClaims: readonly Claim[] = [theorem3, tradeSurplus];
