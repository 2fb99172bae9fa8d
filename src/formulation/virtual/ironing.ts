import type { Price } from "../../certificate/multipliers.js";
import { Rational } from "../../number/rational.js";
import { oneDimension } from "../../space/one-dimension.js";
import { type Group, isImpossible, type Space } from "../../space/space.js";
import { type OwnPrices, ownPrices, type Prices } from "./virtual-values.js";

/**
 * Prices at which the best rule is one that payments implement (Myerson 1981, section 6): where types differ by one number `theta`, what
 * an agent's type makes of an outcome is `h(a) c(k) / p(a)`, and a rule that is best brings the type more the larger `h(a) / p(a)` is. Where that
 * falls though `theta` rises, neighbours get prices on reporting each other, `delta` in both directions: payments cancel, and
 * `delta (theta(b) - theta(a))` of `h` moves from the lower to the higher one. Pools of neighbours get equal `h / p` that way. Agents whose
 * types differ by more, or that have equal types or types without probability, keep their prices.
 */
export function ironed(space: Space, prices: Prices): Prices {
  const own = ownPrices(space, prices.flow);
  const more = space.groups.flatMap((group, g) => {
    const agent = space.alike ? undefined : group.first;
    return circling(space, group, own[g], prices.gains).flatMap(([type, report, weight]): Price[] => [
      { agent, type, report, weight },
      { agent, type: report, report: type, weight },
    ]);
  });
  if (more.length === 0) return prices;
  const { incentive, participation } = prices.flow;
  return { ...prices, flow: { incentive: [...incentive, ...more], participation } };
}

/** Neighbours, and the price on the reports of each of them against the other. */
function circling(
  { environment }: Space,
  group: Group,
  { out, into }: OwnPrices,
  gains: Rational,
): [type: number, report: number, weight: Rational][] {
  const dimension = oneDimension(group);
  if (!dimension || dimension.theta.some((_, type) => isImpossible(group, type))) return [];
  const theta = dimension.theta.map((own) => Rational.of(own));
  const order = theta.map((_, type) => type).sort((a, b) => theta[a].compare(theta[b]));
  if (order.some((type, k) => k > 0 && theta[type].equals(theta[order[k - 1]]))) return [];
  const marginal = environment.prior.marginals[group.first];
  const members = order.map((type) => {
    const mass = marginal.at(type);
    const paid = into[type].map(([from, weight]) => weight.multiply(theta[from]).negate());
    const worth = out[type].add(gains.multiply(mass)).multiply(theta[type]);
    return { mass, worth: Rational.sum([worth, ...paid]) };
  });
  const found: [number, number, Rational][] = [];
  let next = 0;
  for (const pool of pools(members)) {
    const each = pool.worth.divide(pool.mass);
    let above = Rational.ZERO;
    for (const last = next + pool.count - 1; next < last; next++) {
      const [type, neighbour] = [order[next], order[next + 1]];
      above = above.add(members[next].worth.subtract(each.multiply(members[next].mass)));
      if (!above.isZero) found.push([type, neighbour, above.divide(theta[neighbour].subtract(theta[type]))]);
    }
    next++;
  }
  return found;
}

interface Pool {
  readonly count: number;
  readonly mass: Rational;
  readonly worth: Rational;
}

/** Neighbours joined until the worth per mass never falls. */
function pools(members: readonly Omit<Pool, "count">[]): Pool[] {
  const joined: Pool[] = [];
  for (const member of members) {
    let last: Pool = { ...member, count: 1 };
    for (let before = joined.at(-1); before && falls(before, last); before = joined.at(-1)) {
      joined.pop();
      last = {
        count: before.count + last.count,
        mass: before.mass.add(last.mass),
        worth: before.worth.add(last.worth),
      };
    }
    joined.push(last);
  }
  return joined;
}

function falls(before: Pool, after: Pool): boolean {
  return before.worth.multiply(after.mass).compare(after.worth.multiply(before.mass)) > 0;
}
