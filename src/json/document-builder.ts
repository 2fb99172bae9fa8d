import { briefLine, inert } from "../fault/inert-text.js";
import type { LongLists } from "./long-lists.js";

/** More levels than any table has. */
export const DEEPEST = 500;

/** What may stand next. */
type Expected = "value" | "item" | "first item" | "key" | "first key" | "colon" | "comma" | "end";

interface ListFrame {
  readonly list: unknown[];
  readonly take: ((item: unknown, index: number) => void) | undefined;
  count: number;
}

interface ObjectFrame {
  readonly object: Record<string, unknown>;
  /** Where the object stands; undefined within lists, where no long list can be. */
  readonly path: string | undefined;
  key: string;
}

/** Control characters besides ends of lines and tabs, and halves of surrogate pairs: no text that people write has them. */
const UNFIT = /(?![\t\n\r])[\p{Cc}\p{Cs}]/u;

/** A fault in the grammar: the words, and how far from the token's begin it is. */
export class GrammarFault extends Error {
  constructor(
    message: string,
    readonly shift = 0,
  ) {
    super(message);
  }
}

/** What JSON may have, and no file of this project: what was found, and what would be accepted. */
export class UnfitText extends Error {
  constructor(
    readonly found: string,
    readonly accepted: string,
  ) {
    super(found);
  }
}

/**
 * Builds a document from the tokens of JSON, its long lists taken out item by item. A key may stand only once in an object.
 * Throws GrammarFault where the tokens are no JSON, and UnfitText.
 */
export class DocumentBuilder {
  private expected: Expected = "value";
  private readonly frames: (ListFrame | ObjectFrame)[] = [];
  private root: unknown;

  constructor(private readonly lists: LongLists) {}

  /** What would be accepted at this place, in words; `atEnd` where the text has ended instead. */
  expectation(atEnd = false): string {
    const inList = this.frames.length > 0 && "list" in this.frames[this.frames.length - 1];
    switch (this.expected) {
      case "value":
        return this.frames.length > 0 ? "Object value expected after ':'" : "JSON value expected";
      case "item":
      case "first item":
        return atEnd ? "Array item or end of array ']' expected" : "Array item expected";
      case "key":
      case "first key":
        return atEnd ? "Quoted object key or end of object '}' expected" : "Quoted object key expected";
      case "colon":
        return "Colon ':' expected after property name";
      case "comma":
        if (!atEnd) return "Comma ',' expected after value";
        return inList
          ? "Array item or end of array ']' expected"
          : "Quoted object key or end of object '}' expected";
      case "end":
        return "Expected end of input";
    }
  }

  get isComplete(): boolean {
    return this.expected === "end";
  }

  /** The document, once it is complete. */
  get document(): unknown {
    return this.root;
  }

  openList(): void {
    this.expectValue();
    const take = this.listAt();
    this.open({ list: [], take, count: 0 });
    this.expected = "first item";
  }

  openObject(): void {
    this.expectValue();
    this.open({ object: {}, path: this.pathOfValue(), key: "" });
    this.expected = "first key";
  }

  closeList(): void {
    const frame = this.frames[this.frames.length - 1];
    const may = this.expected === "first item" || this.expected === "comma";
    if (!may || !frame || !("list" in frame)) throw new GrammarFault(this.expectation());
    this.frames.pop();
    this.place(frame.list);
  }

  closeObject(): void {
    const frame = this.frames[this.frames.length - 1];
    const may = this.expected === "first key" || this.expected === "comma";
    if (!may || !frame || "list" in frame) throw new GrammarFault(this.expectation());
    this.frames.pop();
    this.place(frame.object);
  }

  colon(): void {
    if (this.expected !== "colon") throw new GrammarFault(this.expectation());
    this.expected = "value";
  }

  comma(): void {
    if (this.expected !== "comma") throw new GrammarFault(this.expectation());
    this.expected = "list" in this.frames[this.frames.length - 1] ? "item" : "key";
  }

  /** A text is a key or a value. */
  text(value: string): void {
    const unfit = UNFIT.exec(value);
    if (unfit)
      throw new UnfitText(`a text with the character ${inert(unfit[0])}`, "texts without control characters");
    if (this.expected !== "key" && this.expected !== "first key") {
      this.scalar(value);
      return;
    }
    const frame = this.frames[this.frames.length - 1] as ObjectFrame;
    if (Object.hasOwn(frame.object, value)) {
      throw new GrammarFault(`Duplicate key '${briefLine(value, 200)}' encountered`, 1);
    }
    // Assigned plainly it would change the object's prototype, and other readers lose it.
    if (value === "__proto__") throw new UnfitText(`the field "${value}"`, "another name");
    frame.key = value;
    this.expected = "colon";
  }

  scalar(value: unknown): void {
    this.expectValue();
    this.place(value);
  }

  private expectValue(): void {
    const { expected } = this;
    if (expected === "value" || expected === "item" || expected === "first item") return;
    throw new GrammarFault(this.expectation());
  }

  private open(frame: ListFrame | ObjectFrame): void {
    if (this.frames.push(frame) > DEEPEST) throw new TooDeep();
  }

  /** Puts a value where the innermost open frame wants it. */
  private place(value: unknown): void {
    const frame = this.frames[this.frames.length - 1];
    if (frame === undefined) {
      this.root = value;
      this.expected = "end";
      return;
    }
    this.expected = "comma";
    if ("list" in frame) {
      if (frame.take) frame.take(value, frame.count++);
      else frame.list.push(value);
    } else frame.object[frame.key] = value;
  }

  /** The path of the value that comes next; undefined within lists. */
  private pathOfValue(): string | undefined {
    const frame = this.frames[this.frames.length - 1];
    if (frame === undefined) return "";
    if ("list" in frame || frame.path === undefined) return undefined;
    return frame.path === "" ? frame.key : `${frame.path}.${frame.key}`;
  }

  private listAt(): ListFrame["take"] {
    const path = this.pathOfValue();
    return path === undefined ? undefined : this.lists.get(path);
  }
}

/** Lists or objects lie too deep within each other. */
export class TooDeep extends Error {}
