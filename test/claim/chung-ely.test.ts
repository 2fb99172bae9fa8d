import { expect, test } from "vitest";
import type { Check } from "../../src/claim/finding.js";
import { entriesNamed, findingOf } from "../../src/claim/ledger.js";

const finding = (id: string) => findingOf(entriesNamed([id])[0].claim, { quick: true });

const limits = (checks: readonly Check[]) =>
  checks.flatMap(({ computed }) => (computed?.kind === "limit" ? [computed.limit] : []));

test("all fourteen rows of Chung and Ely are there", () => {
  expect(entriesNamed(["CE"]).map(({ claim }) => claim.id)).toEqual([
    ...["CE-1", "CE-T1", "CE-T2", "CE-T3", "CE-GV", "CE-T4", "CE-T5", "CE-T6"],
    ...["CE-43", "CE-44", "CE-T7", "CE-T8", "CE-T9", "CE-53"],
  ]);
});

test.each(["CE-1", "CE-T1", "CE-T2", "CE-GV", "CE-T6", "CE-43", "CE-T7"])(
  "%s holds on all that was tried",
  async (id) => {
    const { verdict, fault } = await finding(id);
    expect({ verdict, fault }).toEqual({ verdict: "holds on every instance tried", fault: undefined });
  },
);

test("CE-53: the strategies of 5.3 fail as printed at a type whose private value is its threshold, and only there", async () => {
  const { verdict, checks, letter } = await finding("CE-53");
  expect(verdict).toBe("refuted");
  const wrong = checks.filter(({ result }) => result === "differs");
  expect(wrong.map(({ evidence }) => evidence?.[0])).toEqual([
    expect.stringMatching(/it promises 1\/2 and demands 1\. The second promises 3\/4 and demands 1\/2\./),
  ]);
  expect(letter).toHaveLength(1);
});

test("CE-44: the printed payments are the limits of generalised VCG, and the expected deficit is (1 + a) / 6", async () => {
  const { verdict, checks } = await finding("CE-44");
  expect(verdict).toBe("holds on every instance tried");
  expect(limits(checks)).toEqual([
    ...["3/8", "-9/8", "1/4"],
    ...["1/8", "-3/8", "1/12"],
    ...["0", "0", "0"],
    ...["-1/8", "3/8", "-1/12"],
  ]);
});

test("CE-T9: the best threshold rule and the second best have the same limit", async () => {
  const { verdict, checks } = await finding("CE-T9");
  expect(verdict).toBe("holds on every instance tried");
  expect(limits(checks)).toEqual(["15/64", "15/64"]);
});

test("CE-T5: with v_i = s_i + a s_-i the least expected subsidy is (1 + a) / 6, and trade of three types a side needs none", async () => {
  const { verdict, checks } = await finding("CE-T5");
  expect(verdict).toBe("holds on every instance tried");
  expect(limits(checks)).toEqual(["5/24", "1/4"]);
});

test("CE-T3, CE-T4: payments and payoffs are the same up to constants as the mesh vanishes, but not where types are apart", async () => {
  const [payments, payoffs] = [await finding("CE-T3"), await finding("CE-T4")];
  expect([payments.verdict, payoffs.verdict]).toEqual([
    "holds on every instance tried",
    "holds on every instance tried",
  ]);
  expect(limits(payments.checks)).toEqual(["0", "0", "0", "1/2"]);
  expect(limits(payoffs.checks)).toEqual(["0", "0", "0"]);
});

test("CE-T8: the three cases hold, the last one by fixed contributions and not by generalised VCG", async () => {
  const { verdict, checks } = await finding("CE-T8");
  expect(verdict).toBe("holds on every instance tried");
  expect(checks.find(({ what }) => what.startsWith("read of the generalised VCG"))?.evidence?.[0]).toContain(
    "it pays 3/4; the second pays its value at the signal 1/2, 1/2",
  );
});
