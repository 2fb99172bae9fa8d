/**
 * The lists of a document that may be too long to stand in memory as a whole, by their paths (`mechanism.profiles`). Each
 * item goes to its list's taker as soon as it is there; in the document itself the list is left empty.
 */
export type LongLists = ReadonlyMap<string, (item: unknown, index: number) => void>;

/** A document that is parsed already, with its long lists taken out of it, item by item. The document stays as it is. */
export function withoutLongLists(document: unknown, lists: LongLists, path = ""): unknown {
  const take = lists.get(path);
  if (take && Array.isArray(document)) {
    document.forEach(take);
    return [];
  }
  if (typeof document !== "object" || document === null || Array.isArray(document)) return document;
  const inside = path === "" ? "" : `${path}.`;
  if (![...lists.keys()].some((list) => list.startsWith(inside))) return document;
  return Object.fromEntries(
    Object.entries(document).map(([key, value]) => [key, withoutLongLists(value, lists, inside + key)]),
  );
}
