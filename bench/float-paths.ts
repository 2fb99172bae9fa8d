import type { Environment } from "../src/environment/environment.js";

/**
 * The least subsidy of trade with ties for no trade, all in doubles: the same steps as the exact formulation, written as
 * plainly as floats allow.
 */
export function floatSubsidy(environment: Environment): number {
  const [buyers, sellers] = environment.profiles.sizes;
  const values = environment.values.map((table) => table.entries.toFloat64());
  const priors = environment.prior.marginals.map((marginal) => marginal.toFloat64());
  const chance = [new Float64Array(buyers), new Float64Array(sellers)];
  for (let a = 0; a < buyers; a++) {
    const base0 = values[0][2 * a];
    const base1 = values[0][2 * a + 1];
    let own = 0;
    for (let b = 0; b < sellers; b++) {
      if (!(base1 + values[1][2 * b + 1] > base0 + values[1][2 * b])) continue;
      own += priors[1][b];
      chance[1][b] += priors[0][a];
    }
    chance[0][a] = own;
  }
  let revenue = 0;
  for (const agent of [0, 1]) {
    const types = chance[agent].length;
    const v = values[agent];
    const q = chance[agent];
    const worth = (report: number, type: number) => v[2 * type] + q[report] * (v[2 * type + 1] - v[2 * type]);
    const payment = new Float64Array(types);
    for (let type = 0; type < types; type++) payment[type] = worth(type, type);
    for (let type = 1; type < types; type++) {
      payment[type] = Math.min(payment[type], payment[type - 1] + worth(type, type) - worth(type - 1, type));
    }
    for (let type = types - 2; type >= 0; type--) {
      payment[type] = Math.min(payment[type], payment[type + 1] + worth(type, type) - worth(type + 1, type));
    }
    for (let type = 0; type < types; type++) revenue += priors[agent][type] * payment[type];
  }
  return Math.max(0, -revenue);
}
