import { type ProvisionView, provisionView } from "../construction/provision-view.js";
import { bestThresholds, thresholdRule } from "../construction/threshold-contribution.js";
import { designFor } from "../design.js";
import { gains } from "../environment/efficiency.js";
import type { Environment } from "../environment/environment.js";
import { type AllocationRule, certain } from "../environment/lottery.js";
import { expectation } from "../mechanism/interim.js";
import { Rational } from "../number/rational.js";
import { posed } from "../question/problem.js";
import type { Claim } from "./claim.js";
import { example } from "./example.js";
import { gridLimit } from "./grid-limit.js";
import { implementation } from "./implementable.js";
import { everyProfile, lacking } from "./properties.js";
import { exampleOfValues, risingValues } from "./rising-values.js";

const goods = risingValues(
  "public goods for two with two to four types each, values that rise with both types and differences that rise with the own type; for some types worth the cost and for others not, half of the costs what the good is worth at some profile",
  { kind: "good", coupling: "increasing", types: [2, 4] },
);

/** Where the good is provided, by profile. */
type Provision = readonly boolean[];

/** Every rule that provides for higher types if for lower ones. */
function* monotoneRules({ profiles }: Environment): Iterable<Provision> {
  const [first, second] = profiles.sizes;
  function* from(cutoffs: readonly number[]): Iterable<Provision> {
    if (cutoffs.length === first) {
      yield cutoffs.flatMap((cutoff) => Array.from({ length: second }, (_, type) => type >= cutoff));
      return;
    }
    for (let cutoff = cutoffs.at(-1) ?? second; cutoff >= 0; cutoff--) yield* from([...cutoffs, cutoff]);
  }
  yield* from([]);
}

function ruleOf(view: ProvisionView, provision: Provision): AllocationRule {
  return (s) => certain(provision[s] ? view.provided : view.without);
}

function provisionOf(environment: Environment, view: ProvisionView, rule: AllocationRule): Provision {
  return everyProfile(environment).map((s) => rule(s)[0].outcome === view.provided);
}

/** Whether another rule provides wherever it does, and otherwise only where the good is worth its cost. */
function isDominated(environment: Environment, provision: Provision, by: Provision): boolean {
  const more = everyProfile(environment).filter((s) => by[s] && !provision[s]);
  return (
    more.length > 0 &&
    provision.every((provided, s) => !provided || by[s]) &&
    more.every((s) => gains(environment, 1, s).sign >= 0)
  );
}

/**
 * The least and the greatest value of the first agent where the good is worth exactly its cost, values between types being those of straight
 * lines: at the ends of that curve, which lie on the border.
 */
function valuesOnCurve(environment: Environment, view: ProvisionView): readonly [Rational, Rational] {
  const { profiles } = environment;
  const [first, second] = profiles.sizes;
  const rising = (count: number) => Array.from({ length: count }, (_, type) => type);
  const ends = [
    [
      ...rising(second).map((type) => profiles.profileOf([0, type])),
      ...rising(first)
        .slice(1)
        .map((type) => profiles.profileOf([type, second - 1])),
    ],
    [
      ...rising(first).map((type) => profiles.profileOf([type, 0])),
      ...rising(second)
        .slice(1)
        .map((type) => profiles.profileOf([first - 1, type])),
    ],
  ].map((border) => {
    const beyond = border.findIndex((s) => gains(environment, view.provided, s).sign >= 0);
    const [below, above] = [border[beyond - 1], border[beyond]];
    const [loss, gain] = [below, above].map((s) => gains(environment, view.provided, s));
    const [low, high] = [below, above].map((s) => view.value(0, s));
    return low.subtract(high.subtract(low).multiply(loss).divide(gain.subtract(loss)));
  });
  return [ends[0], ends[1]];
}

/** Thresholds of the first agent that stand for all: those at which some threshold rule changes, and one between any two. */
function thresholdsOfFirst(environment: Environment, view: ProvisionView): Rational[] {
  const changes = everyProfile(environment).flatMap((s) => [
    view.value(0, s),
    view.cost.subtract(view.value(1, s)),
  ]);
  const sorted = changes.sort((a, b) => a.compare(b));
  const between = sorted.slice(1).map((next, k) => next.add(sorted[k]).divide(Rational.of(2)));
  return [...sorted, ...between];
}

