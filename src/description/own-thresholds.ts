import { type Integer, minus } from "../number/integer.js";
import { Rational } from "../number/rational.js";
import { decimalOrFraction } from "../number/rational-text.js";
import type { Choices } from "../space/choices.js";
import type { Row, Space } from "../space/space.js";
import { chosenAt } from "./choice.js";
import type { Form } from "./form.js";
import { GainsInWords } from "./gains-in-words.js";

/**
 * Of two outcomes the one where every agent's own gain by it is at or above a threshold of its own, as at a posted price, else the
 * other. The thresholds are found first, and then held against the rule.
 */
export class OwnThresholds implements Form {
  refuted = false;
  /** By agent and type: what it gains by the chosen outcome instead of the other. */
  private readonly gains: readonly (readonly Integer[])[];
  /** By agent: the least gain with which the outcome is ever chosen. */
  private readonly least: (Integer | undefined)[];
  private isSecond = false;
  private isChosenAnywhere = false;

  /** Values must be private. */
  constructor(
    private readonly space: Space,
    private readonly chosen: number,
    private readonly other: number,
  ) {
    const { values, profiles } = space.environment;
    this.gains = values.map((table, i) =>
      Array.from({ length: profiles.sizes[i] }, (_, type) =>
        minus(table.numerator(type, 0, chosen), table.numerator(type, 0, other)),
      ),
    );
    this.least = values.map(() => undefined);
  }

  add(row: Row, choices: Choices, places: readonly number[]): void {
    const { chosen } = this;
    const last = row.types.length;
    for (const b of places) {
      if (this.refuted) return;
      const x = chosenAt(choices, b);
      if (typeof x === "object") this.refuted = true;
      else if (this.isSecond && x !== chosen) this.refuted = this.reaches(row.types, last, b);
      else if (!this.isSecond && x === chosen) {
        this.isChosenAnywhere = true;
        for (let i = 0; i <= last; i++) this.lower(i, this.gains[i][i === last ? b : row.types[i]]);
      }
    }
  }

  private lower(i: number, gain: Integer): void {
    const before = this.least[i];
    if (before === undefined || gain < before) this.least[i] = gain;
  }

  private reaches(types: Int32Array, last: number, b: number): boolean {
    return this.least.every((bound, i) => this.gains[i][i === last ? b : types[i]] >= bound!);
  }

  again(): boolean {
    if (this.isSecond || this.refuted || !this.isChosenAnywhere) return false;
    this.isSecond = true;
    return true;
  }

  words(): readonly string[] | undefined {
    if (!this.isSecond || this.refuted) return undefined;
    const { environment } = this.space;
    const { agents, outcomes, moneyDenominator } = environment;
    const conditions = agents.flatMap(({ name }, i) => {
      const bound = this.least[i]!;
      // Who never stands in the way is not mentioned.
      if (this.gains[i].every((gain) => gain >= bound)) return [];
      const amount = Rational.of(BigInt(bound), moneyDenominator);
      const isCost = this.gains[i].every((gain) => gain <= 0);
      return isCost
        ? [`${name}'s cost is at most ${decimalOrFraction(amount.negate())}`]
        : [`${name}'s value is at least ${decimalOrFraction(amount)}`];
    });
    if (conditions.length === 0) return undefined;
    const meaning = new GainsInWords(environment, this.chosen, this.other).meaning;
    return [
      `${outcomes[this.chosen]} where ${conditions.join(" and ")}; ${outcomes[this.other]} elsewhere.`,
      ...(meaning === undefined ? [] : [`Here ${meaning}.`]),
    ];
  }
}
