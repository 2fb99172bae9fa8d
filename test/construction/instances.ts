import { bilateralTrade } from "../../models/bilateral-trade.js";
import { partnership } from "../../models/partnership.js";
import type { Ground } from "../../src/construction/construction.js";
import { efficientOutcomes } from "../../src/environment/efficiency.js";
import { Environment } from "../../src/environment/environment.js";
import { type AllocationRule, certain, uniformLottery } from "../../src/environment/lottery.js";
import type { ReportedProperty } from "../../src/measure/reported.js";
import type { Mechanism } from "../../src/mechanism/mechanism.js";
import { Rational } from "../../src/number/rational.js";
import { toRational } from "../../src/number/rational-text.js";
import { RationalVector } from "../../src/number/rational-vector.js";
import { auditProperty } from "../measure/audit-property.js";

/** How the rule chooses among tied outcomes. */
export type Ties = "first" | "last" | "lottery";

export function efficientRule(environment: Environment, ties: Ties): AllocationRule {
  return (profile) => {
    const efficient = efficientOutcomes(environment, profile);
    if (ties === "lottery") return uniformLottery(efficient);
    return certain(ties === "first" ? efficient[0] : efficient[efficient.length - 1]);
  };
}

export function ground(environment: Environment, ties: Ties = "last"): Ground {
  return { environment, rule: efficientRule(environment, ties) };
}

const grids = [
  { points: 2, placement: "midpoint" },
  { points: 5, placement: "endpoint" },
  { points: 4, placement: "equal-probability" },
  { points: 7, placement: "midpoint" },
] as const;
const distributions = ["uniform", { power: 2 }] as const;

/** Trade on four grids with two distributions, both conventions for the seller, ties broken all three ways. */
export const tradeGrounds: readonly { name: string; ground: Ground }[] = grids.flatMap((grid, k) =>
  distributions.map((distribution, d) => {
    const convention = (k + d) % 2 === 0 ? "cost" : "value";
    const ties = (["first", "last", "lottery"] as const)[(k + d) % 3];
    const { environment } = bilateralTrade({
      buyer: { ...grid, distribution },
      seller: { ...grid, points: grid.points + d, distribution },
      convention,
    });
    return {
      name: `${grid.points} ${grid.placement} points, ${JSON.stringify(distribution)}, seller's ${convention}, ties ${ties}`,
      ground: ground(environment, ties),
    };
  }),
);

/** A public good for `n` agents with the same private values and weights, at a given cost. */
export function publicGood(
  n: number,
  values: readonly string[],
  weights: readonly number[],
  cost: string,
): Environment {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return new Environment({
    name: "public good",
    agents: Array.from({ length: n }, (_, i) => ({
      name: `agent ${i + 1}`,
      types: values,
      values: {
        shape: "type-outcome",
        entries: RationalVector.from(values.flatMap((value) => [Rational.ZERO, toRational(value)])),
      },
    })),
    outcomes: ["without", "provided"],
    prior: {
      kind: "independent",
      marginals: Array.from({ length: n }, () =>
        RationalVector.from(weights.map((weight) => Rational.of(weight, total))),
      ),
    },
    cost: { shape: "outcome", entries: RationalVector.from([Rational.ZERO, toRational(cost)]) },
  });
}

/** Public goods with three agents and costs, on three grids with two distributions. */
export const publicGoodGrounds: readonly { name: string; ground: Ground }[] = (
  [
    [["0", "1"], "1"],
    [["0", "1/2", "1"], "3/2"],
    [["1/8", "3/8", "5/8", "7/8"], "1"],
  ] as const
).flatMap(([values, cost]) =>
  [values.map(() => 1), values.map((_, k) => 2 * k + 1)].map((weights) => ({
    name: `public good at ${cost}, values ${values.join(" ")}, weights ${weights.join(" ")}`,
    ground: ground(publicGood(3, values, weights, cost), "first"),
  })),
);

/** Partnerships of two and three with equal and unequal shares, on three grids with two distributions. */
export const partnershipGrounds: readonly { name: string; ground: Ground }[] = [
  { points: 3, placement: "midpoint" } as const,
  { points: 4, placement: "endpoint" } as const,
  { points: 5, placement: "equal-probability" } as const,
].flatMap((grid, k) =>
  distributions.map((distribution, d) => {
    const agents = k === 2 ? 2 : 3;
    const shares = d === 0 ? undefined : ["1/2", "1/6", "1/3"].slice(0, agents);
    if (shares && agents === 2) shares[1] = "1/2";
    const { environment } = partnership({ agents, grid: { ...grid, distribution }, shares });
    const ties = (["first", "last", "lottery"] as const)[(k + d) % 3];
    return {
      name: `${agents} partners, ${grid.points} ${grid.placement} points, ${JSON.stringify(distribution)}, ties ${ties}`,
      ground: ground(environment, ties),
    };
  }),
);

/** The properties of the list that the mechanism lacks: empty when all hold, so that a failing test names them. */
export function lacking(
  environment: Environment,
  mechanism: Mechanism,
  names: readonly ReportedProperty[],
): string[] {
  return names.flatMap((name) => {
    const { holds, worst, violation } = auditProperty(environment, mechanism, name);
    return holds ? [] : [`${name}: ${worst} misses by ${violation}`];
  });
}

/** Every profile of the environment. */
export function everyProfile(environment: Environment): number[] {
  return Array.from({ length: environment.profiles.count }, (_, s) => s);
}
