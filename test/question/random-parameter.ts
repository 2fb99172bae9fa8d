import type { Environment } from "../../src/environment/environment.js";
import type { ParameterValue } from "../../src/question/parameter.js";
import type { RandomSource } from "../generator/random-source.js";

/** A parameter with a value, and whether it asks more of a mechanism, or less. */
export function randomParameter(
  random: RandomSource,
  { agents }: Environment,
): [name: string, value: ParameterValue, isStronger: boolean] {
  const names = agents.map(({ name }) => name);
  const amount = () => `${random.integer(0, 3)}/${random.integer(1, 3)}`;
  switch (random.pick(["neverPaid", "paymentCaps", "icSlack"] as const)) {
    case "neverPaid":
      return ["neverPaid", random.onceIn(3) ? "all" : [random.pick(names)], true];
    case "paymentCaps":
      return ["paymentCaps", random.onceIn(2) ? amount() : { [random.pick(names)]: amount() }, true];
    case "icSlack":
      return ["icSlack", `1/${random.integer(2, 20)}`, false];
  }
}
