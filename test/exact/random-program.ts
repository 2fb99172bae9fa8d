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
 * ranges, empty rows, unbounded and infeasible cases, fractions. With probability `planted`, all bounds admit one point
 * and all costs are those that some prices leave, so that an optimum exists.
 */
export function randomProgram(random: () => number, largestSize: number, planted = 0): LinearProgram {
  const below = (n: number) => Math.floor(random() * n);
  const small = () => {
    const numerator = below(7) - 3;
    return random() < 0.7 ? Rational.of(numerator) : Rational.of(numerator, 1 + below(12));
  };
  const columnCount = 1 + below(largestSize);
  const rowCount = below(largestSize + 1);
  const isPlanted = random() < planted;
  const interval = (around: Rational): { lower?: Rational; upper?: Rational } => {
    const kind = random();
    if (kind < 0.15) return {};
    const at = isPlanted ? around : random() < 0.5 ? Rational.ZERO : small();
    if (kind < 0.25) return { lower: at, upper: at };
    const slack = Rational.of(below(4), 1 + below(3));
    if (kind < 0.45) return { lower: at, upper: at.add(slack) };
    if (random() < 0.6) return { lower: isPlanted && random() < 0.5 ? at.subtract(slack) : at };
    return { upper: isPlanted && random() < 0.5 ? at.add(slack) : at };
  };
  const price = (bounds: { lower?: Rational; upper?: Rational }) => {
    const size = random() < 0.3 ? Rational.ZERO : Rational.of(below(6), 1 + below(4));
    if (bounds.lower) return size;
    return bounds.upper ? size.negate() : Rational.ZERO;
  };
  const point = Array.from({ length: columnCount }, () => (random() < 0.4 ? Rational.ZERO : small()));
  const columnBounds = point.map((x) => interval(x));
  const cost = columnBounds.map((bounds) => (isPlanted ? price(bounds) : small()));
  const rows: { entries: (readonly [number, Rational])[]; lower?: Rational; upper?: Rational }[] = [];
  const density = 0.2 + 0.6 * random();
  let entries: (readonly [number, Rational])[] = [];
  for (let i = 0; i < rowCount; i++) {
    if (random() < 0.15 && entries.length > 0) {
      const factor = random() < 0.5 ? Rational.ONE : small();
      entries = entries.map(([j, a]) => [j, a.multiply(factor)] as const);
    } else {
      entries = [];
      for (let j = 0; j < columnCount; j++) if (random() < density) entries.push([j, small()]);
    }
    const bounds = interval(Rational.sum(entries.map(([j, a]) => a.multiply(point[j]))));
    rows.push({ entries, ...bounds });
    if (!isPlanted) continue;
    const y = price(bounds);
    for (const [j, a] of entries) cost[j] = cost[j].add(a.multiply(y));
  }
  const builder = new LinearProgramBuilder("random");
  columnBounds.forEach((bounds, j) => {
    builder.addColumn(cost[j], bounds);
  });
  for (const row of rows) builder.addRow(row.entries, row.lower, row.upper);
  return builder.build();
}
