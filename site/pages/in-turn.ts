/** The same function, of whose calls no more than so many run at a time; the others wait. */
export function inTurn<Given, Result>(
  most: number,
  work: (given: Given) => Promise<Result>,
): (given: Given) => Promise<Result> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (given) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await work(given);
    } finally {
      // Whoever waits takes the place over.
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}
