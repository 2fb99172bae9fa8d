import { startingParameters } from "../../src/instance/starting-parameters.js";

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [field: string]: Json;
}

/** Everything that an address holds. */
export interface PageState {
  /** As an instance file has it, its question included. */
  readonly instance: JsonObject;
  /** Names of mechanisms of the literature that are shown beside the optimum. */
  readonly beside: readonly string[];
  /** Whether the question is asked for every type of the intervals too. */
  readonly everyType: boolean;
}

/** Two traders with two types each, written out, to be changed by hand. */
export const twoByTwo: JsonObject = {
  name: "two by two",
  agents: [
    {
      name: "buyer",
      types: ["low", "high"],
      prior: ["1/2", "1/2"],
      values: {
        byType: [
          [0, 1],
          [0, 3],
        ],
      },
      outsideOption: { byType: [0, 0] },
    },
    {
      name: "seller",
      types: ["cheap", "dear"],
      prior: ["1/2", "1/2"],
      values: {
        byType: [
          [0, 0],
          [0, -2],
        ],
      },
      outsideOption: { byType: [0, 0] },
    },
  ],
  outcomes: ["no trade", "trade"],
  cost: { byOutcome: [0, 0] },
};

export function familyInstance(model: string): JsonObject {
  return { model, parameters: startingParameters[model] as JsonObject };
}

const start: PageState = { instance: familyInstance("bilateral-trade"), beside: [], everyType: false };

/** The state that an address holds; the first one where it holds none. Throws SyntaxError for what is no JSON. */
export function stateOf(hash: string): PageState {
  if (hash.length < 2) return start;
  const json = JSON.parse(decodeURIComponent(hash.slice(1))) as Partial<PageState> | null;
  const { instance, beside, everyType } = json ?? {};
  if (typeof instance !== "object" || instance === null || Array.isArray(instance))
    throw new SyntaxError("the address holds no instance");
  const names = Array.isArray(beside) ? beside.filter((name) => typeof name === "string") : [];
  return { instance, beside: names, everyType: everyType === true };
}

export function hashOf({ instance, beside, everyType }: PageState): string {
  const state = { instance, ...(beside.length > 0 && { beside }), ...(everyType && { everyType }) };
  return `#${encodeURIComponent(JSON.stringify(state))}`;
}

/** The same document with another value at a path. */
export function withValue(json: Json, path: readonly (string | number)[], value: Json | undefined): Json {
  const [first, ...rest] = path;
  if (first === undefined) return value ?? null;
  if (Array.isArray(json)) return json.map((one, k) => (k === first ? withValue(one, rest, value) : one));
  const own = { ...(json as JsonObject) };
  if (rest.length === 0 && value === undefined) delete (own as Record<string, Json>)[first];
  else (own as Record<string, Json>)[first] = withValue(own[first] ?? {}, rest, value);
  return own;
}

export function valueAt(json: Json | undefined, path: readonly (string | number)[]): Json | undefined {
  return path.reduce<Json | undefined>(
    (found, step) => (typeof found === "object" && found !== null ? (found as JsonObject)[step] : undefined),
    json,
  );
}
