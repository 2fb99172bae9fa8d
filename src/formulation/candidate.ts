import type { Mechanism } from "../mechanism/mechanism.js";
import type { Multipliers } from "../proof/multipliers.js";

/** What may bound the optimum on the way to it: nothing is believed of it before it is judged. */
export interface Candidate {
  readonly mechanism?: Mechanism;
  readonly multipliers?: Multipliers;
  /** The multipliers are rounded ones, which have to be repaired before they prove anything. */
  readonly rounded?: boolean;
}
