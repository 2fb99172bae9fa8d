/**
 * The greatest flow from states to the two agents' types (theory, section 6). State `s = (a, b)` offers at most
 * `capacity[s]`, which it splits between type `a` of the first agent and type `b` of the second; a type takes at most its
 * demand. Dinic's algorithm on the types alone: what state `(a, b)` gives to `a` may be turned over to `b`, so it is the
 * residual capacity of an arc from `a` to `b`. Exact while capacities and demands are integers whose sums fit 2^53.
 */
export class StateFlow {
  /** What each state gives to its first and to its second type. */
  readonly toFirst: Float64Array;
  readonly toSecond: Float64Array;
  /** What each type still lacks: those of the first agent, then those of the second. */
  readonly lacking: Float64Array;
  private readonly slack: Float64Array;
  private readonly level: Int32Array;
  private readonly next: Int32Array;
  private readonly queue: Int32Array;

  /** Amounts up to `least` count as nothing: 0 for integers. */
  constructor(
    private readonly rows: number,
    private readonly columns: number,
    capacity: Float64Array,
    demand: Float64Array,
    private readonly least = 0,
  ) {
    const states = rows * columns;
    this.toFirst = new Float64Array(states);
    this.toSecond = new Float64Array(states);
    this.slack = capacity.slice();
    this.lacking = demand.slice();
    this.level = new Int32Array(rows + columns);
    this.next = new Int32Array(rows + columns);
    this.queue = new Int32Array(rows + columns);
    this.pourGreedily();
    this.augment();
  }

  /** Offers more at every state and goes on: no state then gives less in all than it did. */
  raise(capacity: Float64Array): void {
    for (let s = 0; s < capacity.length; s++)
      this.slack[s] = capacity[s] - this.toFirst[s] - this.toSecond[s];
    this.pourGreedily();
    this.augment();
  }

  /** Whether some state could give more. */
  get isOfferLeft(): boolean {
    return this.slack.some((amount) => amount > this.least);
  }

  /** Whether some type lacks anything. */
  get isDemandLeft(): boolean {
    return this.lacking.some((amount) => amount > this.least);
  }

  /**
   * The types on the source's side of a minimum cut: the smallest such set, or the largest. States with both types in it
   * offer more than these types take, where any offer is left; the other types lack what all states at them offer.
   */
  sourceSide(largest: boolean): Uint8Array {
    const side = new Uint8Array(this.rows + this.columns);
    if (largest) {
      this.labelBackwards();
      for (let t = 0; t < side.length; t++) side[t] = this.level[t] < 0 ? 1 : 0;
    } else {
      this.label();
      for (let t = 0; t < side.length; t++) side[t] = this.level[t] >= 0 ? 1 : 0;
    }
    return side;
  }

  /** A first flow: each state serves its types in proportion to what they lack. */
  private pourGreedily(): void {
    const { rows, columns, slack, lacking, toFirst, toSecond, least } = this;
    for (let a = 0, s = 0; a < rows; a++) {
      for (let b = 0; b < columns; b++, s++) {
        if (!(slack[s] > least)) continue;
        // The later columns of the row are still to come for the first type, the later rows for the second.
        const first = Math.min(slack[s], Math.ceil(lacking[a] / (columns - b)), lacking[a]);
        if (first > 0) {
          toFirst[s] += first;
          lacking[a] -= first;
          slack[s] -= first;
        }
        const second = Math.min(slack[s], lacking[rows + b]);
        if (second > 0) {
          toSecond[s] += second;
          lacking[rows + b] -= second;
          slack[s] -= second;
        }
      }
    }
  }

  private augment(): void {
    const { rows, columns, slack, level, next, least } = this;
    while (this.label()) {
      next.fill(0);
      for (let a = 0, s = 0; a < rows; a++) {
        for (let b = 0; b < columns; b++, s++) {
          if (!(slack[s] > least)) continue;
          if (level[a] === 0) {
            const pushed = this.push(a, slack[s]);
            this.toFirst[s] += pushed;
            slack[s] -= pushed;
          }
          if (slack[s] > least && level[rows + b] === 0) {
            const pushed = this.push(rows + b, slack[s]);
            this.toSecond[s] += pushed;
            slack[s] -= pushed;
          }
        }
      }
    }
  }

  /** Breadth-first levels from the states with an offer left. Whether a type that lacks something is reached. */
  private label(): boolean {
    const { rows, columns, slack, level, queue, toFirst, toSecond, lacking, least } = this;
    level.fill(-1);
    let tail = 0;
    const reach = (type: number, at: number) => {
      if (level[type] >= 0) return;
      level[type] = at;
      queue[tail++] = type;
    };
    for (let a = 0, s = 0; a < rows; a++) {
      for (let b = 0; b < columns; b++, s++) {
        if (!(slack[s] > least)) continue;
        reach(a, 0);
        reach(rows + b, 0);
      }
    }
    let found = false;
    for (let head = 0; head < tail; head++) {
      const type = queue[head];
      if (lacking[type] > least) found = true;
      const at = level[type] + 1;
      if (type < rows) {
        for (let b = 0, s = type * columns; b < columns; b++, s++)
          if (toFirst[s] > least) reach(rows + b, at);
      } else {
        for (let a = 0, s = type - rows; a < rows; a++, s += columns) if (toSecond[s] > least) reach(a, at);
      }
    }
    return found;
  }

  /** Labels the types from which one that lacks something can be reached. */
  private labelBackwards(): void {
    const { rows, columns, level, queue, toFirst, toSecond, lacking, least } = this;
    level.fill(-1);
    let tail = 0;
    const reach = (type: number) => {
      if (level[type] >= 0) return;
      level[type] = 0;
      queue[tail++] = type;
    };
    for (let t = 0; t < lacking.length; t++) if (lacking[t] > least) reach(t);
    for (let head = 0; head < tail; head++) {
      const type = queue[head];
      if (type < rows) {
        for (let b = 0, s = type * columns; b < columns; b++, s++) if (toSecond[s] > least) reach(rows + b);
      } else {
        for (let a = 0, s = type - rows; a < rows; a++, s += columns) if (toFirst[s] > least) reach(a);
      }
    }
  }

  /** Sends up to `amount` from a type to types that lack something, along increasing levels. What was sent. */
  private push(type: number, amount: number): number {
    const { rows, columns, level, next, lacking, least, toFirst, toSecond } = this;
    let sent = Math.min(amount, lacking[type]);
    if (sent > 0) lacking[type] -= sent;
    else sent = 0;
    const isFirst = type < rows;
    const degree = isFirst ? columns : rows;
    const given = isFirst ? toFirst : toSecond;
    const turned = isFirst ? toSecond : toFirst;
    for (; next[type] < degree; next[type]++) {
      const rest = amount - sent;
      if (!(rest > least)) return sent;
      const other = next[type];
      const target = isFirst ? rows + other : other;
      if (level[target] !== level[type] + 1) continue;
      const s = isFirst ? type * columns + other : other * columns + type - rows;
      if (!(given[s] > least)) continue;
      const pushed = this.push(target, Math.min(rest, given[s]));
      given[s] -= pushed;
      turned[s] += pushed;
      sent += pushed;
      // The arc can still carry more: what stopped it is the amount.
      if (!(amount - sent > least)) return sent;
    }
    return sent;
  }
}
