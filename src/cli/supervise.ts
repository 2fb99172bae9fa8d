import { Worker } from "node:worker_threads";
import type { StageReport } from "./stage.js";

/** Milliseconds after which work counts as long. */
const LONG = 1000;
/** Milliseconds between looks at the clock and the memory. */
const LOOK = 100;
/** Milliseconds that the solving thread has beyond its time limit to come to an end by itself. */
const GRACE = 1500;
const EXIT_INTERRUPTED = 130;

/**
 * Runs a solving command in a thread and watches it: progress on a terminal once it takes long, an end with what is known at
 * Ctrl-C and at the limits of time and memory. Returns the exit status.
 */
export function supervise(program: URL, argv: string[]): Promise<number> {
  const started = performance.now();
  const coloured = process.stdout.isTTY === true && process.env["FORCE_COLOR"] === undefined;
  const worker = new Worker(program, {
    argv,
    env: { ...process.env, ...(coloured ? { FORCE_COLOR: "1" } : {}) },
    resourceLimits: { maxOldGenerationSizeMb: 1 << 16 },
  });
  const timeLimit = positiveOption(argv, "--time-limit");
  const memoryLimit = positiveOption(argv, "--memory-limit");
  let latest: StageReport = { stage: "reading the instance" };
  let shown = false;
  const elapsed = () => performance.now() - started;
  const clear = () => {
    if (shown) process.stderr.write("\r\u001b[K");
    shown = false;
  };
  process.stdout.on("error", (fault: NodeJS.ErrnoException) => {
    if (fault.code === "EPIPE") process.exit(0);
    throw fault;
  });

  return new Promise((resolve) => {
    let ended = false;
    const end = (status: number) => {
      ended = true;
      clearInterval(watch);
      process.removeListener("SIGINT", interrupt);
      clear();
      resolve(status);
    };
    const stop = (reason: string, status: number) => {
      if (ended) return;
      end(status);
      const seconds = (elapsed() / 1000).toFixed(1);
      const known = latest.known ?? "nothing is known of the optimum yet";
      if (argv.includes("--json") && status === 0) {
        const shortfall = `${reason} while ${latest.stage}; ${known}`;
        process.stdout.write(
          `${JSON.stringify({ verdict: "undecided", shortfall, seconds: Number(seconds) })}\n`,
        );
      } else {
        const text = `${reason} after ${seconds} s, while ${latest.stage}; ${known}\n`;
        if (status === 0) process.stdout.write(`UNDECIDED: ${text}`);
        else process.stderr.write(`mechlp: undecided: ${text}`);
      }
      void worker.terminate();
    };
    const interrupt = () => stop("interrupted", EXIT_INTERRUPTED);
    process.on("SIGINT", interrupt);
    const watch = setInterval(() => {
      if (timeLimit !== undefined && elapsed() > 1000 * timeLimit + GRACE) stop("time limit reached", 0);
      else if (memoryLimit !== undefined && process.memoryUsage.rss() > memoryLimit * 2 ** 20) {
        stop("memory limit reached", 0);
      } else if (process.stderr.isTTY && elapsed() > LONG) {
        process.stderr.write(`\r\u001b[K${latest.stage}, ${Math.floor(elapsed() / 1000)} s`);
        shown = true;
      }
    }, LOOK);
    worker.on("message", (report: StageReport) => {
      latest = { ...report, known: report.known ?? latest.known };
      if (report.stage === "printing") clear();
    });
    worker.on("error", (fault: NodeJS.ErrnoException) => {
      if (fault.code === "ERR_WORKER_OUT_OF_MEMORY") stop("memory ran out", 0);
      else if (!ended) {
        process.stderr.write(`mechlp: this is a bug in mechlp, not in your input\n${fault.stack ?? fault}\n`);
        end(70);
      }
    });
    worker.on("exit", (status) => {
      if (!ended) end(status);
    });
  });
}

/** The number after a flag; undefined where it is absent or no positive number, which the command itself refuses. */
function positiveOption(argv: readonly string[], flag: string): number | undefined {
  const at = argv.findIndex((word) => word === flag || word.startsWith(`${flag}=`));
  if (at < 0) return undefined;
  const text = argv[at].includes("=") ? argv[at].slice(flag.length + 1) : argv[at + 1];
  const value = Number(text);
  return value > 0 && value < Number.POSITIVE_INFINITY ? value : undefined;
}
