import type { DesignData } from "../../src/index.js";
import type { Document } from "../../src/report/document.js";
import type { Ask, ComparedData, Say } from "./messages.js";

export class Cancelled extends Error {}

/** Asks a worker, one question at a time. A new question ends the one before, wherever it is; a second worker is then ready. */
export class Asker {
  private worker = start();
  private spare = start();
  private id = 0;
  private cancelCurrent: (() => void) | undefined;

  solve(
    instance: unknown,
    stage: (words: string) => void,
  ): Promise<{ design: DesignData; milliseconds: number }> {
    return this.ask({ kind: "solve", id: ++this.id, instance }, stage, (said) =>
      said.kind === "design" ? said : undefined,
    );
  }

  compare(instance: unknown, stage: (words: string) => void): Promise<readonly ComparedData[]> {
    return this.ask({ kind: "compare", id: ++this.id, instance }, stage, (said) =>
      said.kind === "compared" ? said.mechanisms : undefined,
    );
  }

  everyType(instance: unknown, stage: (words: string) => void): Promise<Document> {
    return this.ask({ kind: "every type", id: ++this.id, instance }, stage, (said) =>
      said.kind === "every type" ? said.document : undefined,
    );
  }

  /** Ends what is under way, if anything is. */
  cancel(): void {
    this.cancelCurrent?.();
  }

  private ask<Answer>(
    ask: Ask,
    stage: (words: string) => void,
    answered: (said: Say) => Answer | undefined,
  ): Promise<Answer> {
    this.cancel();
    const { worker } = this;
    return new Promise((resolve, reject) => {
      const end = () => {
        this.cancelCurrent = undefined;
        worker.onmessage = null;
        worker.onerror = null;
      };
      this.cancelCurrent = () => {
        end();
        worker.terminate();
        this.worker = this.spare;
        this.spare = start();
        reject(new Cancelled("stopped"));
      };
      worker.onmessage = ({ data: said }: MessageEvent<Say>) => {
        if (said.id !== ask.id) return;
        if (said.kind === "stage") {
          stage(said.words);
          return;
        }
        end();
        const answer = answered(said);
        if (answer !== undefined) resolve(answer);
        else reject(new Error(said.kind === "fault" ? said.message : "no answer"));
      };
      worker.onerror = (event) => {
        end();
        reject(new Error(event.message || "the worker could not be started"));
      };
      worker.postMessage(ask);
    });
  }
}

function start(): Worker {
  return new Worker(new URL("./thread.ts", import.meta.url), { type: "module" });
}
