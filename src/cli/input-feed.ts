import { MessageChannel, type MessagePort } from "node:worker_threads";
import { type Input, SHARED } from "./watched.js";

/** Reads standard input for the working thread, chunk by chunk as it asks: there a read that waits could not be stopped. */
export class InputFeed {
  private readonly channel = new MessageChannel();
  private isOpen = false;

  constructor(private readonly shared: Int32Array) {}

  /** Where the working thread takes what comes. */
  get port(): MessagePort {
    return this.channel.port2;
  }

  next(): void {
    const { stdin } = process;
    if (!this.isOpen) {
      this.isOpen = true;
      stdin.pause();
      stdin.on("data", (chunk: Buffer) => {
        stdin.pause();
        this.pass(Uint8Array.from(chunk));
      });
      stdin.on("end", () => this.pass(undefined));
      // Windows ends a pipe with an error.
      stdin.on("error", ({ code = "EIO" }: NodeJS.ErrnoException) =>
        this.pass(code === "EOF" ? undefined : { code }),
      );
    }
    stdin.resume();
  }

  close(): void {
    this.channel.port1.close();
    if (this.isOpen) process.stdin.destroy();
  }

  private pass(input: Input): void {
    this.channel.port1.postMessage(input);
    Atomics.add(this.shared, SHARED.input, 1);
    Atomics.notify(this.shared, SHARED.input);
  }
}
