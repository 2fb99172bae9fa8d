import { expectedExternality } from "../construction/agv.js";
import { expectation, truthfulUtility, utility } from "../mechanism/interim.js";
import type { Mechanism } from "../mechanism/mechanism.js";
import { Rational } from "../number/rational.js";
import type { Claim } from "./claim.js";
import { type Example, example } from "./example.js";
import { atEveryType, formula } from "./ke-measures.js";
import { type Bracket, bracket } from "./printed.js";

/** A private good worth theta^gamma/gamma, types uniform on [0, 1]. */
const good = (agents: number, gamma: number, points = 4) =>
  example("private-good-production", { agents, gamma, grid: { points } });

/**
 * Between what the probability lies that under M1 no loser would rather have won by outbidding the winner: the second highest type's
 * `S` is at most `n/(n-1)` times the winner's price, which rises with the winner's type. The highest type is cut into cells, at whose
 * ends the price is known exactly, and the second highest type that is indifferent is found to one part in so many.
 */
function noRegret(agents: number, gamma: number, cells: number, parts: number): Bracket {
  const { payoff } = atEveryType("m1", good(agents, gamma));
  const surplus = (type: Rational) => power(type, gamma).divide(Rational.of(gamma));
  const indifferent = (k: number): number => {
    if (k === 0) return 0;
    const highest = Rational.of(k, cells);
    const others = Array.from({ length: agents - 1 }, (_, j) =>
      highest.multiply(Rational.of(j + 1, agents + 1)),
    );
    const bound = payoff(1, highest, ...others).multiply(Rational.of(agents));
    let [low, high] = [0, parts];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (surplus(Rational.of(middle, parts)).compare(bound) <= 0) low = middle;
      else high = middle;
    }
    return low;
  };
  const ends = Array.from({ length: cells + 1 }, (_, k) => indifferent(k));
  const total = (of: readonly number[]) =>
    Rational.sum(of.map((own) => power(Rational.of(own, parts), agents - 1))).multiply(
      Rational.of(agents, cells),
    );
  return bracket(total(ends.slice(0, -1)), total(ends.slice(1).map((end) => Math.min(end + 1, parts))));
}

function power(base: Rational, exponent: number): Rational {
  return Rational.of(base.numerator ** BigInt(exponent), base.denominator ** BigInt(exponent));
}

const proposition3: Claim = {
  id: "KE-P3",
  kinds: ["figure"],
  place: "Definition 4, Proposition 3",
  about: "how probable it is that nobody regrets M1's allocation",
  says: "If the winner cannot underpay without giving up the good, M1 is ex post incentive compatible with the probability n int F(S^-1(E[S | all others below]))^(n-1) dF, which is (n gamma/(n gamma + 1))^((n-1) gamma) if F(S^-1(s)) = s^gamma, and tends to 1/e.",
  assumes: "A private good, identically and independently distributed types.",
  readings: [
    "The event is that no loser would gain by outbidding the winner at the price of a type like the winner's.",
    "Uniform types on [0, 1] and S = theta^g/g have F(S^-1(s)) proportional to s^(1/g): gamma = 1/g, whatever the unit of money.",
  ],
  async test(trial) {
    const [cells, parts] = trial.quick ? [60, 2000] : [400, 20_000];
    for (const [agents, g] of [
      [2, 1],
      [3, 1],
      [5, 1],
      [2, 2],
      [3, 2],
      [2, 3],
    ] as const) {
      const gamma = Rational.of(1, g);
      const share = Rational.of(agents, agents + g);
      const exponent = gamma.multiply(Rational.of(agents - 1));
      const printed = formula(`(${share})^(${exponent})`, share.toNumber() ** exponent.toNumber());
      trial.figure(
        `n = ${agents}, gamma = ${gamma}`,
        printed,
        noRegret(agents, g, cells, parts),
        good(agents, g).run("compare - m1 --continuum"),
      );
    }
    trial.fact(
      "(n/(n + 1))^(n - 1) tends to 1/e: the distance at n = 1000, times 1000, is what it is at n = 2000, times 2000, to a tenth",
      tends(1000),
      "reproduce KE-P3",
    );
  },
};

