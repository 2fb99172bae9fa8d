import type { Environment } from "../../environment/environment.js";
import { InputError } from "../../fault/input-error.js";
import { countText } from "../../number/count-text.js";
import type { Problem } from "../../question/problem.js";
import { allowsSubsidy } from "../../question/question.js";
import { concerns, type Requirement } from "../../question/requirement.js";
import { choiceCounts, type Size } from "../size.js";

/** The size of the direct linear program without building it; coefficients that happen to be zero are counted. */
export function directSize(problem: Problem): Size {
  const { environment, question, requirements } = problem;
  const { count } = environment.profiles;
  const agents = environment.agentCount;
  const choices = choiceCounts(problem);
  const subsidies = allowsSubsidy(question) ? (question.budget === "ex-ante" ? 1 : count) : 0;
  const worst = subsidies > 1 && question.objective === "min-worst-subsidy" ? 1 : 0;
  let rows = choices.profiles + worst * count;
  let nonzeros = choices.outcomes + 2 * worst * count;
  const add = ({ terms }: Requirement, number: number, looks: number, payers: number) => {
    rows += number;
    if (terms.payment) nonzeros += looks * payers;
    if (terms.value || terms.cost) nonzeros += (looks / count) * choices.outcomes;
  };
  for (const requirement of requirements) {
    const { of, when, family } = requirement;
    if (family === "outside money") continue;
    if (of === "designer") {
      add(requirement, when === "ex post" ? count : 1, count, agents);
      nonzeros += subsidies;
      continue;
    }
    for (let agent = 0; agent < agents; agent++) {
      const { number, looks } = rowsOf(environment, requirement, agent);
      add(requirement, number, looks, 1);
    }
  }
  return { rows, columns: count * agents + choices.outcomes + subsidies + worst, nonzeros, known: "at most" };
}

/** Rows of a requirement of an agent, and how often all of them together look at a profile; at each profile as often. */
function rowsOf({ profiles, values }: Environment, requirement: Requirement, agent: number) {
  const { when, against } = requirement;
  if (!concerns(requirement, agent)) return { number: 0, looks: 0 };
  const size = profiles.sizes[agent];
  const others = profiles.count / size;
  if (against) {
    const pairs = size * (size - 1);
    if (when === "interim") return { number: pairs, looks: 2 * pairs * others };
    const number = pairs * others * (against !== "misreports" && values[agent].dependsOnProfile ? others : 1);
    return { number, looks: 2 * number };
  }
  const number = when === "ex post" ? profiles.count : when === "interim" ? size : 1;
  return { number, looks: profiles.count };
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
