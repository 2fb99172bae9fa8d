import * as z from "zod";
import { Environment } from "../src/environment/environment.js";
import { InputError, within } from "../src/fault/input-error.js";
import { Rational } from "../src/number/rational.js";
import { rationalSchema } from "../src/number/rational-schema.js";
import { RationalVector } from "../src/number/rational-vector.js";
import { family } from "./family.js";
import { buildGrid, type Grid, gridSchema, normalised } from "./grid.js";
import { privateValues } from "./private-values.js";
import { numbered } from "./symmetric-agents.js";
import { checkTableSize } from "./table-size.js";

const conditionalSchema = z.array(z.array(rationalSchema));

/** Three neighbours and a public good, the first two independent given the third. Outcomes: `not provided`, `provided`. */
export const conditionallyIndependent = family(
  {
    name: "conditionally-independent",
    summary: "Three neighbours, two independent given the third.",
    about:
      "Three neighbours and a public good: given the third one's type, the types of the first two are independent.",
    source: "Börgers and Norman 2005, Section 4; Crémer and Riordan 1985",
    example: { question: { ir: "ex-post" }, parameters: { grid: { points: 3 }, imitation: "1/2" } },
    parameters: z.strictObject({
      grid: gridSchema.describe("The types of all three, and the third's probabilities."),
      imitation: rationalSchema
        .prefault("1/2")
        .describe(
          "From 0 to 1: the probability with which each of the first two has the third's type; else its type is drawn from the grid.",
        ),
      first: conditionalSchema
        .optional()
        .describe(
          "In place of imitation, the first's distribution: a row of weights for each type of the third.",
        ),
      second: conditionalSchema
        .optional()
        .describe("The same for the second: a row of weights for each type of the third."),
      cost: rationalSchema.prefault(1).describe("Resource cost of providing the good."),
    }),
  },
  (parameters) => {
    const { imitation, cost } = parameters;
    const grid = within("grid", () => buildGrid(parameters.grid));
    const size = grid.values.length;
    checkTableSize(size * size * size, 1);
    if (imitation.sign < 0 || imitation.compare(Rational.ONE) > 0) {
      throw new InputError("imitation", `${imitation}`, "a number from 0 to 1");
    }
    const given = (path: "first" | "second") => {
      const rows = parameters[path];
      return rows ? within(path, () => conditional(rows, size)) : imitating(grid, imitation);
    };
    const first = given("first");
    const second = given("second");
    const third = grid.prior.toRationals();
    checkPositive("grid", third, grid);
    for (const [path, rows] of [
      ["first", first],
      ["second", second],
    ] as const) {
      const marginal = third.map((_, a) => Rational.sum(rows.map((row, c) => row[a].multiply(third[c]))));
      checkPositive(path, marginal, grid);
    }
    const names = numbered("neighbour", 3);
    return {
      environment: new Environment({
        name: `public good of cost ${cost} for 3, first and second independent given the third`,
        agents: names.map((name) => ({
          name,
          types: grid.labels,
          values: privateValues(grid.values, 2, (type, provided) => (provided ? type : Rational.ZERO)),
        })),
        outcomes: ["not provided", "provided"],
        cost: { shape: "outcome", entries: RationalVector.from([Rational.ZERO, cost]) },
        prior: {
          kind: "joint",
          table: RationalVector.from(
            third.flatMap((_, a) =>
              third.flatMap((_, b) =>
                third.map((probability, c) => probability.multiply(first[c][a]).multiply(second[c][b])),
              ),
            ),
          ),
        },
      }),
    };
  },
);

function checkPositive(path: string, marginal: readonly Rational[], { labels }: Grid): void {
  const type = marginal.findIndex((probability) => probability.isZero);
  if (type >= 0) {
    throw new InputError(path, `probability 0 of type ${labels[type]}`, "types of positive probability");
  }
}

/** `[third's type][own type]` */
function imitating({ prior }: Grid, imitation: Rational): Rational[][] {
  const drawn = prior.toRationals().map((each) => Rational.ONE.subtract(imitation).multiply(each));
  return drawn.map((_, c) => drawn.map((each, a) => (a === c ? each.add(imitation) : each)));
}

function conditional(rows: readonly (readonly Rational[])[], size: number): Rational[][] {
  if (rows.length !== size) {
    throw new InputError("", `${rows.length} rows`, `${size}, one for each type of the third`);
  }
  return rows.map((row, c) => normalised(row, size, `[${c}]`).toRationals());
}
