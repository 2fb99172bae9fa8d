import type { ContinuousEnvironment } from "../../environment/continuous-environment.js";
import { Rational } from "../../number/rational.js";
import type { SolverOptions } from "../../solver/solver.js";
import { aroundNodes, leastGains, roomOf } from "./cell-room.js";
import type { MechanismWithoutMoney, Route } from "./certificate.js";
import type { EnclosedEnvironment } from "./judge/enclosed-environment.js";
import { leftOverLoads } from "./judge/left-over.js";
import { forEachPlace, inDoubles, mappedAll } from "./judge/product-table.js";
import { routesLoads } from "./judge/routes.js";
import type { InterimBounds } from "./judge/upper-bound.js";
import { proposal } from "./proposal.js";
import { chosenBlocks, chosenRoute } from "./route-choice.js";
import { shareList } from "./share-list.js";
import { statusQuoLottery } from "./status-quo-lottery.js";
import { type SharesProgram, sharesProgram } from "./upper-program.js";

/**
 * A mechanism that needs no outside money at any profile: shares that give every type what incentives ask for, up to what a route
 * between two agents can make up for. Undefined where none was found; whether it is one, the judge says.
 */
export async function proposedWithoutMoney(
  environment: ContinuousEnvironment,
  enclosed: EnclosedEnvironment,
  bounds: InterimBounds,
  groups: readonly number[],
  mayLeaveMoney: boolean,
  options: SolverOptions,
): Promise<MechanismWithoutMoney | undefined> {
  const { agents } = enclosed;
  const statusQuo = await statusQuoLottery(environment);
  if (!statusQuo) return undefined;
  const cells = agents.map(({ nodes }) => nodes.length - 1);
  const shape = cells.map((count) => count + 1);
  const gains = leastGains(enclosed, cells);

  // First, where both agents of a route can have a share at the same time, or much can be left over.
  const even = await withEvenShares(enclosed, bounds, groups, gains, mayLeaveMoney, options);
  if (!even) return undefined;
  const probability = agents.map(({ probability: { rows, denominator } }) =>
    rows[0].map(([, weight]) => Rational.of(weight, denominator).toNumber()),
  );
  const routes = mayLeaveMoney
    ? routesOfLeftOver(cells, gains, even, probability)
    : routesBetween(cells, gains, even, probability);
  if (routes.length === 0) return undefined;
  const shares = await withRoom(enclosed, bounds, groups, gains, routes, mayLeaveMoney, options);
  return shares && { ...shareList(shares, shape, groups, mayLeaveMoney, UNIT), statusQuo, routes };
}

/** One route between the agents of each pair; none where one of them is missing. */
function routesBetween(
  cells: readonly number[],
  gains: Float64Array,
  even: Float64Array,
  probability: readonly (readonly number[])[],
): Route[] {
  const routes: Route[] = [];
  for (const pair of pairs(cells.length)) {
    const route = chosenRoute(pair, roomOf(pair, cells, gains, even), [
      probability[pair[0]],
      probability[pair[1]],
    ]);
    if (!route) return [];
    routes.push(route);
  }
  return routes;
}

/** For each agent a route from what is left over, at the types of that other agent where there is most room. */
function routesOfLeftOver(
  cells: readonly number[],
  gains: Float64Array,
  left: Float64Array,
  probability: readonly (readonly number[])[],
): Route[] {
  const routes: Route[] = [];
  for (let i = 0; i < cells.length; i++) {
    let best: { quality: number; route: Route } | undefined;
    for (let j = 0; j < cells.length; j++) {
      const chosen = j === i ? undefined : chosenBlocks(roomOf([i, j], cells, gains, left), probability[j]);
      if (chosen && chosen.quality > (best?.quality ?? 0))
        best = { quality: chosen.quality, route: { agents: [i, j], blocks: [chosen.blocks, []] } };
    }
    if (!best) return [];
    routes.push(best.route);
  }
  return routes;
}

/** Finer than for bounds: here what rounding loses must be made up for. */
const UNIT = 2 ** 20;

/** Every agent in some pair. */
function pairs(agents: number): [number, number][] {
  const list: [number, number][] = [];
  for (let i = 0; i + 1 < agents; i += 2) list.push([i, i + 1]);
  if (agents % 2 === 1) list.push([agents - 1, 0]);
  return list;
}

