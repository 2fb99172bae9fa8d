import { Environment, type EnvironmentSpecification } from "../../src/environment/environment.js";
import { toRational } from "../../src/number/rational-text.js";
import { RationalVector } from "../../src/number/rational-vector.js";

export const vector = (...entries: (string | number)[]) => RationalVector.from(entries.map(toRational));

/** Two friends and a film: each likes it by own type, low or high, and it costs as much as both tickets. */
export const film: EnvironmentSpecification = {
  name: "film",
  agents: [
    {
      name: "ann",
      types: ["low", "high"],
      values: { shape: "type-outcome", entries: vector(0, 1, 0, 4) },
    },
    {
      name: "bob",
      types: ["low", "high"],
      values: { shape: "type-outcome", entries: vector(0, 2, 0, 3) },
      outsideOption: { shape: "constant", entries: vector("1/2") },
    },
  ],
  outcomes: ["stay", "go"],
  prior: { kind: "independent", marginals: [vector("1/4", "3/4"), vector("1/3", "2/3")] },
  cost: { shape: "outcome", entries: vector(0, 4) },
};

/** The film with some parts of its description replaced. */
export function filmWith(change: Partial<EnvironmentSpecification> = {}): Environment {
  return new Environment({ ...film, ...change });
}
