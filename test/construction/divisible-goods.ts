import { buildGrid, normalised } from "../../models/grid.js";
import type { Ground } from "../../src/construction/construction.js";
import type { Continuum } from "../../src/environment/continuum.js";
import { efficientOutcomes, welfare } from "../../src/environment/efficiency.js";
import { Environment } from "../../src/environment/environment.js";
import { expectation, interimExpectation, interimUtilities } from "../../src/mechanism/interim.js";
import type { Mechanism } from "../../src/mechanism/mechanism.js";
import { Rational } from "../../src/number/rational.js";
import { toRational } from "../../src/number/rational-text.js";
import { RationalVector } from "../../src/number/rational-vector.js";
import { efficientRule, type Ties } from "./instances.js";

/** A grid of types on an interval with `F(x) = ((x - from)/(to - from))^power`. */
export interface Types {
  readonly points: number;
  readonly power?: number;
  readonly placement?: "midpoint" | "endpoint" | "equal-probability";
  readonly from?: Rational;
  readonly to?: Rational;
}

const gridOf = ({ points, power = 1, placement = "midpoint", from, to }: Types) =>
  buildGrid({
    points,
    placement,
    distribution: { power: Rational.of(power) },
    from: from ?? Rational.ZERO,
    to: to ?? Rational.ONE,
  });

function continuousTypes({ power = 1, from, to }: Types): Continuum["agents"][number] {
  const [low, high] = [from?.toNumber() ?? 0, to?.toNumber() ?? 1];
  const width = high - low;
  return {
    from: low,
    to: high,
    distribution: (type) => ((type - low) / width) ** power,
    density: (type) => (power * ((type - low) / width) ** (power - 1)) / width,
    quantile: (q) => low + width * q ** (1 / power),
  };
}

interface Outcome {
  readonly label: string;
  /** What each agent gets for each unit of its type. */
  readonly shares: readonly Rational[];
  readonly cost: Rational;
}

/** Values are an agent's type times its share of the outcome. */
function ground(
  name: string,
  types: readonly Types[],
  outcomes: readonly Outcome[],
  surplus: Continuum["surplus"],
  options: { ties?: Ties; outside?: (agent: number, type: Rational) => Rational } = {},
): Ground {
  const grids = types.map(gridOf);
  const { outside } = options;
  const environment = new Environment({
    name,
    agents: grids.map((grid, i) => ({
      name: `agent ${i + 1}`,
      types: grid.labels,
      values: {
        shape: "type-outcome",
        entries: RationalVector.from(
          grid.values.flatMap((type) => outcomes.map((x) => x.shares[i].multiply(type))),
        ),
      },
      outsideOption: outside && {
        shape: "type",
        entries: RationalVector.from(grid.values.map((type) => outside(i, type))),
      },
    })),
    outcomes: outcomes.map((x) => x.label),
    prior: { kind: "independent", marginals: grids.map((grid) => grid.prior) },
    cost: { shape: "outcome", entries: RationalVector.from(outcomes.map((x) => x.cost)) },
  });
  return {
    environment,
    rule: efficientRule(environment, options.ties ?? "lottery"),
    continuum: { agents: types.map(continuousTypes), surplus },
  };
}

const valuesOf = (types: readonly Types[]) => types.map((agent) => gridOf(agent).values);
const half = Rational.of(1, 2);

/** KE 3 with quadratic cost: `v = theta x` for the one who gets it, `c = x^2/2`, hence `S(theta) = theta^2/2`. */
export function privateGood(types: readonly Types[], ties?: Ties): Ground {
  const outcomes = valuesOf(types).flatMap((values, agent) =>
    values.map((x) => ({
      label: `${x} to agent ${agent + 1}`,
      shares: types.map((_, i) => (i === agent ? x : Rational.ZERO)),
      cost: x.multiply(x).multiply(half),
    })),
  );
  const total = (theta: readonly number[]) => Math.max(...theta) ** 2 / 2;
  const marginal = (agent: number, theta: readonly number[]) =>
    theta.every((other) => other <= theta[agent]) ? theta[agent] : 0;
  return ground("private good", types, outcomes, { total, marginal }, { ties });
}

