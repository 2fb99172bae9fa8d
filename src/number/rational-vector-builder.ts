import { lcm, type Rational } from "./rational.js";
import { parseRational } from "./rational-text.js";
import { packIntegers, RationalVector } from "./rational-vector.js";

/** Entries from `start` on are whole numbers over `denominator`. */
interface Segment {
  readonly start: number;
  readonly denominator: bigint;
}

const SAFE = BigInt(Number.MAX_SAFE_INTEGER);

/**
 * Collects rationals one after the other, as flat numbers over the common denominator of all so far: doubles while that is
 * exact, BigInts beyond. Entries are brought to their last denominator only at the end.
 */
export class RationalVectorBuilder {
  private small: Float64Array;
  private large: bigint[] | undefined;
  private count = 0;
  private denominator = 1n;
  /** The same as a double; NaN where it is not safe. */
  private divisor = 1;
  private readonly segments: Segment[] = [{ start: 0, denominator: 1n }];

  /** `capacity` is how many entries are expected; more may come. */
  constructor(capacity = 64) {
    this.small = new Float64Array(Math.max(1, capacity));
  }

  get length(): number {
    return this.count;
  }

  /** The sign of the entry added last; 0 before there is one. */
  get lastSign(): number {
    if (this.count === 0) return 0;
    return this.large
      ? Number(this.large[this.count - 1] > 0n) - Number(this.large[this.count - 1] < 0n)
      : Math.sign(this.small[this.count - 1]);
  }

  push({ numerator, denominator }: Rational): void {
    if (this.denominator % denominator !== 0n) this.extend(lcm(this.denominator, denominator));
    this.append(numerator * (this.denominator / denominator));
  }

  /** Adds the number that a text denotes, and says whether it denotes one. Short fractions cost no BigInt. */
  pushText(text: string): boolean {
    if (readShort(text)) {
      // Over the present denominator, as the next entry mostly is; else in lowest terms, by way of a Rational.
      const factor = this.divisor / SHORT.denominator;
      const numerator = SHORT.numerator * factor;
      if (Number.isInteger(factor) && Number.isSafeInteger(numerator) && !this.large) {
        this.room();
        this.small[this.count++] = numerator;
        return true;
      }
    }
    const value = parseRational(text);
    if (value) this.push(value);
    return value !== undefined;
  }

  /** All entries over their common denominator. The builder is used up. */
  build(): RationalVector {
    const { small, large, count, denominator, segments } = this;
    if (large === undefined && this.scaleInPlace())
      return new RationalVector(small.length === count ? small : small.slice(0, count), denominator);
    const all: bigint[] = large ?? Array.from(small.subarray(0, count), BigInt);
    segments.forEach((segment, k) => {
      const factor = denominator / segment.denominator;
      if (factor === 1n) return;
      const end = Math.min(count, segments[k + 1]?.start ?? count);
      for (let at = segment.start; at < end; at++) all[at] *= factor;
    });
    return new RationalVector(packIntegers(all), denominator);
  }

  private append(numerator: bigint): void {
    if (!this.large && numerator <= SAFE && numerator >= -SAFE) {
      this.room();
      this.small[this.count++] = Number(numerator);
      return;
    }
    if (!this.large) {
      this.large = Array.from(this.small.subarray(0, this.count), BigInt);
      this.small = new Float64Array(0);
    }
    this.large.push(numerator);
    this.count++;
  }

  private room(): void {
    if (this.count < this.small.length) return;
    const larger = new Float64Array(2 * this.small.length);
    larger.set(this.small);
    this.small = larger;
  }

  /** From here on entries are over a multiple of the denominator so far. */
  private extend(denominator: bigint): void {
    const last = this.segments[this.segments.length - 1];
    if (last.start === this.count) this.segments.pop();
    this.segments.push({ start: this.count, denominator });
    this.denominator = denominator;
    this.divisor = denominator <= SAFE ? Number(denominator) : Number.NaN;
  }

  /** Whether all doubles are safe over the last denominator; if so they are brought to it. */
  private scaleInPlace(): boolean {
    const { small, count, denominator, segments } = this;
    // What no double holds is no infinity, of which zeros would make no number.
    const factors = segments.map((segment) =>
      Math.min(Number.MAX_VALUE, Number(denominator / segment.denominator)),
    );
    const end = (k: number) => Math.min(count, segments[k + 1]?.start ?? count);
    for (let k = 0; k < segments.length; k++) {
      const limit = Number.MAX_SAFE_INTEGER / factors[k];
      for (let at = segments[k].start; at < end(k); at++) if (!(Math.abs(small[at]) <= limit)) return false;
    }
    for (let k = 0; k < segments.length; k++) {
      if (factors[k] === 1) continue;
      for (let at = segments[k].start; at < end(k); at++) small[at] *= factors[k];
    }
    return true;
  }
}

/** What `readShort` found. */
const SHORT = { numerator: 0, denominator: 1 };

const MOST_DIGITS = 15;
const [ZERO, NINE, MINUS, SLASH] = [48, 57, 45, 47];

/** Whether a text is a whole number or a fraction of so few digits that doubles hold them, as files mostly have it. */
function readShort(text: string): boolean {
  const { length } = text;
  let at = 0;
  const negative = text.charCodeAt(0) === MINUS;
  if (negative) at++;
  let numerator = 0;
  const first = at;
  let code = text.charCodeAt(at);
  for (; code >= ZERO && code <= NINE; code = text.charCodeAt(++at)) numerator = 10 * numerator + code - ZERO;
  if (at === first || at - first > MOST_DIGITS) return false;
  let denominator = 1;
  if (code === SLASH) {
    denominator = 0;
    const start = ++at;
    code = text.charCodeAt(at);
    for (; code >= ZERO && code <= NINE; code = text.charCodeAt(++at))
      denominator = 10 * denominator + code - ZERO;
    if (denominator === 0 || at - start > MOST_DIGITS) return false;
  }
  if (at !== length) return false;
  SHORT.numerator = negative && numerator !== 0 ? -numerator : numerator;
  SHORT.denominator = denominator;
  return true;
}
