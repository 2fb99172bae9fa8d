import type { ContinuousEnvironment } from "../../../environment/continuous-environment.js";
import { Rational } from "../../../number/rational.js";
import { type AgentCells, affineEnclosure, agentCells } from "./agent-cells.js";
import { forEachPlace, type ProductTable } from "./product-table.js";

/**
 * An environment as a judge sees it: the surplus between two functions that are affine in each type on every product of fine
 * cells. All money is in integers, times `scale`, rounded outwards.
 *
 * The surplus is convex, so it is at most its interpolation from the corners of a product of fine cells (convexity, one
 * variable after the other), and at least any tangent.
 */
export interface EnclosedEnvironment {
  readonly agents: readonly AgentCells[];
  readonly scale: bigint;
  /** At products of fine nodes. */
  readonly surplusAbove: ProductTable;
  /** At products of ends of fine cells. */
  readonly surplusBelow: ProductTable;
  /** For each agent, at its fine nodes, times `scale`: functions that enclose its outside option. */
  readonly outsideBelow: readonly (readonly bigint[])[];
  readonly outsideAbove: readonly (readonly bigint[])[];
}

export function enclosedEnvironment(
  environment: ContinuousEnvironment,
  nodes: readonly (readonly Rational[])[],
  fine: number,
): EnclosedEnvironment {
  const { surplus } = environment;
  const agents = environment.agents.map((agent, i) => agentCells(agent, nodes[i], fine));
  const scale = scaleFor(environment);
  const up = ({ numerator, denominator }: Rational) => -floored(-numerator * scale, denominator);
  const down = ({ numerator, denominator }: Rational) => floored(numerator * scale, denominator);

  const nodeShape = agents.map(({ fineNodes }) => fineNodes.length);
  const above: bigint[] = [];
  forEachPlace(nodeShape, (place) => {
    above.push(up(surplus.above(agents.map(({ fineNodes }, i) => fineNodes[place[i]]))));
  });

  const endShape = nodeShape.map((length) => 2 * (length - 1));
  const below = new Array<bigint>(endShape.reduce((product, size) => product * size, 1));
  const corners = 2 ** agents.length;
  forEachPlace(
    nodeShape.map((length) => length - 1),
    (place) => {
      const point = agents.map(({ centres }, i) => centres[place[i]]);
      const { value, slopes } = surplus.tangent(point);
      // From the centre to both ends of each agent's fine cell; a sum of numbers rounded down is below the sum.
      const steps = agents.map(({ fineNodes }, i) =>
        [0, 1].map((end) => down(slopes[i].multiply(fineNodes[place[i] + end].subtract(point[i])))),
      );
      const centre = down(value);
      for (let corner = 0; corner < corners; corner++) {
        let [index, sum] = [0, centre];
        for (let i = 0; i < agents.length; i++) {
          const end = (corner >> i) & 1;
          index = index * endShape[i] + 2 * place[i] + end;
          sum += steps[i][end];
        }
        below[index] = sum;
      }
    },
  );

  const outside = environment.agents.map(({ outsideOption }, i) =>
    affineEnclosure(outsideOption, agents[i].fineNodes),
  );
  return {
    agents,
    scale,
    surplusAbove: { shape: nodeShape, values: above, denominator: scale },
    surplusBelow: { shape: endShape, values: below, denominator: scale },
    outsideBelow: outside.map((enclosure) => enclosure.below.map(down)),
    outsideAbove: outside.map((enclosure) => enclosure.above.map(up)),
  };
}

/** A power of two that leaves some 44 bits to the largest surplus at a corner of the types. */
function scaleFor({ agents, surplus }: ContinuousEnvironment): bigint {
  let largest = Rational.ZERO;
  for (let corner = 0; corner < 2 ** agents.length; corner++) {
    const types = agents.map(({ density }, i) => ((corner >> i) & 1 ? density.to : density.from));
    largest = Rational.maximum(largest, surplus.above(types).absolute());
  }
  const unit = largest.isZero ? 1n : largest.denominator / largest.numerator + 1n;
  return 2n ** BigInt(BITS + unit.toString(2).length);
}

const BITS = 44;

export function floored(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  return quotient * denominator > numerator ? quotient - 1n : quotient;
}
