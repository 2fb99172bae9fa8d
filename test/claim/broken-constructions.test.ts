import { expect, test, vi } from "vitest";
import type { Rational } from "../../src/number/rational.js";

// One sign of each construction is turned.
vi.mock("../../src/construction/insurance-contract.js", async (original) => {
  const actual = await original<typeof import("../../src/construction/insurance-contract.js")>();
  const insuranceContract: typeof actual.insuranceContract = (...given) => {
    const { premiums, payment } = actual.insuranceContract(...given);
    return { premiums: premiums.map((premium: Rational) => premium.negate()), payment };
  };
  return { ...actual, insuranceContract };
});
vi.mock("../../src/construction/groves.js", async (original) => {
  const actual = await original<typeof import("../../src/construction/groves.js")>();
  const groves: typeof actual.groves = (...given) => {
    const scheme = actual.groves(...given);
    return { ...scheme, payment: (agent, profile) => scheme.payment(agent, profile).negate() };
  };
  return { ...actual, groves };
});
const { entriesNamed, findingOf } = await import("../../src/claim/ledger.js");

test.each([
  ["BN-1", "not actuarially fair"],
  ["BN-1w", "not actuarially fair"],
  ["BN-2", "truth is not dominant"],
  ["LN-T1", "without dominant-strategy IC"],
  ["LN-VCG", "somebody is paid"],
  ["LN-EE", "without"],
])(
  "%s turns red when a sign of its construction is turned, with the smallest member that shows it",
  async (id, words) => {
    const { verdict, checks } = await findingOf(entriesNamed([id])[0].claim, { quick: true });
    expect(verdict).toBe("refuted");
    const [{ evidence = [], tried }] = checks.filter(({ result }) => result === "differs");
    expect(evidence[0]).toContain(words);
    expect(tried?.members).toBeGreaterThan(0);
    expect(JSON.parse(evidence.at(-1)!).outcomes).toHaveLength(2);
  },
);

test("LN-53 turns red where the payments of VCG have the wrong sign: psi on grids is no longer 1/2", async () => {
  const { checks } = await findingOf(entriesNamed(["LN-53"])[0].claim, { quick: true });
  const wrong = checks.filter(({ printed, result }) => printed === "1/2" && result === "differs");
  expect(wrong).toHaveLength(2);
});
