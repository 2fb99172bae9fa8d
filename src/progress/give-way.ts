/** Milliseconds of work after which others get their turn. */
const TURN = 50;

let since = Number.NEGATIVE_INFINITY;

/**
 * Lets timers, messages and the page have their turn once work has lasted for a while: only so is a signal to stop heard. Steps
 * that are not asynchronous (a solver's run, exact arithmetic, the audit) give way before and after, never within.
 */
export async function giveWay(): Promise<void> {
  if (performance.now() - since < TURN) return;
  await new Promise((resolve) => setTimeout(resolve));
  since = performance.now();
}
