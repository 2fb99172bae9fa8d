import { expect, test } from "vitest";
import { randomEnvironments } from "../../src/claim/family.js";
import { verdictOf } from "../../src/claim/finding.js";
import { notApplying, Trial } from "../../src/claim/trial.js";
import { Rational } from "../../src/number/rational.js";

const family = randomEnvironments("environments", { prior: "independent", values: "private", types: [1, 4] });

test("a statement that fails is shrunk: of a counterexample no agent's type and no outcome can be left out", async () => {
  const trial = new Trial();
  await trial.holds("nobody has three types", family, ({ environment }) =>
    environment.profiles.sizes.some((size) => size > 2) ? "with three types" : undefined,
  );
  const [{ result, evidence = [] }] = trial.checks;
  expect([result, evidence[0]]).toEqual(["differs", "It fails for one with three types"]);
  const { agents, outcomes, cost } = JSON.parse(evidence[2]);
  const sizes = agents.map(({ types }: { types: string[] }) => types.length).toSorted();
  expect(sizes).toEqual([...sizes.slice(1).map(() => 1), 3]);
  expect([outcomes.length, cost]).toEqual([2, undefined]);
});

test("only members that the statement is about are counted, and a kind that must be there is looked for", async () => {
  const trial = new Trial({ quick: true });
  await trial.holds(
    "all have an even seed",
    family,
    ({ seed }, count) => {
      if (seed % 2 === 1) return notApplying;
      if (seed % 64 === 62) count("rare");
      return undefined;
    },
    { members: 20, each: ["rare"] },
  );
  expect(trial.checks[0].tried).toEqual({
    family: "environments",
    members: 32,
    seeds: [0, 62],
    counts: { rare: 1 },
  });
  await expect(
    trial.holds("nothing of the kind", family, () => undefined, { members: 2, each: ["never"] }),
  ).rejects.toThrow(/nothing of the kind: 100 members among 100, none of never/);
});

test("the verdict: one thing that differs refutes, members that were tried are not a proof, and nothing tested is an error", () => {
  const trial = () => new Trial({ quick: true });
  expect(verdictOf(trial().checks)).toBe("in error");
  const found = trial();
  found.figure("x", "1/2", Rational.of(1, 2), "run");
  expect(verdictOf(found.checks)).toBe("reproduced");
  found.figure("y", "1/2", Rational.of(1, 3), "run");
  expect(verdictOf(found.checks)).toBe("refuted");
  found.instead.figure("y", "1/3", Rational.of(1, 3), "run");
  expect(verdictOf(found.checks)).toBe("refuted");
  found.instead.fact("y is a third", false, "run");
  expect(verdictOf(found.checks)).toBe("in error");
});
