/** Items sorted by a small count, as doubly linked lists: for finding the shortest rows and columns again and again. */
export class CountBuckets {
  private readonly head: Int32Array;
  private readonly next: Int32Array;
  private readonly previous: Int32Array;
  private readonly count: Int32Array;

  constructor(
    itemCount: number,
    readonly largestCount: number,
  ) {
    this.head = new Int32Array(largestCount + 1).fill(-1);
    this.next = new Int32Array(itemCount).fill(-1);
    this.previous = new Int32Array(itemCount).fill(-1);
    this.count = new Int32Array(itemCount).fill(-1);
  }

  /** Puts the item under `count`, wherever it was before. */
  place(item: number, count: number): void {
    if (this.count[item] === count) return;
    this.remove(item);
    const first = this.head[count];
    this.next[item] = first;
    this.previous[item] = -1;
    if (first >= 0) this.previous[first] = item;
    this.head[count] = item;
    this.count[item] = count;
  }

  remove(item: number): void {
    const count = this.count[item];
    if (count < 0) return;
    const before = this.previous[item];
    const after = this.next[item];
    if (before >= 0) this.next[before] = after;
    else this.head[count] = after;
    if (after >= 0) this.previous[after] = before;
    this.count[item] = -1;
  }

  /** The first item under `count`, or -1. */
  first(count: number): number {
    return count <= this.largestCount ? this.head[count] : -1;
  }

  /** The item that follows under the same count, or -1. */
  after(item: number): number {
    return this.next[item];
  }
}
