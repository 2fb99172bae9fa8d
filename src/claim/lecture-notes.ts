import { compareContinuum } from "../comparison/compare-continuum.js";
import { groundFor } from "../comparison/ground.js";
import { groves } from "../construction/groves.js";
import { participationPayments } from "../construction/ir-vcg.js";
import { vcg } from "../construction/vcg.js";
import { RandomSource } from "../generator/random-source.js";
import { findingByDefinition } from "../kernel/by-definition.js";
import type { Rational } from "../number/rational.js";
import { requirements } from "../question/requirement.js";
import type { Claim, Paper } from "./claim.js";
import { example } from "./example.js";
import { randomEnvironments } from "./family.js";

const groundFamily = randomEnvironments(
  "environments of two or three agents with one to five types each and two to four outcomes, private values, independent types",
  { values: "private", prior: "independent", types: [1, 5], costs: false },
);

const theorem1: Claim = {
  id: "LN-T1",
  kinds: ["construction", "theorem"],
  place: "Section 3, Theorem 1",
  about: "Groves' schemes are strategy-proof",
  says: "With payments h_i(others' reports) less the others' utilities from the efficient outcome, truth is a dominant strategy, whatever the functions h_i.",
  assumes: "Private values, no cost; an efficient outcome for every profile, unique or chosen by a rule.",
  readings: [
    "Where several outcomes are efficient, the rule takes the first, the last, or a lottery among all.",
  ],
  async test(trial) {
    await trial.holds(
      "truth is dominant under h_i drawn at random",
      groundFamily,
      ({ environment, seed }) => {
        const random = new RandomSource(seed);
        const terms = new Map<string, Rational>();
        const ties = random.pick(["first", "last", "uniform"] as const);
        const mechanism = groves(
          groundFor({ environment }, { allocation: "efficient", ties }),
          (agent, s) => {
            const key = `${agent} ${s}`;
            if (!terms.has(key)) terms.set(key, random.money(-3, 3));
            return terms.get(key)!;
          },
        );
        const { holds, worst } = findingByDefinition(
          environment,
          mechanism,
          requirements["dominant-strategy IC"],
        );
        return holds ? undefined : `in which a misreport gains: ${worst}`;
      },
    );
  },
};

/** Buyer and seller with types uniform on [0, 1], on midpoints of a grid. */
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
      for (const [agent, name] of ["buyer", "seller"].entries()) {
        const printed = ["0", "1/2"][agent];
        const psi = after.constants![agent].subtract(before.constants![agent]);
        trial.figure(`psi of the ${name}, ${words}`, printed, psi, run);
        await trial.limit(
          `the same on grids`,
          printed,
          grids,
          (points) => uniformTrade(points, convention),
          "construct ir-vcg -",
          (trade) => participationPayments(trade.environment, vcg(trade.ground()))[agent],
        );
      }
      const surplus = after.expectedDeficit!.negate();
      if (
        !trial.figure(`expected surplus of IR-VCG, ${words}`, "-1/3", surplus, run) &&
        convention === "cost"
      )
        trial.tell(
          `The sum that is printed, (1/6 - 0) + (1/6 - 1/2), is ${surplus} and not -1/3; so is the expected surplus of IR-VCG, computed. The conclusion stands.`,
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

export const lectureNotes: Paper = {
  key: "LN",
  source: "Lecture notes, Part VI",
  claims: [theorem1, tradeSurplus],
};
