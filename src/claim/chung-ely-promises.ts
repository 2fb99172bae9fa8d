import { inducedMechanism, verifyEquilibrium } from "../construction/game.js";
import { contributionGame } from "../construction/game-contribution.js";
import { provisionView } from "../construction/provision-view.js";
import { thresholdRule } from "../construction/threshold-contribution.js";
import { gains } from "../environment/efficiency.js";
import { RandomSource } from "../generator/random-source.js";
import { Rational } from "../number/rational.js";
import type { Claim } from "./claim.js";
import type { Family } from "./family.js";
import { built } from "./implementable.js";
import { everyProfile, lacking } from "./properties.js";
import { exampleOfValues, risingValues } from "./rising-values.js";
import { notApplying } from "./trial.js";

/** v_i = own[i] s_i + other[i] s_-i for signals from [0, 1], with the thresholds that are the values at a profile of signals. */
interface LinearGood {
  readonly own: readonly [Rational, Rational];
  readonly other: readonly [Rational, Rational];
  readonly pivot: readonly [Rational, Rational];
}

/** Whether F_i asks that values exceed the thresholds, as printed, or that they reach them. */
type Reading = "exceed" | "reach";

function worth({ own, other }: LinearGood, agent: number, signals: readonly Rational[]): Rational {
  return own[agent].multiply(signals[agent]).add(other[agent].multiply(signals[1 - agent]));
}

function thresholdOf(good: LinearGood, agent: number): Rational {
  return worth(good, agent, good.pivot);
}

/** The strategy of 5.3: what an agent of a signal promises to pay, and the promise that it demands. */
function promiseOf(good: LinearGood, agent: number, signal: Rational, reading: Reading) {
  const facing = (other: Rational) => (agent === 0 ? [signal, other] : [other, signal]);
  const slack = (who: number, other: Rational) =>
    worth(good, who, facing(other)).subtract(thresholdOf(good, who));
  const meets = (who: number, other: Rational) =>
    slack(who, other).sign > 0 || (reading === "reach" && slack(who, other).isZero);
  const at = (other: Rational) => ({
    promise: worth(good, agent, facing(other)),
    demand: worth(good, 1 - agent, facing(other)),
  });
  const isIn = (other: Rational) => meets(agent, other) && meets(1 - agent, other);
  if (isIn(Rational.ZERO))
    return { promise: at(Rational.ZERO).promise, demand: thresholdOf(good, 1 - agent) };
  if (!isIn(Rational.ONE)) return at(Rational.ONE);
  // Both rise along a straight line: where the later of them reaches its threshold.
  const reached = [agent, 1 - agent].map((who) => {
    const [start, end] = [slack(who, Rational.ZERO), slack(who, Rational.ONE)];
    return start.sign >= 0 ? Rational.ZERO : start.negate().divide(end.subtract(start));
  });
  return at(reached.reduce(Rational.maximum));
}

/** Where the game with these strategies does not do what the threshold rule does, or is no equilibrium, in words. */
function unlikeRule(good: LinearGood, signals: readonly Rational[], reading: Reading): string | undefined {
  const [first, second] = signals.map((signal, agent) => promiseOf(good, agent, signal, reading));
  const provided = first.promise.compare(second.demand) >= 0 && second.promise.compare(first.demand) >= 0;
  const slacks = [0, 1].map((agent) => worth(good, agent, signals).subtract(thresholdOf(good, agent)));
  const at = `at the signals ${signals.join(" and ")}`;
  if (provided !== slacks.every(({ sign }) => sign >= 0))
    return `in which ${at} the game ${provided ? "provides the good and the rule does not" : "does not provide the good and the rule does"}`;
  // Against the other's announcement an agent can have the good for what is demanded of it, or not have it.
  const gainer = [second, first].findIndex(({ demand }, agent) => {
    const gain = worth(good, agent, signals).subtract(demand).sign;
    return provided ? gain < 0 : gain > 0;
  });
  return gainer < 0 ? undefined : `in which ${at} agent ${gainer + 1} gains by another announcement`;
}

function linearGoods(about: string, others: readonly number[]): Family<LinearGood> {
  return {
    about,
    member: (seed) => {
      const random = new RandomSource(seed);
      const quarter = (from: readonly number[]) => Rational.of(random.pick(from), 4);
      const signal = () => Rational.of(random.integer(0, 6), 6);
      return {
        own: [quarter([4, 5, 6, 8]), quarter([4, 5, 6, 8])],
        other: [quarter(others), quarter(others)],
        pivot: [signal(), signal()],
      };
    },
    shown: ({ own, other, pivot }) => [
      `v_1 = ${own[0]} s_1 + ${other[0]} s_2, v_2 = ${own[1]} s_2 + ${other[1]} s_1; the thresholds are the values at s_1 = ${pivot[0]}, s_2 = ${pivot[1]}.`,
    ],
  };
}

/** The signals from 0 to 1 in twelfths, which hold those of the thresholds. */
const twelfths = Array.from({ length: 13 }, (_, k) => Rational.of(k, 12));

