import { type LinearProgram, LinearProgramBuilder } from "../../src/lp/linear-program.js";
import { Rational } from "../../src/number/rational.js";

/**
 * Bilateral trade with m equally likely types a side and efficient trade: payments from buyer and seller that are Bayesian
 * incentive compatible, interim individually rational and ex post balanced but for a subsidy, whose expectation is least.
 * Values are (2a + 1) / (2m) on both sides.
 */
export function tradeProgram(m: number): LinearProgram {
  const builder = new LinearProgramBuilder(`trade-${m}`);
  const value = (a: number) => Rational.of(2 * a + 1, 2 * m);
  const trades = (buyer: number, seller: number) => buyer >= seller;
  const one = Rational.ONE;
  const minusOne = one.negate();
  const payment: number[][] = [0, 1].map(() => Array.from({ length: m * m }, () => builder.addColumn()));
  const subsidy = Array.from({ length: m * m }, () =>
    builder.addColumn(Rational.of(1, m * m), { lower: Rational.ZERO }),
  );
  const state = (agent: number, own: number, other: number) =>
    agent === 0 ? own * m + other : other * m + own;
  const tradeCount = (agent: number, own: number) => {
    let count = 0;
    for (let other = 0; other < m; other++) {
      if (agent === 0 ? trades(own, other) : trades(other, own)) count++;
    }
    return count;
  };
  // The seller's utility from trading is minus the cost.
  const utility = (agent: number, type: number, report: number) =>
    value(type).multiply(Rational.of((agent === 0 ? 1 : -1) * tradeCount(agent, report)));
  for (const agent of [0, 1]) {
    for (let a = 0; a < m; a++) {
      const paid = (report: number, sign: Rational) =>
        Array.from({ length: m }, (_, s) => [payment[agent][state(agent, report, s)], sign] as const);
      builder.addRow(paid(a, one), undefined, utility(agent, a, a));
      for (let b = 0; b < m; b++) {
        if (b === a) continue;
        const gain = utility(agent, a, a).subtract(utility(agent, a, b));
        builder.addRow([...paid(a, one), ...paid(b, minusOne)], undefined, gain);
      }
    }
  }
  for (let s = 0; s < m * m; s++) {
    builder.addRow(
      [
        [payment[0][s], one],
        [payment[1][s], one],
        [subsidy[s], one],
      ],
      Rational.ZERO,
      Rational.ZERO,
    );
  }
  return builder.build();
}