/** One good that is there already: `S(theta) = theta`. */
export function partnership(types: readonly Types[], ties?: Ties): Ground {
  const outcomes = types.map((_, agent) => ({
    label: `to agent ${agent + 1}`,
    shares: types.map((__, i) => (i === agent ? Rational.ONE : Rational.ZERO)),
    cost: Rational.ZERO,
  }));
  const total = (theta: readonly number[]) => Math.max(...theta);
  const marginal = (agent: number, theta: readonly number[]) =>
    theta.every((other) => other <= theta[agent]) ? 1 : 0;
  return ground("partnership", types, outcomes, { total, marginal }, { ties });
}

/** One good, worth its type to each agent: with one list of weights for all of two, or one for each. */
export function listedGood(values: readonly string[], ...weights: readonly (readonly number[])[]): Ground {
  const each = weights.length === 1 ? [weights[0], weights[0]] : weights;
  const agents = each.map((_, i) => i);
  const environment = new Environment({
    name: "one good",
    agents: agents.map((i) => ({
      name: `agent ${i + 1}`,
      types: values,
      values: {
        shape: "type-outcome",
        entries: RationalVector.from(
          values.flatMap((value) => agents.map((x) => (x === i ? toRational(value) : Rational.ZERO))),
        ),
      },
    })),
    outcomes: agents.map((i) => `to agent ${i + 1}`),
    prior: {
      kind: "independent",
      marginals: each.map((own) =>
        normalised(
          own.map((weight) => Rational.of(weight)),
          own.length,
          "weights",
        ),
      ),
    },
  });
  return { environment, rule: efficientRule(environment, "lottery") };
}

/** The efficient quantities of all pairs of types, rounded to six decimals, without repetition. */
function quantities(types: readonly Types[], of: (a: number, b: number) => number): Rational[] {
  const [first, second] = valuesOf(types);
  const millionths = first.flatMap((a) =>
    second.map((b) => Math.round(1e6 * of(a.toNumber(), b.toNumber()))),
  );
  return [...new Set(millionths)].sort((a, b) => a - b).map((x) => Rational.of(x, 1_000_000));
}

/** `2x - x^2`. */
const concave = (x: Rational) => x.multiply(Rational.of(2).subtract(x));

/** KE Example 3: a public good worth `theta (2x - x^2)` to each of two, at cost `x^2`; alone, each builds its own. */
export function twoResidents(type: Types, outside: "autarky" | "none" | "one-sided" = "autarky"): Ground {
  const types = [type, type];
  const outcomes = quantities(types, (a, b) => (a + b) / (1 + a + b)).map((x) => ({
    label: `build ${x}`,
    shares: [concave(x), concave(x)],
    cost: x.multiply(x),
  }));
  const total = ([a, b]: readonly number[]) => (a + b) ** 2 / (1 + a + b);
  const marginal = (_: number, [a, b]: readonly number[]) => 1 - (1 + a + b) ** -2;
  const autarky = (theta: Rational) => theta.multiply(theta).divide(Rational.ONE.add(theta));
  return ground(
    "two residents",
    types,
    outcomes,
    { total, marginal },
    {
      outside:
        outside === "none"
          ? undefined
          : (agent, theta) => (outside === "one-sided" && agent === 0 ? Rational.ZERO : autarky(theta)),
    },
  );
}

