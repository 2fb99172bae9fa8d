import { solveExactly } from "../../exact/solve-exactly.js";
import { toFloatProgram } from "../../lp/float-program.js";
import { LinearProgramBuilder } from "../../lp/linear-program.js";
import { Rational } from "../../number/rational.js";
import { simplestNear } from "../../number/simplest-fraction.js";
import type { StopSignal } from "../../progress/progress.js";
import { highsSolver } from "../../solver/highs.js";
import type { ExpectationCertificate, MixedRule } from "./certificate.js";
import { areAlike, type CellEnvironment, type CellRule, type ExpectedProgram } from "./in-expectation.js";
import type { Cell, Checkpoint } from "./mesh.js";
import type { PointWeight, Price } from "./price.js";

/** Prices are rounded to the simplest fractions so near: the bounds that they prove change by the square of it. */
const ROUNDING = 1e-7;
const MOST_ROUNDS = 100;
/** What a missing unit of money costs the mixture while no rule raises enough. */
const SHORTFALL = Rational.of(1000);

interface Column {
  readonly price: Price;
  readonly rule: CellRule;
}

/**
 * The best mixture of rules, each the best at some price, and the price that proves most: rules are added as long as one is better
 * at the prices of the best mixture so far (Dantzig and Wolfe). At a price nothing is left to solve: ironing separates agents.
 */
export async function findExpectation(
  cut: CellEnvironment,
  program: ExpectedProgram,
  cells: number,
  signal?: StopSignal,
): Promise<ExpectationCertificate> {
  const interim = program.participation === "interim";
  const atLowest: Price = {
    money: program.value.isZero || program.budgeted ? Rational.ONE : Rational.ZERO,
    participation: (interim ? cut.meshes : []).map(({ from }, i) => [
      { type: cut.ends[i] ?? from, weight: Rational.ONE },
    ]),
  };
  const columns: Column[] = [];
  let best: { price: Price; bound: Rational } | undefined;
  let price = atLowest;
  let master = masterOf(cut, program, columns);
  for (let round = 0; round < MOST_ROUNDS && !signal?.aborted; round++) {
    const { rule, bound } = cut.atPrice(program, price);
    if (!best || bound.compare(best.bound) < 0) best = { price, bound };
    if (columns.some((column) => sameRule(column.rule, rule))) break;
    columns.push({ price, rule });
    master = masterOf(cut, program, columns);
    const solved = await highsSolver.solve(toFloatProgram(master.program));
    if (!solved.dual) break;
    const next = master.price(solved.dual);
    if (JSON.stringify(next) === JSON.stringify(price)) break;
    price = next;
  }
  const rules = exactMixture(await highsSolver.solve(toFloatProgram(master.program)), master, columns);
  const { price: bound, bound: plain } = best!;
  const levels = levelsToTry(cut, program, bound).find(
    (list) => cut.atPrice(program, bound, list).bound.compare(plain) < 0,
  );
  return { kind: "free-interim", cells, bound, ...(levels && { levels }), rules };
}

/** Where the averages over few cells leave much more open than the others do, the level of those. */
function levelsToTry(cut: CellEnvironment, program: ExpectedProgram, price: Price): Rational[][] {
  const all = cut.deviations(program, price);
  return LEVEL_PLACES.map((place) => all.map((list) => list[Math.floor((list.length - 1) * place)]));
}

const LEVEL_PLACES = [0.5, 0.8];

type Master = ReturnType<typeof masterOf>;

