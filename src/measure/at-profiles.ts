import { efficientOutcomes, welfareNumerators } from "../environment/efficiency.js";
import type { Finding } from "../kernel/finding.js";
import { Quantities } from "../kernel/quantities.js";
import { SlackTally } from "../kernel/slack-tally.js";
import type { StructuredMechanism } from "../mechanism/structured-mechanism.js";
import { type Integer, minus, negate, plus, times, zeros } from "../number/integer.js";
import { SumsOver } from "../number/sums-over.js";
import { Rules } from "../space/choices.js";
import { equalShares, type Shares } from "../space/rule.js";
import { type Row, Space } from "../space/space.js";
import { TIED } from "../space/sure-row.js";
import { Chances } from "./chances.js";
import type { MoneyAtProfiles, ReportedProbability } from "./reported.js";

/** What is measured at every profile by itself. */
export interface AtProfiles {
  readonly efficiency: Finding;
  /** The chance that nobody regrets having taken part. */
  readonly participation: ReportedProbability;
  readonly money: MoneyAtProfiles;
}

/** One look at every profile, or orbit where the mechanism treats alike agents alike. */
export function atProfiles(mechanism: StructuredMechanism): AtProfiles {
  const { environment } = mechanism;
  const space = new Space(environment, mechanism.alike);
  const rules = new Rules(space, mechanism.given);
  const quantities = new Quantities(space, mechanism, rules);
  const label = (s: number) => environment.profileLabel(s);
  const forgone = new SlackTally(environment.moneyDenominator, (s) => `efficiency at ${label(s)}`);
  const participation = new Chances(
    quantities.unit,
    space.whole,
    (agent, s) => `participation of ${environment.agents[agent].name} at ${label(s)}`,
  );
  const left = new SlackTally(quantities.unit, label);
  const [surplus, deficit] = [new SumsOver(), new SumsOver()];
  let hasSurplus = false;
  const list = zeros(environment.profiles.sizes[environment.agentCount - 1]);
  space.rows((row) => {
    quantities.fill(row);
    rules.efficient.fill(row);
    const { from, to, first, sizes, lead, spread } = row;
    addMoney(row, quantities, environment.agentCount, list);
    for (let b = from; b < to; b++) {
      const s = first + b;
      const over = quantities.denominator(b);
      const weight = times(lead, spread[b]);
      surplus.add(times(weight, list[b]), over);
      if (list[b] < 0) deficit.add(times(weight, negate(list[b])), over);
      if (list[b] > 0) hasSurplus = true;
      left.offer(list[b], over, s);
      const x = quantities.choices.sure[b];
      const isBest = x !== TIED && (rules.efficient.sure[b] === x || rules.efficient.all(b).includes(x));
      const shares = x === TIED ? quantities.choices.lottery(b) : equalShares([x]);
      const slack = isBest ? 0 : forgoneWelfare(environment, s, shares);
      forgone.add(slack, isBest ? 1 : Number(shares.denominator), Number(sizes[b]), s);
    }
    addParticipation(row, quantities, environment.agentCount, participation);
  });
  const { slack, worst } = left.smallest!;
  const unit = space.whole * quantities.unit;
  return {
    efficiency: forgone.finding,
    participation: participation.result,
    money: {
      expectedSurplus: surplus.value(unit),
      expectedDeficit: deficit.value(unit),
      largestDeficit: { deficit: slack.negate(), at: worst },
      hasSurplus,
    },
  };
}

/** What payments leave beyond the cost. */
function addMoney({ from, to }: Row, quantities: Quantities, agents: number, left: Integer[]): void {
  const costs = quantities.costs();
  for (let b = from; b < to; b++) left[b] = negate(costs[b]);
  for (let i = 0; i < agents; i++) {
    const payments = quantities.payments(i);
    for (let b = from; b < to; b++) left[b] = plus(left[b], payments[b]);
  }
}

function addParticipation(row: Row, quantities: Quantities, agents: number, chances: Chances): void {
  const { from, to, first, lead, spread } = row;
  const lists = Array.from({ length: agents }, (_, i) => {
    return { values: quantities.values(i), payments: quantities.payments(i), outside: quantities.outside(i) };
  });
  for (let b = from; b < to; b++) {
    chances.begin();
    lists.forEach(({ values, payments, outside }, i) => {
      const loss = minus(plus(outside[b], payments[b]), values[b]);
      if (loss > 0) chances.lose(loss, quantities.denominator(b), i, first + b);
    });
    chances.end(lead, spread[b]);
  }
}

/** Welfare of a lottery less that of an efficient outcome, over the lottery's denominator too (LN Def. 1). */
function forgoneWelfare(
  environment: StructuredMechanism["environment"],
  profile: number,
  { outcomes, shares }: Shares,
): Integer {
  const welfare = welfareNumerators(environment);
  const best = welfare(profile, efficientOutcomes(environment, profile)[0]);
  return outcomes.reduce<Integer>(
    (total, x, k) => plus(total, times(shares[k], minus(welfare(profile, x), best))),
    0,
  );
}
