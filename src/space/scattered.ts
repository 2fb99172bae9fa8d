/** The golden ratio's fractional part: multiples of it never come close to each other. */
const STEP = 0.6180339887498949;

/** So many whole numbers below a limit, spread over all of them, the same ones every time. */
export function scattered(count: number, limit: number): number[] {
  return Array.from({ length: count }, (_, k) => Math.floor((((k + 1) * STEP) % 1) * limit));
}
