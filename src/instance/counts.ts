import { MOST_AGENTS, MOST_LABELS } from "../environment/size-limits.js";
import { InputError } from "../fault/input-error.js";
import { countText } from "../number/count-text.js";

/** Throws InputError where an instance that is written out has more than anything could be said of: it is known from a few counts. */
export function checkCounts(instance: object): void {
  const { agents, outcomes } = instance as { readonly [field: string]: unknown };
  check("outcomes", outcomes, MOST_LABELS, "outcomes");
  check("agents", agents, MOST_AGENTS, "agents");
  if (!Array.isArray(agents)) return;
  agents.forEach((agent: unknown, i) => {
    const { types } = Object(agent) as { readonly types?: unknown };
    check(`agents[${i}].types`, types, MOST_LABELS, "types");
  });
}

function check(path: string, list: unknown, most: number, what: string): void {
  if (!Array.isArray(list) || list.length <= most) return;
  throw new InputError(path, `${countText(list.length)} ${what}`, `at most ${countText(most)}`);
}
