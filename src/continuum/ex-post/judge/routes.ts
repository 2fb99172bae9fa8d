import { Rational } from "../../../number/rational.js";
import { ContinuumRefuted } from "../../method.js";
import type { Route } from "../certificate.js";
import type { AgentCells } from "./agent-cells.js";
import { blockOfCells, fineCells, type PlacedBlock, placedBlocks, probabilityOf } from "./blocks.js";
import { type EnclosedEnvironment, floored } from "./enclosed-environment.js";
import type { Load } from "./room.js";

/**
 * The most that a route moves between its two agents, by their cells: what a mechanism without money needs room for. In whole
 * numbers, times `scale`, rounded upwards.
 *
 * Of agents i and j, with `r_i` and `r_j` of mean 0 (0 where an earlier route carries them), the route moves from j to i
 *
 *     r_i(t_i) 1{B}(t_j)/P(B) - r_j'(t_j) 1{A}(t_i)/P(A) + 1{H}(t_j)/P(H) sum over blocks b of j of R_b 1{A_b}(t_i)/P(A_b)
 *
 * where B is the target of the block of `t_i`, A that of the block of `t_j`, H the hub, `r_j' = r_j + c`,
 * `c = sum over blocks a of i of Q_a 1{B_a}/P(B_a)`, `Q_a = E[r_i; a]` and `R_b = E[r_j'; b]`. Given `t_i` its mean is
 * `r_i(t_i)`, given `t_j` it is `-r_j(t_j)`, and given another agent's type 0. With one block Q, or R, is 0.
 */
export function routeLoads(
  { agents, scale }: Pick<EnclosedEnvironment, "agents" | "scale">,
  { agents: [i, j], blocks, hub }: Route,
  missed: readonly [readonly Rational[], readonly Rational[]],
): (ownCell: number, otherCell: number) => bigint {
  const [own, other] = [agents[i], agents[j]];
  const ownBlocks = placedBlocks(blocks[0], own, other);
  const otherBlocks = placedBlocks(blocks[1], other, own);
  const [ownMissed, otherMissed] = missed;
  const [ownOf, otherOf] = [blockOfCells(ownBlocks, own), blockOfCells(otherBlocks, other)];
  const mass = (cells: readonly number[], of: readonly Rational[], { fineProbability }: AgentCells) =>
    Rational.sum(cells.map((k) => of[k].multiply(fineProbability[k])));

  const corrected = [...otherMissed];
  if (ownBlocks.length > 1) {
    for (const { cells, target, probability } of ownBlocks) {
      const moved = mass(cells, ownMissed, own).divide(probability);
      for (const l of target) corrected[l] = corrected[l].add(moved);
    }
  }
  const up = (of: Rational) => -floored(-of.numerator * scale, of.denominator);
  const ownLoad = ownMissed.map((r, k) => up(r.divide(ownBlocks[ownOf[k]].probability)));
  const otherLoad = corrected.map((r, l) => up(r.divide(otherBlocks[otherOf[l]].probability)));
  const hubLoad = own.fineProbability.map(() => Rational.ZERO);
  const hubCells = new Set<number>();
  if (otherBlocks.length > 1) {
    if (!hub) throw new ContinuumRefuted("A route with several blocks of its second agent has no hub.");
    const cells = fineCells(hub, other);
    const probability = probabilityOf(cells, other);
    for (const l of cells) hubCells.add(l);
    for (const block of otherBlocks) {
      const moved = mass(block.cells, corrected, other).divide(block.probability).divide(probability);
      for (const k of block.target) hubLoad[k] = hubLoad[k].add(moved);
    }
  }
  const hubUp = hubLoad.map(up);
  const reaches = (placed: readonly PlacedBlock[]) => placed.map(({ target }) => new Set(target));
  const [ownTargets, otherTargets] = [reaches(ownBlocks), reaches(otherBlocks)];
  return (k, l) =>
    (ownTargets[ownOf[k]].has(l) ? ownLoad[k] : 0n) +
    (otherTargets[otherOf[l]].has(k) ? otherLoad[l] : 0n) +
    (hubCells.has(l) ? hubUp[k] : 0n);
}

/**
 * What routes move, where `missed[i]` is at least `|r_i|` on each fine cell: it comes out of the shares of both agents. The first
 * route that names an agent carries what it misses. Throws ContinuumRefuted.
 */
export function routesLoads(
  enclosed: Pick<EnclosedEnvironment, "agents" | "scale">,
  routes: readonly Route[],
  missed: readonly (readonly Rational[])[],
): Load[] {
  const carried = new Set<number>();
  const carry = (i: number) => {
    const first = !carried.has(i);
    carried.add(i);
    return first ? missed[i] : missed[i].map(() => Rational.ZERO);
  };
  const loads = routes.map((route): Load => {
    const [i, j] = route.agents;
    if (!(i in enclosed.agents) || !(j in enclosed.agents) || i === j)
      throw new ContinuumRefuted(`There is no route between agents ${i} and ${j}.`);
    return { agents: [i, j], takenFrom: [i, j], moved: routeLoads(enclosed, route, [carry(i), carry(j)]) };
  });
  if (carried.size < enclosed.agents.length) throw new ContinuumRefuted("No route names some agent.");
  return loads;
}
