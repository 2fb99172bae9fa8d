import type { Mechanism } from "../mechanism/mechanism.js";
import type { Construction, Ground } from "./construction.js";
import { groves, pivotTerm } from "./groves.js";

/**
 * The pivot mechanism: each agent pays what its presence costs the others,
 * `t_i(s) = max_x (sum_{j != i} v_j - r)(x) - (sum_{j != i} v_j - r)(x(s)) >= 0` (LN 3, 3.1). The resource cost is
 * counted with the others in both terms: an agent whose presence does not change the outcome pays nothing, whatever
 * the outcome costs, so the payments need not cover the cost. Throws InputError as `groves` does.
 */
export function vcg(ground: Ground, name = "vcg"): Mechanism {
  return groves(ground, pivotTerm(ground.environment), name);
}

export const vcgConstruction: Construction = {
  name: "vcg",
  summary: "Each agent pays what its presence costs others.",
  about: "The pivot mechanism: each agent pays what its presence costs the others.",
  source: "Vickrey 1961, Clarke 1971, Groves 1973",
  example: "bilateral-trade-uniform-10",
  versions: ["exact"],
  build: (ground) => vcg(ground),
};
