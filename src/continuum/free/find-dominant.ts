import { Rational } from "../../number/rational.js";
import { simplestNear } from "../../number/simplest-fraction.js";
import type { StopSignal } from "../../progress/progress.js";
import type { Question } from "../../question/question.js";
import type { DominantBound, DominantCertificate, DominantMechanism } from "./certificate.js";
import { dominantProgram } from "./dominant-program.js";
import { exactOptimum, lotteryOf, proposedDuals, ROUNDING, shiftsFrom } from "./find-ex-post.js";
import { spreadOverNodes } from "./find-expectation.js";
import type { Checkpoint } from "./mesh.js";
import type { PointWeight } from "./price.js";
import { isBounded } from "./profile-judge.js";
import { AGENTS, type TwoAgents } from "./two-agents.js";

export async function findDominant(
  two: TwoAgents,
  question: Question,
  cells: number,
  signal?: StopSignal,
): Promise<DominantCertificate> {
  const bounded = isBounded(question);
  const bound = bounded ? await findBound(two, question) : undefined;
  const mechanism = signal?.aborted
    ? undefined
    : await findMechanism(two, bounded ? question : { ...question, objective: "max-gains" }, signal);
  return { kind: "free-dominant", cells, ...(bound && { bound }), ...(mechanism && { mechanism }) };
}

async function findMechanism(
  two: TwoAgents,
  question: Question,
  signal?: StopSignal,
): Promise<DominantMechanism | undefined> {
  const built = dominantProgram(two, question, false);
  const primal = await exactOptimum(built.program, signal);
  if (!primal) return undefined;
  const at = (column: number) => primal.at(column);
  return {
    lotteries: built.chances.map((columns) => lotteryOf(columns.map(at))),
    base: built.base.map((columns) => columns.map(at)),
  };
}

/** Duals as multipliers, rounded; then weights are balanced again. */
async function findBound(two: TwoAgents, question: Question): Promise<DominantBound> {
  const built = dominantProgram(two, question, true);
  const dual = await proposedDuals(built.program);
  const mass = AGENTS.map((i) => two.meshes[i].cells.map((cell) => cell.mass));
  const least =
    question.balance === "exact"
      ? undefined
      : question.objective === "max-surplus"
        ? Rational.ONE
        : Rational.ZERO;
  const budget = built.budget.map((row, k) => {
    const own = mass[0][Math.floor(k / two.size(1))].multiply(mass[1][k % two.size(1)]);
    const price = simplestNear(dual(row) / own.toNumber(), ROUNDING);
    return least ? Rational.maximum(least, price) : price;
  });
  const total = (i: 0 | 1, other: number) =>
    Rational.sum(mass[i].map((own, a) => own.multiply(budget[two.productOf(i, a, other)])));
  for (const i of AGENTS) {
    mass[1 - i].forEach((_, other) => {
      const missing = total(i, other);
      const first = two.productOf(i, 0, other);
      if (missing.sign < 0) budget[first] = budget[first].subtract(missing.divide(mass[i][0]));
    });
  }
  const participation = AGENTS.map((i) =>
    mass[1 - i].map((weight, other) => {
      const duals = built.participation[i][other].map((row) => Math.max(0, dual(row)) / weight.toNumber());
      const points = spreadOverNodes(two.meshes[i].cells, built.points[i], duals);
      return summingTo(total(i, other), points, endOf(two, i, built.points[i]));
    }),
  );
  const shifts = AGENTS.map((i) =>
    mass[1 - i].map((weight, other) =>
      shiftsFrom(built.deviations![i][other], (row) => dual(row) / weight.toNumber()),
    ),
  );
  return { budget, participation, shifts };
}

/** Weights that have this sum, which is not negative: the largest take what is missing, or give what is too much. */
function summingTo(total: Rational, points: PointWeight[], otherwise: Rational): PointWeight[] {
  let rest = total.subtract(Rational.sum(points.map(({ weight }) => weight)));
  const order = points.map((_, k) => k).sort((a, b) => points[b].weight.compare(points[a].weight));
  for (const k of order) {
    const weight = Rational.maximum(Rational.ZERO, points[k].weight.add(rest));
    rest = rest.subtract(weight.subtract(points[k].weight));
    points[k] = { type: points[k].type, weight };
  }
  if (rest.sign > 0) points.push({ type: otherwise, weight: rest });
  return points.filter(({ weight }) => weight.sign > 0);
}

/** Where participation binds, if it is at one end. */
function endOf(two: TwoAgents, i: 0 | 1, points: readonly Checkpoint[]): Rational {
  const { from, to } = two.meshes[i];
  return points.length === 1 && points[0].cell > 0 ? to : from;
}
