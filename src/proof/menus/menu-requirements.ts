import type { Finding } from "../../mechanism/audit.js";
import { incentiveLabel } from "../../mechanism/incentive-compatibility.js";
import { firstAtLeast } from "../../number/first-at-least.js";
import { Rational } from "../../number/rational.js";
import type { MenuPass } from "./menu-pass.js";

/** By agent: a cut that occurs, how often, and one profile of the others that makes it. */
function* cutsOf(pass: MenuPass) {
  for (const [agent, own] of pass.agents.entries()) {
    const lines = new Float64Array(own.sorted.length + 1);
    const example = new Int32Array(own.sorted.length + 1);
    own.cuts.forEach((cut, others) => {
      lines[cut]++;
      example[cut] = others;
    });
    for (const [cut, count] of lines.entries()) {
      if (count > 0) yield { agent, own, cut, lines: count, others: example[cut] };
    }
  }
}

/** The smallest slack so far, and how many are zero. */
class Slacks {
  private least: { readonly slack: number; readonly label: () => string } | undefined;
  private binding = 0;

  take(slack: number, label: () => string): void {
    if (!this.least || slack < this.least.slack) this.least = { slack, label };
  }

  bind(count: number): void {
    this.binding += count;
  }

  finding(requirements: number, unit: bigint): Finding {
    const { slack, label } = this.least ?? { slack: 0, label: undefined };
    const violation = slack < 0 ? Rational.of(-slack, unit) : Rational.ZERO;
    return { holds: slack >= 0, violation, worst: label?.(), requirements, binding: this.binding };
  }
}

/**
 * Ex post IC. Types with the same outcome pay the same, so they are indifferent among their reports; for the other outcome
 * a type would pay the difference of the two prices, so that the types next to the cut decide.
 */
export function menuIncentives(
  pass: MenuPass,
  menus: readonly Float64Array[],
  scale: number,
  unit: bigint,
): Finding {
  const { environment } = pass;
  const { profiles } = environment;
  const slacks = new Slacks();
  for (const { agent, own, cut, lines, others } of cutsOf(pass)) {
    const { sorted, gaps } = own;
    const [before, behind] = [cut, sorted.length - cut];
    const label = (place: number, instead: number) => () => {
      const truth = profiles.withOthers(agent, others) + sorted[place] * profiles.strides[agent];
      return incentiveLabel(environment, agent, sorted[place], sorted[instead], truth, truth);
    };
    slacks.bind(lines * (before * (before - 1) + behind * (behind - 1)));
    if (before > 1) slacks.take(0, label(0, 1));
    if (behind > 1) slacks.take(0, label(cut, cut + 1));
    if (before === 0 || behind === 0) continue;
    const dearer = menus[agent][2 * cut + 1] - menus[agent][2 * cut];
    slacks.take(dearer - scale * gaps[cut - 1], label(cut - 1, cut));
    slacks.take(scale * gaps[cut] - dearer, label(cut, cut - 1));
    // Types whose gain is just the difference in price are indifferent to all reports on the other side.
    if (dearer % scale !== 0) continue;
    const from = firstAtLeast(gaps, dearer / scale);
    const to = firstAtLeast(gaps, dearer / scale + 1);
    const beforeCut = Math.max(0, Math.min(to, cut) - from);
    slacks.bind(lines * (beforeCut * behind + (to - from - beforeCut) * before));
  }
  const requirements = profiles.sizes.reduce((total, size) => total + profiles.count * (size - 1), 0);
  return slacks.finding(requirements, unit);
}

/** Ex post IR: of the types with an outcome, one to which it is worth least decides. */
export function menuParticipation(
  pass: MenuPass,
  menus: readonly Float64Array[],
  scale: number,
  unit: bigint,
): Finding {
  const { environment } = pass;
  const { profiles, agents } = environment;
  const slacks = new Slacks();
  const poorest = pass.agents.map(({ worths }) => [poorestBefore(worths), poorestBehind(worths)]);
  for (const { agent, own, cut, lines, others } of cutsOf(pass)) {
    for (const x of [0, 1]) {
      const { place, count } = poorest[agent][x];
      if (place[cut] < 0) continue;
      const price = menus[agent][2 * cut + x];
      const slack = scale * own.worths[2 * place[cut] + x] - price;
      if (slack === 0) slacks.bind(lines * count[cut]);
      if (slack < 0) {
        const [from, to] = x === 0 ? [0, cut] : [cut, own.sorted.length];
        for (let k = from; k < to; k++) if (scale * own.worths[2 * k + x] === price) slacks.bind(lines);
      }
      slacks.take(slack, () => {
        const type = own.sorted[place[cut]];
        const profile = profiles.withOthers(agent, others) + type * profiles.strides[agent];
        return `participation of ${agents[agent].name} at ${environment.profileLabel(profile)}`;
      });
    }
  }
  return slacks.finding(agents.length * profiles.count, unit);
}

/** By cut: among the types with an outcome, the place of one to which it is worth least, or -1, and how many such there are. */
interface Poorest {
  readonly place: Int32Array;
  readonly count: Int32Array;
}

/** Of the types before each cut, with the first outcome. */
function poorestBefore(worths: Float64Array): Poorest {
  const size = worths.length / 2;
  const place = new Int32Array(size + 1).fill(-1);
  const count = new Int32Array(size + 1);
  for (let k = 0; k < size; k++) {
    const least = place[k] < 0 ? Number.POSITIVE_INFINITY : worths[2 * place[k]];
    place[k + 1] = worths[2 * k] < least ? k : place[k];
    count[k + 1] = worths[2 * k] < least ? 1 : count[k] + (worths[2 * k] === least ? 1 : 0);
  }
  return { place, count };
}

/** Of the types behind each cut, with the second outcome. */
function poorestBehind(worths: Float64Array): Poorest {
  const size = worths.length / 2;
  const place = new Int32Array(size + 1).fill(-1);
  const count = new Int32Array(size + 1);
  for (let k = size - 1; k >= 0; k--) {
    const least = place[k + 1] < 0 ? Number.POSITIVE_INFINITY : worths[2 * place[k + 1] + 1];
    const own = worths[2 * k + 1];
    place[k] = own < least ? k : place[k + 1];
    count[k] = own < least ? 1 : count[k + 1] + (own === least ? 1 : 0);
  }
  return { place, count };
}
