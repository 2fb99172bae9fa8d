import { expect, test } from "vitest";
import { entriesNamed, findingOf } from "../../src/claim/ledger.js";

const quick = (id: string) => findingOf(entriesNamed([id])[0].claim, { quick: true });

test("Ke's claims are there, every one of them", () => {
  expect(entriesNamed(["KE"]).map(({ claim }) => claim.id.slice(3))).toEqual(
    "P1 T1 L13 M1 P2 P3 X1 P4 P5 X2 T4 M2 X3 M3 X4 n3 51 UP P6 P7 P8 X5".split(" "),
  );
});

test("M1 is what Theorem 2 says, on every good tried and for all types", async () => {
  const { verdict, checks } = await quick("KE-M1");
  expect(verdict).toBe("holds on every instance tried");
  expect(checks.filter(({ what }) => what.startsWith("proved for all types"))).toHaveLength(4);
});

test("M1's payoffs may fall, and where they rise other payments have them rise as well (Proposition 2, Theorem 3)", async () => {
  const { verdict, checks, letter } = await quick("KE-P2");
  expect(verdict).toBe("refuted");
  expect(checks.filter(({ result }) => result === "differs").map(({ what }) => what.slice(0, 9))).toEqual([
    "Propositi",
    "Propositi",
    "Theorem 3",
  ]);
  expect(letter[0]).toContain("1/3 against 0, and that of type 9/16 keeps 193/588");
});

test("Example 1: M1 is ex post incentive compatible with probability sqrt(1/2), and AGV leaves no winner below 0", async () => {
  const { verdict, checks } = await quick("KE-X1");
  expect(verdict).toBe("refuted");
  expect(checks.filter(({ result }) => result === "differs").map(({ printed }) => printed)).toEqual([
    "sqrt(3)/3 = 58%",
    "5/18",
    "0.60",
  ]);
});

test("Theorem 6: the loser of type 5/4 is charged where VCG runs an expected surplus of 31/120", async () => {
  const { verdict, letter } = await quick("KE-M2");
  expect(verdict).toBe("refuted");
  expect(letter[0]).toContain("E Delta = 31/120 > 0");
  expect(letter[0]).toContain("beta(5/4) = -2111/13230");
});

test("beta^1 of three agents goes to minus infinity (4.3)", async () => {
  const { verdict, checks } = await quick("KE-n3");
  expect(verdict).toBe("reproduced");
  expect(checks[0].evidence![0]).toContain("The constant is 1,");
});
