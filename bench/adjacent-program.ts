import { efficientOutcomes } from "../src/environment/efficiency.js";
import type { FloatProgram } from "../src/lp/float-program.js";
import type { Problem } from "../src/question/problem.js";

/**
 * The direct program of two agents' least expected subsidy with exact balance, with incentives between neighbours only and
 * ties for the first outcome: what a user who knows the theorem would hand to a solver. Columns: the first and the second
 * agent's payments by profile, then outside money by profile.
 */
export function adjacentProgram({ environment, question }: Problem): FloatProgram {
  const { profiles, values, prior, outsideOptions } = environment;
  const count = profiles.count;
  const money = Number(environment.moneyDenominator);
  const p = prior.marginals.map((marginal) => marginal.toFloat64());
  const chosen = Int32Array.from({ length: count }, (_, s) => efficientOutcomes(environment, s)[0]);
  const value = (agent: number, type: number, s: number) =>
    Number(values[agent].numerator(type, s, chosen[s])) / money;
  const outside = (agent: number, type: number, s: number) =>
    Number(outsideOptions[agent].numerator(type, s, 0)) / money;
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
  const put = (at: number, entry: number) => {
    column.push(at);
    coefficient.push(entry);
  };
  for (const agent of [0, 1]) {
    const types = profiles.sizes[agent];
    // Rows times the number of types, so that coefficients are near 1.
    const belief = (s: number) => p[1 - agent][profiles.typeOf(s, 1 - agent)] * types;
    const mean = (type: number, of: (s: number) => number) =>
      profiles.profilesOf(agent, type).reduce((sum, s) => sum + belief(s) * of(s), 0);
    const worth = (report: number, type: number) => mean(report, (s) => value(agent, type, s));
    for (let type = 0; type < types; type++) {
      for (const report of [type - 1, type + 1]) {
        if (report < 0 || report >= types) continue;
        for (const s of profiles.profilesOf(agent, type)) put(agent * count + s, -belief(s));
        for (const s of profiles.profilesOf(agent, report)) put(agent * count + s, belief(s));
        close(worth(report, type) - worth(type, type), Number.POSITIVE_INFINITY);
      }
      if (question.ir !== "interim") continue;
      for (const s of profiles.profilesOf(agent, type)) put(agent * count + s, -belief(s));
      close(mean(type, (s) => outside(agent, type, s)) - worth(type, type), Number.POSITIVE_INFINITY);
    }
    if (question.ir !== "ex-post") continue;
    for (let s = 0; s < count; s++) {
      const type = profiles.typeOf(s, agent);
      put(agent * count + s, -1);
      close(outside(agent, type, s) - value(agent, type, s), Number.POSITIVE_INFINITY);
    }
  }
  for (let s = 0; s < count; s++) {
    const cost = Number(environment.costs.numerator(0, s, chosen[s])) / money;
    for (const block of [0, 1, 2]) put(block * count + s, 1);
    close(cost, cost);
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