/** What the theorem says of all rules on a grid, in words where it fails. */
function unlikeTheorem(environment: Environment, count: (kind: string) => void): string | undefined {
  const view = provisionView("threshold rules", environment);
  const named = (provision: Provision) =>
    everyProfile(environment)
      .filter((s) => provision[s])
      .map((s) => environment.profileLabel(s))
      .join("; ") || "no profile";
  const threshold = (first: Rational) =>
    provisionOf(environment, view, thresholdRule(environment, view, [first, view.cost.subtract(first)]));
  const affordable = [...monotoneRules(environment)].filter((provision) => {
    const mechanism = implementation(environment, ruleOf(view, provision));
    return mechanism && lacking(environment, mechanism, ["ex post no deficit"]) === undefined;
  });
  const isUndominated = (provision: Provision) =>
    affordable.every((other) => !isDominated(environment, provision, other));
  const [least, greatest] = valuesOnCurve(environment, view);
  const onCurve = thresholdsOfFirst(environment, view).filter(
    (first) => first.compare(least) >= 0 && first.compare(greatest) <= 0,
  );
  const asStated = new Set([least, ...onCurve, greatest].map((first) => named(threshold(first))));
  for (const provision of affordable.filter(isUndominated))
    if (!asStated.has(named(provision)))
      return `in which provision at ${named(provision)} is undominated and by no such thresholds`;
  for (const s of everyProfile(environment)) {
    if (!gains(environment, view.provided, s).isZero) continue;
    count("with a profile where the good is worth just its cost");
    const provision = threshold(view.value(0, s));
    const isAffordable = affordable.some((other) => named(other) === named(provision));
    if (!isAffordable) return `in which the threshold rule of ${environment.profileLabel(s)} has a deficit`;
    if (!isUndominated(provision))
      return `in which the threshold rule of ${environment.profileLabel(s)} is dominated`;
  }
  const welfare = (provision: Provision) =>
    expectation(environment, (s) => (provision[s] ? gains(environment, view.provided, s) : Rational.ZERO));
  const best = welfare(
    provisionOf(environment, view, thresholdRule(environment, view, bestThresholds(environment, view))),
  );
  const most = affordable.map(welfare).reduce(Rational.maximum);
  if (
    most.compare(
      welfare(everyProfile(environment).map((s) => gains(environment, view.provided, s).sign > 0)),
    ) < 0
  )
    count("in which no rule without deficit is efficient");
  return best.equals(most) ? undefined : `in which the best threshold rule gains ${best} and another ${most}`;
}

const secondBest = {
  ic: "ex-post",
  ir: "ex-post",
  balance: "no-deficit",
  allocation: "free",
  objective: "max-gains",
} as const;

export const thresholdRules: Claim = {
  id: "CE-T9",
  kinds: ["construction", "theorem"],
  place: "Theorem 9",
  about: "threshold contribution rules are the undominated ones",
  says: "With increasing differences a provision rule is ex post incentive compatible, without deficit and undominated if and only if it is a threshold contribution rule whose thresholds sum to the cost and are the two values of some profile.",
  assumes:
    "Values that rise weakly with both signals and strictly with the own one; rules without lotteries, with their generalised VCG payments.",
  readings: [
    "The good is worth its cost for some signals and not for others: where it never is, or always, no profile has values that sum to the cost, and the theorem has no rule for what is then undominated, never or always to provide.",
    "On a grid the profile of the thresholds may lie between types, with values by straight lines: so it is looked for in the one direction. In the other the thresholds are those of every profile of the grid that has such values.",
  ],
  async test(trial) {
    await trial.holds(
      "among all rules that never provide less for higher types: every undominated one is by such thresholds, every rule by such thresholds is without deficit and undominated, and the best of them gains as much as any rule without deficit",
      goods,
      (values, count) => unlikeTheorem(exampleOfValues(values).environment, count),
      {
        each: [
          "with a profile where the good is worth just its cost",
          "in which no rule without deficit is efficient",
        ],
      },
    );
    const grids = trial.grids([4, 8, 12, 16, 20], [4, 8, 12, 16]);
    for (const other of trial.quick ? ["1/2"] : ["0", "1/2"]) {
      const good = (points: number) =>
        example("interdependent-public-good", {
          agents: 2,
          grid: { points },
          cost: other === "0" ? 1 : "3/2",
          valuation: { own: 1, other },
        });
      const what = `v_i = s_i + ${other} s_-i at a cost of half of what the good is worth at most, signals uniform on [0, 1]`;
      trial.shows(
        `${what}: expected gains of the best threshold rule`,
        await gridLimit(grids, (points) => {
          const { environment } = good(points);
          const view = provisionView("threshold rules", environment);
          const rule = thresholdRule(environment, view, bestThresholds(environment, view));
          return expectation(environment, (s) => gains(environment, rule(s)[0].outcome, s));
        }),
        grids.map((points) => good(points).run("construct threshold-contribution -")),
      );
      trial.shows(
        "the same: the second best, with lotteries",
        await gridLimit(
          grids,
          async (points) => (await designFor(posed(good(points).environment, secondBest))).optimum!,
        ),
        grids.map((points) => good(points).run("solve -", secondBest)),
      );
    }
    unionWithDeficit(trial);
  },
};

/** The proof unites two rules without deficit. */
function unionWithDeficit(trial: Parameters<Claim["test"]>[0]): void {
  const good = example("interdependent-public-good", {
    agents: 2,
    grid: { values: ["1/4", "3/4"] },
    cost: 1,
    valuation: { own: 1 },
  });
  const { environment } = good;
  const view = provisionView("threshold rules", environment);
  const [first, second] = [
    ["1/4", "3/4"],
    ["3/4", "1/4"],
  ].map((thresholds) =>
    provisionOf(
      environment,
      view,
      thresholdRule(
        environment,
        view,
        thresholds.map((text) => Rational.of(Number(text[0]), 4)),
      ),
    ),
  );
  const united = first.map((provided, s) => provided || second[s]);
  const [one, other, both] = [first, second, united].map((provision) =>
    lacking(environment, implementation(environment, ruleOf(view, provision))!, ["ex post no deficit"]),
  );
  trial.instead.fact(
    "the theorem stands, but its proof says that two rules without deficit together have none, and that is not so",
    one === undefined && other === undefined && both !== undefined,
    good.run("show -"),
    [
      "With private values and the cost 1, provide where v_1 >= 1/4 and v_2 >= 3/4, or where v_1 >= 3/4 and v_2 >= 1/4. At the values 3/4 and 3/4 each would still have the good with 1/4, and pays no more. What is true: each rule without deficit lies within one by thresholds that sum to the cost, its least values of the good.",
    ],
  );
}
