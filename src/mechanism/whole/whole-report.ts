import { IntegerSum } from "../../number/integer-sum.js";
import { Rational } from "../../number/rational.js";
import { incentiveLabel } from "../incentive-compatibility.js";
import { monotonicityLabel, valueDirection } from "../payoff-monotonicity.js";
import type { Finding } from "../properties.js";
import type { PropertyReport, ReportedProbability } from "../reported.js";
import { LeastSlack } from "./least-slack.js";
import { deficits, expected } from "./whole-audit.js";
import type { WholeMechanism } from "./whole-mechanism.js";

/** Adds up the probability of profiles without a loss, and keeps the first largest loss. */
class Tally {
  private readonly total = new IntegerSum();
  private largest = 0;
  private worst: (() => string) | undefined;

  constructor(private readonly whole: WholeMechanism) {}

  add(profile: number, loss: number, label: () => string): void {
    if (loss <= 0) this.total.add(this.whole.beliefs.probability[profile]);
    else if (loss > this.largest) {
      this.largest = loss;
      this.worst = label;
    }
  }

  get result(): ReportedProbability {
    const { beliefs, unit } = this.whole;
    return {
      checked: true,
      probability: Rational.of(this.total.value, beliefs.whole),
      largestLoss: Rational.of(this.largest, unit),
      worst: this.worst?.(),
    };
  }
}

/** What an agent gets at a profile when all tell the truth. */
function truthfulUtilities(whole: WholeMechanism): ((profile: number) => number)[] {
  const { payments, choice, environment } = whole;
  const { profiles, agents } = environment;
  return agents.map((_, agent) => {
    const values = whole.valueRows(agent);
    return (s) => values(profiles.typeOf(s, agent), s)[choice[s]] - payments[agent][s];
  });
}

export function wholeParticipation(whole: WholeMechanism): ReportedProbability {
  const { environment } = whole;
  const { agents, profiles } = environment;
  const utilities = truthfulUtilities(whole);
  const tally = new Tally(whole);
  for (let s = 0; s < profiles.count; s++) {
    let loss = Number.NEGATIVE_INFINITY;
    let who = 0;
    for (let i = 0; i < agents.length; i++) {
      const own = whole.outside(i, profiles.typeOf(s, i), s) - utilities[i](s);
      if (own <= loss) continue;
      loss = own;
      who = i;
    }
    tally.add(s, loss, () => `participation of ${agents[who].name} at ${environment.profileLabel(s)}`);
  }
  return tally.result;
}

/** The chance that nobody would have gained by any misreport, and by one that changes the lottery. */
export function wholeRegret(
  whole: WholeMechanism,
): Pick<PropertyReport, "exPostIncentives" | "pivotalIncentives"> {
  const { environment, choice, payments } = whole;
  const { profiles, agentCount } = environment;
  const values = environment.agents.map((_, agent) => whole.valueRows(agent));
  const same = sameLotteries(whole);
  const any = new Tally(whole);
  const pivotal = new Tally(whole);
  for (let s = 0; s < profiles.count; s++) {
    let [most, mostPivotal] = [0, 0];
    let [who, report, whoPivotal, reportPivotal] = [0, 0, 0, 0];
    for (let agent = 0; agent < agentCount; agent++) {
      const type = profiles.typeOf(s, agent);
      const stride = profiles.strides[agent];
      const first = s - type * stride;
      const row = values[agent](type, s);
      const truthful = row[choice[s]] - payments[agent][s];
      for (let other = 0; other < profiles.sizes[agent]; other++) {
        const reported = first + other * stride;
        const gain = row[choice[reported]] - payments[agent][reported] - truthful;
        if (gain > most && other !== type) {
          most = gain;
          who = agent;
          report = other;
        }
        if (gain > mostPivotal && same[choice[reported]] !== same[choice[s]]) {
          mostPivotal = gain;
          whoPivotal = agent;
          reportPivotal = other;
        }
      }
    }
    any.add(s, most, () => incentiveLabel(environment, who, profiles.typeOf(s, who), report, s));
    pivotal.add(s, mostPivotal, () =>
      incentiveLabel(environment, whoPivotal, profiles.typeOf(s, whoPivotal), reportPivotal, s),
    );
  }
  return { exPostIncentives: any.result, pivotalIncentives: pivotal.result };
}

/** By choice: the first choice that is the same lottery, in whatever order outcomes are listed. */
function sameLotteries({ lotteries }: WholeMechanism): number[] {
  const first = new Map<string, number>();
  return lotteries.map((lottery, c) => {
    const key = lottery
      .filter(({ share }) => share !== 0)
      .map(({ outcome, share }) => `${outcome}:${share}`)
      .sort()
      .join(" ");
    const known = first.get(key) ?? c;
    first.set(key, known);
    return known;
  });
}

/** `exPostMonotonicitySlacks` in whole numbers. */
export function wholeMonotonicity(whole: WholeMechanism): Finding {
  const { environment, unit } = whole;
  const { profiles, agents } = environment;
  const least = new LeastSlack();
  const utilities = truthfulUtilities(whole);
  agents.forEach((_, agent) => {
    const direction = valueDirection(environment, agent);
    if (direction === undefined) return;
    const utility = utilities[agent];
    for (let s = 0; s < profiles.count; s++) {
      if (profiles.typeOf(s, agent) + 1 === profiles.sizes[agent]) continue;
      const rise = utility(s + profiles.strides[agent]) - utility(s);
      least.add(direction * rise + 0, agent * profiles.count + s);
    }
  });
  return least.finding(unit, (place) => {
    const agent = Math.floor(place / profiles.count);
    const s = place % profiles.count;
    return monotonicityLabel(environment, agent, valueDirection(environment, agent)!, s);
  });
}

export function wholeMoney(
  whole: WholeMechanism,
): Pick<PropertyReport, "expectedSurplus" | "expectedDeficit" | "largestDeficit" | "expectedSubsidy"> {
  const { environment, subsidies, unit } = whole;
  const deficit = deficits(whole);
  let largest = Number.NEGATIVE_INFINITY;
  let at = 0;
  for (let s = 0; s < environment.profiles.count; s++) {
    const own = deficit(s);
    if (own <= largest) continue;
    largest = own;
    at = s;
  }
  return {
    expectedSurplus: expected(whole, deficit).negate(),
    expectedDeficit: expected(whole, (s) => Math.max(deficit(s), 0)),
    largestDeficit: { deficit: Rational.of(largest, unit), at: environment.profileLabel(at) },
    expectedSubsidy: expected(whole, (s) => subsidies[s]),
  };
}
