import { largestPayments } from "../construction/largest-payments.js";
import { Environment } from "../environment/environment.js";
import { type AllocationRule, certain, type Lottery } from "../environment/lottery.js";
import { RandomSource } from "../generator/random-source.js";
import { Rational } from "../number/rational.js";
import { RationalVector } from "../number/rational-vector.js";
import type { Claim } from "./claim.js";
import { type Drawn, type Family, instanceLine, randomEnvironments } from "./family.js";
import { implementation, randomEfficientRule } from "./implementable.js";
import { everyProfile, lacking } from "./properties.js";

const certainRules = randomEnvironments(
  "rules without lotteries, drawn at random or efficient, in environments of one to three agents with one to four types each and two to four outcomes",
  { agents: [1, 3], types: [1, 4], costs: false, outsideOptions: false },
);

function certainRule({ environment, seed }: Drawn): AllocationRule {
  const random = new RandomSource(seed);
  const isEfficient = random.onceIn(2);
  const efficient = randomEfficientRule(environment, random);
  const outcomes = everyProfile(environment).map((s) =>
    isEfficient ? efficient(s)[0].outcome : random.integer(0, environment.outcomes.length - 1),
  );
  return (s) => certain(outcomes[s]);
}

/** What one agent chooses from when the others' types are known. */
interface OneAgent {
  readonly chosen: readonly number[];
  value(type: number, outcome: number): Rational;
}

function oneAgent(environment: Environment, rule: AllocationRule, agent: number, others: number): OneAgent {
  const { profiles, agents } = environment;
  const at = (type: number) => profiles.replace(profiles.withOthers(agent, others), agent, type);
  return {
    chosen: agents[agent].types.map((_, type) => rule(at(type))[0].outcome),
    value: (type, outcome) => environment.value(agent, outcome, at(type)),
  };
}

/** The `w` of Definition 4 by Lemma 1: what is paid for a decision, and `bound` for one that is never taken. */
function supplement(
  { chosen }: OneAgent,
  payments: readonly Rational[],
  bound: Rational,
): (outcome: number) => Rational {
  return (outcome) => {
    const type = chosen.indexOf(outcome);
    return (type < 0 ? bound : payments[type]).negate();
  };
}

/** A type for which another decision than its own has more of `v + w`. */
function notPseudoEfficient(
  { chosen, value }: OneAgent,
  outcomes: readonly string[],
  w: (outcome: number) => Rational,
): string | undefined {
  for (const [type, own] of chosen.entries())
    for (const other of outcomes.keys())
      if (
        value(type, other)
          .add(w(other))
          .compare(value(type, own).add(w(own))) > 0
      )
        return `with a type ${type} for which ${outcomes[other]} has more of v + w than ${outcomes[own]}`;
  return undefined;
}

/** More than twice the largest value and the largest payment, in size. */
function enough(one: OneAgent, outcomes: readonly string[], payments: readonly Rational[]): Rational {
  const sizes = one.chosen.flatMap((_, type) =>
    [...outcomes.keys()].map((x) => one.value(type, x).absolute()),
  );
  const largest = (of: readonly Rational[]) => of.map((x) => x.absolute()).reduce(Rational.maximum);
  return largest(sizes).multiply(Rational.of(2)).add(largest(payments)).add(Rational.ONE);
}

