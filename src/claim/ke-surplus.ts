import { efficientOutcomes, welfare } from "../environment/efficiency.js";
import type { Environment } from "../environment/environment.js";
import type { RandomSource } from "../generator/random-source.js";
import { Rational } from "../number/rational.js";
import type { Claim } from "./claim.js";
import { Example } from "./example.js";
import { examples } from "./ke-families.js";

/** All quantities from 0 to `most` for each of `agents`, the last fastest. */
function quantities(agents: number, most: number): number[][] {
  return Array.from({ length: agents }).reduce<number[][]>(
    (some) => some.flatMap((own) => Array.from({ length: most + 1 }, (_, x) => [...own, x])),
    [[]],
  );
}

/** Values by type and quantity that rise in both, and whose rise in the quantity rises with the type; concave in it where asked. */
function risingValues(random: RandomSource, types: number, most: number, concave: boolean): Rational[][] {
  let rises = Array.from({ length: most }, () => random.money(0, 3));
  if (concave) rises.sort((a, b) => b.compare(a));
  return Array.from({ length: types }, (_, type) => {
    if (type > 0) {
      const more = rises.map(() => random.money(0, 3));
      if (concave) more.sort((a, b) => b.compare(a));
      rises = rises.map((rise, k) => rise.add(more[k]));
    }
    return [Rational.ZERO, ...rises.map((_, k) => Rational.sum(rises.slice(0, k + 1)))];
  });
}

function goods(outcomes: readonly number[][], values: readonly Rational[][][], costs?: readonly Rational[]) {
  return new Example({
    name: "quantities of a good",
    agents: values.map((own, i) => ({
      name: `agent ${i + 1}`,
      types: own.map((_, type) => `${type}`),
      weights: own.map(() => 1),
      values: { byType: own.map((worth) => outcomes.map((x) => `${worth[x[i]]}`)) },
    })),
    outcomes: outcomes.map((x) => x.join(", ")),
    ...(costs && { cost: { byOutcome: costs.map(String) } }),
  });
}

const produced = examples(
  "goods of which each of two or three agents gets any quantity from 0 to 1 or 2, values of increasing differences, costs that rise and are submodular, two or three types",
  (random) => {
    const [agents, most, types] = [random.integer(2, 3), random.integer(1, 2), random.integer(2, 3)];
    const outcomes = quantities(agents, most);
    const [ofMost, ofTotal, each] = [random.money(0, 4), random.money(0, 4), random.money(0, 2)];
    const room = random.integer(1, 3);
    const costs = outcomes.map((x) => {
      const total = x.reduce((a, b) => a + b);
      return ofMost
        .multiply(Rational.of(Math.max(...x)))
        .add(ofTotal.multiply(Rational.of(Math.min(total, room))))
        .add(each.multiply(Rational.of(total)));
    });
    return goods(
      outcomes,
      Array.from({ length: agents }, () => risingValues(random, types, most, false)),
      costs,
    );
  },
);

const divided = examples(
  "one to three units divided among two agents, or among three of concave values, values of increasing differences, two or three types",
  (random) => {
    const [agents, units, types] = [random.integer(2, 3), random.integer(1, 3), random.integer(2, 3)];
    const outcomes = quantities(agents, units).filter((x) => x.reduce((a, b) => a + b) === units);
    return goods(
      outcomes,
      Array.from({ length: agents }, () => risingValues(random, types, units, agents === 3)),
    );
  },
);

/** What each agent gets at an efficient outcome of the profile, most or least of it. */
function chosen(environment: Environment, s: number, agent: number, pick: "most" | "least"): number {
  const own = efficientOutcomes(environment, s).map((x) =>
    Number(environment.outcomes[x].split(", ")[agent]),
  );
  return pick === "most" ? Math.max(...own) : Math.min(...own);
}

/** Where the surplus, or a quantity, does not change as Proposition 1 says, in words; `sign` is 1 for supermodular and -1 for submodular. */
function notMonotone({ environment }: Example, sign: 1 | -1): string | undefined {
  const { profiles, agentCount } = environment;
  const surplus = (s: number) => welfare(environment, efficientOutcomes(environment, s)[0], s);
  for (let s = 0; s < profiles.count; s++)
    for (let i = 0; i < agentCount; i++) {
      if (profiles.typeOf(s, i) + 1 >= profiles.sizes[i]) continue;
      const up = profiles.replace(s, i, profiles.typeOf(s, i) + 1);
      for (let j = 0; j < agentCount; j++)
        for (const pick of ["most", "least"] as const) {
          const change = chosen(environment, up, j, pick) - chosen(environment, s, j, pick);
          if ((i === j ? change : sign * change) < 0)
            return `in which, from ${environment.profileLabel(s)}, the ${pick} that agent ${j + 1} gets changes by ${change} as the type of agent ${i + 1} rises`;
        }
      for (let j = 0; j < i; j++) {
        if (profiles.typeOf(s, j) + 1 >= profiles.sizes[j]) continue;
        const raised = (t: number) => profiles.replace(t, j, profiles.typeOf(t, j) + 1);
        const difference = surplus(raised(up))
          .subtract(surplus(up))
          .subtract(surplus(raised(s)))
          .add(surplus(s));
        if (difference.sign * sign < 0)
          return `in which the surplus has the mixed difference ${difference} at ${environment.profileLabel(s)}`;
      }
    }
  return undefined;
}

