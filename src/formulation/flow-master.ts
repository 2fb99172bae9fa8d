import { LinearProgramBuilder } from "../lp/linear-program.js";
import { Rational } from "../number/rational.js";
import type { RationalVector } from "../number/rational-vector.js";
import type { Problem } from "../problem/problem.js";
import type { Solver } from "../solver/solver.js";
import { cutConstants, type FlowCut, type FlowTask } from "./flow-cut.js";
import { GrowingProgram } from "./growing-program.js";
import type { InterimValues } from "./interim-values.js";
import type { Limits } from "./resolution.js";
import type { StateGains } from "./state-gains.js";

/** What a row of the master problem says. */
export type MasterRow =
  | { readonly kind: "incentive"; readonly agent: 0 | 1; readonly type: number; readonly report: number }
  | { readonly kind: "cut"; readonly cut: FlowCut }
  /** Outside money covers the greatest loss of any state. */
  | { readonly kind: "floor"; readonly profile: number };

/** An IC slack below this, of the float solution, is a violation; below the second, it is looked at exactly. */
const VIOLATED = 1e-9;
const DOUBTFUL = 1e-6;

/**
 * The master problem (theory, section 6). Its columns are the interim gains `g_i(a) = W_i(a) - T_i(a)`, first agent first,
 * and the outside money where there is any: expected without deficit, worst-case otherwise. Its rows are IC,
 * `g(a) - g(b) >= V(b|a) - V(b|b) + U(b) - U(a)`, and the cuts found so far; both grow.
 */
export class FlowMaster {
  readonly rows: MasterRow[] = [];
  readonly growing: GrowingProgram;
  readonly money: number | undefined;
  private readonly knownPairs = new Set<number>();
  /** Whether the agent's IC rows imply all others. */
  private readonly complete = [false, false];

  constructor(
    private readonly problem: Problem,
    private readonly gains: StateGains,
    private readonly values: readonly [InterimValues, InterimValues],
    readonly task: FlowTask,
    solver: Solver,
    limits: Limits,
  ) {
    const builder = new LinearProgramBuilder(problem.environment.name);
    const { rows, columns } = gains;
    const hasColumn = task.money === "worst" || (task.money === "subsidy" && !task.exact);
    const expectsGains =
      (task.money === "subsidy" && task.exact) || problem.question.objective === "max-surplus";
    for (let k = 0; k < rows + columns; k++) {
      builder.addColumn(expectsGains ? this.probability(k) : Rational.ZERO, { lower: Rational.ZERO });
    }
    this.money = hasColumn ? builder.addColumn(Rational.ONE, { lower: Rational.ZERO }) : undefined;
    this.growing = new GrowingProgram(builder, solver, limits);
    this.seed();
  }

  /** `p_i(a)` of a column. */
  probability(column: number): Rational {
    const { rows, weight, weightTotal } = this.gains;
    const agent = column < rows ? 0 : 1;
    return Rational.of(weight[agent][column - agent * rows], weightTotal[agent]);
  }

  addCut(cut: FlowCut, exact = false): void {
    const { gains } = this;
    const { bound, mass } = cutConstants(gains, cut);
    const states = gains.weightTotal[0] * gains.weightTotal[1];
    const entries: [number, Rational][] = [];
    cut.members.forEach((member, k) => {
      if (!member) return;
      const p = this.probability(k);
      entries.push([k, cut.kind === "lower" ? p : p.negate()]);
    });
    if (this.money !== undefined && cut.kind !== "lower") {
      entries.push([this.money, cut.kind === "upper" ? Rational.of(mass, states) : Rational.ONE]);
    }
    const least = Rational.of(bound, BigInt(states) * BigInt(gains.denominator));
    this.rows.push({ kind: "cut", cut });
    this.growing.addRow(entries, least, exact ? least : undefined);
  }

  /** Adds those cuts that a float solution violates by more than rounding. How many. */
  addViolated(cuts: readonly FlowCut[], solution: Float64Array): number {
    let added = 0;
    for (const cut of cuts) {
      const { bound, mass } = cutConstants(this.gains, cut);
      const { weight, weightTotal, rows, denominator } = this.gains;
      const states = weightTotal[0] * weightTotal[1];
      let asked = 0;
      cut.members.forEach((member, k) => {
        const agent = k < rows ? 0 : 1;
        if (member) asked += (weight[agent][k - agent * rows] / weightTotal[agent]) * solution[k];
      });
      const money = this.money === undefined ? 0 : solution[this.money];
      const activity =
        cut.kind === "lower" ? asked : (cut.kind === "upper" ? (mass / states) * money : money) - asked;
      if (!(bound / (states * denominator) - activity > VIOLATED)) continue;
      this.addCut(cut);
      added++;
    }
    return added;
  }

