import { type LinearProgram, LinearProgramBuilder } from "../../lp/linear-program.js";
import { Rational } from "../../number/rational.js";
import type { Question } from "../../question/question.js";
import { bindingEnd } from "./binding-end.js";
import { addDeviations, type Deviations } from "./deviations.js";
import type { Checkpoint } from "./mesh.js";
import { AGENTS, type Agent, type TwoAgents } from "./two-agents.js";

type Entries = (readonly [column: number, coefficient: Rational])[];

/** A program of mechanisms in which telling the truth is best at every profile. */
export interface DominantProgram {
  readonly program: LinearProgram;
  /** Columns: for each product the chances of outcomes; for each agent its lowest type's utility by the other's cell. */
  readonly chances: readonly (readonly number[])[];
  readonly base: readonly (readonly number[])[];
  /** Rows: the budget by product; for each agent, by the other's cell, what means leave open and participation at `points`. */
  readonly budget: readonly number[];
  readonly deviations?: readonly (readonly Deviations[])[];
  readonly participation: readonly (readonly (readonly number[])[])[];
  readonly points: readonly (readonly Checkpoint[])[];
}

/** Of mechanisms that are constant on products of cells; or, relaxed, of the means of all over products of cells. */
export function dominantProgram(two: TwoAgents, question: Question, relaxed: boolean): DominantProgram {
  const lp = new LinearProgramBuilder("dominant mechanisms");
  const surplus = question.objective === "max-surplus";
  const products = Array.from({ length: two.productCount }, (_, k) => [
    Math.floor(k / two.size(1)),
    k % two.size(1),
  ]);
  const chances = products.map(([a, b]) =>
    two.outcomes.map((_, x) => {
      const worth = two.welfare(x, two.means[0][a], two.means[1][b]).multiply(two.mass(a, b));
      return lp.addColumn(surplus ? Rational.ZERO : worth.negate(), { lower: Rational.ZERO });
    }),
  );
  for (const columns of chances) {
    lp.addRow(
      columns.map((column) => [column, Rational.ONE]),
      Rational.ONE,
      Rational.ONE,
    );
  }
  const base = AGENTS.map((i) => two.meshes[1 - i].cells.map(() => lp.addColumn()));
  const slope = (i: Agent, own: number, other: number, factor: Rational): Entries =>
    chances[two.productOf(i, own, other)].map((column, x) => [
      column,
      factor.multiply(two.outcomes[x].slopes[i]),
    ]);
  const below = (i: Agent, own: number, other: number, factor: Rational): Entries =>
    two.meshes[i].cells.slice(0, own).flatMap(({ length }, a) => slope(i, a, other, factor.multiply(length)));

  const deviations = relaxed
    ? AGENTS.map((i) =>
        two.meshes[1 - i].cells.map((_, other) =>
          addDeviations(
            lp,
            two.meshes[i],
            (own) => slope(i, own, other, Rational.ONE),
            two.range[i],
            (own) =>
              surplus
                ? Rational.ZERO
                : two.mass(...(i === 0 ? ([own, other] as const) : ([other, own] as const))),
          ),
        ),
      )
    : undefined;
  const budget = products.map(([a, b], k) => {
    // Payments less cost are constant on a product of cells: what they are at the lowest types there.
    const [first, second] = [two.meshes[0].cells[a].from, two.meshes[1].cells[b].from];
    const money: Entries = [
      ...chances[k].map((column, x) => [column, two.welfare(x, first, second)] as const),
      ...below(0, a, b, MINUS_ONE),
      ...below(1, b, a, MINUS_ONE),
      [base[0][b], MINUS_ONE],
      [base[1][a], MINUS_ONE],
    ];
    if (deviations) {
      for (const [own, other, of] of [
        [a, b, deviations[0]],
        [b, a, deviations[1]],
      ] as const)
        money.push([of[other].worth[own], Rational.ONE], [of[other].rent[own], MINUS_ONE]);
    }
    if (surplus) {
      const left = lp.addColumn(two.mass(a, b).negate(), { lower: Rational.ZERO });
      return lp.addRow([...money, [left, MINUS_ONE]], Rational.ZERO, Rational.ZERO);
    }
    return lp.addRow(money, Rational.ZERO, question.balance === "exact" ? Rational.ZERO : undefined);
  });
  const points = AGENTS.map((i) => {
    const end = bindingEnd(two.environment, i);
    const all = two.checkpoints[i];
    return end ? [end.equals(two.meshes[i].from) ? all[0] : all[all.length - 1]] : all;
  });
  if (!relaxed) {
    for (const i of AGENTS) {
      two.meshes[1 - i].cells.forEach((_, other) => {
        two.meshes[i].cells.slice(1).forEach((_, own) => {
          lp.addRow(
            [...slope(i, own + 1, other, Rational.ONE), ...slope(i, own, other, MINUS_ONE)],
            Rational.ZERO,
            undefined,
          );
        });
      });
    }
  }
  const participation = AGENTS.map((i) =>
    two.meshes[1 - i].cells.map((_, other) =>
      points[i].map(({ cell, place, required }) =>
        lp.addRow(
          [
            [base[i][other], Rational.ONE],
            ...below(i, cell, other, Rational.ONE),
            ...slope(i, cell, other, place.multiply(two.meshes[i].cells[cell].length)),
          ],
          required,
          undefined,
        ),
      ),
    ),
  );
  return {
    program: lp.build(),
    chances,
    base,
    budget,
    ...(deviations && { deviations }),
    participation,
    points,
  };
}

const MINUS_ONE = Rational.of(-1);
