import type { ContinuousOutcome } from "../../environment/continuous-environment.js";
import { Rational } from "../../number/rational.js";

/**
 * A surplus whose maximum is over parts that depend on the types of different agents:
 * `S(t) = sum_i common[i] t_i + max(floor, parts[0], parts[1], ...)`. Parts are independent, as types are.
 */
export interface IndependentParts {
  /** For each agent. */
  readonly common: readonly Rational[];
  /** What the outcomes without a part are worth besides; absent where every outcome is in a part. */
  readonly floor?: Rational;
  readonly parts: readonly Part[];
}

/** The largest of some forms: one form of the types of any agents, or several forms of one agent's. */
export interface Part {
  /** Those whose types matter to it. */
  readonly agents: readonly number[];
  readonly forms: readonly Form[];
}

/** `constant + sum_k slopes[k] t_(agents[k])` */
export interface Form {
  readonly constant: Rational;
  readonly slopes: readonly Rational[];
}

/**
 * The parts, if there are such. From each agent's slopes the most frequent one is taken out; then outcomes in which the same
 * agent still has a slope are in one part. That finds them for a good that one of many agents gets, for a project that is
 * done or not, and for whatever else has two outcomes.
 */
export function independentParts(outcomes: readonly ContinuousOutcome[]): IndependentParts | undefined {
  const common = outcomes[0].slopes.map((_, i) => mostFrequent(outcomes.map(({ slopes }) => slopes[i])));
  const left = undominated(
    outcomes.map(({ slopes, constants, cost }) => ({
      constant: Rational.sum(constants).subtract(cost),
      slopes: slopes.map((slope, i) => slope.subtract(common[i])),
    })),
  );
  const floor = left.find(({ slopes }) => slopes.every(({ isZero }) => isZero));
  const parts: Part[] = [];
  let open = left.filter((form) => form !== floor);
  while (open.length > 0) {
    const forms = connectedTo(open[0], open);
    open = open.filter((form) => !forms.includes(form));
    const agents = common.flatMap((_, i) => (forms.some(({ slopes }) => !slopes[i].isZero) ? [i] : []));
    if (forms.length > 1 && agents.length > 1) return undefined;
    const own = forms.map(({ constant, slopes }) => ({ constant, slopes: agents.map((i) => slopes[i]) }));
    parts.push({ agents, forms: own });
  }
  return { common, ...(floor && { floor: floor.constant }), parts };
}

/** The first of the most frequent. */
function mostFrequent(values: readonly Rational[]): Rational {
  const count = (value: Rational) => values.filter((other) => other.equals(value)).length;
  return values.reduce((best, value) => (count(value) > count(best) ? value : best));
}

/** Of forms that differ by a constant the largest. */
function undominated(forms: readonly Form[]): Form[] {
  const parallel = (a: Form, b: Form) => a.slopes.every((slope, i) => slope.equals(b.slopes[i]));
  return forms.filter((form, k) =>
    forms.every((other, l) => {
      if (l === k || !parallel(form, other)) return true;
      const order = other.constant.compare(form.constant);
      return order < 0 || (order === 0 && l > k);
    }),
  );
}

/** Those that share agents with the first, directly or by others. */
function connectedTo(first: Form, forms: readonly Form[]): Form[] {
  const found = [first];
  const shares = (a: Form, b: Form) => a.slopes.some((slope, i) => !slope.isZero && !b.slopes[i].isZero);
  for (let k = 0; k < found.length; k++)
    found.push(...forms.filter((form) => !found.includes(form) && shares(form, found[k])));
  return found;
}
