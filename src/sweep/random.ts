import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";

/** Whole numbers drawn from a text, by SHA-256 in counter mode: the same on every machine and in every engine. */
export class RandomNumbers {
  private readonly key: Uint8Array;
  private block = new Uint8Array(0);
  private blocks = 0;
  private taken = 0;

  /** Different seeds give numbers that nobody can tell from independent ones. */
  constructor(seed: string) {
    this.key = sha256(utf8ToBytes(seed));
  }

  /** A whole number from 0 to below `bound`, all with the same probability. `bound` is positive and at most 2^53. */
  below(bound: number): number {
    // Numbers beyond the largest multiple of the bound would favour the small ones.
    const most = LARGEST - (LARGEST % bound);
    for (;;) {
      const drawn = this.next();
      if (drawn < most) return drawn % bound;
    }
  }

  /** So many different whole numbers from 0 to below `bound`, increasing: every set of them with the same probability (Floyd). */
  distinctBelow(bound: number, count: number): number[] {
    const drawn = new Set<number>();
    for (let last = bound - count; last < bound; last++) {
      const next = this.below(last + 1);
      drawn.add(drawn.has(next) ? last : next);
    }
    return [...drawn].sort((a, b) => a - b);
  }

  /** So many different whole numbers from 0 to below `bound`, in an order of which each has the same probability. */
  differentBelow(bound: number, count: number): number[] {
    const drawn = this.distinctBelow(bound, count);
    for (let last = count - 1; last > 0; last--) {
      const other = this.below(last + 1);
      [drawn[last], drawn[other]] = [drawn[other], drawn[last]];
    }
    return drawn;
  }

  /** 53 bits. */
  private next(): number {
    if (this.taken + 7 > this.block.length) {
      this.block = sha256
        .create()
        .update(this.key)
        .update(utf8ToBytes(`${this.blocks++}`))
        .digest();
      this.taken = 0;
    }
    let number = this.block[this.taken] & 31;
    for (let k = 1; k < 7; k++) number = number * 256 + this.block[this.taken + k];
    this.taken += 7;
    return number;
  }
}

const LARGEST = 2 ** 53;