  /** Adds, for each type, the report by which it gains most in a float solution. How many rows were added. */
  addGainfulReports(solution: Float64Array): number {
    let added = 0;
    for (const agent of [0, 1] as const) {
      if (this.complete[agent]) continue;
      const from = agent * this.gains.rows;
      for (let type = 0; type < this.values[agent].typeCount; type++) {
        let worst = -VIOLATED;
        let best = -1;
        this.forEachSlack(agent, type, solution, from, (report, slack) => {
          if (!(slack < worst)) return;
          worst = slack;
          best = report;
        });
        if (best >= 0 && this.addIncentive(agent, type, best)) added++;
      }
    }
    return added;
  }

  /** The same for an exact solution, decided exactly. */
  addGainfulReportsExactly(solution: RationalVector): number {
    const floats = solution.toFloat64();
    let added = 0;
    for (const agent of [0, 1] as const) {
      if (this.complete[agent]) continue;
      const from = agent * this.gains.rows;
      for (let type = 0; type < this.values[agent].typeCount; type++) {
        this.forEachSlack(agent, type, floats, from, (report, slack) => {
          if (slack > DOUBTFUL || this.knownPairs.has(this.pair(agent, type, report))) return;
          const gain = solution.numeratorAt(from + type) - solution.numeratorAt(from + report);
          const bound = this.bound(agent, type, report);
          const violated = gain * bound.denominator < bound.numerator * solution.denominator;
          if (violated && this.addIncentive(agent, type, report)) added++;
        });
      }
    }
    return added;
  }

  private forEachSlack(
    agent: 0 | 1,
    type: number,
    solution: Float64Array,
    from: number,
    visit: (report: number, slack: number) => void,
  ): void {
    const values = this.values[agent];
    const denominator = Number(values.denominator);
    const own = solution[from + type] + Number(values.outside.numerators[type]) / denominator;
    const safe = values.fitsMachineIntegers;
    for (let report = 0; report < values.typeCount; report++) {
      if (report === type) continue;
      const difference = safe
        ? values.numberAt(report, type) - values.numberAt(report, report)
        : Number(values.at(report, type) - values.at(report, report));
      const other =
        solution[from + report] + (difference + Number(values.outside.numerators[report])) / denominator;
      visit(report, own - other);
    }
  }

  private seed(): void {
    const { rows, columns, gain } = this.gains;
    if (this.problem.question.ic !== "none") {
      for (const agent of [0, 1] as const) this.seedIncentives(agent);
    }
    const { exact, money } = this.task;
    const all = new Uint8Array(rows + columns).fill(1);
    if (exact) this.addCut({ kind: "lower", members: all }, money === "none");
    if (!exact && money === "subsidy") this.addCut({ kind: "short", members: all });
    else if (!exact || money === "worst") this.addCut({ kind: "upper", members: all });
    let least = 0;
    for (let s = 1; s < gain.length; s++) if (gain[s] < gain[least]) least = s;
    if (money === "worst" && gain[least] < 0) {
      this.rows.push({ kind: "floor", profile: least });
      this.growing.addRow([[this.money!, Rational.ONE]], Rational.of(-gain[least], this.gains.denominator));
    }
    if (exact && money === "subsidy") return;
    // No type takes more than its states offer.
    const kind = !exact && money === "subsidy" ? "short" : "upper";
    for (let k = 0; k < rows + columns; k++) {
      const members = new Uint8Array(rows + columns);
      members[k] = 1;
      this.addCut({ kind, members });
    }
  }

  /** IC between neighbours; with increasing differences and a monotone rule, both found in the data, it is all of IC. */
  private seedIncentives(agent: 0 | 1): void {
    const values = this.values[agent];
    const found = values.increasingDifferences();
    const order = found?.order ?? Int32Array.from({ length: values.typeCount }, (_, type) => type);
    for (let k = 1; k < order.length; k++) {
      this.addIncentive(agent, order[k], order[k - 1]);
      this.addIncentive(agent, order[k - 1], order[k]);
    }
    this.complete[agent] =
      found?.order.every((type, k) => k === 0 || found.reports[found.order[k - 1]] <= found.reports[type]) ??
      false;
  }

  private addIncentive(agent: 0 | 1, type: number, report: number): boolean {
    if (this.problem.question.ic === "none") return false;
    const pair = this.pair(agent, type, report);
    if (this.knownPairs.has(pair)) return false;
    this.knownPairs.add(pair);
    const from = agent * this.gains.rows;
    this.rows.push({ kind: "incentive", agent, type, report });
    this.growing.addRow(
      [
        [from + type, Rational.ONE],
        [from + report, Rational.ONE.negate()],
      ],
      this.bound(agent, type, report),
    );
    return true;
  }

  private bound(agent: 0 | 1, type: number, report: number): Rational {
    const values = this.values[agent];
    const numerator =
      values.at(report, type) -
      values.at(report, report) +
      values.outside.numeratorAt(report) -
      values.outside.numeratorAt(type);
    return Rational.of(numerator, values.denominator);
  }

  private pair(agent: 0 | 1, type: number, report: number): number {
    const size = this.values[agent].typeCount;
    return 2 * (type * size + report) + agent;
  }
}
