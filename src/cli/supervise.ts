import { Worker } from "node:worker_threads";
import { inert, inertLine } from "../fault/inert-text.js";
import { InputFeed } from "./input-feed.js";
import type { KnownSoFar } from "./known-so-far.js";
import { doneText, progressLine, stoppedText, type WorkState } from "./progress-line.js";
import { failWriting } from "./terminal.js";
import { UnfinishedFiles } from "./unfinished-files.js";
import { mayEndWork, type Report, SHARED, STOP_REASONS, type Watch } from "./watched.js";
import { SIGNALS } from "./writing.js";

/** Milliseconds after which work counts as long. */
const LONG = 1000;
/** Milliseconds between looks at the clock and the memory. */
const LOOK = 100;
/** Milliseconds in which the working thread may come to an end by itself, with what it knows, once it is asked to stop. */
const GRACE = { interrupted: 200, "time limit reached": 700, "memory limit reached": 700 } as const;
/** Commands that say themselves what they know when they are asked to stop. */
const ENDS_BY_ITSELF = new Set(["solve", "window"]);

type StopReason = keyof typeof GRACE;

const EXIT_NO_ANSWER = 3;
const EXIT_BUG = 70;
/** By the signal that ended the work, as shells have it. */
const EXIT_INTERRUPTED = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/**
 * Runs a command in a thread and watches it: progress on a terminal once it takes long, an end with what is known at Ctrl-C, at
 * signals that ask for it, and at the limits of time and memory. `solve` and `window` are asked to end by themselves, so that they can still say and write what they have proved;
 * what other commands have done half is worth nothing. Returns the exit status.
 */
export function supervise(program: URL, argv: string[]): Promise<number> {
  return new Supervision(program, argv).ended;
}

class Supervision {
  readonly ended: Promise<number>;
  private readonly shared = new Int32Array(new SharedArrayBuffer(4 * SHARED.length));
  private readonly worker: Worker;
  private readonly watch: NodeJS.Timeout;
  private readonly solving: boolean;
  private readonly timeLimit: number | undefined;
  private readonly memoryLimit: number | undefined;
  private state: WorkState;
  private known: KnownSoFar | undefined;
  private readonly files = new UnfinishedFiles();
  /** What flags ask for, as far as it is written. */
  private readonly written = new Set<string>();
  private readonly input = new InputFeed(this.shared);
  private shown = false;
  private printing = false;
  private reason: StopReason | undefined;
  private signal: keyof typeof EXIT_INTERRUPTED = "SIGINT";
  private askedAt = 0;
  /** What was being done when the end was asked for. */
  private askedIn: WorkState | undefined;
  private resolve: ((status: number) => void) | undefined;

  constructor(
    program: URL,
    private readonly argv: string[],
  ) {
    this.solving = argv[0] === "solve";
    const stage = argv[0] === "reproduce" ? "testing claims" : "reading the instance";
    this.state = { stage, done: "", known: undefined };
    this.timeLimit = positiveOption(argv, "--time-limit");
    this.memoryLimit = positiveOption(argv, "--memory-limit");
    const coloured = process.stdout.isTTY === true && process.env["FORCE_COLOR"] === undefined;
    this.worker = new Worker(program, {
      argv,
      env: { ...process.env, ...(coloured ? { FORCE_COLOR: "1" } : {}), ...screenSize() },
      resourceLimits: { maxOldGenerationSizeMb: 1 << 16 },
      workerData: { shared: this.shared, input: this.input.port } satisfies Watch,
      transferList: [this.input.port],
    });
    process.stdout.on("error", (fault: NodeJS.ErrnoException) => {
      // A reader that stops reading, such as `head`, is no fault: the rest goes nowhere, and the status stays the answer's.
      if (fault.code === "EPIPE") this.worker.stdout.resume();
      else {
        this.files.tidy(false);
        failWriting(fault);
      }
    });
    // Nobody is left to tell.
    process.stderr.on("error", () => this.worker.stderr.resume());
    for (const signal of SIGNALS) process.on(signal, this.interrupt);
    // What the work prints comes through here: the line of progress goes before the first of it is shown, whatever else comes when.
    this.worker.stdout.prependListener("data", this.prints);
    this.worker.on("message", (report: Report) => this.hear(report));
    this.worker.on("error", (fault: NodeJS.ErrnoException) => this.fail(fault));
    this.worker.on("exit", (status) => this.exit(status));
    this.watch = setInterval(() => this.look(), LOOK);
    this.ended = new Promise((resolve) => {
      this.resolve = resolve;
    });
  }

  /** Since the process began: starting it is part of what the user waits for. */
  private get seconds(): number {
    return performance.now() / 1000;
  }

  private hear(report: Report): void {
    switch (report.kind) {
      case "stage":
        this.state = { ...this.state, stage: report.words, done: "" };
        break;
      case "done":
        this.state = { ...this.state, done: doneText(report.count, report.of) };
        break;
      case "known":
        this.known = report.known;
        this.state = { ...this.state, known: report.known.words };
        break;
      case "written":
        this.written.add(report.flag);
        break;
      case "input":
        this.input.next();
        break;
      default:
        this.files.hear(report);
    }
  }

