import { InputError, within } from "../fault/input-error.js";
import type { Instance } from "../instance/instance.js";
import type { Rational } from "../number/rational.js";
import type { Question } from "../question/question.js";
import { type ComparedMechanism, type CompareOptions, type Comparison, compare } from "./compare.js";
import type { Subject } from "./ground.js";

/** One figure of one mechanism on grids of different sizes. */
export interface Convergence {
  readonly mechanism: string;
  /** The property that is violated, or `distance from the LP`. */
  readonly figure: string;
  /** One for each grid; undefined where it was not checked or the mechanism is not defined. */
  readonly values: readonly (Rational | undefined)[];
  /** The worst offender on each grid, in labels. */
  readonly worst: readonly (string | undefined)[];
  /**
   * From each grid to the next: the `p` for which the figure goes with `points^-p`. Undefined where either figure is
   * zero or unknown. Near 0: it does not vanish.
   */
  readonly orders: readonly (number | undefined)[];
}

/** Comparisons on finer and finer grids, and the figures of which one asks whether they vanish. */
export interface ConvergenceReport {
  readonly points: readonly number[];
  readonly comparisons: readonly Comparison[];
  /** Figures that are not zero on every grid. */
  readonly figures: readonly Convergence[];
}

/**
 * Rebuilds a model with other numbers of points (every `points` among its parameters) and compares on each grid.
 * Throws InputError for an instance that names no model, for one without `points`, and as `compare` does.
 */
export async function convergence(
  instance: Pick<Instance, "model">,
  points: readonly number[],
  question: Partial<Question> = {},
  names: readonly string[] = [],
  options: CompareOptions = {},
): Promise<ConvergenceReport> {
  const comparisons: Comparison[] = [];
  for (const subject of points.map((count) => onGrid(instance, count))) {
    comparisons.push(await compare(subject, question, names, options));
  }
  const found = [...new Set(comparisons.flatMap(({ mechanisms }) => mechanisms.map(({ name }) => name)))];
  const figures = found.flatMap((name) => {
    const each = comparisons.map(({ mechanisms }) => mechanisms.find((line) => line.name === name));
    return series(name, each, points);
  });
  return { points, comparisons, figures };
}

/** The instance's model with another number of points. Throws InputError where it has none. */
export function onGrid({ model }: Pick<Instance, "model">, points: number): Subject {
  const accepted = "an instance of a family of models whose parameters say a number of points";
  if (!model) throw new InputError("--grids", "an instance that is written out", accepted);
  let replaced = 0;
  const rebuilt = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(rebuilt);
    if (typeof value !== "object" || value === null) return value;
    // An exact number of the library stays as it is.
    if (Object.getPrototypeOf(value) !== Object.prototype) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, entry]) => {
        if (key !== "points") return [key, rebuilt(entry)];
        replaced++;
        return [key, points];
      }),
    );
  };
  const parameters = rebuilt(model.parameters);
  if (replaced === 0) throw new InputError("--grids", "parameters without points", accepted);
  return within(`parameters, with ${points} points:`, () => model.family.read(parameters));
}

/** A figure of one mechanism, with whom it concerns; undefined where it was not checked. */
interface Figure {
  readonly value: Rational;
  readonly worst: string | undefined;
}

/** What is followed from grid to grid: every violation, and the distance of interim payments. */
function figuresOf({ report, distance }: ComparedMechanism): Map<string, Figure | undefined> {
  const figures = new Map<string, Figure | undefined>();
  for (const [property, finding] of Object.entries(report.findings)) {
    figures.set(property, finding.checked ? { value: finding.violation, worst: finding.worst } : undefined);
  }
  if (distance) figures.set("distance from the LP", { value: distance.distance, worst: distance.at });
  return figures;
}

function series(
  mechanism: string,
  each: readonly (ComparedMechanism | undefined)[],
  points: readonly number[],
): Convergence[] {
  const found = each.map((line) => (line ? figuresOf(line) : undefined));
  const names = [...new Set(found.flatMap((figures) => [...(figures?.keys() ?? [])]))];
  return names.flatMap((figure) => {
    const values = found.map((figures) => figures?.get(figure)?.value);
    if (values.every((value) => value === undefined || value.isZero)) return [];
    const worst = found.map((figures) => figures?.get(figure)?.worst);
    const orders = values.slice(1).map((_, k) => order(values[k], values[k + 1], points[k], points[k + 1]));
    return [{ mechanism, figure, values, worst, orders }];
  });
}

function order(
  before: Rational | undefined,
  after: Rational | undefined,
  fewer: number,
  more: number,
): number | undefined {
  if (!before || !after || before.isZero || after.isZero || fewer === more) return undefined;
  return Math.log(before.divide(after).toNumber()) / Math.log(more / fewer);
}
