import type { ContinuousEnvironment } from "../../environment/continuous-environment.js";
import { Rational } from "../../number/rational.js";
import type { Question } from "../../question/question.js";
import { type Bracket, ContinuumRefuted } from "../method.js";
import type { CellWeight, Lottery } from "./certificate.js";
import type { PointWeight } from "./price.js";
import { AGENTS, type Agent, imbalance, type TwoAgents, type UtilityWeights } from "./two-agents.js";

export function demand(holds: boolean, otherwise: () => string): void {
  if (!holds) throw new ContinuumRefuted(otherwise());
}

/** Products of cells beyond which a certificate is not judged. */
export const MOST_PRODUCTS = 40_000;

export function demandSize({ outcomes = [] }: ContinuousEnvironment, cells: number): void {
  demand(cells ** 2 * outcomes.length <= MOST_PRODUCTS, () => `${cells} cells are too many`);
}

/**
 * Whether the objective has to be bounded. Where payments are to cover the cost exactly nothing is ever left of them, and the least
 * subsidy is 0 as soon as there is a mechanism without.
 */
export function isBounded({ objective, balance }: Question): boolean {
  return objective === "max-gains" || (objective === "max-surplus" && balance === "no-deficit");
}

/**
 * The bracket of what a mechanism attains, what bounds all mechanisms, and what bounds those that meet the requirements in expectation:
 * whoever never loses does not lose in expectation.
 */
export function bracketAtProfiles(
  question: Question,
  attained: Rational | undefined,
  proved: Rational | undefined,
  weaker: Bracket,
): Bracket {
  if (weaker.contradiction) return { contradiction: weaker.contradiction };
  if (!isBounded(question)) {
    if (attained) return { lower: Rational.ZERO, upper: Rational.ZERO };
    return question.objective === "max-surplus"
      ? { upper: Rational.ZERO }
      : { lower: weaker.lower ?? Rational.ZERO };
  }
  const bounds = [proved, weaker.upper].filter((bound) => bound !== undefined);
  return {
    ...(attained && { lower: attained }),
    ...(bounds.length > 0 && { upper: bounds.reduce(Rational.minimum) }),
  };
}

/** A certificate's table for products of cells, or whatever, has the length that it should have. */
export function demandLength(list: readonly unknown[], length: number, what: string): void {
  demand(list.length === length, () => `${list.length} ${what} instead of ${length}`);
}

export function demandWeights(two: TwoAgents, i: Agent, weights: UtilityWeights): void {
  const mesh = two.meshes[i];
  demandLength(weights.onCells, mesh.cells.length, "weights on cells");
  for (const { type, weight } of weights.atTypes) {
    demand(weight.sign >= 0, () => "a negative weight on participation");
    demand(
      mesh.cells.some(({ from, to }) => type.equals(from) || type.equals(to)),
      () => `a weight on the participation of type ${type}, where no cell ends`,
    );
  }
  const excess = imbalance(mesh, weights);
  demand(excess.isZero, () => `weights on utility do not balance: ${excess}`);
}

/** One shift for every cell; 0 where none is given. */
export function shiftsByCell(list: readonly CellWeight[], cells: number): Rational[] {
  const shifts = new Array<Rational>(cells).fill(Rational.ZERO);
  for (const { cell, weight } of list) {
    demand(cell < cells, () => `no cell ${cell}`);
    shifts[cell] = shifts[cell].add(weight);
  }
  return shifts;
}

/** The probabilities of outcomes on every product of cells. */
export function demandLotteries(two: TwoAgents, lotteries: readonly Lottery[]): Rational[][] {
  demandLength(lotteries, two.productCount, "lotteries");
  const count = two.outcomes.length;
  return lotteries.map((lottery) => {
    if (typeof lottery === "number") {
      demand(lottery < count, () => `no outcome has the place ${lottery}`);
      return two.outcomes.map((_, x) => (x === lottery ? Rational.ONE : Rational.ZERO));
    }
    demandLength(lottery, count, "probabilities");
    demand(
      lottery.every((p) => p.sign >= 0) && Rational.sum(lottery).equals(Rational.ONE),
      () => `a lottery of ${lottery.join(", ")}`,
    );
    return [...lottery];
  });
}

/** `slopes[i][product]`: the slope of agent `i`'s value in its type under each lottery. */
export function slopesOf(two: TwoAgents, lotteries: readonly (readonly Rational[])[]): Rational[][] {
  return AGENTS.map((i) =>
    lotteries.map((lottery) => Rational.sum(lottery.map((p, x) => p.multiply(two.outcomes[x].slopes[i])))),
  );
}

/** The welfare of a lottery at given types. */
export function lotteryWelfare(
  two: TwoAgents,
  lottery: readonly Rational[],
  first: Rational,
  second: Rational,
): Rational {
  return Rational.sum(
    lottery.flatMap((p, x) => (p.isZero ? [] : [p.multiply(two.welfare(x, first, second))])),
  );
}

/** What a bound's weights cost in outside options: those at types less those on cells. */
export function waived(two: TwoAgents, i: Agent, atTypes: readonly PointWeight[]): Rational {
  const { outsideOption } = two.environment.agents[i];
  return Rational.sum(atTypes.map(({ type, weight }) => weight.multiply(outsideOption.at(type))));
}
