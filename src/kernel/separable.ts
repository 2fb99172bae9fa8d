import type { SumPayment } from "../mechanism/payments.js";
import type { StructuredMechanism } from "../mechanism/structured-mechanism.js";
import { equal, greater, type Integer, plus, short, smaller, times, zeros } from "../number/integer.js";
import { lcm, Rational } from "../number/rational.js";
import type { RationalVector } from "../number/rational-vector.js";
import { concerns, type Requirement } from "../question/requirement.js";
import type { Finding } from "./finding.js";
import { singleSlack, together } from "./findings.js";

/** What a requirement at every profile is the sum of, for an agent, for so many who are alike, or for the designer. */
export interface SeparableSlack {
  readonly agent: number | undefined;
  readonly agents: number;
  /** By agent whose type determines them; all are added up, times the factor. */
  readonly vectors: readonly (readonly (RationalVector | undefined)[])[];
  readonly factor: 1 | -1;
  readonly constant: Rational;
}

/**
 * A requirement at every profile as sums of what single types determine, by agent that it is about. Undefined where it is no such
 * sum: where value, cost, an outside option or a table is left in it once payments are put in as what they are.
 */
export function separableSlacks(
  requirement: Requirement,
  mechanism: StructuredMechanism,
): SeparableSlack[] | undefined {
  const { terms, when, against, of, margin } = requirement;
  if (when !== "ex post" || against) return undefined;
  const { alike, environment, payments, money } = mechanism;
  const agents = environment.agents.map((_, i) => i);
  const sums = payments.filter((payment): payment is SumPayment => payment.kind === "sum");
  if (terms.payment && sums.length < payments.length) return undefined;
  const factor = terms.payment ?? 1;
  const vectorsOf = (i: number) => {
    if (!terms.payment) return agents.map(() => undefined);
    const { byType } = sums[alike ? 0 : i];
    return agents.map((j) => (alike ? byType[i === j ? 0 : 1] : byType[j]));
  };
  if (of === "designer") {
    if (terms.subsidy && money.kind !== "constant") return undefined;
    const paid = terms.payment ? agents.map((i) => sums[alike ? 0 : i]) : [];
    const perCost = Rational.sum(paid.map(({ onCost }) => onCost)).multiply(Rational.of(factor));
    if (!perCost.equals(Rational.of(-(terms.cost ?? 0))) || paid.some(({ onValue }) => onValue))
      return undefined;
    const all = agents.map(vectorsOf);
    const given =
      money.kind === "constant" ? money.amount.multiply(Rational.of(terms.subsidy ?? 0)) : Rational.ZERO;
    const vectors = agents.map((j) => all.map((own) => own[j]));
    return [{ agent: undefined, agents: 1, vectors, factor, constant: margin.add(given) }];
  }
  const found: SeparableSlack[] = [];
  for (const i of alike ? [0] : agents.filter((agent) => concerns(requirement, agent))) {
    const paid = terms.payment ? sums[alike ? 0 : i] : undefined;
    const onValue = paid?.onValue ? factor : 0;
    const hasValue = (terms.value ?? 0) + onValue !== 0 || (terms.outside ?? 0) - onValue !== 0;
    if (hasValue || (paid && !paid.onCost.isZero)) return undefined;
    const vectors = vectorsOf(i).map((vector) => [vector]);
    found.push({ agent: i, agents: alike ? agents.length : 1, vectors, factor, constant: margin });
  }
  return found;
}

/** What such sums are at worst: every agent's types make the least of them, or the most where they must be zero. */
export function separableFinding(
  requirement: Requirement,
  { environment }: StructuredMechanism,
  slacks: readonly SeparableSlack[],
): Finding {
  const { exact, label } = requirement;
  const { profiles } = environment;
  return together(
    slacks.map((slack) => {
      const { least, greatest } = extremes(slack, profiles.sizes);
      const isMost = exact && greatest.value.absolute().compare(least.value.absolute()) > 0;
      const { value, types, count } = isMost ? greatest : least;
      const worst = exact ? value.absolute().negate() : value;
      const { agent, agents } = slack;
      const finding = singleSlack(worst, 1, () =>
        label(environment, { agent, profile: profiles.profileOf(types) }),
      );
      return {
        ...finding,
        requirements: profiles.count * agents,
        binding: worst.isZero ? count * agents : 0,
      };
    }),
  );
}

/** An extreme value of a sum, types that attain it, and how many profiles do. */
interface Extreme {
  readonly value: Rational;
  readonly types: readonly number[];
  readonly count: number;
}

function extremes(
  { vectors, factor, constant }: SeparableSlack,
  sizes: readonly number[],
): { readonly least: Extreme; readonly greatest: Extreme } {
  const given = vectors.map((own) => own.filter((vector) => vector !== undefined));
  const unit = given.flat().reduce((so, { denominator }) => lcm(so, denominator), 1n);
  const sums = given.map((own, j) => {
    const total = zeros(sizes[j]);
    for (const { numerators, denominator } of own) {
      const scale = short((unit / denominator) * BigInt(factor));
      for (let type = 0; type < total.length; type++)
        total[type] = plus(total[type], times(scale, numerators[type]));
    }
    return total;
  });
  const extreme = (better: (a: Integer, b: Integer) => Integer): Extreme => {
    const best = sums.map((own) => own.reduce(better));
    return {
      value: Rational.of(best.reduce<Integer>(plus, 0), unit).add(constant),
      types: sums.map((own, j) => own.findIndex((value) => equal(value, best[j]))),
      count: sums.reduce((so, own, j) => so * own.filter((value) => equal(value, best[j])).length, 1),
    };
  };
  return { least: extreme(smaller), greatest: extreme(greater) };
}
