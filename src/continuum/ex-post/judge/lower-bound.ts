import type { ContinuousEnvironment } from "../../../environment/continuous-environment.js";
import { lcm, Rational } from "../../../number/rational.js";
import { type EnclosedEnvironment, floored } from "./enclosed-environment.js";
import { forEachPlace, mappedAll, type ProductTable } from "./product-table.js";

/** How a lower bound weighs the types of one agent; in any unit, for weights are divided by their sum. */
export interface TypeWeights {
  /** For each cell: the weight's density in terms of the prior. */
  readonly density: readonly Rational[];
  /** For each node: a mass besides. */
  readonly atoms: readonly Rational[];
}

/** What a lower bound needs of an environment, whatever the weights are: integers over one denominator. */
export interface CellMeans {
  readonly cells: readonly number[];
  /** For each product of cells: the expectation of the surplus over it, enclosed; not divided by its probability. */
  readonly surplusBelow: ProductTable;
  readonly surplusAbove: ProductTable;
  /** For each agent and product of cells: the same of its outside option, from below. */
  readonly outside: readonly ProductTable[];
  readonly probability: readonly (readonly Rational[])[];
  /** For each agent and node: at least the interim surplus less the outside option, `E[S | t_i] - u_i(t_i)`. */
  readonly interimAbove: readonly (readonly Rational[])[];
}

export function cellMeans(environment: ContinuousEnvironment, enclosed: EnclosedEnvironment): CellMeans {
  const { agents, scale } = enclosed;
  const cells = agents.map(({ nodes }) => nodes.length - 1);
  const surplusAbove = mappedAll(
    enclosed.surplusAbove,
    agents.map(({ nodesToCells }) => nodesToCells),
  );
  const probability = agents.map(({ probability: { rows, denominator } }) =>
    rows[0].map(([, weight]) => Rational.of(weight, denominator)),
  );
  const outside = environment.agents.map((agent, i) => {
    const { nodes, probability } = agents[i];
    const worth = agent.density.times(agent.outsideOption).antiderivative();
    // Over the cell, times scale and the probabilities' denominator, rounded down.
    const means = cells.map(() => [] as bigint[]);
    for (let a = 0; a < cells[i]; a++) {
      const isLast = a + 1 === cells[i];
      const atoms = agent.atoms.filter(
        ({ type }) => type.compare(nodes[a]) >= 0 && (isLast || type.compare(nodes[a + 1]) < 0),
      );
      const mean = Rational.sum([
        worth.at(nodes[a + 1]).subtract(worth.at(nodes[a])),
        ...atoms.map((atom) => atom.probability.multiply(agent.outsideOption.at(atom.type))),
      ]);
      means[i].push(floored(mean.numerator * scale * probability.denominator, mean.denominator));
    }
    const values: bigint[] = [];
    forEachPlace(cells, (place) => {
      values.push(
        place.reduce(
          (product, a, j) => product * (j === i ? means[i][a] : agents[j].probability.rows[0][a][1]),
          1n,
        ),
      );
    });
    return { shape: cells, values, denominator: surplusAbove.denominator };
  });
  return {
    cells,
    surplusAbove,
    surplusBelow: mappedAll(
      enclosed.surplusBelow,
      agents.map(({ endsToCells }) => endsToCells),
    ),
    outside,
    probability,
    interimAbove: agents.map(({ fine, nodes }, i) => {
      const others = mappedAll(
        enclosed.surplusAbove,
        agents.map(({ nodesToMean }, j) => (j === i ? undefined : nodesToMean)),
      );
      return nodes.map((type, v) =>
        Rational.of(others.values[v * fine], others.denominator).subtract(
          environment.agents[i].outsideOption.at(type),
        ),
      );
    }),
  };
}

/**
 * The bound of Theorem B2 for these weights, from
 *
 *     (n-1) E S + E[G z] - sum_i ∫ (E[S | t] - u_i(t)) dY_i(t)
 *       = sum over products of cells of E[(n-1 + z - sum_i y_i) S] + sum_i E[(y_i - z) u_i]  - the atoms' part,
 *
 * with the end of the surplus that its coefficient's sign asks for; `z` is the most that is allowed, or 0, whichever gives
 * more. Undefined where an agent has no weight at all. Weights must not be negative.
 */
export function lowerBound(
  means: CellMeans,
  weights: readonly TypeWeights[],
  mayLeaveMoney: boolean,
): Rational | undefined {
  const totals = weights.map(({ density, atoms }, i) =>
    Rational.sum([...density.map((y, a) => y.multiply(means.probability[i][a])), ...atoms]),
  );
  if (totals.some((total) => total.sign <= 0)) return undefined;
  const densities = weights.map(({ density }, i) => density.map((y) => y.divide(totals[i])));
  const unit = densities.flat().reduce((d, y) => lcm(d, y.denominator), 1n);
  const y = densities.map((density) => density.map((of) => of.numerator * (unit / of.denominator)));
  const others = BigInt(weights.length - 1) * unit;
  const { surplusBelow, surplusAbove, outside } = means;
  // The two tables need not have the same denominator as they come; surplus and outside options do.
  let sum = 0n;
  forEachPlace(means.cells, (place, c) => {
    const at = place.map((a, i) => y[i][a]);
    const least = at.reduce(smaller, mayLeaveMoney ? unit : at[0]);
    const worth = (z: bigint) => {
      const coefficient = at.reduce((left, of) => left - of, others + z);
      const table = coefficient < 0n ? surplusAbove : surplusBelow;
      return at.reduce(
        (total, of, i) => total + (of - z) * outside[i].values[c],
        coefficient * table.values[c],
      );
    };
    sum += larger(worth(least), worth(0n));
  });
  const atoms = weights.flatMap((of, i) =>
    of.atoms.map((mass, v) =>
      mass.isZero ? mass : mass.divide(totals[i]).multiply(means.interimAbove[i][v]),
    ),
  );
  return Rational.of(sum, unit * surplusBelow.denominator).subtract(Rational.sum(atoms));
}

function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
