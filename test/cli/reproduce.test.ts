import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { mechlp, scratch } from "./command.js";

describe("mechlp reproduce", () => {
  test("tells a claim in full, and writes it as a page", async () => {
    const html = scratch().path("ledger.html");
    const { status, stdout, stderr } = await mechlp([
      "reproduce",
      "LN-53",
      "BN-1",
      "--quick",
      "--html",
      html,
    ]);
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("2 claims: 1 holds on every instance tried, 1 refuted.");
    expect(stdout).toMatch(/expected surplus of IR-VCG, the +-1\/3 +-1\/6 ≈ -0.1666667 +differs/);
    expect(stdout).toContain("To the author:\nThe sum that is printed");
    expect(readFileSync(html, "utf8")).toContain("<h2>LN-53: trade");
  });

  test("has every figure exactly in its JSON", async () => {
    const { stdout } = await mechlp(["reproduce", "LN-53", "--quick", "--json"]);
    const { quick, claims } = JSON.parse(stdout);
    expect([quick, claims.length, claims[0].verdict]).toEqual([true, 1, "refuted"]);
    const wrong = claims[0].checks.find(({ result }: { result: string }) => result === "differs");
    expect(wrong).toMatchObject({ printed: "-1/3", computed: { exact: "-1/6" } });
  });

  test("refuses a claim that there is none of, with what was probably meant", async () => {
    const { status, stdout, stderr } = await mechlp(["reproduce", "LN-54"]);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain('the unknown claim "LN-54"');
  });
});
