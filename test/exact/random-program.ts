import { type LinearProgram, LinearProgramBuilder } from "../../src/lp/linear-program.js";
import { Rational } from "../../src/number/rational.js";

/** Doubles in [0, 1) from a seed (Marsaglia's xorshift, 2003). */
export function generator(seed: number): () => number {
  let state = seed | 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/**
 * A small program full of what makes simplex methods stumble: equal rows, zero right-hand sides, free and fixed columns,
 * ranges, empty rows, unbounded and infeasible cases, a few large or fractional numbers.
 */
export function randomProgram(random: () => number, largestSize: number): LinearProgram {
  const below = (n: number) => Math.floor(random() * n);
  const small = () => {
    const numerator = below(7) - 3;
    return random() < 0.7 ? Rational.of(numerator) : Rational.of(numerator, 1 + below(12));
  };
  const builder = new LinearProgramBuilder("random");
  const columnCount = 1 + below(largestSize);
  const rowCount = below(largestSize + 1);
  const interval = (free: number): { lower?: Rational; upper?: Rational } => {
    const kind = random();
    if (kind < free) return {};
    const at = random() < 0.5 ? Rational.ZERO : small();
    if (kind < free + 0.1) return { lower: at, upper: at };
    if (kind < free + 0.3) return { lower: at, upper: at.add(Rational.of(below(4), 1 + below(3))) };
    return random() < 0.6 ? { lower: at } : { upper: at };
  };
  for (let j = 0; j < columnCount; j++)
    builder.addColumn(random() < 0.3 ? Rational.ZERO : small(), interval(0.2));
  const density = 0.2 + 0.6 * random();
  let previous: (readonly [number, Rational])[] = [];
  for (let i = 0; i < rowCount; i++) {
    if (random() < 0.15 && previous.length > 0) {
      const factor = random() < 0.5 ? Rational.ONE : small();
      previous = previous.map(([j, a]) => [j, a.multiply(factor)] as const);
    } else {
      previous = [];
      for (let j = 0; j < columnCount; j++) if (random() < density) previous.push([j, small()]);
    }
    const { lower, upper } = interval(0.05);
    builder.addRow(previous, lower, upper);
  }
  return builder.build();
}
