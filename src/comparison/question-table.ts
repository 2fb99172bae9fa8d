import type { Design } from "../design.js";
import { Rational } from "../number/rational.js";
import type { choices, Question } from "../question/question.js";

/** A combination of requirements: a cell of the table. */
export type Cell = Pick<Question, "ic" | "ir" | "budget" | "balance">;

/**
 * What is asked of each, the weakest first, which is nothing. A budget that balances in expectation asks less than one without a deficit
 * at any profile.
 */
export const table = {
  ic: ["none", "bayesian", "ex-post", "dominant"],
  ir: ["none", "ex-ante", "interim", "ex-post"],
  money: [
    { budget: "none", balance: "exact" },
    { budget: "ex-ante", balance: "exact" },
    { budget: "ex-post", balance: "no-deficit" },
    { budget: "ex-post", balance: "exact" },
  ],
} as const satisfies {
  ic: readonly (typeof choices.ic)[number][];
  ir: readonly (typeof choices.ir)[number][];
  money: readonly Pick<Question, "budget" | "balance">[];
};

/** How many of incentives, participation and budget a combination does not ask for. */
export function dropped({ ic, ir, budget }: Cell): number {
  return [ic, ir, budget].filter((part) => part === "none").length;
}

/** Every combination of requirements, and every one with one of the three dropped. */
export const cells: readonly Cell[] = table.money
  .flatMap((money) => table.ir.flatMap((ir) => table.ic.map((ic): Cell => ({ ic, ir, ...money }))))
  .filter((cell) => dropped(cell) <= 1);

/** What is proved of a cell. */
export interface CellAnswer {
  readonly verdict: Design["verdict"];
  /** Whether no outside money serves. */
  readonly infeasible: boolean;
  readonly lower?: Rational | undefined;
  readonly upper?: Rational | undefined;
}

export interface TableEntry extends CellAnswer {
  readonly cell: Cell;
  /** `solved`, `implied` by others, or why it has no answer. */
  readonly how: "solved" | "implied" | { readonly notCovered: string };
  /** Of what is implied: which weaker cell shows that it needs so much, and which stronger one that this is enough. */
  readonly weaker?: Cell;
  readonly stronger?: Cell;
}

/** What is known of a kind of environments, by which cells imply each other. */
export interface Implications {
  /** Where values are private, truth that pays whatever others' types are pays whatever they report. */
  readonly privateValues: boolean;
  /** Whether only payments' sums matter: no requirement besides, such as caps on payments, stands against giving a surplus back. */
  readonly surplusMayBeReturned: boolean;
}

/**
 * The least outside money for every combination of requirements. A combination that asks more needs at least as much, so that many are
 * settled by others: `next` is one that is not, and `record` tells what was found of it.
 */
export class QuestionTable {
  private readonly solved = new Map<Cell, CellAnswer | { readonly notCovered: string }>();
  private readonly begun = new Set<Cell>();

  constructor(private readonly implications: Implications) {}

  /** The open cell whose answer may settle most others, whatever it is; undefined where none is left to be asked. */
  next(): Cell | undefined {
    const open = cells.filter((cell) => !this.begun.has(cell) && !this.isSettled(cell));
    const count = (cell: Cell, isOther: (other: Cell) => boolean) =>
      open.filter((other) => other !== cell && isOther(other)).length;
    // The ends first: where the strongest is possible, or the weakest is not, all is said.
    const score = (cell: Cell) => {
      const [weaker, stronger] = [
        count(cell, (other) => this.asksNoMore(other, cell)),
        count(cell, (other) => this.asksNoMore(cell, other)),
      ];
      return this.begun.size < 2
        ? Math.max(weaker, stronger)
        : Math.min(weaker, stronger) + (weaker + stronger) / 100;
    };
    const best = open.reduce<Cell | undefined>(
      (most, cell) => (most === undefined || score(cell) > score(most) ? cell : most),
      undefined,
    );
    if (best) this.begun.add(best);
    return best;
  }

  record(cell: Cell, answer: CellAnswer | { readonly notCovered: string }): void {
    this.solved.set(cell, answer);
  }

