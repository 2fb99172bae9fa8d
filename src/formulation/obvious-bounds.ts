import type { Multipliers } from "../certificate/multipliers.js";
import { expectedMoney, listed, UNPRICED } from "../certificate/price-blocks.js";
import type { Environment } from "../environment/environment.js";
import { constantMoney } from "../mechanism/forms.js";
import { StructuredMechanism } from "../mechanism/structured-mechanism.js";
import { Rational } from "../number/rational.js";
import { RationalVector } from "../number/rational-vector.js";
import type { Problem } from "../question/problem.js";
import { allowsSubsidy } from "../question/question.js";
import { concerns } from "../question/requirement.js";
import { LotteryTable } from "../space/lottery-table.js";
import { areAlike } from "../space/space.js";
import type { Candidate } from "./candidate.js";

/** Tables of lotteries for more profiles than this are not written out. */
const MOST_PROFILES = 1e6;
/** More outcomes than this are not tried one by one. */
const MOST_OUTCOMES = 20;

/**
 * Bounds whose proof is a line: gains are at most those of the best allowed outcomes; surplus is at most what agents who may not
 * lose, or pay no more than a cap, have to give, and zero where the balance is exact; and a mechanism that chooses the same
 * outcome whatever is reported tempts nobody.
 */
export function* obviousBounds(problem: Problem): Iterable<Candidate> {
  const multipliers = obviousMultipliers(problem);
  if (multipliers) yield { multipliers };
  const { environment, question } = problem;
  const { outcomes, profiles } = environment;
  if (question.allocation !== "free" || profiles.count > MOST_PROFILES || outcomes.length > MOST_OUTCOMES)
    return;
  for (const outcome of outcomes.keys()) {
    const mechanism = sameOutcome(problem, outcome);
    if (mechanism) yield { mechanism };
  }
}

function obviousMultipliers(problem: Problem): Multipliers | undefined {
  const { environment, question, requirements } = problem;
  const alike = environment.profiles.count > MOST_PROFILES && areAlike(environment);
  if (question.objective === "max-gains") return { ...UNPRICED, alike };
  if (question.objective !== "max-surplus") return undefined;
  if (requirements.some(({ family, exact }) => family === "budget" && exact))
    return { ...UNPRICED, alike, prices: expectedMoney(Rational.ONE.negate()) };
  const everybody = alike ? [undefined] : environment.agents.map((_, agent) => agent);
  const everyone = everybody.map((agent) => ({ agent, weight: Rational.ONE }));
  const asks = (on: string) =>
    environment.agents.every((_, agent) =>
      requirements.some((one) => one.family === on && concerns(one, agent)),
    );
  if (asks("participation")) return { ...UNPRICED, alike, prices: listed("participation", everyone) };
  return asks("cap") && !alike ? { ...UNPRICED, prices: listed("cap", everyone) } : undefined;
}

/**
 * The same outcome and the same payments at every profile: as much as everybody can pay without ever losing, less what is left
 * over where the balance is exact; outside money covers what is missing where it may. Undefined where that does not add up.
 */
function sameOutcome(
  { environment, question, requirements, givenRule }: Problem,
  outcome: number,
): StructuredMechanism | undefined {
  const { agents, profiles, costs } = environment;
  if (costs.shape === "profile" || costs.shape === "profile-outcome") return undefined;
  const cost = question.budget === "none" ? undefined : environment.cost(outcome, 0);
  const about = (family: string, agent: number) =>
    requirements.filter((one) => one.family === family && concerns(one, agent));
  const paid: Rational[] = [];
  const room: (Rational | undefined)[] = [];
  for (const agent of agents.keys()) {
    const limits = about("cap", agent).map(({ margin }) => margin);
    if (question.ir !== "none") limits.push(leastGain(environment, agent, outcome));
    // Who may be charged anything is charged what is missing, if there is a cost.
    const most = limits.length > 0 ? limits.reduce(Rational.minimum) : (cost ?? Rational.ZERO).absolute();
    const never = about("transfers", agent).length > 0;
    if (never && most.sign < 0) return undefined;
    paid.push(most);
    room.push(never ? most : undefined);
  }
  let short = Rational.ZERO;
  if (cost) {
    const left = Rational.sum(paid).subtract(cost);
    if (left.sign < 0) {
      if (!allowsSubsidy(question)) return undefined;
      short = left.negate();
    } else if (question.balance === "exact") {
      let rest = left;
      for (const [agent, own] of room.entries()) {
        const less = own ? Rational.minimum(own, rest) : rest;
        paid[agent] = paid[agent].subtract(less);
        rest = rest.subtract(less);
      }
      if (!rest.isZero) return undefined;
    }
  }
  const constant = (agent: number, amount: Rational) =>
    RationalVector.from(agents[agent].types.map(() => amount));
  return new StructuredMechanism(
    environment,
    {
      alike: false,
      rule: { kind: "table", lotteries: new LotteryTable(new Int32Array(profiles.count).fill(outcome), []) },
      payments: paid.map((amount, agent) => ({
        kind: "sum",
        byType: agents.map((_, j) => (j === agent ? constant(agent, amount) : undefined)),
        onCost: Rational.ZERO,
        onValue: false,
      })),
      money: constantMoney(short),
    },
    givenRule,
  );
}

/** What an outcome is at least worth to an agent beyond its outside option, at any profile. */
function leastGain(
  { profiles, values, outsideOptions, moneyDenominator }: Environment,
  agent: number,
  outcome: number,
): Rational {
  const [value, option] = [values[agent], outsideOptions[agent]];
  const everywhere = value.dependsOnProfile || option.dependsOnProfile;
  let least: bigint | undefined;
  for (let k = 0; k < (everywhere ? profiles.count : profiles.sizes[agent]); k++) {
    const [type, s] = everywhere ? [profiles.typeOf(k, agent), k] : [k, 0];
    const gain = BigInt(value.numerator(type, s, outcome)) - BigInt(option.numerator(type, s, 0));
    if (least === undefined || gain < least) least = gain;
  }
  return Rational.of(least!, moneyDenominator);
}
