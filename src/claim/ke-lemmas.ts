import { irVcg } from "../construction/ir-vcg.js";
import { designContinuum } from "../continuum-library.js";
import { deficit, expectation } from "../mechanism/interim.js";
import { Rational } from "../number/rational.js";
import type { Claim } from "./claim.js";
import { type Example, example } from "./example.js";
import { examples } from "./ke-families.js";
import { atEveryType } from "./ke-measures.js";

const continuous = examples(
  "trade between intervals, partnerships with any shares and public goods at any cost, two agents, all types of intervals",
  (random) => {
    const kind = random.integer(1, 3);
    const grid = () => {
      const from = random.money(0, 2);
      return { points: 4, from: `${from}`, to: `${from.add(Rational.of(random.integer(1, 6), 2))}` };
    };
    if (kind === 1) return example("bilateral-trade", { buyer: grid(), seller: grid() });
    if (kind === 2) {
      const share = Rational.of(random.integer(0, 12), 24);
      const power = random.integer(1, 2);
      return example("partnership", {
        agents: 2,
        grid: { points: 4, distribution: { power } },
        shares: [`${share}`, `${Rational.ONE.subtract(share)}`],
      });
    }
    return example("public-good", { grids: [grid(), grid()], cost: `${random.money(0, 4)}` });
  },
);

/** Of VCG after the least payments for participation. */
function expectedDeficit(asked: Example): Rational {
  const { constants, meanSurplus } = atEveryType("ir-vcg", asked);
  return Rational.sum(constants).add(meanSurplus());
}

const lemmas: Claim = {
  id: "KE-L13",
  kinds: ["theorem"],
  place: "Lemmas 1 and 3",
  about: "what VCG leaves over decides",
  says: "There is an efficient, Bayesian incentive compatible, interim individually rational and balanced mechanism if and only if E Delta >= sum of u_i at the types that gain least. In any Bayesian incentive compatible and balanced mechanism the lowest types expect at most E Delta together.",
  assumes: "Independent types of intervals, private values, an efficient rule.",
  readings: ["Lemma 3 with continuous types, where it is an equation; on grids it fails."],
  async test(trial) {
    await trial.holds(
      "Lemma 1: the design's verdict, and the expected surplus of VCG after the least payments for participation",
      continuous,
      async (asked, count) => {
        const { verdict } = await designContinuum(asked.instance, {});
        const deficit = expectedDeficit(asked);
        count(verdict);
        return (verdict === "possible") === deficit.sign <= 0
          ? undefined
          : `of which it is ${verdict}, and VCG runs an expected deficit of ${deficit}`;
      },
      { each: ["possible", "impossible"] },
    );
    await trial.holds(
      "Lemma 3: AGV",
      continuous,
      (asked, count) => {
        const { report, meanSurplus } = atEveryType("agv", asked);
        const { constants, findings } = report();
        if (findings["ex post balance"].holds !== true || !constants) return "in which AGV does not balance";
        // Lowest types expect E[S | lowest] and their constant, and E Delta is the sum of E[S | lowest] less E S.
        const difference = Rational.sum(constants).add(meanSurplus());
        count(difference.isZero ? "with equality" : "without equality");
        return difference.sign > 0
          ? `in which under AGV the lowest types expect ${difference} more than E Delta`
          : undefined;
      },
      { each: ["with equality"] },
    );
    const grid = example("bilateral-trade", {
      buyer: { points: 2 },
      seller: { points: 2 },
      convention: "value",
    });
    const { environment } = grid;
    const payments = irVcg(grid.ground());
    const mean = expectation(environment, (s) => deficit(environment, payments, s));
    await trial.instead.verdict(
      `on grids neither is so: in trade with two types each VCG runs an expected deficit of ${mean} after the least payments for participation`,
      "possible",
      grid,
      {},
    );
  },
};

export const lemmaClaims: readonly Claim[] = [lemmas];
