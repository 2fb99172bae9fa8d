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
  // Sellers in the order of what they gain by trade, so that a buyer trades with all beyond a threshold.
  const gain = (seller: number) => values[1][2 * seller + 1] - values[1][2 * seller];
  const order = Int32Array.from({ length: sellers }, (_, seller) => seller).sort((a, b) => gain(a) - gain(b));
  const gains = Float64Array.from(order, gain);
  const beyond = new Float64Array(sellers + 1);
  for (let k = sellers - 1; k >= 0; k--) beyond[k] = beyond[k + 1] + priors[1][order[k]];
  const begins = new Float64Array(sellers + 1);
  for (let a = 0; a < buyers; a++) {
    const missing = values[0][2 * a] - values[0][2 * a + 1];
    let low = 0;
    let high = sellers;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (gains[middle] > missing) high = middle;
      else low = middle + 1;
    }
    chance[0][a] = beyond[low];
    begins[low] += priors[0][a];
  }
  for (let k = 0, sum = 0; k < sellers; k++) chance[1][order[k]] = sum += begins[k];
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
