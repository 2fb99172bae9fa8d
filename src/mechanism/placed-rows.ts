import { RationalVector } from "../number/rational-vector.js";
import { LotteryTable } from "../space/lottery-table.js";

/** Which profiles rows are of that stand in any order, but for the first ones, which are in their places. */
export class PlacedRows {
  /** By profile beyond the first ones: its row. */
  private readonly rows = new Map<number, number>();

  constructor(private readonly inPlace: number) {}

  /** Puts the next row at its profile; where another row is of that profile, that row's number, and nothing is done. */
  place(profile: number): number | undefined {
    const before = this.rowOf(profile);
    if (before === undefined) this.rows.set(profile, this.inPlace + this.rows.size);
    return before;
  }

  /** The first profile that no row is of. */
  firstMissing(): number {
    let profile = this.inPlace;
    while (this.rows.has(profile)) profile++;
    return profile;
  }

  /** What has an entry for each row, once every profile has a row, in the order of the profiles. */
  sorted(entries: RationalVector): RationalVector {
    return RationalVector.from(this.inOrder((row) => entries.at(row)));
  }

  sortedLotteries(lotteries: LotteryTable): LotteryTable {
    return LotteryTable.from(this.inOrder((row) => lotteries.at(row)));
  }

  private inOrder<Entry>(entry: (row: number) => Entry): Entry[] {
    const count = this.inPlace + this.rows.size;
    return Array.from({ length: count }, (_, profile) => entry(this.rowOf(profile)!));
  }

  private rowOf(profile: number): number | undefined {
    return profile < this.inPlace ? profile : this.rows.get(profile);
  }
}
