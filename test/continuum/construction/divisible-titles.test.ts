import { describe, expect, test } from "vitest";
import { fixedEndowment, twoResidents } from "../../../models/index.js";
import { divisibleTitle } from "../../../src/continuum/construction/divisible-titles.js";
import { enclosedReport } from "../../../src/continuum/construction/enclosed-findings.js";
import { NotCovered } from "../../../src/continuum/construction/ground.js";
import { line, number } from "./environments.js";

const shared = (endowments?: [string, string]) =>
  fixedEndowment({ agents: 2, grid: { points: 4 }, ...(endowments && { endowments }) }).continuous!();
const residents = () =>
  twoResidents({ agents: 2, grid: { points: 4, from: "1/2" }, autarky: "none" }).continuous!();

describe("Ke, Example 4: one unit for two agents who own nothing", () => {
  const title = divisibleTitle(shared(), "lowest");

  test("M3's lump sums are (ln 4 + 1) t / 3, to three digits", () => {
    for (const type of ["1/5", "1/2", "7/8", 1]) {
      // The first wins, its type being 0, at which the surplus is the other's type.
      const [below, above] = [title.payoffs[1].below, title.payoffs[1].above].map(
        (payoff) => payoff.at([number("1/100"), number(type)])!,
      );
      const formula = ((Math.log(4) + 1) / 3) * number(type).toNumber();
      expect(below.toNumber()).toBeLessThanOrEqual(formula);
      expect(above.toNumber()).toBeGreaterThanOrEqual(formula);
      expect(above.subtract(below).toNumber()).toBeLessThan(2e-3);
    }
  });

  test("E Delta is 2 - 0.795, and the expected surplus lies in its enclosure", () => {
    const exact = 1 - (2 / 3) * (1 - Math.log(2));
    expect(title.meanSurplus.lower.toNumber()).toBeLessThan(exact);
    expect(title.meanSurplus.upper.toNumber()).toBeGreaterThan(exact);
  });

  test("M3 is ex post individually rational, proved for every pair of types in [0, 1], 0 included (Theorem 7)", () => {
    const { findings } = enclosedReport(shared(), title);
    for (const property of ["interim IR", "ex post IR", "ex ante IR", "ex post balance"] as const)
      expect(findings[property].holds).toBe(true);
    expect(findings["ex post IC"]).toMatchObject({
      holds: false,
      by: expect.stringContaining("does not change as the surplus does"),
    });
  });
});

describe("Ke, Example 5: the same good, owned", () => {
  test.each([
    ["1/2", "1/2"],
    ["227/500", "273/500"],
  ] as const)(
    "for endowments %s and %s M3 is not ex post individually rational, side payment or not",
    (first, second) => {
      const environment = shared([first, second]);
      for (const sidePayments of [true, false]) {
        const { findings } = enclosedReport(
          environment,
          divisibleTitle(environment, "lowest", { sidePayments }),
        );
        expect(findings["ex post IR"]).toMatchObject({ holds: false });
      }
    },
  );

  test("because a winner of type near 1 would rather keep half, or more, of it: 3/2 - (ln 4 + 1)/3 is less than 3/4", () => {
    const environment = shared(["1/2", "1/2"]);
    const { findings } = enclosedReport(environment, divisibleTitle(environment, "lowest"));
    expect(findings["interim IR"].holds).toBe(true);
    const finding = findings["ex post IR"];
    if (finding.holds !== false || !finding.witness) throw new Error("no witness");
    const { types, violation, agent } = finding.witness;
    const own = types.find((type) => type.agent === agent)!.type.toNumber();
    const other = types.find((type) => type.agent !== agent)!.type.toNumber();
    expect(own).toBeLessThan(other);
    const surplus = own + other - (own * other) / (own + other);
    const exact = 0.75 * own - (surplus - ((Math.log(4) + 1) / 3) * other);
    expect(violation.toNumber()).toBeLessThanOrEqual(exact + 1e-12);
    expect(violation.toNumber()).toBeGreaterThan(0);
    // The largest violation, at types of 1, is within what is said of it.
    expect(finding.atMost!.toNumber()).toBeGreaterThan(0.75 - (1.5 - (Math.log(4) + 1) / 3));
  });
});

describe("Ke, Example 3: two residents on [1/2, 1] who could not build alone", () => {
  test("M2 is ex post individually rational, and its least payoff is E Delta / 2, about 0.245", () => {
    const title = divisibleTitle(residents(), "highest");
    expect(enclosedReport(residents(), title).findings["ex post IR"].holds).toBe(true);
    const lowest = title.payoffs[0].below.at([number("1/2"), number("3/4")])!.toNumber();
    // E Delta as printed: 4 (6 ln 5 - 9 ln 2 - 3 ln 3).
    const printed = 4 * (6 * Math.log(5) - 9 * Math.log(2) - 3 * Math.log(3));
    expect(Math.abs(lowest - printed / 2)).toBeLessThan(1e-3);
    expect(lowest).toBeLessThanOrEqual(printed / 2);
  });
});

test("other densities, three agents and surpluses of unknown symmetry are refused", () => {
  const environment = shared();
  const [first, second] = environment.agents;
  const refused = (change: object) => () => divisibleTitle({ ...environment, ...change }, "lowest");
  expect(refused({ agents: [first, second, second] })).toThrow("there are not two agents");
  expect(refused({ agents: [first, { ...second, density: line(0, 1, 0, 2) }] })).toThrow(
    "with a continuum of outcomes uniform types of one interval are covered",
  );
  expect(refused({ agents: [first, { ...second, density: line(0, 2, "1/2") }] })).toThrow(NotCovered);
  expect(refused({ surplus: { ...environment.surplus, symmetric: undefined } })).toThrow(
    "not known to be symmetric",
  );
});
