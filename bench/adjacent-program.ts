import type { Environment } from "../src/environment/environment.js";
import type { FloatProgram } from "../src/lp/float-program.js";

/**
 * The direct program of the least subsidy of trade, with incentives between neighbours only and ties for no trade: what a
 * user who knows the theorem would hand to a solver. Columns: the buyer's and the seller's payments by profile, then
 * outside money by profile.
 */
export function adjacentProgram(environment: Environment): FloatProgram {
  const { profiles, values, prior } = environment;
  const count = profiles.count;
  const v = values.map((table) => table.entries.toFloat64());
  const p = prior.marginals.map((marginal) => marginal.toFloat64());
  const trades = (s: number) => {
    const [a, b] = profiles.typesOf(s);
    return v[0][2 * a + 1] + v[1][2 * b + 1] > v[0][2 * a] + v[1][2 * b] ? 1 : 0;
  };
  const rowStart = [0];
  const column: number[] = [];
  const coefficient: number[] = [];
  const rowLower: number[] = [];
  const rowUpper: number[] = [];
  const close = (lower: number, upper: number) => {
    rowStart.push(column.length);
    rowLower.push(lower);
    rowUpper.push(upper);
  };
  const put = (at: number, value: number) => {
    column.push(at);
    coefficient.push(value);
  };
  for (const agent of [0, 1]) {
    const types = profiles.sizes[agent];
    // Rows times the number of types, so that coefficients are near 1.
    const belief = (s: number) => p[1 - agent][profiles.typeOf(s, 1 - agent)] * types;
    const worth = (report: number, type: number) =>
      profiles
        .profilesOf(agent, report)
        .reduce((sum, s) => sum + belief(s) * v[agent][2 * type + trades(s)], 0);
    for (let type = 0; type < types; type++) {
      for (const report of [type - 1, type + 1]) {
        if (report < 0 || report >= types) continue;
        for (const s of profiles.profilesOf(agent, type)) put(agent * count + s, -belief(s));
        for (const s of profiles.profilesOf(agent, report)) put(agent * count + s, belief(s));
        close(worth(report, type) - worth(type, type), Number.POSITIVE_INFINITY);
      }
      for (const s of profiles.profilesOf(agent, type)) put(agent * count + s, -belief(s));
      close(-worth(type, type), Number.POSITIVE_INFINITY);
    }
  }
  for (let s = 0; s < count; s++) {
    for (const block of [0, 1, 2]) put(block * count + s, 1);
    close(0, 0);
  }
  const cost = new Float64Array(3 * count);
  const columnLower = new Float64Array(3 * count).fill(Number.NEGATIVE_INFINITY);
  for (let s = 0; s < count; s++) {
    const [a, b] = profiles.typesOf(s);
    cost[2 * count + s] = p[0][a] * p[1][b];
    columnLower[2 * count + s] = 0;
  }
  return {
    columnCount: 3 * count,
    rowCount: rowLower.length,
    offset: 0,
    cost,
    columnLower,
    columnUpper: new Float64Array(3 * count).fill(Number.POSITIVE_INFINITY),
    rowLower: Float64Array.from(rowLower),
    rowUpper: Float64Array.from(rowUpper),
    rowStart: Int32Array.from(rowStart),
    column: Int32Array.from(column),
    coefficient: Float64Array.from(coefficient),
    rowScale: new Float64Array(rowLower.length).fill(1),
  };
}
