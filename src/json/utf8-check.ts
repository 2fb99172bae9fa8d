/** A byte that is no character of UTF-8, nor the begin of one; by its index in a chunk, below 0 where it was in one before. */
export interface Misfit {
  readonly byte: number;
  readonly index: number;
}

/** Looks through bytes that come in chunks for the first that begins no character of UTF-8 (Unicode, table 3-7). */
export class Utf8Check {
  /** Bytes that the character which has begun still wants, and what the next of them may be. */
  private wanted = 0;
  private lead = 0;
  private length = 0;
  private least = 0x80;
  private greatest = 0xbf;

  /** Whether no character is cut short. */
  get isComplete(): boolean {
    return this.wanted === 0;
  }

  /** The first byte of the next chunk, or of a character that goes on in it, that does not fit. */
  misfitIn(chunk: Uint8Array): Misfit | undefined {
    for (let k = 0; k < chunk.length; k++) {
      const byte = chunk[k];
      if (this.wanted === 0) {
        if (byte >= 0x80 && !this.begin(byte)) return { byte, index: k };
      } else {
        if (byte < this.least || byte > this.greatest)
          return { byte: this.lead, index: k - (this.length - this.wanted) };
        this.wanted--;
        this.least = 0x80;
        this.greatest = 0xbf;
      }
    }
    return undefined;
  }

  private begin(byte: number): boolean {
    if (byte < 0xc2 || byte > 0xf4) return false;
    this.wanted = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
    this.lead = byte;
    this.length = this.wanted + 1;
    // Neither longer than needed, nor halves of surrogate pairs, nor beyond the last code point.
    if (byte === 0xe0) this.least = 0xa0;
    if (byte === 0xed) this.greatest = 0x9f;
    if (byte === 0xf0) this.least = 0x90;
    if (byte === 0xf4) this.greatest = 0x8f;
    return true;
  }
}
