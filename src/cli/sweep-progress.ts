import { countText } from "../number/count-text.js";
import { progressLine } from "./progress-line.js";

/** Milliseconds between two looks. */
const LOOK = 200;

/** What is known of a sweep that goes on. */
export interface SweepState {
  readonly done: number;
  readonly of: number;
  readonly failed: number;
  /** What there is to say besides: that no worker is there. */
  readonly note?: string | undefined;
}

/** One line on a terminal for a sweep that goes on: how far it is, how fast, what time is left. Nothing where it is piped. */
export class SweepProgress {
  private readonly started = performance.now();
  private readonly atFirst: number;
  private readonly clock: NodeJS.Timeout | undefined;

  constructor(private readonly state: () => SweepState) {
    this.atFirst = state().done;
    if (!process.stderr.isTTY) return;
    this.clock = setInterval(() => this.show(), LOOK);
    this.clock.unref();
  }

  end(): void {
    if (!this.clock) return;
    clearInterval(this.clock);
    process.stderr.write("\r\u001b[K");
  }

  private show(): void {
    const seconds = (performance.now() - this.started) / 1000;
    const words = sweepWords(this.state(), this.atFirst, seconds);
    const line = progressLine(
      { stage: words, done: "", known: this.state().note },
      seconds,
      process.stderr.columns || 80,
    );
    process.stderr.write(`\r\u001b[K${line}`);
  }
}

/** How far a sweep is after so many seconds, of which `atFirst` points were there before. */
export function sweepWords({ done, of, failed }: SweepState, atFirst: number, seconds: number): string {
  const rate = (done - atFirst) / seconds;
  const parts = [`${countText(done)} of ${countText(of)} points`];
  if (rate > 0)
    parts.push(`${Number(rate.toPrecision(3))} a second`, `${durationText((of - done) / rate)} left`);
  if (failed > 0) parts.push(`${countText(failed)} failed`);
  return parts.join(", ");
}

/** `2 h 5 min`, `3 min`, `12 s`: so exactly as anybody wants to know of what is estimated. */
export function durationText(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 100) return `${whole} s`;
  const minutes = Math.ceil(whole / 60);
  if (minutes < 100) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.ceil(hours / 24)} days`;
}
