/**
 * Numbers at the points of a product of axes, one axis for each agent, the last axis fastest. Integers over one common
 * denominator, so that sums and products need no fractions.
 */
export interface ProductTable {
  readonly shape: readonly number[];
  readonly values: readonly bigint[];
  readonly denominator: bigint;
}

/** A linear map of one axis: `rows[r]` lists what makes up entry `r`, as `[index, weight]`. */
export interface AxisMap {
  readonly rows: readonly (readonly (readonly [index: number, weight: bigint])[])[];
  readonly denominator: bigint;
}

/** The table with one axis replaced by its image. */
export function mapped(table: ProductTable, axis: number, map: AxisMap): ProductTable {
  const { shape, values } = table;
  const inner = shape.slice(axis + 1).reduce((product, size) => product * size, 1);
  const outer = shape.slice(0, axis).reduce((product, size) => product * size, 1);
  const size = shape[axis];
  const image = new Array<bigint>(outer * map.rows.length * inner);
  let place = 0;
  for (let o = 0; o < outer; o++) {
    const start = o * size * inner;
    for (const row of map.rows) {
      for (let k = 0; k < inner; k++) {
        let sum = 0n;
        for (const [index, weight] of row) sum += weight * values[start + index * inner + k];
        image[place++] = sum;
      }
    }
  }
  return {
    shape: shape.map((length, j) => (j === axis ? map.rows.length : length)),
    values: image,
    denominator: table.denominator * map.denominator,
  };
}

/** Every axis mapped, each by its own map; an axis without one stays as it is. */
export function mappedAll(table: ProductTable, maps: readonly (AxisMap | undefined)[]): ProductTable {
  return maps.reduce((image, map, axis) => (map ? mapped(image, axis, map) : image), table);
}

/** The part of the table where one axis stands at `index`, in the order of the other axes. */
export function slice({ shape, values }: ProductTable, axis: number, index: number): bigint[] {
  const inner = shape.slice(axis + 1).reduce((product, size) => product * size, 1);
  const outer = shape.slice(0, axis).reduce((product, size) => product * size, 1);
  const part: bigint[] = [];
  for (let o = 0; o < outer; o++) {
    const start = (o * shape[axis] + index) * inner;
    for (let k = 0; k < inner; k++) part.push(values[start + k]);
  }
  return part;
}

export function dot(a: readonly bigint[], b: readonly bigint[]): bigint {
  let sum = 0n;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}

/** Calls `visit` with every place of a product of axes, in the order of tables; the array is the same each time. */
export function forEachPlace(
  shape: readonly number[],
  visit: (place: readonly number[], index: number) => void,
): void {
  const place = shape.map(() => 0);
  const count = shape.reduce((product, size) => product * size, 1);
  for (let index = 0; index < count; index++) {
    visit(place, index);
    for (let axis = shape.length - 1; axis >= 0 && ++place[axis] === shape[axis]; axis--) place[axis] = 0;
  }
}

/** The entries as doubles, for those who only want a proposal. */
export function inDoubles({ values, denominator }: ProductTable): Float64Array {
  // Bits beyond a double's range are dropped from both.
  const shift = BigInt(Math.max(0, denominator.toString(16).length * 4 - 960));
  const divisor = Number(denominator >> shift);
  return Float64Array.from(values, (value) => Number(value >> shift) / divisor);
}
