import { rmSync } from "node:fs";
import type { Part } from "./part.js";
import type { FileReport } from "./watched.js";
import { putInPlace } from "./writing.js";

/** The files that the working thread has under other names, as the watching thread hears of them. */
export class UnfinishedFiles {
  /** By the other name. */
  private readonly parts = new Map<string, Part>();
  private readonly whole = new Set<string>();
  /** What files that were whole have become. */
  private readonly finished = new Set<string>();
  private standby: (Part & { readonly path: string }) | undefined;

  hear(report: FileReport): void {
    if (report.kind === "gone") {
      this.parts.delete(report.part);
      return;
    }
    if (report.kind === "whole") {
      this.whole.add(report.part);
      this.finished.add(report.target);
    }
    if (report.kind === "standby") {
      if (this.standby) this.drop(this.standby);
      this.standby = report;
    }
    this.parts.set(report.part, report);
  }

  /** Where the answer that is known so far is left, if the work is cut short. */
  get standbyPath(): string | undefined {
    return this.standby?.path;
  }

  /** Leaves files that are whole under their own names, an answer that stands by if the work is cut short, and nothing of the others. */
  tidy(isCutShort: boolean): void {
    for (const part of [...this.parts.values()]) {
      // What came in the end is better than what stood by.
      const stands = isCutShort && part.part === this.standby?.part && !this.finished.has(part.target);
      if (this.whole.has(part.part) || stands) {
        try {
          putInPlace(part);
        } catch {
          // It has its own name already, or cannot have it.
        }
      }
      this.drop(part);
    }
  }

  private drop({ part }: Part): void {
    rmSync(part, { force: true });
    this.parts.delete(part);
  }
}