function masterOf(cut: CellEnvironment, program: ExpectedProgram, columns: readonly Column[]) {
  // Where participation binds at one end whatever is chosen, one row is enough.
  const points = cut.checkpoints.map((all, i) => {
    const end = cut.ends[i];
    return end ? [end.equals(cut.meshes[i].from) ? all[0] : all[all.length - 1]] : all;
  });
  const lp = new LinearProgramBuilder("mixture of rules");
  const interim = program.participation === "interim";
  const alike = areAlike(cut.environment);
  const moneyMatters = program.budgeted || program.value.isZero;
  // Money as if the lowest types got nothing; what they get is a column of its own.
  const raised = columns.map(({ rule }) => {
    const left = cut.meshes.map((_, i) => (interim ? cut.expectedRent(rule.slopes[i], i) : cut.outside[i]));
    return rule.welfare.subtract(Rational.sum(left));
  });
  const weights = columns.map(({ rule }, r) =>
    lp.addColumn((program.value.isZero ? raised[r] : rule.welfare).negate(), { lower: Rational.ZERO }),
  );
  const base =
    interim && moneyMatters
      ? cut.meshes.map(() => lp.addColumn(program.value.isZero ? Rational.ONE : Rational.ZERO))
      : [];
  const shortfall = lp.addColumn(SHORTFALL, { lower: Rational.ZERO });
  lp.addRow(
    weights.map((w) => [w, Rational.ONE]),
    Rational.ONE,
    Rational.ONE,
  );
  const budget = program.budgeted
    ? lp.addRow(
        [
          ...weights.map((w, r) => [w, raised[r]] as const),
          ...base.map((k) => [k, MINUS_ONE] as const),
          [shortfall, Rational.ONE],
        ],
        Rational.ZERO,
        undefined,
      )
    : undefined;
  const rows = base.map((k, i) => {
    const utilities = columns.map(({ rule }) => {
      const all = cut.utilities(rule.slopes[i], i);
      return points[i].length === all.length
        ? all
        : [points[i][0] === cut.checkpoints[i][0] ? all[0] : all[all.length - 1]];
    });
    return points[i].map(({ required }, point) =>
      lp.addRow(
        [[k, Rational.ONE], ...weights.map((w, r) => [w, utilities[r][point]] as const)],
        required,
        undefined,
      ),
    );
  });
  const built = lp.build();
  return {
    program: built,
    weights,
    shortfall,
    price(scaledDual: Float64Array): Price {
      const scale = toFloatProgram(built).rowScale;
      const dual = (row: number) => Math.max(0, scaledDual[row] * scale[row]);
      const money = program.value.isZero
        ? Rational.ONE
        : budget === undefined
          ? Rational.ZERO
          : simplestNear(dual(budget), ROUNDING);
      const participation = (interim ? cut.meshes : []).map((mesh, i): PointWeight[] => {
        const atStart = [{ type: cut.ends[i] ?? mesh.from, weight: Rational.ONE }];
        if (!rows[i]) return atStart;
        // Agents who are alike share what weights they have: bounds are convex in them, and tables stay small.
        const shared = alike ? rows : [rows[i]];
        const duals = rows[i].map((_, point) => shared.reduce((sum, list) => sum + dual(list[point]), 0));
        return spread(mesh.cells, points[i], duals) ?? atStart;
      });
      return { money: Rational.maximum(money, Rational.ZERO), participation };
    },
  };
}

/** Duals at checkpoints as shares of 1 at the ends of cells; undefined where there are none. */
function spread(
  cells: readonly Cell[],
  points: readonly Checkpoint[],
  duals: readonly number[],
): PointWeight[] | undefined {
  const total = duals.reduce((sum, d) => sum + d, 0);
  if (!(total > 1e-9)) return undefined;
  const list = spreadOverNodes(
    cells,
    points,
    duals.map((dual) => dual / total),
  );
  // The largest takes what rounding left.
  const largest = list.reduce(
    (most, entry, k) => (entry.weight.compare(list[most].weight) > 0 ? k : most),
    0,
  );
  const others = Rational.sum(list.filter((_, k) => k !== largest).map(({ weight }) => weight));
  list[largest] = { ...list[largest], weight: Rational.ONE.subtract(others) };
  return list;
}

/** Weights at checkpoints moved to the ends of their cells, rounded; those that are next to nothing are left out. */
export function spreadOverNodes(
  cells: readonly Cell[],
  points: readonly Checkpoint[],
  weights: readonly number[],
): PointWeight[] {
  const at = new Map<string, { type: Rational; weight: number }>();
  const add = (type: Rational, weight: number) => {
    const present = at.get(String(type));
    at.set(String(type), { type, weight: (present?.weight ?? 0) + weight });
  };
  points.forEach(({ cell, place }, k) => {
    const right = place.toNumber();
    add(cells[cell].from, weights[k] * (1 - right));
    add(cells[cell].to, weights[k] * right);
  });
  return [...at.values()]
    .filter(({ weight }) => weight > ROUNDING)
    .map(({ type, weight }) => ({ type, weight: simplestNear(weight, ROUNDING) }))
    .sort((a, b) => a.type.compare(b.type));
}

function exactMixture(
  proposal: Awaited<ReturnType<typeof highsSolver.solve>>,
  master: Master,
  columns: readonly Column[],
): MixedRule[] {
  const outcome = solveExactly(master.program, proposal);
  if (outcome.status !== "optimal" || !outcome.primal.at(master.shortfall).isZero) return [];
  return columns
    .map(({ price }, r) => ({ probability: outcome.primal.at(master.weights[r]), price }))
    .filter(({ probability }) => probability.sign > 0);
}

function sameRule(a: CellRule, b: CellRule): boolean {
  return (
    a.welfare.equals(b.welfare) &&
    a.slopes.every((list, i) => list.every((slope, k) => slope.equals(b.slopes[i][k])))
  );
}

const MINUS_ONE = Rational.of(-1);
