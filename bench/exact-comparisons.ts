import type { Model } from "../models/family.js";
import { bilateralTrade, partnership, publicGood } from "../models/index.js";
import { designFor } from "../src/design.js";
import { directProgram } from "../src/formulation/direct.js";
import { toFloatProgram } from "../src/lp/float-program.js";
import { posed } from "../src/question/problem.js";
import type { Question } from "../src/question/question.js";
import { highsSolver } from "../src/solver/highs.js";
import { type Comparison, near, timed } from "./comparison.js";

const grid = (points: number) => ({ points });

/** What an exact answer with its proof costs, beside the floating-point answer that it starts from. */
export const exactComparisons: readonly Comparison[] = [
  exactAnswer("exact-trade-10", "trade, 10 types", () =>
    bilateralTrade({ buyer: grid(10), seller: grid(10) }),
  ),
  exactAnswer("exact-trade-24", "trade, 24 types", () =>
    bilateralTrade({ buyer: grid(24), seller: grid(24) }),
  ),
  exactAnswer(
    "exact-second-best-16",
    "second-best trade, 16 types",
    () => bilateralTrade({ buyer: grid(16), seller: grid(16) }),
    { allocation: "free", objective: "max-gains" },
  ),
  exactAnswer(
    "exact-partnership-24",
    "partnership of shares 1/4 and 3/4, 24 types",
    () => partnership({ agents: 2, grid: grid(24), shares: ["1/4", "3/4"] }),
    { ir: "ex-post" },
  ),
  exactAnswer("exact-public-good-3", "public good for three, 8 types", () =>
    publicGood({ agents: 3, grid: grid(8), cost: "3/2" }),
  ),
  exactAnswer(
    "exact-dominant-trade-10",
    "trade in dominant strategies, ex post participation, 10 types",
    () => bilateralTrade({ buyer: grid(10), seller: grid(10) }),
    { ic: "dominant", ir: "ex-post" },
  ),
];

function exactAnswer(
  name: string,
  what: string,
  build: () => Model,
  question: Partial<Question> = {},
): Comparison {
  return {
    name,
    what: `${what}: direct LP, exact optimum, mechanism and multipliers, audited`,
    against: "the same LP, built and solved by HiGHS in floats",
    target: { kind: "slower", factor: 10 },
    prepare: async () => {
      const problem = posed(build().environment, question);
      const design = await designFor(problem, { formulation: "direct" });
      const { optimum, size } = design;
      if (!optimum) throw new Error(`${name} is not proved`);
      const sign = question.objective?.startsWith("max") ? -1 : 1;
      return {
        ours: async () => (await timed(() => designFor(problem, { formulation: "direct" }))).ms,
        theirs: async () => {
          const { ms, value } = await timed(() =>
            highsSolver.solve(toFloatProgram(directProgram(problem).program)),
          );
          near(sign * optimum.toNumber(), value.objective, `${name} in floats`);
          return ms;
        },
        note: `${size.rows} rows, ${size.columns} columns, ${size.nonzeros} coefficients; optimum ${optimum}`,
      };
    },
  };
}
