import { type HighsConfiguration, highsConfiguration } from "../solver/highs-runtime.js";
import type { Reply, Request } from "./messages.js";
import { type AnyWorker, listen, startThread } from "./port.js";

/** A worker, and whoever waits for what it says. */
export class Thread {
  private hear: (reply: Reply) => void = () => {};
  private fail: (fault: Error) => void = () => {};
  private configured: HighsConfiguration | undefined;

  constructor(private readonly worker: AnyWorker) {
    listen(
      worker,
      (message) => {
        try {
          this.hear(message as Reply);
        } catch (fault) {
          this.fail(fault as Error);
        }
      },
      (fault) => {
        if (idle === this) idle = undefined;
        this.fail(fault);
      },
    );
  }

  /** Puts a question, of which it is then told; what its listener throws fails as well. */
  ask(request: Omit<Request, "highs">, hear: (reply: Reply) => void, fail: (fault: Error) => void): void {
    this.hear = hear;
    this.fail = fail;
    if ("ref" in this.worker) this.worker.ref();
    const highs = highsConfiguration();
    this.worker.postMessage({ ...request, highs: highs === this.configured ? undefined : highs });
    this.configured = highs;
  }

  /** Waits for the next question, keeping no process alive; a second one that waits is ended. */
  rest(): void {
    this.hear = () => {};
    this.fail = () => {};
    if (idle) this.end();
    else {
      idle = this;
      if ("unref" in this.worker) this.worker.unref();
    }
  }

  end(): void {
    this.worker.terminate();
  }
}

/** Starting a worker takes longer than most questions, so that one is kept. */
let idle: Thread | undefined;

/** The worker that waits, or a new one. */
export function freeThread(): Thread {
  const waiting = idle ?? new Thread(startThread());
  idle = undefined;
  return waiting;
}
