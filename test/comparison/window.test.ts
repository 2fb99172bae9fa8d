import { describe, expect, it } from "vitest";
import { findWindow, type Window, type WindowOptions } from "../../src/comparison/window.js";
import { instanceFromData } from "../../src/instance/instance.js";
import { Rational } from "../../src/number/rational.js";

const R = (numerator: number, denominator = 1) => Rational.of(numerator, denominator);

const partners = instanceFromData({
  model: "partnership",
  parameters: { agents: 2, grid: { points: 6 }, shares: ["1/2", "1/2"] },
});

/** `impossible 0.2113` and so on: verdicts with the values between which they change. */
function words({ runs }: Window): string[] {
  return runs.map(
    ({ verdict, points }) => `${verdict} ${points[0].q.toNumber()} to ${points.at(-1)!.q.toNumber()}`,
  );
}

const halves: WindowOptions = { parameter: "shares", along: ["q", "1-q"], from: 0, to: 1 };

describe("a window of possibility", () => {
  it("of two partners' shares is that of Cramton, Gibbons and Klemperer, to 4 digits, with continuous types", async () => {
    const window = await findWindow(partners, {}, { ...halves, continuous: true, within: "1e-5" });
    expect(window.runs.map(({ verdict }) => verdict)).toEqual(["impossible", "possible", "impossible"]);
    const [below, inside, above] = window.runs.map(({ points }) => points.map(({ q }) => q.toNumber()));
    // The ends are where q^2 + (1 - q)^2 = 2/3.
    const end = 1 / 2 - Math.sqrt(1 / 12);
    expect(below.at(-1)).toBeLessThan(end);
    expect(inside[0]).toBeGreaterThan(end);
    expect(inside.at(-1)).toBeLessThan(1 - end);
    expect(above[0]).toBeGreaterThan(1 - end);
    expect(inside[0] - below.at(-1)!).toBeLessThanOrEqual(1e-5);
    // Every value tells the money that is proved to be needed there.
    expect(window.runs[0].points[0].optimum).toEqual(R(1, 6));
  });

  it("is wider on a grid, and found there by solving at every value", async () => {
    const window = await findWindow(partners, {}, { ...halves, within: "1/50", points: 6 });
    expect(words(window)).toEqual(["impossible 0 to 0.03", "possible 0.05 to 0.95", "impossible 0.97 to 1"]);
  });

  it("moves numbers within lists and objects, which need not be in the instance", async () => {
    const trade = instanceFromData({
      model: "bilateral-trade",
      parameters: { buyer: { points: 4 }, seller: { points: 4 } },
    });
    const options = { parameter: "buyer.from", from: 0, to: "9/10", points: 2, within: 1, continuous: true };
    const window = await findWindow(trade, {}, options);
    // The buyer's type is uniform from q to 1: types overlap up to q = 1, and trade needs money.
    expect(window.runs.map(({ verdict }) => verdict)).toEqual(["impossible"]);
    const bridge = instanceFromData({
      model: "public-good",
      parameters: { agents: 2, grid: { points: 3 }, cost: 1 },
    });
    const costs = await findWindow(
      bridge,
      {},
      { parameter: "cost", from: 0, to: 3, continuous: true, within: "1/100" },
    );
    expect(words(costs)[1]).toMatch(/^impossible/);
  });

  it("asks every value once and in order, and stops where it is told to", async () => {
    const { runs } = await findWindow(partners, {}, { ...halves, continuous: true, within: "1/100" });
    const values = runs.flatMap(({ points }) => points.map(({ q }) => q));
    values.slice(1).forEach((q, k) => {
      expect(q.compare(values[k])).toBe(1);
    });
    const signal = { aborted: true, reason: "enough" };
    const none = await findWindow(partners, {}, { ...halves, signal });
    expect(none).toMatchObject({ runs: [], shortfall: "enough" });
  });
});

describe("what cannot be varied", () => {
  const fault = (options: Partial<WindowOptions>, instance = partners) =>
    findWindow(instance, {}, { ...halves, continuous: true, points: 3, ...options }).then(
      () => "no fault",
      ({ message }: Error) => message,
    );

  it("is told with what would be accepted", async () => {
    const nothing = { along: undefined } as unknown as Partial<WindowOptions>;
    expect(await fault(nothing)).toBe(
      '--along: nothing, for shares, a list of 2; expected what it is, such as ["q","1-q"]',
    );
    expect(await fault({ parameter: "shaers" })).toContain("did you mean shares?");
    expect(await fault({ parameter: "shares[2]", along: "q" })).toContain("[2] of a list of 2");
    expect(await fault({ parameter: "shares." })).toContain('"shares."');
    expect(await fault({ along: ["q", "1-q*"] })).toContain('--along: "1-q*"');
    expect(await fault({ along: ["1/2", "1/2"] })).toContain("in which there is no q");
    expect(await fault({ along: ["q", "q"] })).toContain(
      "with q = 0, parameters.shares: shares that sum to 0",
    );
    expect(await fault({ to: 0 })).toContain("--to: 0");
    expect(await fault({ points: 1 })).toContain("--points: 1");
    expect(await fault({ within: 0 })).toContain("--within: 0");
    const written = instanceFromData({
      agents: [{ name: "a", types: ["x"], prior: [1], values: { byType: [[0]] } }],
      outcomes: ["y"],
    } as never);
    expect(await fault({}, written)).toContain("written out");
  });
});
