import type { Environment } from "../../environment/environment.js";
import { InputError } from "../../fault/input-error.js";
import { countText } from "../../number/count-text.js";
import type { Problem } from "../../question/problem.js";
import { concerns, type Requirement } from "../../question/requirement.js";
import type { Size } from "../size.js";

/** The size of the direct linear program without building it; probabilities of outcomes are counted as if all were free. */
export function directSize(problem: Problem): Size {
  const { environment, question, requirements, allowed } = problem;
  const { count } = environment.profiles;
  const agents = environment.agentCount;
  const choices =
    question.allocation === "free" ? environment.outcomes.length : question.ties === "optimise" ? 2 : 0;
  const perLook = 1 + (allowed.fixed(0) ? 0 : choices);
  let rows = 0;
  let nonzeros = 0;
  const add = ([number, entries]: Rows) => {
    rows += number;
    nonzeros += number * entries;
  };
  for (const requirement of requirements) {
    const { of, when, family } = requirement;
    if (family === "outside money") continue;
    if (of === "designer") add(when === "ex post" ? [count, agents + 1] : [1, count * agents + 1]);
    else for (let agent = 0; agent < agents; agent++) add(rowsOf(environment, requirement, agent, perLook));
  }
  return { rows, columns: count * (agents + 1), nonzeros };
}

type Rows = readonly [rows: number, entries: number];

/** Of an agent, with so many entries for each look at a profile. */
function rowsOf(
  { profiles, values }: Environment,
  requirement: Requirement,
  agent: number,
  perLook: number,
): Rows {
  const { when, against } = requirement;
  if (!concerns(requirement, agent)) return [0, 0];
  const size = profiles.sizes[agent];
  const others = profiles.count / size;
  if (against) {
    const pairs = size * (size - 1);
    if (when === "interim") return [pairs, 2 * others * perLook];
    const any = against !== "misreports" && values[agent].dependsOnProfile;
    return [pairs * others * (any ? others : 1), 2 * perLook];
  }
  if (when === "ex post") return [profiles.count, perLook];
  return when === "interim" ? [size, others * perLook] : [1, profiles.count * perLook];
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
  return count < 1e15 ? countText(count) : count.toPrecision(3);
}
