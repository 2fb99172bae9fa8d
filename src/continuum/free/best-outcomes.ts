import { lcm, Rational } from "../../number/rational.js";

/** What is chosen on products of cells by a rule that maximises a sum of one term for each agent's cell. */
export interface ChosenOutcomes {
  /** The expectation of the largest sum. */
  readonly expected: Rational;
  /** `chance[i][a][x]`: how likely outcome `x` is, given that agent `i`'s type lies in its cell `a`. */
  readonly chance: readonly (readonly (readonly Rational[])[])[];
}

/**
 * On every product of cells the outcome `x` that maximises `constants[x] + sum_i terms[i][a_i][x]`; of several the first. Cells have
 * the probabilities `masses[i][a]`, independently.
 */
export function bestOutcomes(
  masses: readonly (readonly Rational[])[],
  terms: readonly (readonly (readonly Rational[])[])[],
  constants: readonly Rational[],
): ChosenOutcomes {
  const n = masses.length;
  const scale = commonDenominator([constants, ...terms.flat()]);
  const whole = (list: readonly Rational[], over: bigint) =>
    list.map(({ numerator, denominator }) => numerator * (over / denominator));
  const table = terms.map((cells) => cells.map((list) => whole(list, scale)));
  const massScale = masses.map((list) => commonDenominator([list]));
  const mass = masses.map((list, i) => whole(list, massScale[i]));
  const count = masses.map((cells) => cells.map(() => constants.map(() => 0n)));
  let expected = 0n;

  const place = new Array<number>(n).fill(0);
  const before: bigint[] = [1n];
  const walk = (i: number, sums: readonly bigint[]): void => {
    if (i === n) {
      let best = 0;
      for (let x = 1; x < sums.length; x++) if (sums[x] > sums[best]) best = x;
      let after = 1n;
      for (let j = n - 1; j >= 0; j--) {
        count[j][place[j]][best] += before[j] * after;
        after *= mass[j][place[j]];
      }
      expected += after * sums[best];
      return;
    }
    for (let a = 0; a < mass[i].length; a++) {
      place[i] = a;
      before[i + 1] = before[i] * mass[i][a];
      const own = table[i][a];
      walk(
        i + 1,
        sums.map((sum, x) => sum + own[x]),
      );
    }
  };
  walk(0, whole(constants, scale));
  const all = massScale.reduce((product, s) => product * s, 1n);
  return {
    expected: Rational.of(expected, all * scale),
    chance: count.map((cells, i) =>
      cells.map((list) => list.map((number) => Rational.of(number, all / massScale[i]))),
    ),
  };
}

function commonDenominator(lists: readonly (readonly Rational[])[]): bigint {
  let common = 1n;
  for (const list of lists) for (const { denominator } of list) common = lcm(common, denominator);
  return common;
}