/** KE Examples 4 and 5: one unit divided between two, worth `theta (2x - x^2)`; agent 1 owns `endowment` at the outset. */
export function fixedEndowment(type: Types, endowment?: Rational): Ground {
  const types = [type, type];
  const outcomes = quantities(types, (a, b) => (a + b === 0 ? 0.5 : a / (a + b))).map((x) => ({
    label: `${x} to agent 1`,
    shares: [concave(x), concave(Rational.ONE.subtract(x))],
    cost: Rational.ZERO,
  }));
  const total = ([a, b]: readonly number[]) => a + b - (a + b === 0 ? 0 : (a * b) / (a + b));
  const marginal = (agent: number, theta: readonly number[]) =>
    1 - (theta[1 - agent] / (theta[0] + theta[1])) ** 2;
  const owned = endowment && [endowment, Rational.ONE.subtract(endowment)];
  return ground(
    "fixed endowment",
    types,
    outcomes,
    { total, marginal },
    {
      outside: owned && ((agent, theta) => concave(owned[agent]).multiply(theta)),
    },
  );
}

/** KE 5.1: one unit divided between two, worth `2 theta sqrt(x)`, values rounded to twelve decimals. */
export function rootGood(type: Types): Ground {
  const types = [type, type];
  const [first, second] = valuesOf(types);
  const root = (x: number) => Rational.of(Math.round(2e12 * Math.sqrt(x)), 1_000_000_000_000);
  const seen = new Map<string, Outcome>();
  for (const a of first) {
    for (const b of second) {
      if (a.isZero && b.isZero) continue;
      const ratio = a.multiply(a).divide(a.multiply(a).add(b.multiply(b)));
      const x = ratio.toNumber();
      seen.set(ratio.toString(), {
        label: `${ratio} to agent 1`,
        shares: [root(x), root(1 - x)],
        cost: Rational.ZERO,
      });
    }
  }
  const total = ([a, b]: readonly number[]) => 2 * Math.hypot(a, b);
  const marginal = (agent: number, theta: readonly number[]) => (2 * theta[agent]) / Math.hypot(...theta);
  return ground("root good", types, [...seen.values()], { total, marginal });
}

/** `E Delta = sum_i E[S(lowest, s_-i)] - (n-1) E[S]`: what VCG leaves over (KE Lemma 1, no outside options). */
export function expectedVcgSurplus({ environment }: Ground): Rational {
  const surplus = (profile: number) =>
    welfare(environment, efficientOutcomes(environment, profile)[0], profile);
  const lowest = environment.agents.map((_, agent) => interimExpectation(environment, agent, 0, surplus));
  const total = expectation(environment, surplus).multiply(Rational.of(environment.agentCount - 1));
  return Rational.sum(lowest).subtract(total);
}

/** The interim payoff of each agent's lowest type. */
export function lowestPayoffs({ environment }: Ground, mechanism: Mechanism): Rational[] {
  return environment.agents.map((_, agent) => interimUtilities(environment, mechanism, agent)[0]);
}

/** A public good worth `theta x` to each of two at cost `x^2/2`, hence `S = (theta_1 + theta_2)^2 / 2`. */
export function quadraticPublicGood(types: readonly Rational[], weights: readonly number[]): Ground {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const sums = new Map(types.flatMap((a) => types.map((b) => [a.add(b).toString(), a.add(b)] as const)));
  const outcomes = [...sums.values()];
  const environment = new Environment({
    name: "quadratic public good",
    agents: [1, 2].map((i) => ({
      name: `agent ${i}`,
      types: types.map(String),
      values: {
        shape: "type-outcome",
        entries: RationalVector.from(types.flatMap((type) => outcomes.map((x) => x.multiply(type)))),
      },
    })),
    outcomes: outcomes.map(String),
    prior: {
      kind: "independent",
      marginals: [1, 2].map(() => RationalVector.from(weights.map((weight) => Rational.of(weight, total)))),
    },
    cost: {
      shape: "outcome",
      entries: RationalVector.from(outcomes.map((x) => x.multiply(x).multiply(half))),
    },
  });
  return { environment, rule: efficientRule(environment, "lottery") };
}

/** `log2` of how much each entry falls short of the one before, where each grid has twice the points. */
export function orders(errors: readonly number[]): number[] {
  return errors.slice(1).map((error, k) => Math.log2(errors[k] / error));
}