function unlikeRuleSomewhere(good: LinearGood, reading: Reading): string | undefined {
  for (const first of twelfths)
    for (const second of twelfths) {
      const found = unlikeRule(good, [first, second], reading);
      if (found !== undefined) return found;
    }
  return undefined;
}

const goods = risingValues(
  "public goods for two with two to five types each, values that rise with both types and differences that rise with the own type, and the thresholds of a profile drawn at random or of values beside it",
  { kind: "good", coupling: "increasing", types: [2, 5] },
);

export const contingentPromises: Claim = {
  id: "CE-53",
  kinds: ["construction", "theorem"],
  place: "Section 5.3",
  about: "the contingent-contribution game",
  says: "Each agent promises up to an amount provided that the other promises at least another; the good is provided if each promise meets the other's demand, and each pays what the other demands. With increasing differences the strategies of 5.3 are an ex post equilibrium in which the good is provided if and only if the threshold rule provides it.",
  assumes:
    "Increasing differences, of which private values are a case; a threshold rule whose thresholds are the values of some profile.",
  readings: [
    "F_i(s_i), of the other's signals with which the good is provided, is printed with strict inequalities, while the rule provides where values reach the thresholds.",
    "Read with values that reach the thresholds in F_i as well, it holds.",
  ],
  async test(trial) {
    await trial.holds(
      "as printed, where every value rises with the other's signal too: an ex post equilibrium that provides where the rule does, at all pairs of 13 signals, those of the thresholds among them",
      linearGoods(
        "public goods for two with v_i = own s_i + other s_-i, coefficients of 1 to 2 and of 1/4 to 3/4, and the thresholds of a profile of signals",
        [1, 2, 3],
      ),
      (good) => unlikeRuleSomewhere(good, "exceed"),
    );
    const half = Rational.of(1, 2);
    const plain: LinearGood = {
      own: [Rational.ONE, Rational.ONE],
      other: [Rational.ZERO, Rational.ZERO],
      pivot: [half, half],
    };
    const signals = [half, Rational.of(3, 4)];
    const fails = unlikeRule(plain, signals, "exceed");
    const [first, second] = signals.map((signal, agent) => promiseOf(plain, agent, signal, "exceed"));
    const stands = trial.fact(
      "as printed, with private values too: with v_i = s_i, the cost 1 and the thresholds 1/2 and 1/2, the game provides at the signals 1/2 and 3/4, as the rule does",
      fails === undefined,
      [],
      [
        `The rule provides: 1/2 >= 1/2 and 3/4 >= 1/2. But F_1(1/2), the signals s_2 with v_1 > 1/2 and v_2 > 1/2, is empty, so that the first agent goes by the signal 1 of the other: it promises ${first.promise} and demands ${first.demand}. The second promises ${second.promise} and demands ${second.demand}. Its promise does not meet the demand.`,
      ],
    );
    if (!stands)
      trial.tell(
        "In 5.3 the set F_i is defined by strict inequalities. A type whose private value is exactly its threshold then has an empty F_i and demands the other's highest value: with v_i = s_i, the cost 1 and thresholds of 1/2 the good is not provided at the signals 1/2 and 3/4, where the rule provides it. With weak inequalities in F_i the strategies are an ex post equilibrium that does what the rule does, wherever it was tried; as printed they are where every value rises with the other's signal.",
      );
    await trial.instead.holds(
      "with weak inequalities in F_i the same holds, with private values as well, at all pairs of 13 signals",
      linearGoods(
        "public goods for two with v_i = own s_i + other s_-i, coefficients of 1 to 2 and of 0 to 3/4, and the thresholds of a profile of signals",
        [0, 0, 1, 2, 3],
      ),
      (good, count) => {
        if (good.other.every(({ isZero }) => isZero)) count("with private values");
        return unlikeRuleSomewhere(good, "reach");
      },
      { each: ["with private values"] },
    );
    await trial.holds(
      "on grids, with weak inequalities and values between types by straight lines: an ex post equilibrium that provides where the rule does, without deficit",
      goods,
      (values, count) => {
        const { environment } = exampleOfValues(values);
        const random = new RandomSource(values.seed);
        const view = provisionView("contribution game", environment);
        const s = random.integer(0, environment.profiles.count - 1);
        const pivot = view.value(0, s).add(random.money(-1, 1));
        const thresholds = [pivot, view.cost.subtract(pivot)];
        const game = built(() => contributionGame(environment, thresholds));
        if (!game) return notApplying;
        if (gains(environment, view.provided, s).isZero && pivot.equals(view.value(0, s)))
          count("with thresholds of a profile of the grid");
        const { holds, worst, violation } = verifyEquilibrium(environment, game);
        if (!holds) return `in which a deviation gains: ${worst} by ${violation}`;
        const rule = thresholdRule(environment, view, thresholds);
        const mechanism = inducedMechanism(environment, game);
        const other = everyProfile(environment).find(
          (at) => mechanism.lottery(at)[0].outcome !== rule(at)[0].outcome,
        );
        if (other !== undefined)
          return `in which the game does not do what the rule does at ${environment.profileLabel(other)}`;
        return lacking(environment, mechanism, ["ex post IC", "ex post IR", "ex post no deficit"]);
      },
      { each: ["with thresholds of a profile of the grid"] },
    );
  },
};
