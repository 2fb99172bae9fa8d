import type { Environment } from "../environment/environment.js";
import { InputError } from "../fault/input-error.js";
import type { Mechanism } from "../mechanism/mechanism.js";
import { profileRow } from "../mechanism/mechanism-file.js";
import { countText } from "../number/count-text.js";
import { print } from "./terminal.js";

/** More payments than this are written only when that is asked for. */
const MOST_PAYMENTS = 1_000_000;

export function hasManyPayments({ agentCount, profiles }: Environment): boolean {
  return agentCount * profiles.count > MOST_PAYMENTS;
}

/** Throws InputError where a mechanism's tables would be larger than anybody may expect; `also` is what allows them. */
export function checkTabulated(environment: Environment, also = "where every property is checked"): void {
  if (!hasManyPayments(environment)) return;
  const count = environment.agentCount * environment.profiles.count;
  throw new InputError(
    "",
    `${countText(count)} payments in a mechanism`,
    `at most ${countText(MOST_PAYMENTS)}, ${also}`,
  );
}

/** Prints a JSON object with the mechanism's profiles as its last field, piece by piece. */
export async function printWithMechanism(
  json: object,
  environment: Environment,
  mechanism: Mechanism,
): Promise<void> {
  let buffer = `${JSON.stringify(json).slice(0, -1)},"mechanism":{"profiles":[`;
  for (let s = 0; s < environment.profiles.count; s++) {
    buffer += `${s > 0 ? "," : ""}${JSON.stringify(profileRow(environment, mechanism, s))}`;
    if (buffer.length < 1 << 16) continue;
    await print(buffer);
    buffer = "";
  }
  await print(`${buffer}]}}\n`);
}
