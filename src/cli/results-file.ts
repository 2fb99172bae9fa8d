import {
  closeSync,
  constants,
  fdatasync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { InputError, shown } from "../fault/input-error.js";
import { plural } from "../number/count-text.js";
import type { Head, Result } from "../sweep/result.js";
import { Tally } from "../sweep/tally.js";
import { reason } from "./file-fault.js";
import { ResultsIndex, readResults } from "./results-lines.js";
import { writeText } from "./writing.js";

const synced = promisify(fdatasync);

interface Entry {
  readonly result: Result;
  readonly onDisk: (() => void) | undefined;
}

/** Lines that may wait for the disk. */
const MOST_WAITING = 2000;

/**
 * The results of a sweep on a disk: a line for each point, written whole, and counted only once it is on the disk. Points that are
 * finished meanwhile go there together.
 */
export class ResultsFile {
  readonly tally = new Tally();
  private readonly index: ResultsIndex;
  private end: number;
  private waiting: Entry[] = [];
  private writing: Promise<void> | undefined;
  private fault: InputError | undefined;

  private constructor(
    readonly path: string,
    private readonly file: number,
    private readonly head: Head,
  ) {
    if (!fstatSync(file).isFile()) throw new InputError("", "no regular file", EXPECTED);
    const results = readResults(file, (result) => this.tally.add(result));
    if (results) checkSame(head, results.head);
    this.index = results?.index ?? new ResultsIndex(head.points);
    this.end = results?.end ?? 0;
    if (!results) this.checkBegun();
    ftruncateSync(file, this.end);
    if (results) return;
    this.end = writeSync(file, lineOf(head), 0);
    fdatasyncSync(file);
    syncFolder(path);
  }

  /**
   * The file, with what is in it: that of a new sweep, or of one that was cut short. Throws InputError where it cannot be written, and
   * for the results of anything else.
   */
  static open(path: string, head: Head): ResultsFile {
    let file: number | undefined;
    try {
      file = openSync(path, constants.O_RDWR | constants.O_CREAT);
      return new ResultsFile(path, file, head);
    } catch (fault) {
      if (file !== undefined) closeSync(file);
      throw fault instanceof InputError ? fault.inFile(path) : new InputError(path, reason(fault), EXPECTED);
    }
  }

  has(point: number): boolean {
    return this.index.has(point);
  }

  /** How many points are on the disk. */
  get count(): number {
    return this.index.count;
  }

  /** Takes a result, to be written as soon as the disk is free; `onDisk` is called once it is there. Waits where many wait already. */
  async add(result: Result, onDisk?: () => void): Promise<void> {
    if (this.fault) throw this.fault;
    this.waiting.push({ result, onDisk });
    this.writing ??= this.write();
    if (this.waiting.length > MOST_WAITING) await this.settled();
  }

  /** A file without a whole line is new, or the begin of this one's. Throws InputError where it is anything else. */
  private checkBegun(): void {
    const head = Buffer.from(lineOf(this.head));
    const begun = Buffer.alloc(head.length);
    const length = readSync(this.file, begun, 0, head.length, 0);
    if (begun.subarray(0, length).equals(head.subarray(0, length))) return;
    throw new InputError(
      "line 1",
      shown(begun.toString("utf8", 0, length)),
      "the results of a sweep, or no such file",
    );
  }

  /** Waits until everything is on the disk. Throws InputError where it could not be written. */
  async settled(): Promise<void> {
    await this.writing;
    if (this.fault) throw this.fault;
  }

  /** Puts the lines into the order of their points, once all are there. */
  async sort(points: Iterable<number>): Promise<void> {
    await this.settled();
    if (!this.index.isSorted)
      await writeText(
        this.path,
        linesInOrder(this.head, points, (point) => this.lineOf(point)),
        { synced: true },
      );
    syncFolder(this.path);
  }

  close(): void {
    closeSync(this.file);
  }

  private lineOf(point: number): string {
    return this.index.lineOf(point, this.file);
  }

  private async write(): Promise<void> {
    while (this.waiting.length > 0 && !this.fault) {
      // More are finished while the disk is busy.
      const entries = this.waiting;
      this.waiting = [];
      try {
        await this.writeTogether(entries);
      } catch (fault) {
        const found = `${reason(fault)}; ${this.count} of ${plural(this.head.points, "point")} are there`;
        this.fault = new InputError(this.path, found, "room for more, for the same command to go on");
        this.cutBack();
      }
    }
    this.writing = undefined;
  }

  private async writeTogether(entries: readonly Entry[]): Promise<void> {
    const lines = entries.map(({ result }) => Buffer.from(lineOf(result)));
    const text = Buffer.concat(lines);
    for (let written = 0; written < text.length; )
      written += writeSync(this.file, text, written, text.length - written, this.end + written);
    await synced(this.file);
    entries.forEach(({ result, onDisk }, k) => {
      this.index.add(result.point, this.end, lines[k].length);
      this.tally.add(result);
      this.end += lines[k].length;
      onDisk?.();
    });
  }

  /** Takes away what was written by half. */
  private cutBack(): void {
    try {
      ftruncateSync(this.file, this.end);
    } catch {
      // A line that is not whole does not count when the file is read again.
    }
  }
}

/** Throws InputError where a file's results are of another sweep than is wanted. */
export function checkSame(wanted: Head, found: Head): void {
  const parts = [
    ["version", "of mechlp ", "the version that began it"],
    ["digest", "of another specification, ", "the one that began it"],
    ["shard", "of the shard ", "the same one"],
  ] as const;
  for (const [part, words, accepted] of parts) {
    if (found[part] === wanted[part]) continue;
    const [theirs, ours] = [found, wanted].map((head) => head[part]?.slice(0, 12) ?? "that has all points");
    throw new InputError(
      "",
      `results ${words}${theirs}, where this is ${ours}`,
      `${accepted}, or another file`,
    );
  }
}

/** Puts a new name in a folder on the disk. */
function syncFolder(path: string): void {
  try {
    const folder = openSync(dirname(path), constants.O_RDONLY);
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  } catch {
    // Windows knows no such thing.
  }
}

/** The lines of a whole results file: its head, and its points in their order. */
export function* linesInOrder(
  head: Head,
  points: Iterable<number>,
  lineOfPoint: (point: number) => string,
): Iterable<string> {
  yield lineOf(head);
  for (const point of points) yield lineOfPoint(point);
}

function lineOf(line: Head | Result): string {
  return `${JSON.stringify(line)}\n`;
}

const EXPECTED = "a file that can be written";
