import type { Environment } from "../environment/environment.js";
import type { Table } from "../environment/table.js";
import { equal } from "../number/integer.js";
import { type Exchangeability, swapped } from "./exchangeability.js";
import { scattered } from "./scattered.js";

/**
 * Looks up in the raw tables whether exchanging neighbours leaves everything as it is: for every type of the first of them, the
 * others' types being scattered over all there are. It shares nothing with what found the exchange, and throws where they
 * disagree: that would be a bug here.
 */
export function checkExchange(environment: Environment, { swaps }: Exchangeability): void {
  const { profiles, agents, prior, costs, values, outsideOptions, agentCount } = environment;
  const size = profiles.sizes[0];
  swaps.forEach((swap, i) => {
    const places = scattered(size, profiles.count);
    for (let type = 0; type < size; type++) {
      let s = profiles.replace(places[type], i, type);
      s = profiles.replace(s, i + 1, (type + 1) % size);
      const there = swapped(environment, s, i);
      const typeOf = (agent: number, profile: number) => profiles.typeOf(profile, agent);
      const turned = (agent: number) => (agent === i ? i + 1 : agent === i + 1 ? i : agent);
      let same = prior.probability(s).equals(prior.probability(there));
      for (let agent = 0; agent < agentCount && same; agent++) {
        const other = turned(agent);
        const looked = (tables: readonly Table[], x: number, y: number) =>
          equal(
            tables[agent].numerator(typeOf(agent, s), s, x),
            tables[other].numerator(typeOf(other, there), there, y),
          );
        same = looked(outsideOptions, 0, 0);
        for (let x = 0; x < swap.length && same; x++) same = looked(values, x, swap[x]);
      }
      for (let x = 0; x < swap.length && same; x++) {
        same = equal(costs.numerator(0, s, x), costs.numerator(0, there, swap[x]));
      }
      if (same) continue;
      const [one, other] = [agents[i].name, agents[i + 1].name];
      throw new Error(`exchanging ${one} and ${other} changes ${environment.profileLabel(s)}: this is a bug`);
    }
  });
}
