import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { InputError, within } from "../fault/input-error.js";
import { countText } from "../number/count-text.js";
import { type AxisValue, axisValues } from "./axis.js";
import { drawn } from "./draw.js";
import { parseSpecification, type Specification } from "./specification.js";
import { type Template, templateOf } from "./template.js";

/** More points than any machine ends. */
const MOST_POINTS = 10_000_000;

/** Where a point stands: what tells it from the others, as its result tells it. */
export interface Coordinates {
  /** From 1, in the order of the specification. */
  readonly point: number;
  /** What the variables that vary are, by the names of cases where they have such. */
  readonly at: Readonly<Record<string, unknown>>;
  /** The number of the draw, from 1; absent where nothing is drawn. */
  readonly draw?: number;
  /** What is drawn. */
  readonly drawn?: Readonly<Record<string, unknown>>;
  /** The question's name, where there are several. */
  readonly question?: string;
}

/** What there is to do at a point: plain data, for other threads and machines. */
export interface PointTask {
  readonly instance: unknown;
  readonly ask: unknown;
  /** Seconds after which it ends with what is proved by then. */
  readonly seconds?: number;
  /** Mebibytes of objects in its worker, beyond which that ends and the point fails. */
  readonly memory?: number;
  /** Whether the answer file is wanted. */
  readonly proof?: boolean;
}

/** A point with its task, or why it has none. */
export type Point = { readonly coordinates: Coordinates } & (
  | { readonly task: PointTask }
  | { readonly fault: InputError }
);

/** A parameter that a sweep varies, with its values. */
interface Axis {
  readonly name: string;
  readonly values: readonly AxisValue[];
}

/** The points of a sweep, each made when it is asked for. */
export class Plan {
  readonly axes: readonly Axis[];
  /** The names of what is drawn. */
  readonly drawnNames: readonly string[];
  readonly draws: number;
  readonly seed: number;
  /** A name for each question; the empty one where there is but one without a name. */
  readonly questions: readonly string[];
  /** How many points there are. */
  readonly count: number;
  /** A SHA-256 of the specification. */
  readonly digest: string;
  private readonly draw: readonly (readonly [name: string, template: Template])[];
  private readonly instance: Template;
  private readonly asks: readonly Template[];

  /** Throws InputError with the path of the first thing at fault. */
  constructor(readonly specification: Specification) {
    const { data, read, written } = specification;
    this.digest = bytesToHex(sha256(utf8ToBytes(JSON.stringify(data))));
    this.axes = Object.entries(read.vary ?? {}).map(([name, axis]) => ({
      name,
      values: within(`vary.${name}`, () => axisValues(axis)),
    }));
    this.seed = read.seed ?? 0;
    const known = this.axes.map(({ name }) => name);
    this.draw = Object.entries(written.draw).map(([name, data]) => {
      const template = within(`draw.${name}`, () => templateOf(data, known));
      known.push(name);
      return [name, template];
    });
    this.drawnNames = this.draw.map(([name]) => name);
    if (read.draws !== undefined && this.draw.length === 0)
      throw new InputError("draws", `${read.draws} draws of nothing`, 'random variables under "draw"');
    this.draws = read.draws ?? 1;
    this.instance = within("instance", () => templateOf(written.instance, known));
    this.asks = written.questions.map(({ name: _, ...ask }, k) =>
      within(`questions[${k}]`, () => templateOf(ask, known)),
    );
    this.questions = written.questions.map(({ name }, k) =>
      String(name ?? (this.asks.length > 1 ? k + 1 : "")),
    );
    const again = this.questions.findIndex((name, k) => this.questions.indexOf(name) < k);
    if (again >= 0)
      throw new InputError(
        `questions[${again}].name`,
        `"${this.questions[again]}" again`,
        "a name of its own",
      );
    this.count = this.axes.reduce(
      (product, { values }) => product * values.length,
      this.draws * this.asks.length,
    );
    if (this.count > MOST_POINTS)
      throw new InputError("", `${countText(this.count)} points`, `at most ${countText(MOST_POINTS)}`);
  }

  /** What is the same for all draws and questions: the combinations of what varies. */
  get combinations(): number {
    return this.count / this.draws / this.asks.length;
  }

  /** The labels of what varies in the combination of that number, from 0. */
  labels(combination: number): readonly unknown[] {
    return this.valuesIn(combination).map(({ label }) => label);
  }

  /** Of the point of that number the combination and the question together: the same for all draws. */
  placeOf(number: number): number {
    const questions = this.questions.length;
    return Math.floor((number - 1) / questions / this.draws) * questions + ((number - 1) % questions);
  }

  /** The point of that number, from 1. */
  point(number: number): Point {
    const { seconds, memory } = this.specification.read.limits ?? {};
    const place = number - 1;
    const question = place % this.asks.length;
    const draw = Math.floor(place / this.asks.length) % this.draws;
    const varied = this.valuesIn(Math.floor(place / this.asks.length / this.draws));
    const at = Object.fromEntries(this.axes.map(({ name }, k) => [name, varied[k].label]));
    const values = new Map(this.axes.map(({ name }, k) => [name, varied[k].value]));
    const random: Record<string, unknown> = {};
    const coordinates = {
      point: number,
      at,
      ...(this.draw.length > 0 && { draw: draw + 1, drawn: random }),
      ...(this.questions[question] !== "" && { question: this.questions[question] }),
    };
    try {
      for (const [name, template] of this.draw) {
        random[name] = within(`draw.${name}`, () => drawn(template(values), [this.seed, name, draw + 1]));
        values.set(name, random[name]);
      }
      const task = {
        instance: within("instance", () => this.instance(values)),
        ask: within(`questions[${question}]`, () => this.asks[question](values)),
        ...(seconds && { seconds: seconds.toNumber() }),
        ...(memory !== undefined && { memory }),
      };
      return { coordinates, task };
    } catch (fault) {
      if (fault instanceof InputError) return { coordinates, fault };
      throw fault;
    }
  }

  private valuesIn(combination: number): AxisValue[] {
    let rest = combination;
    return this.axes
      .map(({ values }) => values)
      .reduceRight<AxisValue[]>((found, values) => {
        found.unshift(values[rest % values.length]);
        rest = Math.floor(rest / values.length);
        return found;
      }, []);
  }
}

/** The points of a specification of which nothing is known. Throws InputError with the path of the first thing at fault. */
export function planOf(json: unknown): Plan {
  return new Plan(parseSpecification(json));
}
