import { Tokenizer, TokenType } from "@streamparser/json";
import { InputError } from "../fault/input-error.js";
import { DEEPEST, DocumentBuilder, GrammarFault, TooDeep, UnfitText } from "./document-builder.js";
import type { LongLists } from "./long-lists.js";
import { TextPosition } from "./text-position.js";
import { Utf8Check } from "./utf8-check.js";

const NO_LISTS: LongLists = new Map();

/**
 * Reads a JSON document from chunks of its UTF-8 text without losing a digit: whole numbers that doubles hold become
 * numbers, all others stay the text that was written, so that `0.1` is one tenth. Items of long lists are handed on as they
 * come, so that neither the text nor the document ever stands in memory as a whole.
 * Throws InputError with line and column when the text is not JSON, and whatever a list's taker throws.
 */
export function exactDocument(chunks: Iterable<Uint8Array>, lists: LongLists = NO_LISTS): unknown {
  const position = new TextPosition();
  const builder = new DocumentBuilder(lists);
  const tokenizer = new ExactTokenizer(builder, position);
  const encoding = new Utf8Check();
  for (const chunk of chunks) {
    position.enter(chunk);
    const misfit = encoding.misfitIn(chunk);
    if (misfit) throw notUtf8(misfit.byte, position, position.offsetOf(misfit.index));
    tokenizer.write(chunk);
    tokenizer.checkProgress(position.offsetOf(chunk.length));
  }
  if (!encoding.isComplete)
    throw new InputError("", "text that ends within a character", "a JSON document in UTF-8");
  tokenizer.end();
  return builder.document;
}

/** The fault of a byte that no text has there. */
function notUtf8(byte: number, position: TextPosition, offset: number): InputError {
  const { line, column } = position.at(offset);
  return new InputError(
    "",
    `text that is not UTF-8 (0x${byte.toString(16).padStart(2, "0")} as byte ${offset + 1}, line ${line}, column ${column})`,
    "a JSON document in UTF-8",
  );
}

/** Most bytes from one token to the next: a text or a number that is longer only fills the memory. */
const LONGEST_TOKEN = 1 << 20;

/** What the library says of a byte that fits no token, with the byte's index in the chunk. */
const UNEXPECTED = /^Unexpected ".*" at chunk position "(\d+)".* in state (\w+)/s;

/** The library's tokenizer, with exact numbers, and with faults in the words of this project. */
class ExactTokenizer extends Tokenizer {
  constructor(
    private readonly builder: DocumentBuilder,
    private readonly position: TextPosition,
  ) {
    super({ stringBufferSize: 1 << 12 });
  }

  /** The library lets numbers be kept as text, though it declares a number. */
  override parseNumber(text: string): number {
    const value = Number(text);
    if (Number.isSafeInteger(value) && /^-?\d+$/.test(text)) return value;
    return text as unknown as number;
  }

  private seen = 0;

  /** Throws InputError where the text has gone on for too long without a token, by the offset at which it stands. */
  checkProgress(offset: number): void {
    if (offset - this.seen <= LONGEST_TOKEN) return;
    const { line, column } = this.position.at(this.seen);
    throw new InputError(
      "",
      `a text, number or space of more than ${LONGEST_TOKEN} bytes after line ${line}, column ${column}`,
      "shorter ones",
    );
  }

  override onToken({ token, value, offset }: Parameters<Tokenizer["onToken"]>[0]): void {
    this.seen = offset;
    try {
      this.pass(token, value);
    } catch (fault) {
      if (fault instanceof UnfitText) {
        const { line, column } = this.position.at(offset);
        throw new InputError("", `${fault.found} at line ${line}, column ${column}`, fault.accepted);
      }
      if (!(fault instanceof GrammarFault)) throw fault;
      const words =
        fault.shift > 0 ? fault.message : `${fault.message} but got '${shownStart(token, value)}'`;
      const hint = fault.shift > 0 ? undefined : hintFor(shownStart(token, value), words);
      throw this.fault(words, offset + fault.shift, hint);
    }
  }

  private pass(token: TokenType, value: unknown): void {
    const { builder } = this;
    if (token === TokenType.STRING) builder.text(value as string);
    else if (token === TokenType.COMMA) builder.comma();
    else if (token === TokenType.COLON) builder.colon();
    else if (token === TokenType.LEFT_BRACKET) builder.openList();
    else if (token === TokenType.RIGHT_BRACKET) builder.closeList();
    else if (token === TokenType.LEFT_BRACE) builder.openObject();
    else if (token === TokenType.RIGHT_BRACE) builder.closeObject();
    else builder.scalar(value);
  }

  override onError(fault: Error): void {
    if (fault instanceof TooDeep) {
      throw new InputError(
        "",
        "lists or objects that lie too deep within each other",
        `at most ${DEEPEST} levels`,
      );
    }
    const unexpected = UNEXPECTED.exec(fault.message);
    if (unexpected) {
      const index = Number(unexpected[1]);
      const words = wordsFor(unexpected[2], this.builder);
      const got = this.position.characterAt(index);
      throw this.fault(`${words} but got '${got}'`, this.position.offsetOf(index), hintFor(got, words));
    }
    // Anything else, such as an InputError of a taker, is not the tokenizer's.
    if (/middle of a token/.test(fault.message)) throw this.cutShort();
    throw fault;
  }

  override onEnd(): void {
    if (!this.builder.isComplete) throw this.cutShort();
  }

  private cutShort(): InputError {
    return this.fault(`${this.builder.expectation(true)} but reached end of input`, Number.MAX_SAFE_INTEGER);
  }

  private fault(words: string, offset: number, hint?: string): InputError {
    const { line, column } = this.position.at(offset);
    return new InputError(
      "",
      `text that is not JSON (${words} at line ${line}, column ${column})`,
      hint ? `a JSON document, where ${hint}` : "a JSON document",
    );
  }
}

/** How JSON writes what was probably meant by a character that fits nowhere; undefined where nothing is likely. */
function hintFor(got: string, words: string): string | undefined {
  const afterComma = /^(Quoted|Array item)/.test(words);
  if (got === "/") return 'a fraction stands in quotes, such as "1/3", and comments have no place';
  if (got === "'" || got === "\u201c") return "texts stand in straight double quotes";
  if (afterComma && (got === "]" || got === "}")) return "no comma stands before a closing bracket";
  if (got === ".") return "a digit stands before the point, such as 0.5";
  if (words.startsWith("Quoted") && /\w/.test(got)) return "names of fields stand in double quotes";
  return undefined;
}

/** What would have been accepted inside a token, or between tokens. */
function wordsFor(state: string, builder: DocumentBuilder): string {
  if (state.startsWith("STRING_UNICODE")) return "Four hexadecimal digits expected after \\u";
  if (state === "STRING_AFTER_BACKSLASH") return "Escape character expected after \\";
  if (state.startsWith("STRING")) return "Character of a text expected";
  if (state.startsWith("NUMBER")) return "Digit of a number expected";
  if (/^(TRUE|FALSE|NULL)/.test(state)) return "true, false or null expected";
  return builder.expectation();
}

/** The first character of a token. */
function shownStart(token: TokenType, value: unknown): string {
  return token === TokenType.STRING ? '"' : String(value)[0];
}
