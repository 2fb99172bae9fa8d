import { expect, test } from "vitest";
import { entries, entriesNamed, findingOf } from "../../src/claim/ledger.js";

test("every claim has a name of its own, with its paper's key, and says what the paper says under which assumptions", () => {
  const names = entries.map(({ claim }) => claim.id);
  expect(new Set(names).size).toBe(names.length);
  for (const { paper, claim } of entries) {
    expect(claim.id.startsWith(`${paper.key}-`), claim.id).toBe(true);
    expect(claim.kinds.length, claim.id).toBeGreaterThan(0);
    for (const sentence of [claim.says, claim.assumes, ...(claim.readings ?? [])])
      expect(sentence, claim.id).toMatch(/^[A-Z"(].*\.$/s);
  }
});

test("claims are named one by one, or all of a paper by its key; a name that is none is refused with what was probably meant", () => {
  expect(entriesNamed([])).toEqual(entries);
  expect(entriesNamed(["LN-53", "BN-1"]).map(({ claim }) => claim.id)).toEqual(["BN-1", "LN-53"]);
  expect(entriesNamed(["BN"]).every(({ paper }) => paper.key === "BN")).toBe(true);
  expect(() => entriesNamed(["LN-54"])).toThrow(/the unknown claim "LN-54".*did you mean.*LN-53/s);
});

test("uniform trade: psi is reproduced, and the printed surplus -1/3 of IR-VCG refuted by the -1/6 that its own terms add up to", async () => {
  const { claim } = entriesNamed(["LN-53"])[0];
  const { verdict, checks, letter } = await findingOf(claim, { quick: true });
  expect(verdict).toBe("refuted");
  const wrong = checks.filter(({ result }) => result === "differs");
  // Under both conventions, for all types and in the limit of grids.
  expect(wrong.map(({ printed }) => printed)).toEqual(["-1/3", "-1/3", "-1/3", "-1/3"]);
  for (const { computed } of wrong)
    expect(computed?.kind === "limit" ? computed.limit : computed).toEqual(
      computed?.kind === "limit" ? "-1/6" : { kind: "exact", value: "-1/6" },
    );
  expect(letter).toHaveLength(1);
  expect(checks.filter(({ printed }) => printed === "1/2")).toHaveLength(4);
});
