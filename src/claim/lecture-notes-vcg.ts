import { groundFor } from "../comparison/ground.js";
import { groves } from "../construction/groves.js";
import { vcg } from "../construction/vcg.js";
import { efficientOutcomes, welfare } from "../environment/efficiency.js";
import type { Environment } from "../environment/environment.js";
import { RandomSource } from "../generator/random-source.js";
import { truthfulUtility } from "../mechanism/interim.js";
import { Rational } from "../number/rational.js";
import { toRational } from "../number/rational-text.js";
import type { Claim } from "./claim.js";
import { Example, example } from "./example.js";
import { type Drawn, randomEnvironments } from "./family.js";
import { everyProfile, lacking } from "./properties.js";

/** The notes' general framework. */
export const framework = randomEnvironments(
  "environments of two or three agents with one to five types each and two to four outcomes, private values, independent types, no cost",
  { values: "private", prior: "independent", types: [1, 5], costs: false },
);

/** The efficient rule, ties broken in a way that is drawn. */
export function drawnGround({ environment, seed }: Drawn) {
  const ties = new RandomSource(seed).pick(["first", "last", "uniform"] as const);
  return groundFor({ environment }, { allocation: "efficient", ties });
}

export const TIES =
  "Where several outcomes are efficient, the rule takes the first, the last, or a lottery among all.";

const theorem1: Claim = {
  id: "LN-T1",
  kinds: ["construction", "theorem"],
  place: "Section 3, Theorem 1",
  about: "Groves' schemes are strategy-proof",
  says: "With payments h_i(others' reports) less the others' utilities from the efficient outcome, truth is a dominant strategy, whatever the functions h_i.",
  assumes: "Private values, no cost; an efficient outcome for every profile, unique or chosen by a rule.",
  readings: [TIES],
  async test(trial) {
    await trial.holds("truth is dominant under h_i drawn at random", framework, (drawn) => {
      const random = new RandomSource(drawn.seed + 1);
      const terms = new Map<string, Rational>();
      const mechanism = groves(drawnGround(drawn), (agent, s) => {
        const key = `${agent} ${s}`;
        if (!terms.has(key)) terms.set(key, random.money(-3, 3));
        return terms.get(key)!;
      });
      return lacking(drawn.environment, mechanism, ["dominant-strategy IC"]);
    });
  },
};

/** Outcomes that are best for all others together. */
function bestWithout(environment: Environment, agent: number, s: number): readonly number[] {
  const others = environment.outcomes.map((_, x) =>
    welfare(environment, x, s).subtract(environment.value(agent, x, s)),
  );
  const most = others.reduce(Rational.maximum);
  return others.flatMap((own, x) => (own.equals(most) ? [x] : []));
}

/** Bob does not care for what ann values. */
const indifferent = new Example({
  name: "an indifferent neighbour",
  agents: [
    { name: "ann", types: ["1"], weights: [1], values: { byType: [[0, 1]] } },
    { name: "bob", types: ["0"], weights: [1], values: { byType: [[0, 0]] } },
  ],
  outcomes: ["A", "B"],
});

const pivotMechanism: Claim = {
  id: "LN-VCG",
  kinds: ["construction", "theorem"],
  place: "Section 3 and 3.1, Properties 1 and 2",
  about: "the VCG mechanism: pivotal agents pay, and all take part",
  says: "VCG is strategy-proof and efficient; transfers are not negative, positive for an agent who is pivotal, and 0 for one who is not. If the others play VCG without an agent who stays out, taking part is an equilibrium: it never costs, and gains where the agent is pivotal.",
  assumes: "Private values, no cost; the efficient outcome is unique.",
  readings: [
    TIES,
    "An agent is pivotal where the efficient outcome differs from the one that is best for the others. What is said of pivotal agents is tested where both are unique; at other profiles only what does not need it.",
  ],
  async test(trial) {
    await trial.holds("VCG is strategy-proof and efficient, and nobody is paid", framework, (drawn) => {
      const { environment } = drawn;
      const mechanism = vcg(drawnGround(drawn));
      const paid = everyProfile(environment).find((s) =>
        environment.agents.some((_, i) => mechanism.payment(i, s).sign < 0),
      );
      if (paid !== undefined) return `in which somebody is paid at ${environment.profileLabel(paid)}`;
      return lacking(environment, mechanism, ["ex post efficiency", "dominant-strategy IC"]);
    });
    await trial.holds(
      "an agent pays if and only if it is pivotal",
      framework,
      (drawn, count) => {
        const { environment } = drawn;
        const mechanism = vcg(drawnGround(drawn));
        for (const s of everyProfile(environment)) {
          const [chosen, ...tied] = efficientOutcomes(environment, s);
          if (tied.length > 0) continue;
          for (const [i, { name }] of environment.agents.entries()) {
            const [without, ...alike] = bestWithout(environment, i, s);
            if (alike.length > 0) continue;
            const isPivotal = without !== chosen;
            count(isPivotal ? "with a pivotal agent" : "with one who is not");
            if (mechanism.payment(i, s).sign > 0 !== isPivotal)
              return `in which ${name} is ${isPivotal ? "" : "not "}pivotal at ${environment.profileLabel(s)} and pays ${mechanism.payment(i, s)}`;
          }
        }
        return undefined;
      },
      { each: ["with a pivotal agent", "with one who is not"] },
    );
    await trial.holds(
      "nobody gains by leaving the others to VCG without it, whichever of their best outcomes they choose",
      framework,
      (drawn) => {
        const { environment } = drawn;
        const mechanism = vcg(drawnGround(drawn));
        for (const s of everyProfile(environment))
          for (const [i, { name }] of environment.agents.entries()) {
            const within = truthfulUtility(environment, mechanism, i, s);
            const out = bestWithout(environment, i, s).find(
              (x) => environment.value(i, x, s).compare(within) > 0,
            );
            if (out !== undefined)
              return `in which ${name} would rather stay out at ${environment.profileLabel(s)}`;
          }
        return undefined;
      },
    );
    const mechanism = vcg(indifferent.ground());
    trial.instead.fact(
      "uniqueness is needed of what is best for the others too: where they are indifferent, an agent may change the outcome and pay nothing",
      indifferent.ground().rule(0)[0].outcome === 1 && mechanism.payment(0, 0).isZero,
      indifferent.run("construct vcg -"),
      [
        `Ann values B at 1, bob is indifferent; without ann A may be chosen, with her B is, and she pays ${mechanism.payment(0, 0)}.`,
      ],
    );
  },
};

