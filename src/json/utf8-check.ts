/** Looks through bytes that come in chunks for the first one that no UTF-8 text could have at its place (Unicode, table 3-7). */
export class Utf8Check {
  /** Bytes that the character which has begun still wants, and what the next of them may be. */
  private wanted = 0;
  private least = 0x80;
  private greatest = 0xbf;

  /** Whether no character is cut short. */
  get isComplete(): boolean {
    return this.wanted === 0;
  }

  /** The index of the first byte of the next chunk that does not fit; -1 where all do. */
  misfitIn(chunk: Uint8Array): number {
    for (let k = 0; k < chunk.length; k++) {
      const byte = chunk[k];
      if (this.wanted === 0) {
        if (byte >= 0x80 && !this.begin(byte)) return k;
      } else {
        if (byte < this.least || byte > this.greatest) return k;
        this.wanted--;
        this.least = 0x80;
        this.greatest = 0xbf;
      }
    }
    return -1;
  }

  private begin(byte: number): boolean {
    if (byte < 0xc2 || byte > 0xf4) return false;
    this.wanted = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
    // Neither longer than needed, nor halves of surrogate pairs, nor beyond the last code point.
    if (byte === 0xe0) this.least = 0xa0;
    if (byte === 0xed) this.greatest = 0x9f;
    if (byte === 0xf0) this.least = 0x90;
    if (byte === 0xf4) this.greatest = 0x8f;
    return true;
  }
}
