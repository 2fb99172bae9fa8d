import type { ContinuousAgent, ContinuousEnvironment } from "../../environment/continuous-environment.js";
import { Rational } from "../../number/rational.js";
import type { ExPostCertificate, ShareList } from "./certificate.js";
import { agentCells } from "./judge/agent-cells.js";
import { forEachPlace, mappedAll } from "./judge/product-table.js";
import { shareTables } from "./judge/share-tables.js";

/** How the proof of the lower end weighs an agent's types: weights sum to 1 over ranges and single types. */
export interface WeighedTypes {
  readonly agent: string;
  /** Ranges of types with a weight, as long as they can be. */
  readonly ranges: readonly WeighedRange[];
  /** Types with a weight of their own. */
  readonly single: readonly { readonly type: Rational; readonly weight: Rational }[];
}

export interface WeighedRange {
  readonly from: Rational;
  readonly to: Rational;
  readonly weight: Rational;
}

/** Which types the lower end weighs, agent by agent; undefined where the certificate has no lower end. */
export function weighedTypes(
  { agents }: ContinuousEnvironment,
  { nodes, lower }: ExPostCertificate,
): WeighedTypes[] | undefined {
  return lower?.map(({ density, atoms = [] }, i) => {
    const masses = density.map((y, a) =>
      y.isZero
        ? y
        : y.multiply(probabilityOf(agents[i], nodes[i][a], nodes[i][a + 1], a + 2 === nodes[i].length)),
    );
    const total = Rational.sum([...masses, ...atoms.map(([, mass]) => mass)]);
    const ranges: WeighedRange[] = [];
    density.forEach((y, a) => {
      if (y.isZero) return;
      const weight = masses[a].divide(total);
      const last = ranges[ranges.length - 1];
      const [from, to] = [nodes[i][a], nodes[i][a + 1]];
      if (last?.to.equals(from))
        ranges[ranges.length - 1] = { from: last.from, to, weight: last.weight.add(weight) };
      else ranges.push({ from, to, weight });
    });
    return {
      agent: agents[i].name,
      ranges,
      single: atoms
        .filter(([, mass]) => mass.sign > 0)
        .map(([node, mass]) => ({ type: nodes[i][node], weight: mass.divide(total) })),
    };
  });
}

/** A product of ranges of types, and each agent's mean share of the gains there, by the prior. */
export interface SharedRegion {
  readonly ranges: readonly (readonly [from: Rational, to: Rational])[];
  readonly shares: readonly Rational[];
}

/**
 * Whom the mechanism of the upper end gives the gains, on the products of those ranges that the lower end weighs and those that
 * it does not. Undefined where the certificate has no upper end, or no lower one. Regions of probability 0 are left out.
 */
export function sharedRegions(
  environment: ContinuousEnvironment,
  certificate: ExPostCertificate,
  mayLeaveMoney: boolean,
): SharedRegion[] | undefined {
  const { nodes, lower, upper } = certificate;
  if (!lower || !upper) return undefined;
  const ranges = lower.map(({ density }) => {
    const starts = density.flatMap((y, a) => (a > 0 && y.isZero === density[a - 1].isZero ? [] : [a]));
    return starts.map((start, k) => [start, starts[k + 1] ?? density.length] as const);
  });
  const means = meanShares(environment, certificate, upper, mayLeaveMoney);
  const regions: SharedRegion[] = [];
  forEachPlace(
    ranges.map((of) => of.length),
    (place) => {
      const box = place.map((r, i) => ranges[i][r]);
      const { shares, probability } = means(box);
      if (probability.isZero) return;
      regions.push({
        ranges: box.map(([from, to], i) => [nodes[i][from], nodes[i][to]] as const),
        shares: shares.map((share) => share.divide(probability)),
      });
    },
  );
  return regions;
}

function meanShares(
  environment: ContinuousEnvironment,
  certificate: ExPostCertificate,
  list: ShareList,
  mayLeaveMoney: boolean,
) {
  // Shares are affine on cells, so that fine cells would tell nothing more.
  const agents = environment.agents.map((agent, i) => agentCells(agent, certificate.nodes[i], 1));
  const shape = agents.map(({ nodes }) => nodes.length);
  const tables = shareTables(list, shape, mayLeaveMoney).map((table) =>
    mappedAll(
      table,
      agents.map(({ nodesToCells }) => nodesToCells),
    ),
  );
  return (box: readonly (readonly [number, number])[]) => {
    const sizes = box.map(([from, to]) => to - from);
    const sums = tables.map(() => 0n);
    let probability = 0n;
    forEachPlace(sizes, (offset) => {
      const cell = offset.reduce((at, a, i) => at * (shape[i] - 1) + box[i][0] + a, 0);
      tables.forEach(({ values }, i) => {
        sums[i] += values[cell];
      });
      probability += offset.reduce(
        (product, a, i) => product * agents[i].probability.rows[0][box[i][0] + a][1],
        1n,
      );
    });
    const unit = agents.reduce((product, { probability: { denominator } }) => product * denominator, 1n);
    return {
      shares: sums.map((sum, i) => Rational.of(sum, tables[i].denominator)),
      probability: Rational.of(probability, unit),
    };
  };
}

function probabilityOf(
  { density, atoms }: ContinuousAgent,
  from: Rational,
  to: Rational,
  isLast: boolean,
): Rational {
  const inside = atoms.filter(
    ({ type }) => type.compare(from) >= 0 && (isLast ? type.compare(to) <= 0 : type.compare(to) < 0),
  );
  return density.integral(from, to).add(Rational.sum(inside.map(({ probability }) => probability)));
}
