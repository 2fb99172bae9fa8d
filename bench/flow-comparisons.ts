import { partnership } from "../models/index.js";
import { directProgram } from "../src/formulation/direct.js";
import { toFloatProgram } from "../src/lp/float-program.js";
import { type Problem, posed } from "../src/question/problem.js";
import type { Question } from "../src/question/question.js";
import { adjacentProgram } from "./adjacent-program.js";
import { PATIENCE, provenBy, solvedByHighs } from "./against-direct.js";
import { runCommand, withInstance } from "./command.js";
import { type Comparison, settledMedian } from "./comparison.js";
import { rulePass } from "./trade.js";

const PARTNERS = { "1/2": ["1/2", "1/2"], "1/4": ["1/4", "3/4"], "1/10": ["1/10", "9/10"] };
const toProof = "from parsed problem to proven answer";

function partners(points: number, shares: readonly string[], question: Partial<Question> = {}): Problem {
  const { environment } = partnership({ agents: 2, grid: { points }, shares: [...shares] });
  return posed(environment, { ir: "ex-post", ties: "first", ...question });
}

function againstDirect(
  formulation: "flow" | "lazy",
  points: number,
  share: keyof typeof PARTNERS,
  pairs: "all pairs" | "neighbours",
  factor: number | undefined,
): Comparison {
  const problemOf = () => partners(points, PARTNERS[share]);
  const suffix = pairs === "neighbours" ? "" : "-all-pairs";
  return {
    name: `${formulation}-${points}-${share.replace("/", "-")}${suffix}`,
    what: `${formulation}, partnership with share ${share}, ${points} types a side, ${toProof}`,
    against: `direct LP with IC of ${pairs}, HiGHS's solve alone, best of interior point and simplex, once, at most ${PATIENCE} s each`,
    target: factor === undefined ? { kind: "none" } : { kind: "faster", factor },
    prepare: async () => ({
      ours: async () => (await provenBy(formulation, problemOf())).ms,
      figure: async () => {
        const { optimum } = await provenBy(formulation, problemOf());
        const ours = await settledMedian(async () => (await provenBy(formulation, problemOf())).ms);
        const problem = problemOf();
        const program =
          pairs === "neighbours" ? adjacentProgram(problem) : toFloatProgram(directProgram(problem).program);
        return (await solvedByHighs(program, optimum.toNumber())) / ours;
      },
      note: `ours is a median; building the direct program is left out${pairs === "neighbours" ? ", and HiGHS is told which incentives are enough" : ""}`,
    }),
  };
}

const shares = Object.keys(PARTNERS) as (keyof typeof PARTNERS)[];

/** Flow, and lazy incentives, against what they replace. */
export const flowComparisons: readonly Comparison[] = [
  ...shares.map((share) => againstDirect("flow", 80, share, "neighbours", 15)),
  againstDirect("flow", 80, "1/4", "all pairs", 15),
  ...shares.map((share) => againstDirect("flow", 160, share, "neighbours", 100)),
  {
    name: "flow-1000",
    what: `flow, partnership with share 1/4, 1,000 types a side, ${toProof}`,
    against: "a bare pass: the efficient rule at every profile, by the library's own evaluator",
    target: { kind: "slower", factor: 100 },
    prepare: async () => ({
      ours: async () => (await provenBy("flow", partners(1000, PARTNERS["1/4"]))).ms,
      theirs: async () => rulePass(partners(1000, PARTNERS["1/4"])),
      note: "optimum proven in every run",
    }),
  },
  {
    name: "flow-1000-worst-case",
    what: `flow, partnership with share 1/4, 1,000 types a side, least worst-case subsidy, in integers beyond 2^53, ${toProof}`,
    against: "a bare pass: the efficient rule at every profile, by the library's own evaluator",
    target: { kind: "slower", factor: 100 },
    prepare: async () => {
      const problemOf = () => partners(1000, PARTNERS["1/4"], { objective: "min-worst-subsidy" });
      return {
        ours: async () => (await provenBy("flow", problemOf())).ms,
        theirs: async () => rulePass(problemOf()),
        note: "optimum proven in every run",
      };
    },
  },
  {
    name: "flow-1000-memory",
    what: "the whole `mechlp solve` by flow, partnership with share 1/4, 1,000 types a side: memory of its process",
    against: "two gigabytes",
    target: { kind: "at most", value: 2048, unit: "MiB" },
    prepare: async () => ({
      ours: async () => 0,
      figure: async () => {
        const parameters = { agents: 2, grid: { points: 1000 }, shares: PARTNERS["1/4"] };
        const told = (text: string) => `process.on("exit", () => console.error(${text}))`;
        return withInstance({ model: "partnership", parameters }, (file) => {
          const watch = `data:text/javascript,${told("process.resourceUsage().maxRSS")}`;
          const asked = ["--ir", "ex-post", "--ties", "first", "--formulation", "flow"];
          const { stdout, stderr } = runCommand(["--import", watch], ["solve", file, ...asked]);
          if (!stdout.includes("Proved")) throw new Error(stderr || stdout);
          // A line of every thread; the most of the process is in each.
          return Math.max(...stderr.trim().split("\n").map(Number)) / 1024;
        });
      },
      note: "the most that was resident at any time, as the operating system counts it",
    }),
  },
  againstDirect("lazy", 24, "1/4", "all pairs", undefined),
];
