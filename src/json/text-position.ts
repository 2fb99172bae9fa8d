/** Where something stands in a text, counted from 1 as editors do. */
export interface LineAndColumn {
  readonly line: number;
  readonly column: number;
}

const NEWLINE = 10;

/** Keeps count of the lines of a UTF-8 text that comes in chunks, so that any byte of the present one can be located. */
export class TextPosition {
  private chunk = new Uint8Array(0);
  /** Of the present chunk's first byte: its offset in the text, and where it stands. */
  private offset = 0;
  private line = 1;
  private column = 1;

  /** The next chunk becomes the present one. */
  enter(chunk: Uint8Array): void {
    const end = this.offset + this.chunk.length;
    const { line, column } = this.at(end);
    this.chunk = chunk as Uint8Array<ArrayBuffer>;
    this.offset = end;
    this.line = line;
    this.column = column;
  }

  /**
   * Where a byte stands, by its offset in the text. A byte before the present chunk must stand in the line in which the
   * chunk begins.
   */
  at(offset: number): LineAndColumn {
    const { chunk } = this;
    let { line, column } = this;
    const before = offset - this.offset;
    if (before < 0) return { line, column: Math.max(1, column + before) };
    for (let k = 0; k < before && k < chunk.length; k++) {
      if (chunk[k] === NEWLINE) {
        line++;
        column = 1;
      } else if ((chunk[k] & 0xc0) !== 0x80) column++;
    }
    return { line, column };
  }

  /** The offset in the text of a byte of the present chunk. */
  offsetOf(index: number): number {
    return this.offset + index;
  }

  /** The character that begins at a byte of the present chunk. */
  characterAt(index: number): string {
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(this.chunk.subarray(index, index + 4));
    return String.fromCodePoint(text.codePointAt(0) ?? 0);
  }
}
