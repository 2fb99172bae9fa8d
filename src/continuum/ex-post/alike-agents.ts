import type { ContinuousEnvironment } from "../../environment/continuous-environment.js";
import type { EnclosedEnvironment } from "./judge/enclosed-environment.js";
import { forEachPlace } from "./judge/product-table.js";

/**
 * Groups of agents that look alike, as numbers of groups by agent. Proposals may treat them alike, which makes programs smaller;
 * nothing that is proved relies on it.
 */
export function alikeAgents(environment: ContinuousEnvironment, enclosed: EnclosedEnvironment): number[] {
  const { agents } = environment;
  const shape = enclosed.surplusAbove.shape;
  const values = enclosed.surplusAbove.values;
  const groups: number[] = [];
  const keys = agents.map(({ density, atoms, outsideOption }, i) =>
    JSON.stringify([density, atoms, outsideOption, enclosed.agents[i].nodes]),
  );
  const exchangeable = (i: number, j: number) => {
    if (keys[i] !== keys[j]) return false;
    let same = true;
    forEachPlace(shape, (place, index) => {
      if (!same) return;
      const exchanged = [...place];
      [exchanged[i], exchanged[j]] = [place[j], place[i]];
      same = values[index] === values[exchanged.reduce((at, v, k) => at * shape[k] + v, 0)];
    });
    return same;
  };
  for (let i = 0; i < agents.length; i++) {
    const twin = groups.findIndex((_, j) => exchangeable(j, i));
    groups.push(twin < 0 ? i : groups[twin]);
  }
  return groups;
}

/** The place that stands for all that differ from it by exchanging alike agents; `fixed` keeps its own coordinate. */
export function canonicalPlace(place: readonly number[], groups: readonly number[], fixed?: number): string {
  const sorted = new Map<number, number[]>();
  place.forEach((at, i) => {
    if (i === fixed) return;
    const group = sorted.get(groups[i]);
    if (group) group.push(at);
    else sorted.set(groups[i], [at]);
  });
  const rest = [...sorted].map(([group, list]) => `${group}:${list.sort((a, b) => a - b)}`).sort();
  return fixed === undefined ? rest.join(";") : `${groups[fixed]}@${place[fixed]}|${rest.join(";")}`;
}
