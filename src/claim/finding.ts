/** What becomes of a claim. */
export type ClaimVerdict =
  /** Every statement and figure of the paper was found again. */
  | "reproduced"
  /** At least one is not so. */
  | "refuted"
  /** None is known not to be so; statements about all members of a class were tried on many of them. */
  | "holds on every instance tried"
  /** A proved bracket does not decide it. */
  | "open"
  /** The ledger's own statement fails, or its test does: a fault of ours. */
  | "in error";

/** A number as data: exactly, between two that are proved, or the limit of a sequence on grids. */
export type Computed =
  | { readonly kind: "exact"; readonly value: string }
  | { readonly kind: "bracket"; readonly lower: string; readonly upper: string }
  | {
      readonly kind: "limit";
      readonly grids: readonly { readonly points: number; readonly value: string }[];
      readonly limit: string;
      /** 0 where all values lie on one polynomial in 1/points, of which the limit is the constant term; else how much the last grid moved the limit. */
      readonly uncertainty: string;
      /** The p with which values go to their limit as points^-p; undefined where they are all the same. */
      readonly order: number | undefined;
    }
  | { readonly kind: "words"; readonly text: string };

/** How many members of a class were tried. */
export interface Tried {
  readonly family: string;
  readonly members: number;
  /** The first and the last seed that was drawn. */
  readonly seeds: readonly [number, number];
  /** Members of each kind that matters. */
  readonly counts: Readonly<Record<string, number>>;
}

/** One thing that was tested. */
export interface Check {
  readonly what: string;
  /** Whose statement it is: the paper's, or the ledger's on what is true instead or besides. */
  readonly by: "paper" | "ledger";
  readonly result: "agrees" | "differs" | "open";
  /** The number that the paper prints, or the word for its verdict. */
  readonly printed?: string;
  readonly computed?: Computed;
  readonly tried?: Tried;
  /** What a reader can check by hand, line by line. */
  readonly evidence?: readonly string[];
  /** What computes it again. */
  readonly runs: readonly string[];
}

/** What was found of a claim, as data that threads and files can be given. */
export interface ClaimFinding {
  readonly id: string;
  readonly verdict: ClaimVerdict;
  readonly checks: readonly Check[];
  /** What the paper's author should know, where it is refuted. */
  readonly letter: readonly string[];
  /** Why it is in error. */
  readonly fault?: string;
}

/** The verdict that checks add up to. */
export function verdictOf(checks: readonly Check[]): ClaimVerdict {
  const results = (by: Check["by"]) => checks.filter((check) => check.by === by).map(({ result }) => result);
  if (results("ledger").includes("differs") || results("paper").length === 0) return "in error";
  if (results("paper").includes("differs")) return "refuted";
  if (checks.some(({ result }) => result === "open")) return "open";
  return checks.some(({ by, tried }) => by === "paper" && tried)
    ? "holds on every instance tried"
    : "reproduced";
}
