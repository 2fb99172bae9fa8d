/**
 * The indices `0 .. length - 1` in an order in which `compare` finds none before a smaller one; equals stay in their own
 * order. Data that is in order already, as types on a grid mostly are, is only looked through.
 */
export function increasingOrder(length: number, compare: (a: number, b: number) => number): Int32Array {
  const order = new Int32Array(length);
  for (let k = 0; k < length; k++) order[k] = k;
  let k = 1;
  while (k < length && compare(k - 1, k) <= 0) k++;
  return k < length ? order.sort(compare) : order;
}
