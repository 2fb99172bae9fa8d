import { lotteryLabel } from "../environment/lottery.js";
import type { Choices } from "../space/choices.js";
import { lotteryOf, type Shares } from "../space/rule.js";
import type { Row, Space } from "../space/space.js";
import { chosenAt, sharesKey } from "./choice.js";
import type { Form } from "./form.js";
import { listed } from "./gains-in-words.js";

/** Types are called by their names up to so many, and more of them by the ends of ranges. */
const MOST_NAMED = 4;
/** With more ranges than this nothing about it is simple. */
const MOST_RANGES = 3;

/** A rule that looks at the type of one agent alone. */
export class OneAgent implements Form {
  refuted = false;
  /** By type of the agent: what is chosen. */
  private readonly chosen: (number | Shares | undefined)[];
  private readonly keys: (string | number | undefined)[];

  /** Agents must not be alike. */
  constructor(
    private readonly space: Space,
    private readonly agent: number,
  ) {
    const types = space.environment.agents[agent].types.length;
    this.chosen = new Array<undefined>(types).fill(undefined);
    this.keys = new Array<undefined>(types).fill(undefined);
  }

  add(row: Row, choices: Choices, places: readonly number[]): void {
    const { agent } = this;
    if (agent === row.types.length) for (let b = row.from; b < row.to; b++) this.compare(b, choices, b);
    else for (const b of places) this.compare(row.types[agent], choices, b);
  }

  private compare(type: number, choices: Choices, b: number): void {
    if (this.refuted) return;
    const { chosen, keys } = this;
    const own = chosenAt(choices, b);
    const key = typeof own === "object" ? sharesKey(own) : own;
    if (keys[type] === undefined) {
      keys[type] = key;
      chosen[type] = own;
    } else if (keys[type] !== key) this.refuted = true;
  }

  words(): readonly string[] | undefined {
    if (this.refuted) return undefined;
    const { keys, chosen, space, agent } = this;
    const { agents, outcomes } = space.environment;
    const groups = [...new Set(keys)].map((key) => ({
      what: chosen[keys.indexOf(key)]!,
      types: keys.flatMap((own, type) => (own === key ? [type] : [])),
    }));
    if (groups.length < 2 || groups.length > MOST_RANGES) return undefined;
    const { name, types } = agents[agent];
    const clauses = groups.map((group) => {
      const where = typesText(group.types, types);
      const what =
        typeof group.what === "object"
          ? `${lotteryLabel(lotteryOf(group.what), outcomes)}, by lot,`
          : outcomes[group.what];
      return where && `${what} where ${name} is ${where}`;
    });
    if (clauses.some((clause) => clause === undefined)) return undefined;
    return [`${clauses.join("; ")}${agents.length > 1 ? ", whatever the others are" : ""}.`];
  }
}

/** `low or middling`, `0.5 to 0.95`; undefined where they are neither few nor next to each other. */
function typesText(types: readonly number[], labels: readonly string[]): string | undefined {
  if (types.length <= MOST_NAMED)
    return listed(
      types.map((type) => labels[type]),
      "or",
    );
  const [first, last] = [types[0], types[types.length - 1]];
  return last - first === types.length - 1 ? `${labels[first]} to ${labels[last]}` : undefined;
}