/** Whether `(n/(n+1))^(n-1)` comes nearer to 1/e as fast as 1/n. */
function tends(n: number): boolean {
  const scaled = (count: number) => count * ((count / (count + 1)) ** (count - 1) - Math.exp(-1));
  return Math.abs(scaled(n) - scaled(2 * n)) < 0.1;
}

/** AGV, in which whoever gets the good produces it and bears its cost. */
function agvOn(points: number) {
  const bidders = good(2, 2, points);
  const { environment } = bidders;
  return { environment, mechanism: expectedExternality(bidders.ground("uniform"), "next") };
}

/** The probability of profiles without a tie at which something is so of the winner and the loser. */
function probability(
  { environment, mechanism }: { environment: Example["environment"]; mechanism: Mechanism },
  holds: (winner: Rational, loser: Rational) => boolean,
): Rational {
  const { profiles } = environment;
  return expectation(environment, (s) => {
    const [a, b] = profiles.typesOf(s);
    if (a === b) return Rational.ZERO;
    const [winner, loser] = [a > b ? 0 : 1, a > b ? 1 : 0].map((agent) =>
      truthfulUtility(environment, mechanism, agent, s),
    );
    return holds(winner, loser) ? Rational.ONE : Rational.ZERO;
  });
}

/** Of `{ (winner, loser) : loser < winner, winner^2 < bound(loser) }`, for two uniform types and a bound that rises. */
function areaBelow(bound: (loser: Rational) => Rational, cells: number): Bracket {
  const width = Rational.of(1, cells);
  const root = (square: Rational, parts: number) => {
    let [low, high] = [0, parts];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (power(Rational.of(middle, parts), 2).compare(square) <= 0) low = middle;
      else high = middle;
    }
    return [Rational.of(low, parts), Rational.of(high, parts)] as const;
  };
  const parts = 20 * cells;
  const edges = Array.from({ length: cells + 1 }, (_, k) => Rational.of(k, cells));
  const roots = edges.map((edge) => root(Rational.minimum(Rational.ONE, bound(edge)), parts));
  const total = (of: (k: number) => Rational) =>
    Rational.sum(edges.slice(1).map((_, k) => Rational.maximum(Rational.ZERO, of(k))))
      .multiply(width)
      .multiply(Rational.of(2));
  return bracket(
    total((k) => roots[k][0].subtract(edges[k + 1])),
    total((k) => roots[k + 1][1].subtract(edges[k])),
  );
}

