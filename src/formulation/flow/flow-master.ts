import { LinearProgramBuilder } from "../../lp/linear-program.js";
import { lcm, Rational } from "../../number/rational.js";
import type { RationalVector } from "../../number/rational-vector.js";
import type { Problem } from "../../question/problem.js";
import type { Solver } from "../../solver/solver.js";
import { largestPayments } from "../incentive-paths.js";
import { GrowingProgram } from "../program/growing-program.js";
import type { Limits } from "../resolution.js";
import { type FlowCut, type FlowTask, type FoundCut, withConstants } from "./flow-cut.js";
import type { FlowNetwork } from "./flow-network.js";
import { GainColumns, incentiveBound, type Misreport } from "./gain-columns.js";

/** What a row of the master problem says. */
export type MasterRow =
  | { readonly kind: "incentive"; readonly group: number; readonly misreport: Misreport }
  /** A type does not lose by taking part. */
  | { readonly kind: "gain"; readonly node: number }
  | { readonly kind: "cut"; readonly cut: FlowCut }
  /** Outside money covers the greatest loss of any cell. */
  | { readonly kind: "floor"; readonly cell: number };

/** A slack of the float solution below this is a violation; below the second, it is looked at exactly. */
const VIOLATED = 1e-9;
const DOUBTFUL = 1e-6;

/**
 * The master problem (theory, section 6) in the interim gains `g(a) = W(a) - T(a)` of every type, by the columns of
 * GainColumns, and the outside money where there is any: expected without deficit, worst-case otherwise. Its rows are the
 * cuts found so far, gains that must not be negative, and incentives that those between neighbours do not imply; all grow.
 */
export class FlowMaster {
  readonly rows: MasterRow[] = [];
  readonly groups: readonly GainColumns[];
  readonly growing: GrowingProgram;
  readonly money: number | undefined;
  /** By type, over `weightUnit`: the expected number of agents of the type. */
  readonly weight: Float64Array;
  readonly weightUnit: number;
  /** Whether the objective counts what types are to have. */
  readonly expectsGains: boolean;
  private readonly known = new Set<string>();

  constructor(
    private readonly problem: Problem,
    private readonly network: FlowNetwork,
    readonly task: FlowTask,
    solver: Solver,
    limits: Limits,
  ) {
    const { nodeCount } = network;
    const builder = new LinearProgramBuilder(problem.environment.name);
    this.groups = network.groups.map((group) => new GainColumns(group, problem.question.ic !== "none"));
    this.weightUnit = network.groups.reduce(
      (unit, { weightTotal }) => Number(lcm(BigInt(unit), BigInt(weightTotal))),
      1,
    );
    this.weight = new Float64Array(nodeCount);
    for (const { first, size, agents, weight, weightTotal } of network.groups) {
      const factor = agents * (this.weightUnit / weightTotal);
      for (let k = 0; k < size; k++) this.weight[first + k] = weight[k] * factor;
    }
    this.expectsGains =
      (task.money === "subsidy" && task.exact) || problem.question.objective === "max-surplus";
    const cost = this.ofColumns(this.expectsGains ? this.weight : new Float64Array(nodeCount));
    for (const { group, lower, upper } of this.groups) {
      for (let k = 0; k < group.size; k++) {
        const bounds = { lower: lower[k], upper: upper[k] };
        builder.addColumn(Rational.of(cost[group.first + k], this.weightUnit), bounds);
      }
    }
    const hasMoney = task.money === "worst" || (task.money === "subsidy" && !task.exact);
    this.money = hasMoney ? builder.addColumn(Rational.ONE, { lower: Rational.ZERO }) : undefined;
    this.growing = new GrowingProgram(builder, solver, limits);
    this.seed();
  }

  /** The gains by type of a float solution. */
  gains(columns: Float64Array): Float64Array {
    const gains = new Float64Array(this.network.nodeCount);
    for (const group of this.groups) group.read(columns, gains);
    return gains;
  }

  addCut(cut: FoundCut, exact = false): void {
    const { network, weight } = this;
    const sign = cut.kind === "lower" ? 1 : -1;
    const coefficients = weight.map((own, t) => (cut.members[t] ? sign * own : 0));
    const money = cut.kind === "upper" ? Rational.of(cut.mass, network.whole) : Rational.ONE;
    const least = Rational.of(cut.bound, BigInt(network.whole) * BigInt(network.denominator));
    this.rows.push({ kind: "cut", cut });
    this.addRow(coefficients, this.weightUnit, cut.kind === "lower" ? undefined : money, least, exact);
  }

  /** Adds those cuts that float gains violate by more than rounding. How many. */
  addViolated(cuts: readonly FoundCut[], gains: Float64Array, money: number): number {
    const { weight, weightUnit } = this;
    const { whole, denominator } = this.network;
    let added = 0;
    for (const cut of cuts) {
      let asked = 0;
      for (let t = 0; t < gains.length; t++) if (cut.members[t]) asked += weight[t] * gains[t];
      asked /= weightUnit;
      const activity =
        cut.kind === "lower" ? asked : (cut.kind === "upper" ? (cut.mass / whole) * money : money) - asked;
      if (!(cut.bound / (whole * denominator) - activity > VIOLATED)) continue;
      this.addCut(cut);
      added++;
    }
    return added;
  }

  /** Adds, for each group, that the type which loses most in a float solution does not lose. How many rows were added. */
  addLosing(gains: Float64Array): number {
    let added = 0;
    for (const { group } of this.groups) {
      let least = group.first;
      for (let t = group.first; t < group.first + group.size; t++) if (gains[t] < gains[least]) least = t;
      if (gains[least] < -VIOLATED && this.addGain(least)) added++;
    }
    return added;
  }

