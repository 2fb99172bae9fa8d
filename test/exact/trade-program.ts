import { type LinearProgram, LinearProgramBuilder } from "../../src/lp/linear-program.js";
import { Rational } from "../../src/number/rational.js";

/**
 * Bilateral trade with m types a side and efficient trade: payments from buyer and seller that are Bayesian incentive
 * compatible, interim individually rational and ex post balanced but for a subsidy, whose expectation is least.
 * Without `random`, types are equally likely and worth (2a + 1) / (2m) on both sides; with it, values and
 * probabilities are any multiples of 1/1000 and of a common fraction, so that denominators grow.
 */
export function tradeProgram(m: number, random?: () => number): LinearProgram {
  const builder = new LinearProgramBuilder(`trade-${m}`);
  const draw = (least: number, most: number) => least + Math.floor((random?.() ?? 0) * (most - least + 1));
  const types = [0, 1].map(() => {
    const weights = Array.from({ length: m }, () => draw(1, 50));
    const total = weights.reduce((sum, w) => sum + w, 0);
    const values = random
      ? Array.from({ length: m }, () => draw(0, 1000)).sort((a, b) => a - b)
      : Array.from({ length: m }, (_, a) => 2 * a + 1);
    return {
      prior: weights.map((w) => Rational.of(w, total)),
      value: values.map((v) => Rational.of(v, random ? 1000 : 2 * m)),
    };
  });
  const trades = (buyer: number, seller: number) =>
    types[0].value[buyer].compare(types[1].value[seller]) >= 0;
  const payment: number[][] = [0, 1].map(() => Array.from({ length: m * m }, () => builder.addColumn()));
  const subsidy = Array.from({ length: m * m }, (_, s) =>
    builder.addColumn(types[0].prior[Math.floor(s / m)].multiply(types[1].prior[s % m]), {
      lower: Rational.ZERO,
    }),
  );
  const state = (agent: number, own: number, other: number) =>
    agent === 0 ? own * m + other : other * m + own;
  const tradeProbability = (agent: number, own: number) =>
    Rational.sum(
      types[1 - agent].prior.filter((_, other) => (agent === 0 ? trades(own, other) : trades(other, own))),
    );
  // The seller's utility from trading is minus the cost.
  const utility = (agent: number, type: number, report: number) => {
    const gain = types[agent].value[type].multiply(tradeProbability(agent, report));
    return agent === 0 ? gain : gain.negate();
  };
  for (const agent of [0, 1]) {
    const paid = (report: number, sign: -1 | 1) =>
      types[1 - agent].prior.map(
        (p, other) => [payment[agent][state(agent, report, other)], sign > 0 ? p : p.negate()] as const,
      );
    for (let a = 0; a < m; a++) {
      builder.addRow(paid(a, 1), undefined, utility(agent, a, a));
      for (let b = 0; b < m; b++) {
        if (b === a) continue;
        const gain = utility(agent, a, a).subtract(utility(agent, a, b));
        builder.addRow([...paid(a, 1), ...paid(b, -1)], undefined, gain);
      }
    }
  }
  for (let s = 0; s < m * m; s++) {
    const balance = [payment[0][s], payment[1][s], subsidy[s]].map(
      (column) => [column, Rational.ONE] as const,
    );
    builder.addRow(balance, Rational.ZERO, Rational.ZERO);
  }
  return builder.build();
}
