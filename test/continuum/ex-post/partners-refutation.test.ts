import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { continuumAnswerData, continuumAnswerText } from "../../../src/continuum/answer-file.js";
import { designContinuumFor } from "../../../src/continuum/design-continuum.js";
import { exPostCertificateSchema } from "../../../src/continuum/ex-post/certificate.js";
import { continuousInstanceOf } from "../../../src/instance/continuous-instance.js";
import { continuousInstanceText } from "../../../src/instance/continuous-written-out.js";
import { instanceFromData } from "../../../src/instance/instance.js";
import { Rational } from "../../../src/number/rational.js";
import { toRational } from "../../../src/number/rational-text.js";
import { hasPython } from "../../checker/both.js";
import { scratch } from "../../cli/command.js";
import { RandomSource } from "../../generator/random-source.js";
import { PartnersMechanism } from "./partners-mechanism.js";

const checker = fileURLToPath(new URL("../../../checker/mechlp_continuum.py", import.meta.url));
const folder = scratch();

// Ke (2009), Proposition 7 (i): no shares allow an efficient, balanced mechanism with Bayesian incentives and ex post participation.
describe.each([
  ["7/20", 14],
  ["2/5", 10],
  ["1/2", 10],
])("partners who own %s and the rest, of uniform types", (text, cells) => {
  const share = toRational(text);
  const shares = [share, Rational.ONE.subtract(share)] as const;
  const instance = continuousInstanceOf(
    instanceFromData({
      model: "partnership",
      parameters: { agents: 2, grid: { points: 2 }, shares: shares.map(String) },
    }),
  );
  let proof: string;
  let mechanism: PartnersMechanism;

  beforeAll(async () => {
    const answer = await designContinuumFor(instance.environment, { ir: "ex-post" }, { cells });
    expect(answer.verdict).toBe("possible");
    proof = continuumAnswerText(continuumAnswerData(answer, instance));
    mechanism = new PartnersMechanism(shares, exPostCertificateSchema.parse(JSON.parse(proof).certificate));
  }, 120_000);

  it.skipIf(!hasPython)("have a mechanism without money, as a checker says that shares nothing", () => {
    const written = folder.write("intervals.json", continuousInstanceText(instance));
    const run = spawnSync("python3", [checker, written, folder.write("answer.json", proof)], {
      encoding: "utf8",
    });
    expect([run.status, run.stderr]).toEqual([0, ""]);
    expect(run.stdout).toMatch(
      /^verified: verdict possible, lower 0, upper 0 \(ic bayesian, ir ex-post, budget ex-post, balance exact, /,
    );
  });

  it("lose by a lie exactly half the square of its size, in expectation (seed 1)", () => {
    const types = drawn(1, 8);
    for (const agent of [0, 1]) {
      const expected = types.map((report) => ({
        report,
        wins: mechanism.given(agent, report, (both) =>
          mechanism.wins(agent, both) ? Rational.ONE : Rational.ZERO,
        ),
        pays: mechanism.given(agent, report, (both) => mechanism.payment(agent, both)),
      }));
      for (const truth of expected)
        for (const lie of expected) {
          const utility = ({ wins, pays }: typeof truth) => truth.report.multiply(wins).subtract(pays);
          const size = truth.report.subtract(lie.report);
          const lost = utility(truth).subtract(utility(lie));
          expect(`${lost}`).toBe(`${size.multiply(size).divide(Rational.of(2))}`);
        }
    }
  });

  it("have expected payments that are exact: more points for the integral change nothing", () => {
    const [type, ...cuts] = drawn(2, 4);
    for (const agent of [0, 1]) {
      const pays = (more: readonly Rational[]) =>
        mechanism.given(agent, type, (both) => mechanism.payment(agent, both), more);
      expect(`${pays(cuts)}`).toBe(`${pays([])}`);
    }
  });

  it("never lose, and pay exactly nothing together, at 900 profiles (seed 3)", () => {
    const types = drawn(3, 30);
    for (const first of types)
      for (const second of types) {
        const both = [first, second] as const;
        const pays = [0, 1].map((agent) => mechanism.payment(agent, both));
        expect(`${pays[0].add(pays[1])}`, `${both}`).toBe("0");
        for (const agent of [0, 1]) {
          const utility = mechanism.value(agent, both).subtract(pays[agent]);
          const gain = utility.subtract(mechanism.outsideOption(agent, both[agent]));
          expect(gain.sign, `agent ${agent} at ${both}`).toBeGreaterThanOrEqual(0);
        }
      }
  });
});

/** Random types, the lowest and the highest among them. */
function drawn(seed: number, count: number): Rational[] {
  const random = new RandomSource(seed);
  const inside = Array.from({ length: count - 2 }, () => Rational.of(random.integer(1, 9999), 10_000));
  return [Rational.ZERO, Rational.ONE, ...inside];
}
