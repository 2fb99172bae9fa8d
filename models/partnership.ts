import * as z from "zod";
import { InputError } from "../src/fault/input-error.js";
import { Rational } from "../src/number/rational.js";
import { rationalSchema } from "../src/number/rational-schema.js";
import { affineModel } from "./affine-model.js";
import { family } from "./family.js";
import { highestTypeSurplus } from "./highest-type-surplus.js";
import { agentGrids, gridsOfAgents, numbered } from "./symmetric-agents.js";

/** Partners who own shares of a good that is worth most in one hand. Outcome `to partner i`: partner i gets the whole. */
export const partnership = family(
  {
    name: "partnership",
    summary: "Partners who own shares of one good.",
    about:
      "Partners who own shares of a good; each values the whole at its type, and keeps its share by staying out. Whether the partnership can be dissolved efficiently depends on the shares.",
    source: "Cramton, Gibbons and Klemperer 1987",
    example: { parameters: { agents: 2, grid: { points: 12 }, shares: ["1/10", "9/10"] } },
    parameters: z.strictObject({
      ...agentGrids,
      shares: z
        .array(rationalSchema)
        .optional()
        .describe(
          "Each partner's share, summing to 1; equal when absent. The outside option is the share times the type.",
        ),
    }),
  },
  (parameters) => {
    const grids = gridsOfAgents(parameters);
    const shares = parameters.shares ?? grids.map(() => Rational.of(1, grids.length));
    checkShares(shares, grids.length);
    const names = numbered("partner", grids.length);
    return affineModel({
      name: `partnership with shares ${shares.join(", ")}`,
      description: "Whoever values the good most should have it whole.",
      agents: grids.map((grid, i) => ({
        name: names[i],
        grid,
        value: (type, owner) => (owner === i ? type : Rational.ZERO),
        outsideOption: (type) => type.multiply(shares[i]),
      })),
      outcomes: names.map((name) => `to ${name}`),
      surplus: highestTypeSurplus(
        (type) => type,
        () => 1,
      ),
    });
  },
);

function checkShares(shares: readonly Rational[], agents: number): void {
  if (shares.length !== agents)
    throw new InputError("shares", `${shares.length} shares`, `${agents}, one for each partner`);
  shares.forEach((share, i) => {
    if (share.sign < 0) throw new InputError(`shares[${i}]`, `the negative share ${share}`, "a number >= 0");
  });
  const total = Rational.sum(shares);
  if (!total.equals(Rational.ONE))
    throw new InputError("shares", `shares that sum to ${total}`, "a sum of exactly 1");
}
