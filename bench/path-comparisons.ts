import { directProgram } from "../src/formulation/direct.js";
import { paths } from "../src/formulation/paths.js";
import { toFloatProgram } from "../src/lp/float-program.js";
import { countText } from "../src/number/count-text.js";
import { Rational } from "../src/number/rational.js";
import { highsSolver } from "../src/solver/highs.js";
import { adjacentProgram } from "./adjacent-program.js";
import { runCommand, withInstance } from "./command.js";
import { type Comparison, near, RUNS, same, timed } from "./comparison.js";
import { floatSubsidy } from "./float-paths.js";
import { proven, rulePass, trade } from "./trade.js";

const toProof = "from parsed problem to proven answer";

const PASS = "a bare pass: the efficient rule at every profile, by the library's own evaluator";

export const pathComparisons: readonly Comparison[] = [
  {
    name: "paths-40",
    what: `paths, trade, 40 types a side, ${toProof}`,
    against: "direct LP with all IC pairs, HiGHS's solve alone",
    target: { kind: "faster", factor: 300 },
    prepare: async () => {
      const problem = trade(40);
      const reference = (await proven(problem, "paths")).design.optimum!;
      const program = toFloatProgram(directProgram(trade(40, { ties: "first" })).program);
      return {
        ours: async () => {
          const { ms, design } = await proven(problem, "paths");
          same(design.optimum, reference, "the optimum");
          return ms;
        },
        theirs: async () => {
          const { ms, value } = await timed(() => highsSolver.solve(program));
          near(reference.toNumber(), value.objective, "HiGHS's objective");
          return ms;
        },
        note: "HiGHS is given the best ties; its time leaves out building the program and proving the answer",
      };
    },
  },
  {
    name: "paths-160",
    what: `paths, trade, 160 types a side, ${toProof}`,
    against: "direct LP with adjacent IC only, HiGHS, best of simplex and interior point",
    target: { kind: "faster", factor: 200 },
    prepare: async () => {
      const problem = trade(160);
      const reference = (await proven(problem, "paths")).design.optimum!;
      const program = adjacentProgram(problem);
      return {
        ours: async () => (await proven(problem, "paths")).ms,
        theirs: async () => {
          const times: number[] = [];
          for (const algorithm of ["simplex", "ipm"] as const) {
            const { ms, value } = await timed(() => highsSolver.solve(program, { algorithm, timeLimit: 60 }));
            if (value.termination !== "optimal") continue;
            near(reference.toNumber(), value.objective, `HiGHS's objective by ${algorithm}`);
            times.push(ms);
          }
          if (times.length === 0) throw new Error("HiGHS solved it in no way within a minute");
          return Math.min(...times);
        },
        note: "HiGHS is given the best ties and neighbours alone; building the program is left out",
      };
    },
  },
  {
    name: "paths-exact",
    what: "paths in exact fractions, trade, 1,000 types a side",
    against: "paths in floats",
    target: { kind: "slower", factor: 3 },
    prepare: async () => {
      const problem = trade(1000);
      const { environment } = problem;
      const exact = (await proven(problem, "paths")).design.optimum!;
      return {
        ours: async () => {
          const { ms, value } = await timed(async () => {
            let best: Rational | undefined;
            for await (const { mechanism } of paths.resolve(problem, highsSolver, {})) {
              if (mechanism?.money.kind !== "constant") continue;
              const { amount } = mechanism.money;
              best = best ? Rational.minimum(best, amount) : amount;
            }
            return best;
          });
          same(value, exact, "the subsidy in fractions");
          return ms;
        },
        theirs: async () => {
          const { ms, value } = await timed(() => floatSubsidy(environment));
          near(exact.toNumber(), value, "the subsidy in floats");
          return ms;
        },
        note: "both find the efficient outcome by bisection; ours also returns the mechanism and the multipliers, with ties left open, floats return a number, ties given",
      };
    },
  },
  ...[1000, 2000].flatMap((points): Comparison[] => [
    {
      name: `pass-${points}`,
      what: `paths, trade, ${countText(points)} types a side, ${toProof}`,
      against: PASS,
      target: { kind: "slower", factor: 3 },
      prepare: async () => {
        const problem = trade(points);
        return {
          ours: async () => (await proven(problem, "paths")).ms,
          theirs: () => rulePass(problem),
          note: "optimum proven in every run",
        };
      },
    },
  ]),
  {
    name: "growth",
    what: "growth of paths, 250 to 2,000 types a side",
    against: "exponent in the number of profiles",
    target: { kind: "at most", value: 1.1, unit: "" },
    prepare: async () => ({
      ours: async () => 0,
      figure: async () => {
        const points: [number, number][] = [];
        for (const size of [250, 500, 1000, 2000]) {
          const problem = trade(size);
          const times: number[] = [];
          for (let k = 0; k < 10; k++) await proven(problem, "paths");
          for (let k = 0; k < 9; k++) times.push((await proven(problem, "paths")).ms);
          times.sort((a, b) => a - b);
          points.push([Math.log(size * size), Math.log(times[Math.floor(times.length / 2)])]);
        }
        return slope(points);
      },
      note: "least squares through medians of nine runs at 250, 500, 1,000 and 2,000",
    }),
  },
  {
    name: "command",
    what: "the whole `mechlp solve`, trade, 1,000 types a side",
    against: "one second",
    target: { kind: "at most", value: 1000, unit: "ms" },
    prepare: async () => ({
      ours: async () => 0,
      figure: async () => {
        const parameters = { buyer: { points: 1000 }, seller: { points: 1000 } };
        const times: number[] = [];
        for (let k = 0; k < RUNS; k++) {
          const { ms, value } = await timed(() =>
            withInstance({ model: "bilateral-trade", parameters }, (file) => runCommand([], ["solve", file])),
          );
          if (!value.stdout.includes("66267/400000")) throw new Error(value.stderr || value.stdout);
          times.push(ms);
        }
        return times.sort((a, b) => a - b)[Math.floor(RUNS / 2)];
      },
      note: "starting Node included; 66267/400000 printed in every run",
    }),
  },
  {
    name: "states-1000",
    what: `states, trade, ex post IC and IR, no deficit, 1,000 types a side, ${toProof}`,
    against: PASS,
    target: { kind: "slower", factor: 10 },
    prepare: async () => {
      const problem = trade(1000, { ic: "ex-post", ir: "ex-post", balance: "no-deficit" });
      return {
        ours: async () => (await proven(problem, "states")).ms,
        theirs: () => rulePass(problem),
        note: "menus of prices, and one look at every profile for the money that is missing there; the kernel looks at every profile again",
      };
    },
  },
];

function slope(points: readonly (readonly [number, number])[]): number {
  const mean = (k: 0 | 1) => points.reduce((sum, point) => sum + point[k], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const covariance = points.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0);
  return covariance / points.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
}
