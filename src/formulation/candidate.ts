import type { Multipliers } from "../certificate/multipliers.js";
import type { StructuredMechanism } from "../mechanism/structured-mechanism.js";

/** What may bound the optimum on the way to it: nothing is believed of it before it is judged. */
export interface Candidate {
  readonly mechanism?: StructuredMechanism;
  readonly multipliers?: Multipliers;
  /** The multipliers are rounded ones, which have to be repaired before they prove anything. */
  readonly rounded?: boolean;
}