const trades = (points: number, convention: "cost" | "value") =>
  example("bilateral-trade", { buyer: { points }, seller: { points }, convention });

const trade: Claim = {
  id: "LN-32",
  kinds: ["figure"],
  place: "Section 3.2, example and footnote 2",
  about: "trade: what buyer and seller pay under VCG",
  says: "With x = 1 where the buyer's type is at least the seller's, the buyer pays theta_s x and the seller theta_b (1 - x), whether the seller's type is its cost or its value of keeping the good. A seller who stays out loses the good for nothing; by taking part it gains x (theta_b - theta_s) >= 0.",
  assumes: "Types uniform on [0, 1]; the designer can force trade.",
  readings: [
    "Formulas are tested at every profile of grids; each profile is one of the continuous types' too.",
    "The seller's net gain is what it gets within VCG less what it gets if the buyer is given the good.",
  ],
  test(trial) {
    const grids = trial.grids([2, 3, 4, 6, 9]);
    for (const convention of ["cost", "value"] as const) {
      const words = `the seller's type is its ${convention}`;
      const found = grids.flatMap((points) => atEveryProfile(trades(points, convention)));
      const run = grids.map((points) => trades(points, convention).run("construct vcg - --all-profiles"));
      const wrong = (formula: (at: AtProfile) => boolean) =>
        found.filter((at) => !formula(at)).map(({ line }) => line);
      const says = (what: string, formula: (at: AtProfile) => boolean) =>
        trial.fact(`${what}, ${words}`, wrong(formula).length === 0, run, wrong(formula).slice(0, 1));
      says("the buyer pays theta_s x", ({ paid, cost, x }) => paid[0].equals(cost.multiply(x)));
      says("the seller pays theta_b (1 - x)", ({ paid, value, x }) =>
        paid[1].equals(value.multiply(Rational.ONE.subtract(x))),
      );
      says("taking part costs the seller nothing", ({ gain }) => gain.sign >= 0);
      const isPrinted = says("the seller gains x (theta_b - theta_s) by it", ({ gain, value, cost, x }) =>
        gain.equals(value.subtract(cost).multiply(x)),
      );
      const right = ({ gain, value, cost, x }: AtProfile) =>
        gain.equals(cost.subtract(value).multiply(Rational.ONE.subtract(x)));
      trial.instead.fact(
        `the seller gains (1 - x) (theta_s - theta_b) by it, ${words}`,
        wrong(right).length === 0,
        run,
      );
      if (!isPrinted && convention === "cost")
        trial.tell(
          "Payments are right. In the last lines of the example the seller is said to earn theta_b (1 - x) where it pays that, and the buyer's net gain is taken for the seller's: the seller's is (1 - x) (theta_s - theta_b), which is not negative either, and 0 wherever they trade.",
        );
    }
  },
};

interface AtProfile {
  readonly value: Rational;
  readonly cost: Rational;
  readonly x: Rational;
  readonly paid: readonly [Rational, Rational];
  /** What the seller gains by taking part. */
  readonly gain: Rational;
  readonly line: string;
}

function atEveryProfile(trade: Example): AtProfile[] {
  const { environment } = trade;
  const mechanism = vcg(trade.ground("last"));
  return everyProfile(environment).map((s) => {
    const [value, cost] = environment.agents.map(({ types }, i) =>
      toRational(types[environment.profiles.typeOf(s, i)]),
    );
    const x = mechanism.lottery(s)[0].outcome === 1 ? Rational.ONE : Rational.ZERO;
    const paid = [mechanism.payment(0, s), mechanism.payment(1, s)] as const;
    const gain = truthfulUtility(environment, mechanism, 1, s).subtract(environment.value(1, 1, s));
    const line = `At ${environment.profileLabel(s)}, x = ${x}: the buyer pays ${paid[0]}, the seller ${paid[1]}, and the seller gains ${gain} by taking part.`;
    return { value, cost, x, paid, gain, line };
  });
}

export const vcgClaims: readonly Claim[] = [theorem1, pivotMechanism, trade];
