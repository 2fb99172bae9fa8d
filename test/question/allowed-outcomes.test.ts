import { expect, test } from "vitest";
import { certain, lotteryLabel, uniformLottery } from "../../src/environment/lottery.js";
import { auditRequirements } from "../../src/kernel/judged-mechanism.js";
import { tableMechanism } from "../../src/mechanism/mechanism.js";
import { allowedOutcomes } from "../../src/question/allowed-outcomes.js";
import { posed } from "../../src/question/problem.js";
import { filmWith, vector } from "../environment/hand-made.js";

// Staying is efficient at low-low, going when ann is high, and at low-high both are.
const environment = filmWith();

function allowed(
  allocation: "efficient" | "given" | "free",
  ties: "optimise" | "first" | "last" | "uniform",
) {
  const given = () => uniformLottery([0, 1]);
  const { outcomes, fixed } = allowedOutcomes(environment, { allocation, ties }, given);
  return [0, 1, 2, 3].map((s) => {
    const lottery = fixed(s);
    return lottery
      ? lotteryLabel(lottery, environment.outcomes)
      : outcomes(s)
          .map((x) => environment.outcomes[x])
          .join(" or ");
  });
}

test("an efficient design chooses only where outcomes tie, unless ties are broken beforehand", () => {
  expect(allowed("efficient", "optimise")).toEqual(["stay", "stay or go", "go", "go"]);
  expect(allowed("efficient", "first")).toEqual(["stay", "stay", "go", "go"]);
  expect(allowed("efficient", "last")).toEqual(["stay", "go", "go", "go"]);
  expect(allowed("efficient", "uniform")).toEqual(["stay", "1/2 stay + 1/2 go", "go", "go"]);
});

test("a given rule leaves no choice, a free design every choice", () => {
  expect(allowed("given", "optimise")).toEqual(Array(4).fill("1/2 stay + 1/2 go"));
  expect(allowed("free", "first")).toEqual(Array(4).fill("stay or go"));
});

test("where there is one outcome, a free design chooses it", () => {
  const [ann, bob] = environment.specification.agents;
  const only = { shape: "type-outcome", entries: vector(1, 2) } as const;
  const single = filmWith({
    agents: [
      { ...ann, values: only },
      { ...bob, values: only },
    ],
    outcomes: ["go"],
    cost: undefined,
  });
  expect(allowedOutcomes(single, { allocation: "free", ties: "optimise" }).fixed(3)).toEqual(certain(0));
});

test("an outcome that is not allowed is found by the audit", () => {
  const paid = [vector(0, 0, 0, 0), vector(0, 0, 0, 0)];
  const found = (lotteries: ReturnType<typeof certain>[], ties: "optimise" | "last") => {
    const problem = posed(environment, { ties });
    const [finding] = auditRequirements(problem, tableMechanism({ lotteries, payments: paid }));
    return finding.holds ? "holds" : `${finding.requirement}, ${finding.violation}: ${finding.worst}`;
  };
  const [stay, go, either] = [certain(0), certain(1), uniformLottery([0, 1])];
  expect(found([stay, either, go, go], "optimise")).toBe("holds");
  // Half on an outcome that is not efficient.
  expect(found([stay, stay, go, either], "optimise")).toBe(
    "allowed outcomes, 1/2: an allowed outcome at ann high, bob high",
  );
  // A prescribed lottery must be met exactly.
  expect(found([stay, either, go, go], "last")).toBe(
    "allowed outcomes, 1: an allowed outcome at ann low, bob high",
  );
});
