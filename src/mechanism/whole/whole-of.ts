import type { Environment } from "../../environment/environment.js";
import type { Mechanism } from "../mechanism.js";
import { TableMechanism } from "../table-mechanism.js";
import { WholeMechanism } from "./whole-mechanism.js";

/** Up to here every profile is looked at by itself, in fractions; beyond, in whole numbers where these are exact. */
export const MOST_PROFILES_ONE_BY_ONE = 256;

/** A mechanism that is not in tables yet is not written out for more profiles than this. */
const MOST_TABULATED = 5e6;

interface Known {
  readonly environment: Environment;
  readonly whole: WholeMechanism | undefined;
}

const known = new WeakMap<Mechanism, Known>();

/** A mechanism with many profiles in whole numbers; undefined where there are few, or numbers do not fit. */
export function wholeOf(environment: Environment, mechanism: Mechanism): WholeMechanism | undefined {
  const { count } = environment.profiles;
  if (count <= MOST_PROFILES_ONE_BY_ONE) return undefined;
  if (count > MOST_TABULATED && !(mechanism instanceof TableMechanism)) return undefined;
  const before = known.get(mechanism);
  if (before?.environment === environment) return before.whole;
  const whole = WholeMechanism.of(environment, TableMechanism.of(mechanism, environment.agentCount, count));
  known.set(mechanism, { environment, whole });
  return whole;
}
