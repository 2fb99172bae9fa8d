import type { Environment } from "../environment/environment.js";
import type { Mechanism } from "./mechanism.js";
import { audit, type Finding, type PropertyName, properties } from "./properties.js";
import { wholeFinding } from "./whole/whole-audit.js";
import { wholeOf } from "./whole/whole-of.js";

export { audit, type Finding, type PropertyName, properties } from "./properties.js";

/** Checks one property: slack by slack as it is defined, in whole numbers where there are many profiles. */
export function auditProperty(
  environment: Environment,
  mechanism: Mechanism,
  property: PropertyName,
): Finding {
  const whole = wholeOf(environment, mechanism);
  return (whole && wholeFinding(whole, property)) ?? audit(properties[property](environment, mechanism));
}