/** Rows that keep what shares miss at most the column `missed`: `|r_i|`, or `r_i >= 0` where money may be left over. */
function addMissedRows(
  { program, money, got }: SharesProgram,
  enclosed: EnclosedEnvironment,
  bounds: InterimBounds,
  groups: readonly number[],
  mayLeaveMoney: boolean,
): number {
  const missed = program.addColumn(0, 0, Infinity);
  groups.forEach((group, i) => {
    if (group !== i) return;
    const mean = program.addColumn(0, -Infinity, Infinity);
    const gains = mappedAll(
      bounds.gains,
      enclosed.agents.map(({ nodesToMean }, j) => (j === i ? undefined : nodesToMean)),
    );
    const all = inDoubles(gains).map((value) => value / money);
    // What the others get: all gains less the own part.
    const row = (k: number, coefficient: 0 | 1 | 2, whole: number) => {
      const entries = got(i, k, coefficient);
      program.addRow([...entries, [mean, 1], [missed, mayLeaveMoney ? 0 : -1]], -Infinity, whole);
      program.addRow([...entries, [mean, 1], [missed, 1]], whole, Infinity);
    };
    const count = enclosed.agents[i].fineNodes.length - 1;
    for (let k = 0; k < count; k++) {
      row(k, 0, all[k]);
      row(k, 1, (all[k] + all[k + 1]) / 2);
      if (k === count - 1) row(k, 2, all[k + 1]);
    }
  });
  return missed;
}

/** The least share of any agent at each product of nodes, or what is left over, large wherever it can be and gains are. */
async function withEvenShares(
  enclosed: EnclosedEnvironment,
  bounds: InterimBounds,
  groups: readonly number[],
  gains: Float64Array,
  mayLeaveMoney: boolean,
  options: SolverOptions,
): Promise<Float64Array | undefined> {
  const shares = sharesProgram(enclosed, bounds, groups, mayLeaveMoney);
  const { program, share, money } = shares;
  const missed = addMissedRows(shares, enclosed, bounds, groups, mayLeaveMoney);
  const count = share[0].length;
  program.addCost(missed, count);
  const shape = enclosed.agents.map(({ nodes }) => nodes.length);
  const worth = aroundNodes(
    shape,
    (cell) => Math.max(0, gains[cell]) / money,
    0,
    (a, b) => a + b,
  );
  const least = Array.from({ length: count }, (_, v) => {
    const column = program.addColumn(-worth[v], 0, EVEN_ENOUGH);
    const shared = share.map((columns) => columns[v]);
    if (mayLeaveMoney) program.addRow([[column, 1], ...shared.map((of) => [of, 1] as const)], -Infinity, 1);
    else
      for (const of of new Set(shared))
        program.addRow(
          [
            [column, 1],
            [of, -1],
          ],
          -Infinity,
          0,
        );
    return column;
  });
  const primal = await proposal(program, options);
  if (!primal) return undefined;
  return Float64Array.from(least, (column) => (primal[column] > 1e-6 ? primal[column] : 0));
}

/** A share that leaves room enough: more here would be less elsewhere. */
const EVEN_ENOUGH = 0.05;

/** Shares that leave most room for what routes move. */
async function withRoom(
  enclosed: EnclosedEnvironment,
  bounds: InterimBounds,
  groups: readonly number[],
  gains: Float64Array,
  routes: readonly Route[],
  mayLeaveMoney: boolean,
  options: SolverOptions,
): Promise<number[][] | undefined> {
  const { agents } = enclosed;
  const shares = sharesProgram(enclosed, bounds, groups, mayLeaveMoney);
  const { program, share, money } = shares;
  const missed = addMissedRows(shares, enclosed, bounds, groups, mayLeaveMoney);
  const margin = program.addColumn(-1, -Infinity, 1);
  const cells = agents.map(({ nodes }) => nodes.length - 1);
  // As if every type missed 1.
  const ones = agents.map(({ fineProbability }) => fineProbability.map(() => Rational.ONE));
  const loads = (mayLeaveMoney ? leftOverLoads : routesLoads)(enclosed, routes, ones);
  const scale = Number(enclosed.scale);
  const needed = [...agents, undefined].map(() => new Float64Array(gains.length));
  forEachPlace(cells, (place, c) => {
    for (const { agents: pair, takenFrom, moved } of loads) {
      const [k, l] = pair.map((i) => place[i] * agents[i].fine);
      const part = ((Number(moved(k, l)) / scale) * money) / Math.max(gains[c], 1e-12);
      for (const of of takenFrom) needed[of][c] += part;
    }
  });
  const shape = cells.map((count) => count + 1);
  needed.forEach((of, i) => {
    aroundNodes(shape, (cell) => of[cell], 0, Math.max).forEach((need, v) => {
      if (need === 0) return;
      const movedHere = [
        [margin, -need],
        [missed, -need],
      ] as const;
      if (i < agents.length) program.addRow([[share[i][v], 1], ...movedHere], 0, Infinity);
      else program.addRow([...share.map((columns) => [columns[v], -1] as const), ...movedHere], -1, Infinity);
    });
  });
  const primal = await proposal(program, options);
  if (!primal || !(primal[margin] > 0)) return undefined;
  return share.map((columns) => columns.map((column) => primal[column]));
}