const example1: Claim = {
  id: "KE-X1",
  kinds: ["figure"],
  place: "Example 1",
  about: "M1 and AGV with quadratic costs and uniform types",
  says: "M1 leaves the winner 3/8 and the loser 1/8 of the winner's type squared and is ex post incentive compatible with probability sqrt(3)/3 = 58%. Under AGV the winner falls below 0 with probability 5/18 and below the loser with probability 0.60, and nobody's report is ever ex post optimal.",
  assumes: "Two agents, types uniform on [0, 1], v = x theta, gamma = 2, so that S = theta^2/2.",
  readings: [
    "AGV is read as the paper cites it, expected externalities, the winner producing and bearing the cost. The paper writes the winner's payoff with a conditional mean, S(theta_i) - E[S | above theta_j], which no externality is.",
    "For that printed payoff itself the two probabilities are computed as well.",
  ],
  async test(trial) {
    const two = good(2, 2);
    const { payoff } = atEveryType("m1", two);
    const m1Run = two.run("compare - m1 --continuum");
    trial.figure("M1, the winner's payoff at type 1", "3/8", payoff(0, 1, "1/2"), m1Run);
    trial.figure("M1, the loser's payoff against type 1", "1/8", payoff(1, 1, "1/2"), m1Run);
    trial.figure(
      "the same against type 2/3, over 4/9",
      "1/8",
      payoff(1, "2/3", "1/2").multiply(Rational.of(9, 4)),
      m1Run,
    );
    const [cells, parts] = trial.quick ? [60, 2000] : [400, 20_000];
    const regretted = trial.figure(
      "M1, probability of ex post IC",
      formula("sqrt(3)/3 = 58%", Math.sqrt(3) / 3),
      noRegret(2, 2, cells, parts),
      m1Run,
    );
    trial.instead.figure(
      "Proposition 3's own formula, (n gamma/(n gamma + 1))^((n-1) gamma) with gamma = 1/2",
      formula("sqrt(1/2) = 71%", Math.SQRT1_2),
      noRegret(2, 2, cells, parts),
      m1Run,
    );
    const grids = trial.grids([4, 8, 16], [3, 4, 5]);
    const onGrids = (what: string, printed: string, holds: (winner: Rational, loser: Rational) => boolean) =>
      trial.limit(
        what,
        printed,
        grids,
        (points) => good(2, 2, points),
        "construct agv - --ties uniform",
        (bidders) => probability(agvOn(bidders.environment.profiles.sizes[0]), holds),
      );
    const loses = await onGrids(
      "AGV, probability that the winner falls below 0",
      "5/18",
      ({ sign }) => sign < 0,
    );
    const worse = await onGrids(
      "AGV, probability that the winner falls below the loser",
      "0.60",
      (winner, loser) => winner.compare(loser) < 0,
    );
    const printedPayoff = (times: number) => {
      const third = Rational.of(times, 3);
      return areaBelow(
        (t) => Rational.ONE.add(t).add(t.multiply(t)).multiply(third),
        trial.quick ? 100 : 1000,
      );
    };
    trial.shows(
      "the printed payoff S(theta_i) - E[S | above theta_j]: probability that the winner falls below 0",
      printedPayoff(1),
      "reproduce KE-X1",
    );
    trial.shows(
      "the printed payoff: probability that the winner falls below the loser",
      printedPayoff(2),
      "reproduce KE-X1",
    );
    const points = trial.quick ? 5 : 12;
    const { environment, mechanism } = agvOn(points);
    const regrets = Array.from({ length: environment.profiles.count }, (_, s) => s).every((s) => {
      const types = environment.profiles.typesOf(s);
      const loser = types[0] < types[1] ? 0 : 1;
      if (types[0] === types[1] || types[loser] === 0) return true;
      const lowest = environment.profiles.replace(s, loser, 0);
      return (
        utility(environment, mechanism, loser, lowest, s).compare(
          truthfulUtility(environment, mechanism, loser, s),
        ) > 0
      );
    });
    trial.fact(
      `under AGV somebody would rather have made another report, ${points} types: at every profile without a tie the loser, unless its type is the lowest, by reporting the lowest`,
      regrets,
      good(2, 2, points).run("construct agv - --ties uniform"),
    );
    if (!regretted)
      trial.tell(
        "Example 1: M1 is ex post incentive compatible with probability sqrt(2)/2 = 71%, as Proposition 3 has it for gamma = 1/2, and not sqrt(3)/3: with the prices printed just before, the loser of type theta_j gains by winning where theta_j > theta_i/sqrt(2).",
      );
    if (!loses && !worse)
      trial.tell(
        "Under AGV the winner keeps S(theta_i) less the integral of S from theta_j to theta_i, which is positive and more than the loser gets, that integral: both probabilities are 0. The printed 5/18 and 0.60 come from a conditional mean in place of an expected externality, and are integrals over squares of types; for that payoff itself the probabilities are 0.54 and 0.93.",
      );
  },
};

export const regretClaims: readonly Claim[] = [proposition3, example1];
