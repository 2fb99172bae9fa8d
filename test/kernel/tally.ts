/** Counts how often something came about, by its name. */
export class Tally {
  readonly counts: Record<string, number> = {};

  tell(name: string): void {
    this.counts[name] = (this.counts[name] ?? 0) + 1;
  }

  of(name: string): number {
    return this.counts[name] ?? 0;
  }
}
