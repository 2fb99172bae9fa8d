import { lcm, Rational } from "../../number/rational.js";

/** What is chosen on products of cells by a rule that maximises a sum of one term for each agent's cell. */
export interface ChosenOutcomes {
  /** The expectation of the largest sum. */
  readonly expected: Rational;
  /** How likely each outcome is. */
  readonly overall: readonly Rational[];
  /** `chance[i][a][x]`: how likely `x` is, given that agent `i`'s type is in its cell `a`; left at 0 where `x` does not concern `i`. */
  readonly chance: readonly (readonly (readonly Rational[])[])[];
}

/** What decides: the terms `terms[i][a][x]` and the probabilities `masses[i][a]` of cells, and a constant for each outcome. */
export interface Scores {
  readonly masses: readonly (readonly Rational[])[];
  readonly terms: readonly (readonly (readonly Rational[])[])[];
  readonly constants: readonly Rational[];
  /** `concerned[x]`: the agents that have terms of outcome `x`. */
  readonly concerned: readonly (readonly number[])[];
}

/** The table of products of cells would be too large. */
export class TableTooLarge extends RangeError {}

/** Numbers in a table beyond which it is not computed. */
const LARGEST_TABLE = 2e7;

/**
 * On every product of cells, independent ones, the outcome that maximises its constant plus the sum of its terms; of several the first.
 * Throws TableTooLarge where there are too many products, and outcomes have terms of several agents, who are not alike.
 */
export function bestOutcomes(scores: Scores): ChosenOutcomes {
  const { masses, terms, constants, concerned } = scores;
  const whole = inWholeNumbers(scores);
  if (concerned.every((agents) => agents.length <= 1))
    return bestOfRivals(
      whole,
      concerned.map((agents) => agents[0]),
    );
  const alike =
    masses[0].every(({ sign }) => sign > 0) &&
    masses.every((list, i) => sameNumbers(list, masses[0]) && sameNumbers(terms[i].flat(), terms[0].flat()));
  const products = alike
    ? orbitCount(masses.length, masses[0].length)
    : masses.reduce((product, list) => product * list.length, 1);
  if (!(products * constants.length <= LARGEST_TABLE))
    throw new TableTooLarge(`a table of ${products} products of cells`);
  return alike ? bestOfAlike(whole) : bestOfAll(whole);
}

/** How many multisets of so many cells there are. */
export function orbitCount(agents: number, cells: number): number {
  let count = 1;
  for (let k = 1; k <= agents; k++) count = (count * (cells + k - 1)) / k;
  return count;
}

/** The scores as integers over common denominators. */
interface WholeScores {
  readonly mass: readonly (readonly bigint[])[];
  readonly massScale: readonly bigint[];
  readonly terms: readonly (readonly (readonly bigint[])[])[];
  readonly constants: readonly bigint[];
  readonly scale: bigint;
}

function inWholeNumbers({ masses, terms, constants }: Scores): WholeScores {
  const scale = commonDenominator([constants, ...terms.flat()]);
  const whole = (list: readonly Rational[], over: bigint) =>
    list.map(({ numerator, denominator }) => numerator * (over / denominator));
  const massScale = masses.map((list) => commonDenominator([list]));
  return {
    mass: masses.map((list, i) => whole(list, massScale[i])),
    massScale,
    terms: terms.map((cells) => cells.map((list) => whole(list, scale))),
    constants: whole(constants, scale),
    scale,
  };
}

/** Product by product. */
function bestOfAll({ mass, massScale, terms, constants, scale }: WholeScores): ChosenOutcomes {
  const n = mass.length;
  const count = mass.map((cells) => cells.map(() => constants.map(() => 0n)));
  const overall = constants.map(() => 0n);
  let expected = 0n;
  const place = new Array<number>(n).fill(0);
  const before: bigint[] = [1n];
  const walk = (i: number, sums: readonly bigint[]): void => {
    if (i === n) {
      const best = firstLargest(sums);
      let after = 1n;
      for (let j = n - 1; j >= 0; j--) {
        count[j][place[j]][best] += before[j] * after;
        after *= mass[j][place[j]];
      }
      overall[best] += after;
      expected += after * sums[best];
      return;
    }
    for (let a = 0; a < mass[i].length; a++) {
      place[i] = a;
      before[i + 1] = before[i] * mass[i][a];
      const own = terms[i][a];
      walk(
        i + 1,
        sums.map((sum, x) => sum + own[x]),
      );
    }
  };
  walk(0, constants);
  const all = massScale.reduce((product, s) => product * s, 1n);
  return {
    expected: Rational.of(expected, all * scale),
    overall: overall.map((number) => Rational.of(number, all)),
    chance: count.map((cells, i) =>
      cells.map((list) => list.map((number) => Rational.of(number, all / massScale[i]))),
    ),
  };
}