  /** The same for exact gains, decided exactly: every type that loses. */
  addLosingExactly(gains: RationalVector): number {
    let added = 0;
    for (let t = 0; t < gains.length; t++) if (gains.numerators[t] < 0 && this.addGain(t)) added++;
    return added;
  }

  /** Adds, for each type, the report by which it gains most with float gains. How many rows were added. */
  addGainfulReports(gains: Float64Array): number {
    let added = 0;
    this.groups.forEach((columns, group) => {
      if (columns.isComplete) return;
      for (let type = 0; type < columns.group.size; type++) {
        let worst = -VIOLATED;
        let best = -1;
        this.forEachSlack(columns, type, gains, (report, slack) => {
          if (!(slack < worst)) return;
          worst = slack;
          best = report;
        });
        if (best >= 0 && this.addIncentive(group, [type, best])) added++;
      }
    });
    return added;
  }

  /** The same for exact gains, decided exactly. */
  addGainfulReportsExactly(gains: RationalVector): number {
    const floats = gains.toFloat64();
    let added = 0;
    this.groups.forEach((columns, group) => {
      if (columns.isComplete) return;
      const { first, size, values } = columns.group;
      for (let type = 0; type < size; type++) {
        this.forEachSlack(columns, type, floats, (report, slack) => {
          if (slack > DOUBTFUL || columns.isStep([type, report])) return;
          const gain = gains.numeratorAt(first + type) - gains.numeratorAt(first + report);
          const bound = incentiveBound(values, [type, report]);
          const violated = gain * bound.denominator < bound.numerator * gains.denominator;
          if (violated && this.addIncentive(group, [type, report])) added++;
        });
      }
    });
    return added;
  }

  private forEachSlack(
    { group }: GainColumns,
    type: number,
    gains: Float64Array,
    visit: (report: number, slack: number) => void,
  ): void {
    const { first, values } = group;
    const denominator = Number(values.denominator);
    const outside = values.outside.numerators;
    const own = gains[first + type] + Number(outside[type]) / denominator;
    const safe = values.fitsMachineIntegers;
    for (let report = 0; report < values.typeCount; report++) {
      if (report === type) continue;
      const difference = safe
        ? values.numberAt(report, type) - values.numberAt(report, report)
        : Number(values.at(report, type) - values.at(report, report));
      const other = gains[first + report] + (difference + Number(outside[report])) / denominator;
      visit(report, own - other);
    }
  }

  private seed(): void {
    const { network, task } = this;
    const { nodeCount, gain } = network;
    const { exact, money } = task;
    this.seedGains();
    const all = new Uint8Array(nodeCount).fill(1);
    const whole = (kind: FlowCut["kind"]) => withConstants(network, { kind, members: all });
    if (exact) this.addCut(whole("lower"), money === "none");
    if (!exact && money === "subsidy") this.addCut(whole("short"));
    else if (!exact || money === "worst") this.addCut(whole("upper"));
    let least = 0;
    for (let s = 1; s < gain.length; s++) if (gain[s] < gain[least]) least = s;
    if (money === "worst" && gain[least] < 0) {
      this.rows.push({ kind: "floor", cell: least });
      this.growing.addRow([[this.money!, Rational.ONE]], Rational.of(-gain[least], network.denominator));
    }
  }

  /** Where only incentives matter it is such a type that gains nothing; others follow as they are found to lose. */
  private seedGains(): void {
    if (this.problem.question.ic === "none") return;
    for (const { group } of this.groups) {
      const paths = largestPayments(group.values, group.values.participationGains());
      if (!("cycle" in paths)) this.addGain(group.first + paths.parents.indexOf(-1));
    }
  }

  private addGain(node: number): boolean {
    if (this.isKnown(`gain ${node}`) || this.problem.question.ic === "none") return false;
    const coefficients = new Float64Array(this.network.nodeCount);
    coefficients[node] = 1;
    this.rows.push({ kind: "gain", node });
    this.addRow(coefficients, 1, undefined, Rational.ZERO);
    return true;
  }

  private addIncentive(group: number, misreport: Misreport): boolean {
    const [type, report] = misreport;
    if (this.isKnown(`${group} ${type} ${report}`)) return false;
    const { first, values } = this.groups[group].group;
    const coefficients = new Float64Array(this.network.nodeCount);
    coefficients[first + type] = 1;
    coefficients[first + report] = -1;
    this.rows.push({ kind: "incentive", group, misreport });
    this.addRow(coefficients, 1, undefined, incentiveBound(values, misreport));
    return true;
  }

  private isKnown(key: string): boolean {
    if (this.known.has(key)) return true;
    this.known.add(key);
    return false;
  }

  /** Adds the row of whole coefficients of the gains over a denominator, and of the money. */
  private addRow(
    ofGains: Float64Array,
    denominator: number,
    money: Rational | undefined,
    least: Rational,
    exact = false,
  ): void {
    const coefficients = this.ofColumns(ofGains);
    const entries: [number, Rational][] = [];
    coefficients.forEach((coefficient, column) => {
      if (coefficient !== 0) entries.push([column, Rational.of(coefficient, denominator)]);
    });
    if (this.money !== undefined && money) entries.push([this.money, money]);
    this.growing.addRow(entries, least, exact ? least : undefined);
  }

  private ofColumns(ofGains: Float64Array): Float64Array {
    const coefficients = new Float64Array(ofGains.length);
    for (const group of this.groups) group.write(ofGains, coefficients);
    return coefficients;
  }
}
