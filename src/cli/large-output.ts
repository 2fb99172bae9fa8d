import type { Environment } from "../environment/environment.js";
import { InputError } from "../fault/input-error.js";
import type { Mechanism } from "../mechanism/mechanism.js";
import { mechanismFileText } from "../mechanism/mechanism-file.js";
import { countText } from "../number/count-text.js";
import { print } from "./terminal.js";

/** More payments than this are written only when that is asked for. */
const MOST_PAYMENTS = 1_000_000;

export function hasManyPayments({ agentCount, profiles }: Environment): boolean {
  return agentCount * profiles.count > MOST_PAYMENTS;
}

/** What is said of a table of all payments that is not written. */
export const PAYMENTS_LEFT_OUT = `is left out: more than ${countText(MOST_PAYMENTS)} payments, which --all-payments writes`;

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

/** Prints a JSON object on one line with the content of a mechanism file as its last field, piece by piece. */
export async function printWithMechanism(
  json: object,
  environment: Environment,
  mechanism: Mechanism,
  instance: { readonly name: string; readonly digest: string },
  how: "parts" | "profiles" = "profiles",
): Promise<void> {
  let buffer = `${JSON.stringify(json).slice(0, -1)},"mechanism":`;
  for (const piece of mechanismFileText(environment, mechanism, instance, how)) {
    // Within texts JSON has no line ends as such.
    buffer += piece.replace(/\n */g, "");
    if (buffer.length < 1 << 16) continue;
    await print(buffer);
    buffer = "";
  }
  await print(`${buffer}}\n`);
}