  get entries(): readonly TableEntry[] {
    return cells.map((cell) => {
      const own = this.solved.get(cell);
      if (own && !("notCovered" in own)) return { cell, how: "solved", ...own };
      const implied = this.implied(cell);
      if (own && !isSettled(implied)) return { cell, how: own, verdict: "undecided", infeasible: false };
      return { cell, how: "implied", ...implied };
    });
  }

  private isSettled(cell: Cell): boolean {
    return this.solved.has(cell) || isSettled(this.implied(cell));
  }

  /** What other cells say of one. */
  private implied(cell: Cell): CellAnswer & Pick<TableEntry, "weaker" | "stronger"> {
    let known: CellAnswer & Pick<TableEntry, "weaker" | "stronger"> = {
      verdict: "undecided",
      infeasible: false,
      lower: Rational.ZERO,
    };
    for (const [other, answer] of this.solved) {
      if (other === cell || "notCovered" in answer) continue;
      if (this.asksNoMore(other, cell)) {
        if (answer.infeasible && !known.infeasible)
          known = { verdict: "impossible", infeasible: true, weaker: other };
        else if (!known.infeasible && answer.lower && answer.lower.compare(known.lower ?? Rational.ZERO) > 0)
          known = { ...known, lower: answer.lower, weaker: other };
      }
      if (this.asksNoMore(cell, other) && !answer.infeasible && answer.upper)
        if (!known.upper || answer.upper.compare(known.upper) < 0)
          known = { ...known, upper: answer.upper, stronger: other };
    }
    const { lower, upper, infeasible } = known;
    if (infeasible) return known;
    if (lower && lower.sign > 0) return { ...known, verdict: "impossible" };
    return upper?.isZero ? { ...known, verdict: "possible" } : known;
  }

  /** Whether every mechanism that meets the second meets the first, up to a surplus that is given back. */
  asksNoMore(first: Cell, second: Cell): boolean {
    const { privateValues, surplusMayBeReturned } = this.implications;
    const ic = (cell: Cell) => {
      const rank = table.ic.indexOf(cell.ic);
      return privateValues ? Math.min(rank, table.ic.indexOf("ex-post")) : rank;
    };
    const ir = (cell: Cell) => table.ir.indexOf(cell.ir);
    const money = ({ budget, balance }: Cell) =>
      table.money.findIndex((own) => own.budget === budget && own.balance === balance);
    const [asked, given] = [money(first), money(second)];
    // In expectation a surplus of what has no deficit is given back to everybody alike.
    const isLooser =
      asked <= given &&
      (first.budget === "none" || asked === given || second.balance === "exact" || surplusMayBeReturned);
    return ic(first) <= ic(second) && ir(first) <= ir(second) && isLooser;
  }
}

function isSettled({ infeasible, lower, upper }: CellAnswer): boolean {
  return infeasible || (lower !== undefined && upper !== undefined && lower.equals(upper));
}

/**
 * Impossible combinations, none of the three dropped, of which every single requirement that is weakened by one step, or dropped where
 * nothing weaker is left of it, makes the rest possible; with these steps.
 */
export function sharpImpossibilities(
  entries: readonly TableEntry[],
): readonly { readonly entry: TableEntry; readonly weakened: readonly TableEntry[] }[] {
  return entries.flatMap((entry) => {
    if (entry.verdict !== "impossible" || dropped(entry.cell) > 0) return [];
    const weakened = neighbours(entry.cell).map((cell) => entries.find((other) => same(other.cell, cell))!);
    return weakened.every(({ verdict }) => verdict === "possible") ? [{ entry, weakened }] : [];
  });
}

/** The cells with one requirement weakened by one step. */
function neighbours(cell: Cell): readonly Cell[] {
  const money = table.money.findIndex((own) => own.budget === cell.budget && own.balance === cell.balance);
  return [
    { ...cell, ic: table.ic[table.ic.indexOf(cell.ic) - 1] },
    { ...cell, ir: table.ir[table.ir.indexOf(cell.ir) - 1] },
    { ...cell, ...table.money[money - 1] },
  ];
}

function same(a: Cell, b: Cell): boolean {
  return a.ic === b.ic && a.ir === b.ir && a.budget === b.budget && a.balance === b.balance;
}
