import { expect, test, vi } from "vitest";
import type { Environment } from "../../src/environment/environment.js";
import { Rational } from "../../src/number/rational.js";

// One thing of each construction is turned.
vi.mock("../../src/construction/largest-payments.js", async (original) => {
  const actual = await original<typeof import("../../src/construction/largest-payments.js")>();
  const largestPayments: typeof actual.largestPayments = (...given) => {
    const found = actual.largestPayments(...given);
    if ("cycle" in found) return found;
    return { payments: found.payments.map((payment) => payment.negate()) };
  };
  return { ...actual, largestPayments };
});
vi.mock("../../src/construction/game-trading.js", async (original) => {
  const actual = await original<typeof import("../../src/construction/game-trading.js")>();
  const tradingGame: typeof actual.tradingGame = (environment) => {
    const game = actual.tradingGame(environment);
    const shaded = (agent: number, type: number) =>
      game.strategy(agent, type).subtract(agent === 0 ? Rational.ONE : Rational.ZERO);
    return { ...game, strategy: shaded };
  };
  return { ...actual, tradingGame };
});
vi.mock("../../src/construction/threshold-contribution.js", async (original) => {
  const actual = await original<typeof import("../../src/construction/threshold-contribution.js")>();
  const thresholdRule: typeof actual.thresholdRule = (environment: Environment, view, thresholds) =>
    actual.thresholdRule(
      environment,
      view,
      thresholds.map((threshold) => threshold.subtract(Rational.of(1, 2))),
    );
  return { ...actual, thresholdRule };
});
const { entriesNamed, findingOf } = await import("../../src/claim/ledger.js");

test.each([
  ["CE-T1", "has more of v + w than"],
  ["CE-GV", "could pay more"],
  ["CE-T7", "without ex post IC"],
  ["CE-43", "in which a deviation gains"],
  ["CE-53", "the game does not do what the rule does"],
])(
  "%s turns red when its construction is broken, with the smallest member that shows it",
  async (id, words) => {
    const { verdict, checks } = await findingOf(entriesNamed([id])[0].claim, { quick: true });
    expect(verdict).not.toBe("holds on every instance tried");
    const [{ evidence = [], tried }] = checks.filter(
      ({ by, result, tried: on }) => by === "paper" && result === "differs" && on,
    );
    expect(evidence[0]).toContain(words);
    expect(tried?.members).toBeGreaterThan(0);
  },
);
