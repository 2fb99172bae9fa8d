import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { directProgram } from "../src/formulation/direct.js";
import { type FloatProgram, toFloatProgram } from "../src/lp/float-program.js";
import { mpsText } from "../src/lp/mps-format.js";
import { type Comparison, near, timed } from "./comparison.js";
import { proven, trade } from "./trade.js";

const linprog = `
import json, sys, time
import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix
p = json.load(sys.stdin)
big = lambda xs: np.array([np.inf if x == "inf" else -np.inf if x == "-inf" else x for x in xs])
A = csr_matrix((p["coefficient"], p["column"], p["rowStart"]), shape=(len(p["rowLower"]), len(p["cost"])))
lo, up = big(p["rowLower"]), big(p["rowUpper"])
eq = lo == up
ge = ~eq & np.isfinite(lo)
started = time.perf_counter()
r = linprog(p["cost"], A_ub=-A[ge], b_ub=-lo[ge], A_eq=A[eq], b_eq=lo[eq],
            bounds=list(zip(big(p["columnLower"]), big(p["columnUpper"]))), method="highs")
print(json.dumps([1000 * (time.perf_counter() - started), r.fun]))
`;

/** What a user would reach for, where it is on the machine; lines without it are left out. */
export const peerComparisons: readonly Comparison[] = [
  peer("scipy", "SciPy's linprog (HiGHS)", (_, floats) => {
    const found = spawnSync("python3", ["-c", linprog], {
      input: json(floats),
      encoding: "utf8",
      maxBuffer: 1 << 28,
    });
    return found.status === 0 ? (JSON.parse(found.stdout) as [number, number]) : undefined;
  }),
  peer("glpsol", "glpsol", (program) => {
    const folder = mkdtempSync(join(tmpdir(), "mechlp-"));
    try {
      const file = join(folder, "direct.mps");
      writeFileSync(file, [...mpsText(program)].join(""));
      const started = performance.now();
      const found = spawnSync("glpsol", ["--freemps", file], { encoding: "utf8", maxBuffer: 1 << 26 });
      const ms = performance.now() - started;
      const objective = /obj = +(\S+) +inf/.exec(found.stdout?.split("\n").reverse().join("\n") ?? "");
      return found.status === 0 && objective ? [ms, Number(objective[1])] : undefined;
    } finally {
      rmSync(folder, { recursive: true });
    }
  }),
];

type Program = ReturnType<typeof directProgram>["program"];

function peer(
  name: string,
  title: string,
  run: (program: Program, floats: FloatProgram) => [ms: number, objective: number] | undefined,
): Comparison {
  return {
    name: `peer-${name}`,
    what: "paths, trade, 20 types a side, from parsed problem to proven answer",
    against: `direct LP with all IC pairs, ${title}`,
    target: { kind: "none" },
    prepare: async () => {
      const problem = trade(20);
      const { program } = directProgram(trade(20, { ties: "first" }));
      const floats = toFloatProgram(program);
      const { value: first } = await timed(() => run(program, floats));
      if (!first) return undefined;
      const exact = (await proven(problem, "paths")).design.optimum!.toNumber();
      return {
        ours: async () => (await proven(problem, "paths")).ms,
        theirs: async () => {
          const found = run(program, floats);
          near(exact, found?.[1], title);
          return found![0];
        },
        note: "the peer's time is its solve alone",
      };
    },
  };
}

function json(program: FloatProgram): string {
  return JSON.stringify(
    Object.fromEntries(
      Object.entries(program).map(([name, value]) => [
        name,
        typeof value === "number"
          ? value
          : Array.from(value as ArrayLike<number>, (x) => (Number.isFinite(x) ? x : x > 0 ? "inf" : "-inf")),
      ]),
    ),
  );
}
