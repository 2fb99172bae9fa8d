import type { Environment } from "../../environment/environment.js";
import type { Mechanism } from "../mechanism.js";
import { TableMechanism } from "../table-mechanism.js";
import { WholeMechanism } from "./whole-mechanism.js";

/** Up to here every profile is looked at by itself, in fractions; beyond, in whole numbers where these are exact. */
export const MOST_PROFILES_ONE_BY_ONE = 256;

interface Known {
  readonly environment: Environment;
  readonly whole: WholeMechanism | undefined;
}

const known = new WeakMap<Mechanism, Known>();

/** A mechanism with many profiles in whole numbers; undefined where there are few, or numbers do not fit. */
export function wholeOf(environment: Environment, mechanism: Mechanism): WholeMechanism | undefined {
  const { count } = environment.profiles;
  if (count <= MOST_PROFILES_ONE_BY_ONE) return undefined;
  const before = known.get(mechanism);
  if (before?.environment === environment) return before.whole;
  const whole = WholeMechanism.of(environment, TableMechanism.of(mechanism, environment.agentCount, count));
  known.set(mechanism, { environment, whole });
  return whole;
}