export const pseudoEfficiency: Claim = {
  id: "CE-T1",
  kinds: ["theorem"],
  place: "Lemma 1 and Theorem 1",
  about: "ex post incentive compatible means pseudo-efficient",
  says: "A decision rule is ex post incentive compatible if and only if, for each agent and each profile of the others' types, there is a function w of decisions so that the rule maximises the agent's value plus w.",
  assumes: "Bounded values, any decisions and types; rules without lotteries.",
  async test(trial) {
    await trial.holds(
      "where a rule is implementable, w as Lemma 1 has it makes the rule maximise v + w for each agent and all others' types; where not, types misreport in a cycle and gain together, whatever w",
      certainRules,
      (drawn, count) => {
        const { environment } = drawn;
        const rule = certainRule(drawn);
        let cycles = 0;
        for (let agent = 0; agent < environment.agentCount; agent++)
          for (let others = 0; others < environment.profiles.othersCount(agent); others++) {
            const one = oneAgent(environment, rule, agent, others);
            const found = largestPayments(environment, rule, agent, others);
            if ("cycle" in found) {
              cycles++;
              if (gainTogether(one, found.cycle).sign <= 0)
                return "with a cycle of misreports that gains nothing";
              continue;
            }
            const w = supplement(one, found.payments, enough(one, environment.outcomes, found.payments));
            const fails = notPseudoEfficient(one, environment.outcomes, w);
            if (fails !== undefined) return fails;
          }
        count(cycles > 0 ? "with a cycle" : "pseudo-efficient");
        const mechanism = implementation(environment, rule);
        if ((mechanism === undefined) !== cycles > 0)
          return "that is implementable and has a cycle, or neither";
        return mechanism && lacking(environment, mechanism, ["ex post IC"]);
      },
      { each: ["with a cycle", "pseudo-efficient"] },
    );
    printedBound(trial);
  },
};

/** What types gain in total when each reports the next; whoever pays w for decisions pays the same in total. */
function gainTogether({ chosen, value }: OneAgent, cycle: readonly number[]): Rational {
  return Rational.sum(
    cycle.map((type, k) => {
      const report = cycle[(k + 1) % cycle.length];
      return value(type, chosen[report]).subtract(value(type, chosen[type]));
    }),
  );
}

/** The proof of Lemma 1 takes any M > sup |v| + sup |t|. */
function printedBound(trial: Parameters<Claim["test"]>[0]): void {
  const outcomes = ["a", "b"];
  const one: OneAgent = { chosen: [0], value: (_, outcome) => Rational.of(outcome === 0 ? -1 : 1) };
  const payments = [Rational.ZERO];
  const fails = (bound: Rational) => notPseudoEfficient(one, outcomes, supplement(one, payments, bound));
  trial.instead.fact(
    "the lemma stands, but the M of its proof has to be more than 2 sup |v| + sup |t|; more than sup |v| + sup |t|, as printed, need not be enough",
    fails(Rational.of(3, 2)) !== undefined && fails(enough(one, outcomes, payments)) === undefined,
    [],
    [
      "One agent of one type values a at -1 and b at 1; the rule takes a and nothing is paid. Then sup |v| + sup |t| = 1, and M = 3/2 is more. But w(a) = 0 and w(b) = -3/2 give v + w = -1 for a and -1/2 for b.",
    ],
  );
}

/** A separable environment (Definition 6) and a rule in it. */
interface Separable {
  readonly environment: Environment;
  /** `shares[i][q]`, from 0 to 1: what the decision q is to agent i. */
  readonly shares: readonly (readonly Rational[])[];
  readonly rule: AllocationRule;
  readonly seed: number;
}

const separable: Family<Separable> = {
  about:
    "rules in separable environments of one to three agents with two to four types and two to four decisions, half of them drawn at random and half of them with decisions that best serve rising weights of types, lotteries now and then",
  member: (seed) => {
    const random = new RandomSource(seed);
    const sizes = Array.from({ length: random.integer(1, 3) }, () => random.integer(2, 4));
    const decisions = random.integer(2, 4);
    const shares = sizes.map(() =>
      Array.from({ length: decisions }, () => random.pick([0, 1, 2, 3, 4].map((k) => Rational.of(k, 4)))),
    );
    const environment = separableEnvironment(random, sizes, shares);
    return { environment, shares, rule: separableRule(random, environment, shares), seed };
  },
  shown: ({ environment, rule, seed }) => [
    `drawn from the seed ${seed}, with the decisions ${everyProfile(environment)
      .map((s) =>
        rule(s)
          .map(({ outcome }) => environment.outcomes[outcome])
          .join(" or "),
      )
      .join(", ")}:`,
    instanceLine(environment),
  ],
};

