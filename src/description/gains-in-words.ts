import type { Environment } from "../environment/environment.js";
import { type Integer, isZero, minus } from "../number/integer.js";
import { Rational } from "../number/rational.js";
import { decimalOrFraction, parseRational } from "../number/rational-text.js";

/**
 * What one outcome is worth beyond another to all agents together, less what it costs beyond it, as people say it: by the values of
 * those who gain and the costs of those who lose. A score is that number over the environment's money denominator.
 */
export class GainsInWords {
  private readonly gaining: readonly string[];
  private readonly losing: readonly string[];
  private readonly isMixed: boolean;
  /** What the upper outcome costs beyond the lower one, where that is the same everywhere. */
  private readonly cost: Rational | undefined;
  /** Whether types are called by these values and costs, so that nobody asks what those are. */
  private readonly isEvident: boolean;

  constructor(
    private readonly environment: Environment,
    private readonly upper: number,
    private readonly lower: number,
  ) {
    const { agents, costs } = environment;
    const ranges = agents.map((_, i) => rangeOf(environment, i, upper, lower));
    const names = (is: (range: Range) => boolean) =>
      agents.filter((_, i) => is(ranges[i])).map(({ name }) => name);
    this.gaining = names(({ least, most }) => least >= 0 && most > 0);
    this.losing = names(({ least, most }) => most <= 0 && least < 0);
    const isMixed = ranges.some(({ least, most }) => least < 0 && most > 0);
    this.cost = costs.dependsOnProfile
      ? undefined
      : environment.cost(upper, 0).subtract(environment.cost(lower, 0));
    this.isMixed = isMixed || this.cost === undefined || this.gaining.length + this.losing.length === 0;
    this.isEvident = ranges.every(({ labelled, least, most }) => labelled || (least === 0 && most === 0));
  }

  /** `buyer's value exceeds seller's cost by at least 2/9` */
  atLeast(score: Integer): string {
    return this.compared(score, "at least", "at most");
  }

  /** `buyer's value exceeds seller's cost by more than 2/9` */
  moreThan(score: Integer): string {
    return this.compared(score, "more than", "less than");
  }

  private compared(score: Integer, more: string, less: string): string {
    const bound = this.amount(score);
    const [gaining, losing] = [this.gaining.length, this.losing.length];
    if (this.isMixed) return `${this.together} ${more} ${decimalOrFraction(bound)}`;
    if (losing === 0)
      return `${this.values} ${gaining > 1 ? "sum to" : "is"} ${more} ${decimalOrFraction(bound)}`;
    if (gaining === 0)
      return `${this.costs} ${losing > 1 ? "sum to" : "is"} ${less} ${decimalOrFraction(bound.negate())}`;
    const isPair = gaining === 1 && losing === 1;
    if (isPair && bound.sign > 0)
      return `${this.values} exceeds ${this.costs} by ${more} ${decimalOrFraction(bound)}`;
    if (isPair && bound.isZero)
      return more === "at least"
        ? `${this.values} is at least ${this.costs}`
        : `${this.values} exceeds ${this.costs}`;
    return `${this.values} less ${this.costs} ${isPair ? "is" : "sum to"} ${more} ${decimalOrFraction(bound)}`;
  }

  /** The same number again, once it has been named: `the difference is at most 1/9`. */
  againAtMost(score: Integer): string {
    return this.again(score, "at most", "at least");
  }

  againLessThan(score: Integer): string {
    return this.again(score, "less than", "more than");
  }

  againExactly(score: Integer): string {
    return this.again(score, "exactly", "exactly");
  }

  againBetween(least: Integer, most: Integer): string {
    const ends = [this.amount(least), this.amount(most)];
    const [from, to] = this.isCost ? ends.reverse().map((end) => end.negate()) : ends;
    return `${this.pronoun} from ${decimalOrFraction(from)} to ${decimalOrFraction(to)}`;
  }

