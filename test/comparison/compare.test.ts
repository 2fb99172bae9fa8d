import { expect, test } from "vitest";
import { bilateralTrade, partnership, privateGoodProduction } from "../../models/index.js";
import { compare } from "../../src/comparison/compare.js";
import { parseInstance } from "../../src/instance/instance.js";
import { compareDocument } from "../../src/report/compare-text.js";
import { anyScreen } from "../../src/report/style.js";
import { textDocument } from "../../src/report/text-document.js";

const flagship = bilateralTrade({ buyer: { points: 10 }, seller: { points: 10 } });

/** The line of one mechanism. Fails when there is none. */
function line<Line extends { name: string }>(lines: readonly Line[], name: string): Line {
  const found = lines.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`no line ${name} among ${lines.map((candidate) => candidate.name).join(", ")}`);
  return found;
}

// E min(b, s) = 67/200 and E max(0, b - s) = 33/200 on ten midpoints: direct sums. VCG collects the former (LN 5);
// IR-VCG and Groves' scheme leave all gains to both, so they lose the latter. The LP's 3/40: test/design.test.ts.
test("on the flagship VCG, IR-VCG, AGV and a posted price stand beside the LP with their exact figures", async () => {
  const { design, mechanisms, ties } = await compare(flagship);
  expect([`${design.optimum}`, ties, mechanisms[0].name]).toEqual(["3/40", "first", "LP"]);
  const figures = ["LP", "vcg", "groves", "ir-vcg", "agv", "generalised-vcg", "posted-price"].map((name) => {
    const { report, subsidyNeeded, qualifies, distance } = line(mechanisms, name);
    return [
      name,
      report.expectedGains,
      report.expectedSurplus,
      report.expectedDeficit,
      subsidyNeeded,
      qualifies,
      distance?.distance,
    ]
      .map(String)
      .join(" ");
  });
  expect(figures).toEqual([
    "LP 33/200 -3/40 3/40 3/40 true 0",
    "vcg 33/200 67/200 0 undefined false 1/2",
    "groves 33/200 -33/200 33/200 33/200 true 9/100",
    "ir-vcg 33/200 -33/200 83/400 undefined true 9/100",
    "agv 33/200 0 0 0 false 133/400",
    "generalised-vcg 33/200 -3/40 21/250 undefined true 0",
    // Six values of 0.45 or more meet five costs up to 0.45: 0.3 (0.7 - 0.25).
    "posted-price 27/200 0 0 0 false 7/25",
  ]);
});

test("what each of them lacks is named by its worst offender", async () => {
  const { mechanisms } = await compare(flagship, {}, ["vcg", "agv", "posted-price"]);
  const finding = (name: string, property: "interim IR" | "ex post efficiency") => {
    const found = line(mechanisms, name).report.findings[property];
    return found.checked ? `${found.holds} ${found.violation} ${found.worst}` : found.reason;
  };
  // The dearest seller always pays the buyer's value, 1/2 on average, and never trades.
  expect(finding("vcg", "interim IR")).toBe("false 1/2 participation of seller 0.95");
  expect(finding("agv", "interim IR")).toBe("false 133/400 participation of seller 0.95");
  expect(finding("posted-price", "ex post efficiency")).toMatch(
    /^false 2\/5 .*buyer 0\.(4|9)5, seller 0\.(0|5)5/,
  );
});

test("every construction is either in the table or left out with a reason, and no text line is wider than 120", async () => {
  for (const subject of [flagship, privateGoodProduction({ agents: 2, grid: { points: 3 } })]) {
    const comparison = await compare(subject);
    const { mechanisms, notApplying } = comparison;
    expect(mechanisms.length).toBeGreaterThan(10);
    expect(notApplying.length).toBeGreaterThan(3);
    for (const { name, reason } of notApplying) {
      expect(reason, name).toMatch(/\w/);
      expect(mechanisms.map((other) => other.name)).not.toContain(name);
    }
    const text = textDocument(compareDocument(comparison, "an instance"), {
      ...anyScreen,
      breaksSentences: true,
    });
    for (const row of text.split("\n")) expect(row.length, row).toBeLessThanOrEqual(80);
    for (const { name } of [...mechanisms, ...notApplying]) expect(text).toContain(name);
  }
});

test("constructions by name come in every version, or in the one asked for", async () => {
  const subject = privateGoodProduction({ agents: 2, grid: { points: 3 } });
  const names = async (...asked: string[]) =>
    (await compare(subject, {}, asked)).mechanisms.map(({ name }) => name);
  expect(await names("m1", "vcg")).toEqual(["LP", "m1 exact", "m1 formula", "vcg"]);
  expect(await names("m1:formula")).toEqual(["LP", "m1 formula"]);
  await expect(names("m1:approximate")).rejects.toThrow(
    'm1: the unknown version "approximate"; expected one of exact, formula',
  );
  await expect(names("m9")).rejects.toThrow(/^the unknown construction "m9"; expected one of vcg,/);
});

test("a version that is not defined is left out beside one that is", async () => {
  const listed = partnership({ agents: 2, grid: { values: [1, 2, 4], weights: [1, 2, 1] } });
  const { mechanisms, notApplying } = await compare(listed, {}, ["m1"]);
  expect(mechanisms.map(({ name }) => name)).toEqual(["LP", "m1 exact"]);
  expect(notApplying).toEqual([
    {
      name: "m1 formula",
      reason: "M1 by its formula needs a continuous counterpart; this instance is a grid only",
    },
  ]);
});

test("a construction that is asked for where it is not defined is told with the condition that fails, beside the others", async () => {
  const three = partnership({ agents: 3, grid: { points: 2 } });
  const { mechanisms, notApplying } = await compare(three, {}, ["vcg", "m2"]);
  expect(mechanisms.map(({ name }) => name)).toEqual(["LP", "vcg"]);
  expect(notApplying).toEqual([{ name: "m2", reason: "M2 needs exactly two agents; this instance has 3" }]);
});

test("constructions break ties as the question does: where equal types trade, IR-VCG still loses all gains", async () => {
  const { design, mechanisms, ties } = await compare(flagship, { ties: "last" }, ["ir-vcg"]);
  expect([ties, `${design.optimum}`]).toEqual(["last", "33/200"]);
  expect(`${line(mechanisms, "ir-vcg").report.expectedSurplus}`).toBe("-33/200");
});

test("an instance's own rule is what constructions implement where the question asks for it", async () => {
  const agent = (name: string) => ({
    name,
    types: ["low", "high"],
    prior: ["1/2", "1/2"],
    values: {
      byType: [
        [0, 1],
        [0, 3],
      ],
    },
  });
  const both = [
    ["no", "no"],
    ["no", "yes"],
  ];
  const subject = parseInstance(
    { agents: [agent("ann"), agent("bob")], outcomes: ["no", "yes"], allocation: both },
    "x",
  );
  const { ties, mechanisms, notApplying } = await compare(subject, { allocation: "given" }, []);
  expect(ties).toBeUndefined();
  // Yes only where both are high: the most that a high type pays for its pivotal report is its value 3.
  const payments = line(mechanisms, "generalised-vcg").mechanism;
  expect([0, 1, 2, 3].map((s) => `${payments.payment(0, s)}`)).toEqual(["0", "0", "0", "3"]);
  expect(notApplying.find(({ name }) => name === "vcg")?.reason).toMatch(
    /needs an efficient rule; the rule chooses/,
  );
});
