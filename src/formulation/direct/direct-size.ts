import { InputError } from "../../fault/input-error.js";
import type { Problem } from "../../question/problem.js";
import type { Size } from "../size.js";

/** The size of the direct linear program without building it; probabilities of outcomes are counted as if all were free. */
export function directSize({ environment, question, allowed }: Problem): Size {
  const { sizes, count } = environment.profiles;
  const n = environment.agentCount;
  const choices =
    question.allocation === "free" ? environment.outcomes.length : question.ties === "optimise" ? 2 : 0;
  const perUtility = 1 + (allowed.fixed(0) ? 0 : choices);
  let rows = 0;
  let nonzeros = 0;
  const add = (number: number, entries: number) => {
    rows += number;
    nonzeros += number * entries;
  };
  sizes.forEach((size, agent) => {
    const others = count / size;
    const pairs = size * (size - 1);
    if (question.ic === "bayesian") add(pairs, 2 * others * perUtility);
    if (question.ic === "ex-post") add(pairs * others, 2 * perUtility);
    if (question.ic === "dominant") {
      add(pairs * others * (environment.values[agent].dependsOnProfile ? others : 1), 2 * perUtility);
    }
    if (question.ir === "ex-ante") add(1, count * perUtility);
    if (question.ir === "interim") add(size, others * perUtility);
    if (question.ir === "ex-post") add(count, perUtility);
  });
  if (question.budget === "ex-ante") add(1, count * n + 1);
  if (question.budget === "ex-post") add(count, n + 1);
  return { rows, columns: count * (n + 1), nonzeros };
}

/** Beyond this many coefficients the direct linear program does not fit in the solvers' memory. */
const LARGEST_NONZEROS = 2e7;

/** Throws InputError, saying how large it would be, for a direct linear program that does not fit. */
export function checkDirectSize(problem: Problem): void {
  const { rows, columns, nonzeros } = directSize(problem);
  if (nonzeros <= LARGEST_NONZEROS) return;
  const gigabytes = (nonzeros * 100) / 2 ** 30;
  throw new InputError(
    "",
    `the direct linear program would have ${readable(rows)} rows, ${readable(columns)} columns and ` +
      `${readable(nonzeros)} coefficients, about ${readable(Number(gigabytes.toPrecision(3)))} GiB`,
    `at most ${readable(LARGEST_NONZEROS)} coefficients: a coarser grid, or fewer agents`,
  );
}

function readable(count: number): string {
  return count < 1e15 ? count.toLocaleString("en") : count.toPrecision(3);
}