/** Agents are alike, and outcomes treat them so: how many agents have types in which cell is all that matters. */
function bestOfAlike({ mass, massScale, terms, constants, scale }: WholeScores): ChosenOutcomes {
  const n = mass.length;
  const [own, cells] = [mass[0], terms[0]];
  const count = own.map(() => constants.map(() => 0n));
  const overall = constants.map(() => 0n);
  let expected = 0n;
  const counts: number[] = [];
  const walk = (cell: number, rest: number, weight: bigint, sums: readonly bigint[]): void => {
    if (rest === 0) {
      const best = firstLargest(sums);
      overall[best] += weight;
      expected += weight * sums[best];
      for (let a = 0; a < cell; a++) if (counts[a] > 0) count[a][best] += weight * BigInt(counts[a]);
      return;
    }
    if (cell === own.length) return;
    let ways = weight;
    let here = sums;
    for (let k = 0; k <= rest; k++) {
      if (k > 0) {
        // So many ways to choose the k-th of these agents, each with its probability.
        ways = (ways * BigInt(rest - k + 1) * own[cell]) / BigInt(k);
        here = here.map((sum, x) => sum + cells[cell][x]);
      }
      counts[cell] = k;
      walk(cell + 1, rest - k, ways, here);
    }
  };
  walk(0, n, 1n, constants);
  const all = massScale[0] ** BigInt(n);
  const chance = count.map((list, a) =>
    list.map((number) => Rational.of(number * massScale[0], all * BigInt(n) * own[a])),
  );
  return {
    expected: Rational.of(expected, all * scale),
    overall: overall.map((number) => Rational.of(number, all)),
    chance: mass.map(() => chance),
  };
}

/** Every outcome has terms of one agent at most (`owner`): the largest of independent numbers, one for each agent. */
function bestOfRivals(
  { mass, massScale, terms, constants, scale }: WholeScores,
  owner: readonly (number | undefined)[],
): ChosenOutcomes {
  interface Bid {
    readonly agent: number | undefined;
    readonly cell: number;
    readonly outcome: number;
    readonly score: bigint;
  }
  /** The best of an agent's own outcomes in one of its cells, or of those that are nobody's. */
  const bid = (agent: number | undefined, cell: number): Bid | undefined => {
    let best: Bid | undefined;
    owner.forEach((who, outcome) => {
      if (who !== agent) return;
      const score = constants[outcome] + (agent === undefined ? 0n : terms[agent][cell][outcome]);
      if (!best || score > best.score) best = { agent, cell, outcome, score };
    });
    return best;
  };
  const rivals = mass.flatMap((cells, i) => (owner.includes(i) ? [{ agent: i, cells }] : []));
  const bids = [
    bid(undefined, 0),
    ...rivals.flatMap(({ agent, cells }) => cells.map((_, a) => bid(agent, a))),
  ]
    .filter((entry) => entry !== undefined)
    // The first outcome of several comes last, as if it scored more.
    .sort((a, b) => (a.score < b.score ? -1 : a.score > b.score ? 1 : b.outcome - a.outcome));
  const count = mass.map((cells) => cells.map(() => constants.map(() => 0n)));
  const overall = constants.map(() => 0n);
  const below = mass.map(() => 0n);
  let fixedIsBelow = !owner.includes(undefined);
  const all = rivals.reduce((product, { agent }) => product * massScale[agent], 1n);
  let expected = 0n;
  for (const { agent, cell, outcome, score } of bids) {
    const others = rivals.reduce(
      (product, rival) => (rival.agent === agent ? product : product * below[rival.agent]),
      1n,
    );
    if (agent === undefined) {
      overall[outcome] += others;
      expected += others * score;
      fixedIsBelow = true;
      continue;
    }
    if (fixedIsBelow) {
      count[agent][cell][outcome] += others;
      overall[outcome] += others * mass[agent][cell];
      expected += others * mass[agent][cell] * score;
    }
    below[agent] += mass[agent][cell];
  }
  return {
    expected: Rational.of(expected, all * scale),
    overall: overall.map((number) => Rational.of(number, all)),
    chance: count.map((cells, i) => {
      const over = owner.includes(i) ? all / massScale[i] : 1n;
      return cells.map((list) => list.map((number) => Rational.of(number, over)));
    }),
  };
}

function firstLargest(sums: readonly bigint[]): number {
  let best = 0;
  for (let x = 1; x < sums.length; x++) if (sums[x] > sums[best]) best = x;
  return best;
}

function sameNumbers(a: readonly Rational[], b: readonly Rational[]): boolean {
  return a.length === b.length && a.every((number, k) => number.equals(b[k]));
}

function commonDenominator(lists: readonly (readonly Rational[])[]): bigint {
  let common = 1n;
  for (const list of lists) for (const { denominator } of list) common = lcm(common, denominator);
  return common;
}
