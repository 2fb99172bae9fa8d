/** The place of the first of increasing numbers that is at least `bound`; their count where none is. */
export function firstAtLeast(increasing: Float64Array, bound: number): number {
  let from = 0;
  let to = increasing.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (increasing[middle] < bound) from = middle + 1;
    else to = middle;
  }
  return from;
}