function separableEnvironment(
  random: RandomSource,
  sizes: readonly number[],
  shares: readonly (readonly Rational[])[],
): Environment {
  const profileCount = sizes.reduce((product, size) => product * size, 1);
  const outcomes = shares[0].map((_, q) => "ABCD"[q]);
  const strides = sizes.map((_, i) => sizes.slice(i + 1).reduce((product, size) => product * size, 1));
  return new Environment({
    name: "separable",
    outcomes,
    agents: sizes.map((size, i) => {
      // Rising with the own type, up or down with the others'.
      const worth = new Array<Rational>(profileCount);
      for (let s = 0; s < profileCount; s++) {
        const type = Math.floor(s / strides[i]) % size;
        const step = Rational.of(random.integer(1, 4), 2);
        worth[s] = type === 0 ? random.money(-2, 2) : worth[s - strides[i]].add(step);
      }
      const entries = worth.flatMap((v) => shares[i].map((share) => share.multiply(v)));
      return {
        name: ["ann", "bob", "cid"][i],
        types: Array.from({ length: size }, (_, k) => String(k)),
        values: { shape: "profile-outcome", entries: RationalVector.from(entries) },
      };
    }),
    prior: {
      kind: "independent",
      marginals: sizes.map((size) => RationalVector.from(random.distribution(size))),
    },
  });
}

function separableRule(
  random: RandomSource,
  { profiles }: Environment,
  shares: readonly (readonly Rational[])[],
): AllocationRule {
  const decisions = shares[0].map((_, q) => q);
  const weights = profiles.sizes.map((size) => {
    let weight = random.integer(-3, 2);
    return Array.from({ length: size }, () => (weight += random.integer(0, 2)));
  });
  const isServing = random.onceIn(2);
  const served = (s: number, q: number) =>
    Rational.sum(shares.map((of, i) => of[q].multiply(Rational.of(weights[i][profiles.typeOf(s, i)]))));
  const lotteries = Array.from({ length: profiles.count }, (_, s): Lottery => {
    if (!isServing) return certain(random.pick(decisions));
    const best = decisions.map((q) => served(s, q)).reduce(Rational.maximum);
    const chosen = decisions.filter((q) => served(s, q).equals(best));
    return certain(random.onceIn(3) ? random.pick(chosen) : chosen[0]);
  });
  if (!random.onceIn(4)) return (s) => lotteries[s];
  const other = random.pick(decisions);
  const half = Rational.of(1, 2);
  return (s) =>
    lotteries[s][0].outcome === other
      ? certain(other)
      : [lotteries[s][0].outcome, other].map((outcome) => ({ outcome, probability: half }));
}

/** Where a type gets less than the type below it. */
function isMonotone({ environment, shares, rule }: Separable): boolean {
  const { profiles } = environment;
  const share = (agent: number, s: number) =>
    Rational.sum(rule(s).map(({ outcome, probability }) => probability.multiply(shares[agent][outcome])));
  return everyProfile(environment).every((s) =>
    shares.every(
      (_, agent) =>
        profiles.typeOf(s, agent) === 0 ||
        share(agent, s).compare(share(agent, s - profiles.strides[agent])) >= 0,
    ),
  );
}

export const monotonicity: Claim = {
  id: "CE-T2",
  kinds: ["theorem"],
  place: "Theorem 2",
  about: "in separable environments ex post incentive compatible means monotone",
  says: "Where an agent's value is h_i(q) v_i(s), with v_i strictly rising in the own type, a rule is ex post incentive compatible if and only if h_i of its decision never falls with i's type.",
  assumes: "Functions h_i from 0 to 1; v_i of any sign, rising or falling with others' types.",
  readings: ["A lottery counts with its expected h_i."],
  async test(trial) {
    await trial.holds(
      "a rule is implementable where it is monotone, and ruled out by a cycle of misreports where it is not",
      separable,
      (member, count) => {
        const monotone = isMonotone(member);
        count(monotone ? "monotone" : "not monotone");
        if (everyProfile(member.environment).some((s) => member.rule(s).length > 1)) count("with lotteries");
        const mechanism = implementation(member.environment, member.rule);
        if (monotone !== (mechanism !== undefined))
          return monotone
            ? "that is monotone and not implementable"
            : "that is implementable and not monotone";
        return mechanism && lacking(member.environment, mechanism, ["ex post IC"]);
      },
      { each: ["monotone", "not monotone", "with lotteries"] },
    );
  },
};
