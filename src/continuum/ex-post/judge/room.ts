import { ContinuumRefuted } from "../../method.js";
import type { EnclosedEnvironment } from "./enclosed-environment.js";
import { forEachPlace, mappedAll, type ProductTable } from "./product-table.js";
import type { ShareTables } from "./upper-bound.js";

/** Money that is moved at types of two agents, and out of whose part of the gains it may come. */
export interface Load {
  readonly agents: readonly [number, number];
  /** Numbers of tables of parts. */
  readonly takenFrom: readonly number[];
  /** At most so much at fine cells of the two, in whole numbers, times `scale`. */
  readonly moved: (ownCell: number, otherCell: number) => bigint;
}

/**
 * Checks that what is moved is nowhere more than the part of the gains that it comes from: `gains` from below, by ends, and parts
 * by products of nodes. Throws ContinuumRefuted.
 */
export function checkRoom(
  { agents }: EnclosedEnvironment,
  gains: ProductTable,
  parts: ShareTables,
  loads: readonly Load[],
): void {
  const fine = parts.map((table) =>
    mappedAll(
      table,
      agents.map(({ interpolated }) => interpolated),
    ),
  );
  forEachPlace(
    agents.map(({ fineNodes }) => fineNodes.length - 1),
    (place) => {
      const needed = parts.map(() => 0n);
      for (const {
        agents: [i, j],
        takenFrom,
        moved,
      } of loads) {
        const money = moved(place[i], place[j]);
        for (const part of takenFrom) needed[part] += money;
      }
      if (needed.every((money) => money === 0n)) return;
      const gain = leastAtCorners(gains, place, 2);
      needed.forEach((money, part) => {
        const { denominator } = fine[part];
        // Both sides times scale and the parts' denominator.
        if (money > 0n && !(gain > 0n && leastAtCorners(fine[part], place, 1) * gain >= money * denominator))
          throw new ContinuumRefuted(
            `Routes may move more than there is of part ${part} of the gains at fine cells ${place.join(", ")}.`,
          );
      });
    },
  );
}

/** The least entry at the corners of a product of fine cells, each of which has one place along an axis, or two. */
function leastAtCorners({ shape, values }: ProductTable, place: readonly number[], perCell: 1 | 2): bigint {
  let found: bigint | undefined;
  for (let corner = 0; corner < 2 ** place.length; corner++) {
    let index = 0;
    for (let i = 0; i < place.length; i++)
      index = index * shape[i] + perCell * place[i] + ((corner >> i) & 1);
    if (found === undefined || values[index] < found) found = values[index];
  }
  return found!;
}
