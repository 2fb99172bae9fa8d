import type { Environment } from "../environment/environment.js";
import { countText } from "../number/count-text.js";

/** A pass over more profiles than this takes minutes; formulations that need one leave such problems to others. */
const MOST_PROFILES_IN_A_PASS = 2e8;

/** Why an environment cannot be looked at profile by profile, in words for the user; undefined when it can. */
export function passObstacle({ profiles }: Environment): string | undefined {
  if (profiles.count <= MOST_PROFILES_IN_A_PASS) return undefined;
  return `${countText(profiles.count)} profiles are too many to look at one by one`;
}
