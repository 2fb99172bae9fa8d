/** `1,000,000`: a count as people write it. */
export function countText(count: number): string {
  const [whole, ...decimals] = String(count).split(".");
  return [whole.replace(/\B(?=(\d{3})+$)/g, ","), ...decimals].join(".");
}

/** `1 row`, `1,000 rows` */
export function plural(count: number, noun: string): string {
  return `${countText(count)} ${noun}${count === 1 ? "" : "s"}`;
}
