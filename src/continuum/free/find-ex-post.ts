import { solveExactly } from "../../exact/solve-exactly.js";
import { toFloatProgram } from "../../lp/float-program.js";
import type { LinearProgram } from "../../lp/linear-program.js";
import { Rational } from "../../number/rational.js";
import type { RationalVector } from "../../number/rational-vector.js";
import { simplestNear } from "../../number/simplest-fraction.js";
import type { StopSignal } from "../../progress/progress.js";
import type { Question } from "../../question/question.js";
import { highsSolver } from "../../solver/highs.js";
import type { CellWeight, ExPostBound, ExPostCertificate, ExPostMechanism, Lottery } from "./certificate.js";
import type { Deviations } from "./deviations.js";
import { provedExPost } from "./ex-post-judge.js";
import { meansProgram, mechanismProgram } from "./ex-post-programs.js";
import { spreadOverNodes } from "./find-expectation.js";
import type { PointWeight } from "./price.js";
import { isBounded } from "./profile-judge.js";
import { AGENTS, imbalance, type TwoAgents, utilityCells } from "./two-agents.js";
import { deviations } from "./virtual-values.js";

/** Multipliers are rounded to the simplest fractions so near; any are valid. */
export const ROUNDING = 1e-7;

export async function findExPost(
  two: TwoAgents,
  question: Question,
  cells: number,
  signal?: StopSignal,
): Promise<ExPostCertificate> {
  const bounded = isBounded(question);
  const asked: Question = bounded ? question : { ...question, objective: "max-gains" };
  const bound = bounded ? await findBound(two, question) : undefined;
  const mechanism = signal?.aborted ? undefined : await findMechanism(two, asked, signal);
  return { kind: "free-ex-post", cells, ...(bound && { bound }), ...(mechanism && { mechanism }) };
}

async function findBound(two: TwoAgents, question: Question): Promise<ExPostBound> {
  const means = meansProgram(two, question);
  const dual = await proposedDuals(means.program);
  const weights = AGENTS.map((i) =>
    means.envelope[i].map((row, a) =>
      simplestNear(dual(row) / two.meshes[i].cells[a].mass.toNumber(), ROUNDING),
    ),
  );
  const participation = AGENTS.map((i) =>
    spreadOverNodes(
      two.meshes[i].cells,
      two.checkpoints[i],
      means.participation[i].map((row) => Math.max(0, dual(row))),
    ),
  );
  AGENTS.forEach((i) => {
    balance(two, i, weights[i], participation[i]);
  });
  const shifts = AGENTS.map((i) => shiftsFrom(means.deviations[i], dual));
  const largest = weights.map((list) => list.reduce(Rational.maximum)).reduce(Rational.maximum);
  let best: { bound: ExPostBound; proved: Rational } | undefined;
  for (const averaged of [Rational.ZERO, Rational.ONE.add(largest)]) {
    const plain = { weights, participation, shifts, averaged };
    const open = AGENTS.map((i) => {
      const utility = { onCells: weights[i], atTypes: participation[i] };
      return deviations(
        two.meshes[i],
        utilityCells(two.meshes[i], utility, () => averaged),
      );
    });
    const levels = [0.5, 0.8].map((place) => open.map((list) => list[Math.floor((list.length - 1) * place)]));
    for (const bound of [plain, ...levels.map((list) => ({ ...plain, levels: list }))]) {
      const proved = provedExPost(two, question, bound);
      if (!best || proved.compare(best.proved) < 0) best = { bound, proved };
    }
  }
  return best!.bound;
}

/** What rounding left of the balance goes to a weight on participation if that may grow, else to the first cell's. */
export function balance(two: TwoAgents, i: 0 | 1, onCells: Rational[], atTypes: PointWeight[]): void {
  const mesh = two.meshes[i];
  const rest = imbalance(mesh, { onCells, atTypes });
  if (rest.sign < 0) onCells[0] = onCells[0].subtract(rest.divide(mesh.cells[0].mass));
  if (rest.sign <= 0) return;
  const [first] = atTypes;
  if (first) atTypes[0] = { type: first.type, weight: first.weight.add(rest) };
  else atTypes.push({ type: mesh.from, weight: rest });
}

/** What the prices of slopes at the ends of cells add to the worth of slopes on cells. */
export function shiftsFrom({ atStart, atEnd }: Deviations, dual: (row: number) => number): CellWeight[] {
  return atStart.flatMap((row, cell) => {
    const weight = simplestNear(dual(row) - dual(atEnd[cell]), ROUNDING);
    return weight.isZero ? [] : [{ cell, weight }];
  });
}

/** The duals that HiGHS proposes, in the program's own units; all 0 where it has none. */
export async function proposedDuals(program: LinearProgram): Promise<(row: number) => number> {
  const float = toFloatProgram(program);
  const { dual } = await highsSolver.solve(float);
  return (row) => (dual ? dual[row] * float.rowScale[row] : 0);
}

async function findMechanism(
  two: TwoAgents,
  question: Question,
  signal?: StopSignal,
): Promise<ExPostMechanism | undefined> {
  const built = mechanismProgram(two, question);
  const primal = await exactOptimum(built.program, signal);
  if (!primal) return undefined;
  const at = (column: number) => primal.at(column);
  return {
    base: built.base.map(at),
    lotteries: built.chances.map((columns) => lotteryOf(columns.map(at))),
    gains: built.gains.map((columns) => columns.map(at)),
    ...(built.left && { left: built.left.map(at) }),
  };
}

export async function exactOptimum(
  program: LinearProgram,
  signal?: StopSignal,
): Promise<RationalVector | undefined> {
  const proposal = await highsSolver.solve(toFloatProgram(program));
  const outcome = solveExactly(program, proposal, { ...(signal && { signal }) });
  return outcome.status === "optimal" || outcome.status === "gave-up" ? outcome.primal : undefined;
}

/** An outcome's place where one is certain. */
export function lotteryOf(chances: readonly Rational[]): Lottery {
  const certain = chances.findIndex((chance) => chance.equals(Rational.ONE));
  return certain < 0 ? chances : certain;
}