/** Two agents of concave values and one of convex values divide one unit, in quarters. */
const convexRival = (() => {
  const quarters = quantities(3, 4).filter((x) => x.reduce((a, b) => a + b) === 4);
  const share = (x: number) => Rational.of(x, 4);
  const concave = (type: number) =>
    [0, 1, 2, 3, 4].map((x) =>
      share(x)
        .multiply(Rational.of(2).subtract(share(x)))
        .multiply(Rational.of(type)),
    );
  const convex = [0, 1, 2, 3, 4].map((x) => share(x).multiply(share(x)).multiply(Rational.of(10)));
  return goods(quarters, [[concave(4), concave(8)], [concave(4), concave(8)], [convex]]);
})();

const proposition1: Claim = {
  id: "KE-P1",
  kinds: ["theorem"],
  place: "Proposition 1",
  about: "super- and submodular surplus, and monotone quantities",
  says: "(i) If quantities are chosen, S is supermodular and x_i* does not fall with any type. (ii) If the total is fixed, x_i* does not fall with the own type, and if quantities sum to it and values are differentiable in x, S is submodular and x_i* does not rise with other types.",
  assumes:
    "Values v_i(x_i, theta_i) with increasing differences; in (i) a cost with decreasing differences; X an arbitrary set of allocations.",
  readings: [
    "Where several outcomes are efficient, of the most and of the least that an agent gets in one.",
    "(i) with all combinations of quantities allowed, and with any set X as the paper writes.",
    "(ii) with values concave in x where there are three agents, and without, as the paper writes.",
  ],
  async test(trial) {
    await trial.holds("(i), all combinations of quantities", produced, (good) => notMonotone(good, 1));
    await trial.holds("(ii), two agents, or values concave in x", divided, (good) => notMonotone(good, -1));
    const rival = notMonotone(convexRival, -1);
    const anySet = goods(
      [
        [1, 0],
        [0, 1],
      ],
      [
        [
          [Rational.ZERO, Rational.ONE],
          [Rational.ZERO, Rational.of(2)],
        ],
        [
          [Rational.ZERO, Rational.ONE],
          [Rational.ZERO, Rational.of(2)],
        ],
      ],
    );
    const arbitrary = notMonotone(anySet, 1);
    trial.fact(
      "(i), X = {(1, 0), (0, 1)}, v = theta x, no cost, types 1 and 2",
      arbitrary === undefined,
      anySet.run("show -"),
      arbitrary === undefined ? [] : [`It is one ${arbitrary}; S = max(theta_1, theta_2).`],
    );
    trial.fact(
      "(ii), v_1 and v_2 = theta (2x - x^2) with types 4 and 8, v_3 = 10 x^2, one unit in quarters",
      rival === undefined,
      convexRival.run("show -"),
      rival === undefined
        ? []
        : [
            `It is one ${rival}. With x continuous all goes to agent 3 or nothing does: S(4, 4) = S(8, 4) = S(4, 8) = 10, and S(8, 8) = 12 by halves.`,
          ],
    );
    if (rival !== undefined)
      trial.tell(
        "Proposition 1 (ii): the proof orders quantities by first-order conditions, for which values must be concave in x. With v_1 = v_2 = theta (2x - x^2) and v_3 = 10 x^2, agent 3 gets all at (4, 4), (8, 4) and (4, 8), and agents 1 and 2 get half each at (8, 8): x_1* rises with theta_2, and S = 10, 10, 10, 12 is not submodular.",
      );
    if (arbitrary !== undefined)
      trial.tell(
        "Proposition 1 (i) needs that any combination of quantities may be chosen (a lattice): with X an arbitrary set, as for an indivisible good, S = max(theta_1, theta_2) is submodular. With it (i) holds wherever it was tried.",
      );
  },
};

export const surplusClaims: readonly Claim[] = [proposition1];