  private look(): void {
    const { seconds, timeLimit, memoryLimit } = this;
    if (this.reason !== undefined) {
      if (performance.now() > this.askedAt + GRACE[this.reason]) this.giveUp(this.reason);
    } else if (timeLimit !== undefined && seconds > timeLimit) this.ask("time limit reached");
    else if (memoryLimit !== undefined && process.memoryUsage.rss() > memoryLimit * 2 ** 20) {
      this.ask("memory limit reached");
    } else if (process.stderr.isTTY && !this.printing && seconds > LONG / 1000) {
      // A terminal that does not know its width says 0.
      const line = progressLine(this.state, seconds, process.stderr.columns || 80);
      process.stderr.write(`\r\u001b[K${line}`);
      this.shown = true;
    }
  }

  /** The answer is being printed: nothing may be shown beside it any more. */
  private readonly prints = (): void => {
    this.printing = true;
    this.clear();
  };

  /** A second Ctrl-C does not wait. */
  private readonly interrupt = (signal: keyof typeof EXIT_INTERRUPTED): void => {
    this.signal = signal;
    if (this.reason === "interrupted") this.giveUp("interrupted");
    else this.ask("interrupted");
  };

  private ask(reason: StopReason): void {
    this.clear();
    this.reason = reason;
    this.askedAt = performance.now();
    this.askedIn = this.state;
    if (!ENDS_BY_ITSELF.has(this.argv[0])) this.giveUp(reason);
    else Atomics.store(this.shared, SHARED.stop, STOP_REASONS.indexOf(reason));
  }

  /** Ends the work wherever it is, and says what was known. */
  private giveUp(reason: string): void {
    if (!this.resolve) return;
    const interrupted = reason === "interrupted";
    // An answer that is proved is written and printed to its end, unless somebody has had enough of it.
    if (!mayEndWork(this.shared) && !interrupted) return;
    const status = interrupted ? EXIT_INTERRUPTED[this.signal] : this.solving ? 0 : EXIT_NO_ANSWER;
    this.end(status);
    // What the working thread told last is heard before it is gone.
    void this.worker.terminate().then(() => {
      this.files.tidy(true);
      this.sayEnd(reason, status);
    });
  }

  private sayEnd(reason: string, status: number): void {
    const { known, seconds } = this;
    const { standbyPath } = this.files;
    const wanted = (flag: string) => this.argv.includes(flag) && !this.written.has(flag);
    const missing = [
      ...["--out", "--html"].filter(wanted).map((flag) => `; nothing is written for ${flag}`),
      ...["--csv", "--svg"].filter(wanted).map((flag) => `; not all is written for ${flag}`),
    ].join("");
    const written = standbyPath ? `; the proof of that is written to ${inertLine(standbyPath)}` : "";
    const { known: words } = this.state;
    const text =
      stoppedText(reason, { ...(this.askedIn ?? this.state), known: words }, seconds) + written + missing;
    const verdict = known?.verdict ?? "undecided";
    if (this.argv.includes("--json") && reason !== "interrupted") {
      const { bounds } = known ?? {};
      const json = { verdict, bounds, shortfall: text, seconds: Number(seconds.toFixed(1)) };
      process.stdout.write(`${JSON.stringify(json)}\n`);
    } else if (status === 0) {
      const word =
        verdict.toUpperCase() + (verdict === "undecided" || known?.settled ? "" : ", the optimum undecided");
      process.stdout.write(`${word}: ${text}\n`);
    } else process.stderr.write(`mechlp: ${known?.settled ? "not finished" : "undecided"}: ${text}\n`);
  }

  private fail(fault: NodeJS.ErrnoException): void {
    if (fault.code === "ERR_WORKER_OUT_OF_MEMORY") this.giveUp("memory ran out");
    else if (this.resolve) {
      this.clear();
      process.stderr.write(
        `mechlp: this is a bug in mechlp, not in your input\n${inert(fault.stack ?? String(fault))}\n`,
      );
      this.end(EXIT_BUG);
      this.files.tidy(false);
    }
  }

  /** The work has come to its end by itself. */
  private exit(status: number): void {
    if (!this.resolve) return;
    const { known } = this.state;
    const text = stoppedText("interrupted", { ...(this.askedIn ?? this.state), known }, this.seconds);
    const interrupted = this.reason === "interrupted";
    this.files.tidy(false);
    this.end(interrupted ? EXIT_INTERRUPTED[this.signal] : status);
    const word = this.known?.settled ? "not finished" : "undecided";
    if (interrupted) process.stderr.write(`mechlp: ${word}: ${text}\n`);
  }

  private clear(): void {
    if (this.shown) process.stderr.write("\r\u001b[K");
    this.shown = false;
  }

  private end(status: number): void {
    clearInterval(this.watch);
    for (const signal of SIGNALS) process.removeListener(signal, this.interrupt);
    this.input.close();
    this.clear();
    this.resolve?.(status);
    this.resolve = undefined;
  }
}

/** The size of the terminal that the answer is shown on, for the thread that prints it and has none; a terminal may not know it. */
function screenSize(): NodeJS.ProcessEnv {
  const { isTTY, columns, rows } = process.stdout;
  return isTTY && columns > 0 && rows > 0 ? { COLUMNS: String(columns), LINES: String(rows) } : {};
}

/** The number after a flag; undefined where it is absent or no positive number, which the command itself refuses. */
function positiveOption(argv: readonly string[], flag: string): number | undefined {
  const at = argv.findIndex((word) => word === flag || word.startsWith(`${flag}=`));
  if (at < 0) return undefined;
  const text = argv[at].includes("=") ? argv[at].slice(flag.length + 1) : argv[at + 1];
  const value = Number(text);
  return value > 0 && value < Number.POSITIVE_INFINITY ? value : undefined;
}
