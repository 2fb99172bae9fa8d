import type { Finding } from "../kernel/finding.js";
import { Quantities } from "../kernel/quantities.js";
import { Record } from "../kernel/record.js";
import { SlackTally } from "../kernel/slack-tally.js";
import type { StructuredMechanism } from "../mechanism/structured-mechanism.js";
import { unfolded } from "../mechanism/unfolded.js";
import { type Integer, minus, negate } from "../number/integer.js";
import { incentiveLabel } from "../question/requirement.js";
import { Rules } from "../space/choices.js";
import { Space } from "../space/space.js";
import { Chances } from "./chances.js";
import type { ReportedProbability } from "./reported.js";

/** What compares profiles with each other: a mechanism with everything that it chooses and asks written down. */
export class Recorded {
  private readonly record: Record;
  private readonly space: Space;
  private readonly worths: ((choice: number, first: number) => readonly Integer[])[];

  constructor(audited: StructuredMechanism) {
    const mechanism = unfolded(audited);
    const { environment } = mechanism;
    const space = new Space(environment, false);
    const quantities = new Quantities(space, mechanism, new Rules(space, mechanism.given));
    const record = new Record(space, quantities);
    space.rows((row) => {
      quantities.fill(row);
      record.add(row);
    });
    this.space = space;
    this.record = record.finish();
    this.worths = environment.agents.map((_, agent) => record.values(agent));
  }

  /** What an agent of a type gets at a report, where the profile of its first type is `first`. */
  private utility(agent: number, type: number, first: number, reported: number): Integer {
    const { record, worths } = this;
    return minus(worths[agent](record.choice[reported], first)[type], record.payment(agent, reported));
  }

  /**
   * Ex post payoff monotonicity: against every profile of the others, a higher type's truthful payoff is at least that of
   * the next lower one (KE Def. 3). The paper's values rise with types; where an agent's fall, the order is reversed.
   */
  monotonicity(directions: readonly (1 | -1)[]): Finding {
    const { environment } = this.space;
    const { profiles, agents } = environment;
    const tally = new SlackTally(this.record.unit, (agent, better, worse) => {
      return `payoff of ${agents[agent].name} at ${environment.profileLabel(better)} against ${environment.profileLabel(worse)}`;
    });
    directions.forEach((direction, agent) => {
      const stride = profiles.strides[agent];
      for (let s = 0; s < profiles.count; s++) {
        const type = profiles.typeOf(s, agent);
        if (type + 1 === profiles.sizes[agent]) continue;
        const [first, next] = [s - type * stride, s + stride];
        const rise = minus(this.utility(agent, type + 1, first, next), this.utility(agent, type, first, s));
        const [better, worse] = direction === 1 ? [next, s] : [s, next];
        tally.add(direction === 1 ? rise : negate(rise), 1, 1, agent, better, worse);
      }
    });
    return tally.finding;
  }

  /** The chance that nobody would have gained by any misreport, and by one that changes the lottery (a pivotal one). */
  regret(): {
    readonly exPostIncentives: ReportedProbability;
    readonly pivotalIncentives: ReportedProbability;
  } {
    const { space, record } = this;
    const { environment } = space;
    const { profiles, agentCount } = environment;
    const label = (agent: number, profile: number, report: number) =>
      incentiveLabel(environment, agent, profiles.typeOf(profile, agent), report, profile);
    const any = new Chances(record.unit, space.whole, label);
    const pivotal = new Chances(record.unit, space.whole, label);
    const same = record.sameChoices();
    space.rows(({ first: start, from, to, lead, spread }) => {
      for (let b = from; b < to; b++) {
        const s = start + b;
        any.begin();
        pivotal.begin();
        for (let agent = 0; agent < agentCount; agent++) {
          const [stride, type] = [profiles.strides[agent], profiles.typeOf(s, agent)];
          const first = s - type * stride;
          const truthful = this.utility(agent, type, first, s);
          for (let report = 0; report < profiles.sizes[agent]; report++) {
            if (report === type) continue;
            const reported = first + report * stride;
            const gain = minus(this.utility(agent, type, first, reported), truthful);
            if (!(gain > 0)) continue;
            any.lose(gain, 1, agent, s, report);
            if (same(record.choice[reported]) !== same(record.choice[s]))
              pivotal.lose(gain, 1, agent, s, report);
          }
        }
        any.end(lead, spread[b]);
        pivotal.end(lead, spread[b]);
      }
    });
    return { exPostIncentives: any.result, pivotalIncentives: pivotal.result };
  }
}
