import type { ExactOutcome } from "../../exact/solve-exactly.js";
import { solveExactly } from "../../exact/solve-exactly.js";
import { toFloatProgram } from "../../lp/float-program.js";
import { type LinearProgram, LinearProgramBuilder } from "../../lp/linear-program.js";
import type { Rational } from "../../number/rational.js";
import { giveWay } from "../../progress/give-way.js";
import { type HighsSession, openHighsSession } from "../../solver/highs.js";
import type { Solver, SolverResult } from "../../solver/solver.js";
import type { Limits } from "../resolution.js";

/** `sum of coefficient * column`. */
export type RowEntries = readonly (readonly [column: number, coefficient: Rational])[];

/**
 * A linear program that grows by rows between solves. HiGHS keeps it in memory and starts each solve from the last basis;
 * other solvers start anew.
 */
export class GrowingProgram {
  private session: HighsSession | undefined;
  private solved = 0;
  private pending: LinearProgramBuilder;
  private last: SolverResult | undefined;
  private built: LinearProgram | undefined;
  private readonly end: number;
  iterations = 0;
  rounds = 0;

  /** Rows of the builder so far count; further ones must come by `addRow`. */
  constructor(
    private readonly builder: LinearProgramBuilder,
    private readonly solver: Solver,
    private readonly limits: Limits,
  ) {
    this.pending = this.emptyProgram();
    this.end = performance.now() + 1000 * (limits.timeLimit ?? Number.POSITIVE_INFINITY);
  }

  get program(): LinearProgram {
    this.built ??= this.builder.build();
    return this.built;
  }

  /** Adds `lower <= entries <= upper` and returns the row's index. */
  addRow(entries: RowEntries, lower: Rational | undefined, upper?: Rational): number {
    this.built = undefined;
    if (this.session) this.pending.addRow(entries, lower, upper);
    return this.builder.addRow(entries, lower, upper);
  }

  /** The solver's proposal for the program as it is; within so many seconds, whatever the limits, where they are given. */
  async propose(lastSeconds?: number): Promise<SolverResult> {
    this.rounds++;
    await giveWay();
    // A last proposal is wanted although the time is up, or whoever watches has asked for the end.
    const options =
      lastSeconds !== undefined
        ? { timeLimit: lastSeconds }
        : { timeLimit: this.secondsLeft(0.001), ...this.watched() };
    if (this.solver.name !== "highs") {
      this.last = await this.solver.solve(toFloatProgram(this.program), options);
    } else {
      if (!this.session) this.session = await openHighsSession(toFloatProgram(this.program));
      else if (this.pending.rowCount > 0) {
        this.session.addRows(toFloatProgram(this.pending.build()));
        this.pending = this.emptyProgram();
      }
      this.last = this.session.solve({ ...options, algorithm: "simplex" });
    }
    this.solved = this.builder.rowCount;
    this.iterations += this.last.iterations ?? 0;
    return this.last;
  }

  /** The exact answer to the program as it is, from the last proposal if that is for all of it. */
  exactly(limits?: Limits): ExactOutcome {
    const proposal = this.solved === this.builder.rowCount ? this.last : undefined;
    const within = limits ?? { timeLimit: this.secondsLeft(1), ...this.watched() };
    return solveExactly(this.program, proposal, within);
  }

  /** What is left of the time, and at least so many seconds; undefined without a limit. */
  private secondsLeft(least: number): number | undefined {
    if (this.limits.timeLimit === undefined) return undefined;
    return Math.max(least, (this.end - performance.now()) / 1000);
  }

  /** The limits' signal and progress, the latter told of the round as well. */
  private watched(): Pick<Limits, "signal" | "progress"> {
    const { signal, progress } = this.limits;
    if (!progress) return { signal };
    const { rounds, iterations } = this;
    const done = (count: number, of: string) => {
      const before = of === "simplex iterations" ? iterations : 0;
      progress.done(before + count, `${of} in round ${rounds}`);
    };
    return { signal, progress: { stage: (words) => progress.stage(words), done } };
  }

  /** What the solver said of itself, for the report. */
  get report() {
    const { termination = "failed", message = "", solver } = this.last ?? {};
    return { ...(solver ?? { name: this.solver.name, version: "" }), termination, message };
  }

  dispose(): void {
    this.session?.dispose();
  }

  private emptyProgram(): LinearProgramBuilder {
    const empty = new LinearProgramBuilder("rows");
    for (let column = 0; column < this.builder.columnCount; column++) empty.addColumn();
    return empty;
  }
}
