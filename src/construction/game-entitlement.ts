import type { Environment } from "../environment/environment.js";
import type { LotteryEntry } from "../environment/lottery.js";
import { Rational } from "../number/rational.js";
import type { Ground } from "./construction.js";
import type { Game } from "./game.js";
import { highestTypeView } from "./highest-type.js";
import { requireIdenticalTypes } from "./identical-types.js";
import { requireEfficientPrivateGround } from "./payoff-mechanism.js";
import { notDefined } from "./preconditions.js";

/** A bid for the entitlement, and the outcome that the bidder chooses if it wins. */
export interface EntitlementBid {
  readonly amount: Rational;
  /** A bid just below (-1) or just above (1) the amount, nearer to it than any sum of money. */
  readonly side: -1 | 0 | 1;
  readonly plan: number;
}

/** Which bid the winner pays. */
export type EntitlementPrice = "first" | "second";

/**
 * The auction of the entitlement to a private good with redistribution (KE 5.1, (10)): the highest bidder chooses what
 * is produced for itself, pays for it, and pays its own bid, or the second highest, which the losers share equally. Those
 * who tie have the average of winning and losing; as printed they share the price, which then does not balance.
 *
 * Bids are either restricted to a list, namely the equilibrium bids of the types, or `free`. On a grid two bidders of a
 * type tie with positive probability, and whoever bids just above its own type then wins for sure: with free bids there is no
 * equilibrium in pure strategies, and the claimed one is one up to O(mesh). With listed bids it is exact.
 *
 * `bids[type]` must rise with types. Throws InputError naming the condition that fails.
 */
export function entitlementAuction(
  name: string,
  ground: Ground,
  price: EntitlementPrice,
  bids: readonly Rational[],
  bidding: "listed" | "free" = "listed",
): Game<EntitlementBid> {
  const { environment } = ground;
  requireEfficientPrivateGround(name, ground);
  requireIdenticalTypes(name, environment);
  highestTypeView(name, ground, (_, type) => type);
  requireRisingBids(name, environment, bids);
  const n = environment.agentCount;
  const plans = environment.agents.map((_, agent) => bestPlans(name, environment, agent));
  const sides = bidding === "free" ? ([-1, 0, 1] as const) : ([0] as const);
  return {
    name,
    outcome: (actions) => {
      const sorted = [...actions].sort((a, b) => compareBids(b, a));
      const winners = actions.flatMap((bid, agent) => (compareBids(bid, sorted[0]) === 0 ? [agent] : []));
      const paid = sorted[price === "first" ? 0 : 1].amount;
      const chance = Rational.of(1, winners.length);
      const chosen = new Map<number, LotteryEntry>();
      const payments = actions.map(() => Rational.ZERO);
      for (const winner of winners) {
        const { plan } = actions[winner];
        const before = chosen.get(plan)?.probability ?? Rational.ZERO;
        chosen.set(plan, { outcome: plan, probability: before.add(chance) });
        const due = paid.add(environment.cost(plan, 0));
        payments.forEach((payment, agent) => {
          const part = agent === winner ? due : paid.divide(Rational.of(1 - n));
          payments[agent] = payment.add(chance.multiply(part));
        });
      }
      return { lottery: [...chosen.values()], payments };
    },
    strategy: (agent, type) => ({ amount: bids[type], side: 0, plan: plans[agent][type] }),
    deviations: (agent) =>
      [...new Set(plans[agent])].flatMap((plan) =>
        bids.flatMap((amount) => sides.map((side) => ({ amount, side, plan }))),
      ),
    actionLabel: ({ amount, side, plan }) =>
      `bidding ${["just below ", "", "just above "][side + 1]}${amount} to choose ${environment.outcomes[plan]}`,
  };
}

function compareBids(a: EntitlementBid, b: EntitlementBid): number {
  return a.amount.compare(b.amount) || a.side - b.side;
}

/** The outcome that each type of the agent chooses among those that nobody else gets anything from. */
function bestPlans(name: string, environment: Environment, agent: number): number[] {
  const { agents, outcomes, profiles, values } = environment;
  const own = outcomes.flatMap((_, x) => {
    const enjoyed = agents.some(
      (other, j) =>
        j !== agent && other.types.some((__, type) => Number(values[j].numerator(type, 0, x)) !== 0),
    );
    return enjoyed ? [] : [x];
  });
  if (own.length === 0) {
    throw notDefined(
      name,
      "outcomes that each agent can choose for itself",
      `${agents[agent].name} has none`,
    );
  }
  return agents[agent].types.map((_, type) => {
    const profile = type * profiles.strides[agent];
    const net = (x: number) => environment.value(agent, x, profile).subtract(environment.cost(x, profile));
    return own.reduce((best, x) => (net(x).compare(net(best)) > 0 ? x : best));
  });
}

function requireRisingBids(name: string, environment: Environment, bids: readonly Rational[]): void {
  const type = bids.findIndex((bid, k) => k > 0 && bid.compare(bids[k - 1]) <= 0);
  if (type < 0) return;
  const [lower, higher] = [type - 1, type].map((k) => environment.typeLabel(0, k));
  throw notDefined(name, "bids that rise with types", `type ${higher} bids no more than type ${lower}`);
}
