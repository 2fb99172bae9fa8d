import { InputError } from "../../environment/input-error.js";

/**
 * Notices entries that stand twice in a long list. An entry is some digits; those below their bases make up a number, and
 * numbers are sorted at the end, so that millions cost little memory.
 */
export class EachOnce {
  private readonly keys: number[] = [];
  private readonly texts = new Map<string, number>();
  private readonly fits: boolean;
  private count = 0;
  /** The place of the first entry found to stand there again, of those kept as text. */
  private again: number | undefined;

  constructor(private readonly bases: readonly number[]) {
    this.fits = bases.reduce((product, base) => product * base, 1) <= Number.MAX_SAFE_INTEGER;
  }

  add(...digits: readonly number[]): void {
    const place = this.count++;
    if (this.fits && digits.every((digit, k) => digit < this.bases[k])) {
      this.keys.push(digits.reduce((key, digit, k) => key * this.bases[k] + digit, 0));
      return;
    }
    // A key that no number has, so that places in the list of keys stay those of the entries.
    this.keys.push(-1 - place);
    const text = digits.join(" ");
    if (this.texts.has(text)) this.again ??= place;
    else this.texts.set(text, place);
  }

  /** Throws InputError, with the path of a place, when an entry stands there again. */
  check(path: (place: number) => string): void {
    const place = this.again ?? this.repeated();
    if (place === undefined) return;
    throw new InputError(path(place), "a multiplier on a requirement that has one already", "each once");
  }

  private repeated(): number | undefined {
    const sorted = Float64Array.from(this.keys).sort();
    const at = sorted.findIndex((key, k) => k > 0 && key === sorted[k - 1]);
    if (at < 0) return undefined;
    return this.keys.indexOf(sorted[at], this.keys.indexOf(sorted[at]) + 1);
  }
}