  private again(score: Integer, less: string, more: string): string {
    const bound = this.amount(score);
    return this.isCost
      ? `${this.pronoun} ${more} ${decimalOrFraction(bound.negate())}`
      : `${this.pronoun} ${less} ${decimalOrFraction(bound)}`;
  }

  /** What value and cost mean; undefined where types are called by them. */
  get meaning(): string | undefined {
    if (this.isMixed || this.isEvident) return undefined;
    const { outcomes } = this.environment;
    const [upper, lower] = [outcomes[this.upper], outcomes[this.lower]];
    const value =
      this.gaining.length > 0 ? `a value is what ${upper} is worth to an agent beyond ${lower}` : "";
    const cost =
      this.losing.length > 0 ? `a cost is what an agent loses by ${upper} instead of ${lower}` : "";
    return [value, cost].filter((part) => part !== "").join("; ");
  }

  private get isCost(): boolean {
    return !this.isMixed && this.gaining.length === 0;
  }

  /** In words values stand by themselves: what the outcome costs is on the other side. */
  private amount(score: Integer): Rational {
    const own = Rational.of(BigInt(score), this.environment.moneyDenominator);
    return this.cost && !this.isMixed ? own.add(this.cost) : own;
  }

  private get values(): string {
    if (this.gaining.length === 1) return `${this.gaining[0]}'s value`;
    return this.gaining.length === this.environment.agentCount
      ? "the agents' values"
      : `the values of ${listed(this.gaining)}`;
  }

  private get costs(): string {
    if (this.losing.length === 1) return `${this.losing[0]}'s cost`;
    return this.losing.length === this.environment.agentCount
      ? "the agents' costs"
      : `the costs of ${listed(this.losing)}`;
  }

  private get pronoun(): string {
    if (this.isMixed) return "it is";
    const [gaining, losing] = [this.gaining.length, this.losing.length];
    if (losing === 0 || gaining === 0) return gaining + losing > 1 ? "they sum to" : "it is";
    return gaining === 1 && losing === 1 ? "the difference is" : "they sum to";
  }

  private get together(): string {
    const { outcomes } = this.environment;
    const [upper, lower] = [outcomes[this.upper], outcomes[this.lower]];
    const cost = this.hasCosts ? ", less its cost," : "";
    return `what ${upper} is worth beyond ${lower} to all agents together${cost} is`;
  }

  private get hasCosts(): boolean {
    return this.cost === undefined || !this.cost.isZero;
  }
}

interface Range {
  readonly least: Integer;
  readonly most: Integer;
  /** Whether every type is called by what it gains or loses, which has nothing otherwise. */
  readonly labelled: boolean;
}

/** What an agent gains by one outcome instead of another, over the money denominator. */
function rangeOf(environment: Environment, agent: number, upper: number, lower: number): Range {
  const { profiles, moneyDenominator } = environment;
  const table = environment.values[agent];
  const { types } = environment.agents[agent];
  const count = table.dependsOnProfile ? profiles.count : types.length;
  let least: Integer | undefined;
  let most: Integer | undefined;
  let labelled = !table.dependsOnProfile;
  const isNothing = (type: number) => isZero(table.numerator(type, 0, lower));
  for (let k = 0; k < count; k++) {
    const [type, profile] = table.dependsOnProfile ? [profiles.typeOf(k, agent), k] : [k, 0];
    const gain = minus(table.numerator(type, profile, upper), table.numerator(type, profile, lower));
    if (least === undefined || gain < least) least = gain;
    if (most === undefined || gain > most) most = gain;
    if (labelled)
      labelled =
        isNothing(type) &&
        parseRational(types[type])?.equals(Rational.of(BigInt(gain), moneyDenominator).absolute()) === true;
  }
  return { least: least ?? 0, most: most ?? 0, labelled };
}

/** `ann, bob and cid` */
export function listed(names: readonly string[], last: "and" | "or" = "and"): string {
  return names.length < 2
    ? names.join("")
    : `${names.slice(0, -1).join(", ")} ${last} ${names[names.length - 1]}`;
}
