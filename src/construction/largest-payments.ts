import type { Environment } from "../environment/environment.js";
import type { AllocationRule, Lottery } from "../environment/lottery.js";
import { Rational } from "../number/rational.js";
import { RationalSum } from "../number/rational-sum.js";

/**
 * The largest payments of one agent, by type, that are ex post IC and ex post individually rational at one profile of
 * the others, or a cycle of misreports that rules out every payment: each type in the list reports the next, the last
 * the first, and together they gain.
 */
export type LargestPayments =
  | { readonly payments: readonly Rational[] }
  | { readonly cycle: readonly number[]; readonly gain: Rational };

/** Types that get the same lottery; under ex post IC they pay the same. */
interface Menu {
  readonly lottery: Lottery;
  readonly types: number[];
}

/** `bound`: payment of `to` <= payment of `from` + `length`, since `type` (in `to`) must not report into `from`. */
interface Arc {
  readonly from: number;
  readonly to: number;
  readonly length: Rational;
  readonly type: number;
}

/**
 * CE 3.3 on a grid. The agent chooses from a menu of lotteries (CE Lemma 1), so payments belong to lotteries: that of
 * `q` is at most that of `q'` plus `min_a V(q | a) - V(q' | a)` over the types `a` that get `q`, and at most
 * `min_a V(q | a) - u(a)`. The pointwise largest solution is the vector of shortest-path distances.
 * `others` is the index of the others' profile (`ProfileSpace.othersOf`).
 */
export function largestPayments(
  environment: Environment,
  rule: AllocationRule,
  agent: number,
  others: number,
): LargestPayments {
  const { profiles } = environment;
  const first = profiles.withOthers(agent, others);
  const truths = environment.agents[agent].types.map((_, type) => first + type * profiles.strides[agent]);
  const menus = menusOf(truths.map((truth) => rule(truth)));
  const worth = ({ lottery }: Menu, type: number) => {
    const total = new RationalSum();
    for (const { outcome, probability } of lottery) {
      total.addProduct(probability, environment.value(agent, outcome, truths[type]));
    }
    return total.value;
  };
  const worths = menus.map((menu) => truths.map((_, type) => worth(menu, type)));
  const distances = menus.map(({ types }, q) =>
    types
      .map((type) => worths[q][type].subtract(environment.outsideOption(agent, truths[type])))
      .reduce(Rational.minimum),
  );
  const found = shorten(distances, arcsBetween(menus, worths));
  if (found) return found;
  const payments = new Array<Rational>(truths.length);
  menus.forEach(({ types }, q) => {
    for (const type of types) payments[type] = distances[q];
  });
  return { payments };
}

function menusOf(lotteries: readonly Lottery[]): Menu[] {
  const menus = new Map<string, Menu>();
  lotteries.forEach((lottery, type) => {
    const key = lottery
      .filter(({ probability }) => !probability.isZero)
      .map(({ outcome, probability }) => `${outcome}:${probability}`)
      .sort()
      .join(" ");
    const menu = menus.get(key);
    if (menu) menu.types.push(type);
    else menus.set(key, { lottery, types: [type] });
  });
  return [...menus.values()];
}

function arcsBetween(menus: readonly Menu[], worths: readonly (readonly Rational[])[]): Arc[] {
  const arcs: Arc[] = [];
  menus.forEach(({ types }, to) => {
    menus.forEach((_, from) => {
      if (from === to) return;
      const arc = types
        .map((type) => ({ from, to, type, length: worths[to][type].subtract(worths[from][type]) }))
        .reduce((best, next) => (next.length.compare(best.length) < 0 ? next : best));
      arcs.push(arc);
    });
  });
  return arcs;
}

/** Bellman and Ford: shortens `distances` in place; returns a cycle of negative length if there is one. */
function shorten(
  distances: Rational[],
  arcs: readonly Arc[],
): { cycle: number[]; gain: Rational } | undefined {
  const last = new Array<Arc | undefined>(distances.length);
  let shortened = -1;
  for (let round = 0; round <= distances.length; round++) {
    shortened = -1;
    for (const arc of arcs) {
      const length = distances[arc.from].add(arc.length);
      if (length.compare(distances[arc.to]) >= 0) continue;
      distances[arc.to] = length;
      last[arc.to] = arc;
      shortened = arc.to;
    }
    if (shortened < 0) return undefined;
  }
  // Far enough back along the path that still shortens lies the cycle itself.
  let node = shortened;
  for (let step = 0; step < distances.length; step++) node = last[node]!.from;
  const cycle: number[] = [];
  const total = new RationalSum();
  let at = node;
  do {
    const arc = last[at]!;
    cycle.push(arc.type);
    total.add(arc.length);
    at = arc.from;
  } while (at !== node);
  return { cycle, gain: total.value.negate() };
}
