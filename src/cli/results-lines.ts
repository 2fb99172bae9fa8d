import { closeSync, openSync, readSync } from "node:fs";
import { InputError, shown } from "../fault/input-error.js";
import { parsedBy } from "../fault/parsed-by.js";
import { type Head, headSchema, type Result, resultSchema } from "../sweep/result.js";
import { inFile, reason } from "./file-fault.js";

/** A line of a file: its text, and the bytes that it takes with its end. */
interface Line {
  readonly text: string;
  readonly offset: number;
  readonly length: number;
}

const CHUNK = 1 << 18;
const LINE_END = 10;

/** The lines of a file that end, and how many bytes stand behind the last of them. */
function* wholeLines(file: number): Generator<Line, number> {
  let rest = Buffer.alloc(0);
  let offset = 0;
  for (let position = 0; ; ) {
    const chunk = Buffer.alloc(CHUNK);
    const read = readSync(file, chunk, 0, CHUNK, position);
    if (read === 0) return rest.length;
    position += read;
    rest = Buffer.concat([rest, chunk.subarray(0, read)]);
    let begin = 0;
    for (let end = rest.indexOf(LINE_END); end >= 0; end = rest.indexOf(LINE_END, begin)) {
      const length = end + 1 - begin;
      yield { text: rest.toString("utf8", begin, end), offset, length };
      offset += length;
      begin = end + 1;
    }
    rest = rest.subarray(begin);
  }
}

/** The points that a results file has, with the places of their lines; the lines themselves stay in the file. */
export class ResultsIndex {
  private readonly offsets: Float64Array;
  private readonly lengths: Uint32Array;
  /** The last point of the file, as long as its points come in their order. */
  private last = 0;
  isSorted = true;
  count = 0;

  constructor(points: number) {
    this.offsets = new Float64Array(points + 1);
    this.lengths = new Uint32Array(points + 1);
  }

  has(point: number): boolean {
    return this.lengths[point] > 0;
  }

  add(point: number, offset: number, length: number): void {
    if (!this.has(point)) this.count++;
    this.isSorted &&= point > this.last;
    this.last = point;
    this.offsets[point] = offset;
    this.lengths[point] = length;
  }

  /** The text of a point's line, with its end. */
  lineOf(point: number, file: number): string {
    const line = Buffer.alloc(this.lengths[point]);
    readSync(file, line, 0, line.length, this.offsets[point]);
    return line.toString("utf8");
  }
}

/** What stands in a results file. */
export interface ReadResults {
  readonly head: Head;
  readonly index: ResultsIndex;
  /** Where the last whole line ends; what stands behind was cut off in the middle. */
  readonly end: number;
}

/**
 * Reads a results file that is open, line by line; `take` is given each result. A last line that is not whole, as a process that was
 * killed leaves one, does not count. Undefined where there is no whole line at all. Throws InputError for what is no results file.
 */
export function readResults(
  file: number,
  take: (result: Result, head: Head) => void,
): ReadResults | undefined {
  const lines = wholeLines(file);
  const first = lines.next();
  if (first.done) return undefined;
  const head = headOf(first.value.text);
  const index = new ResultsIndex(head.points);
  let end = first.value.length;
  let number = 1;
  let torn: InputError | undefined;
  for (let line = lines.next(); !line.done; line = lines.next()) {
    number++;
    // Only the last line may be one that was not written to its end.
    if (torn) throw torn;
    const { text, offset, length } = line.value;
    const result = resultOf(text);
    if (!result || result.point > head.points) {
      torn = new InputError(`line ${number}`, shown(text), "a point of this sweep");
      continue;
    }
    if (!index.has(result.point)) take(result, head);
    index.add(result.point, offset, length);
    end = offset + length;
  }
  return { head, index, end };
}

function headOf(text: string): Head {
  try {
    return parsedBy(headSchema, JSON.parse(text));
  } catch (fault) {
    if (fault instanceof InputError || fault instanceof SyntaxError)
      throw new InputError("line 1", shown(text), "the results of a sweep");
    throw fault;
  }
}

function resultOf(text: string): Result | undefined {
  try {
    return resultSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Opens a results file that is there and reads it; `act` may read its lines as long as it runs. Throws InputError, with its name. */
export async function withResults<T>(
  path: string,
  take: (result: Result, head: Head) => void,
  act: (results: ReadResults, file: number) => T | Promise<T>,
): Promise<T> {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch (fault) {
    throw new InputError(path, reason(fault), "a file that can be read");
  }
  try {
    const results = inFile(path, () => {
      const read = readResults(file, take);
      if (!read) throw new InputError("", "an empty file", "the results of a sweep");
      return read;
    });
    return await act(results, file);
  } finally {
    closeSync(file);
  }
}
