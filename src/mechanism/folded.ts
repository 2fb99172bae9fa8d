import type { Environment } from "../environment/environment.js";
import type { RationalVector } from "../number/rational-vector.js";
import { areAlike } from "../space/space.js";
import type { Payment } from "./payments.js";
import type { MechanismParts } from "./structured-mechanism.js";

/** From here on it pays to let one profile stand for all with the same types. */
const FEWEST_PROFILES = 100_000;

/**
 * The same mechanism by orbits, where there are many profiles and it is seen at once that agents are treated alike: an efficient rule
 * that breaks ties evenly, the same payment by own type for everybody, and money that is no table. Anything else as it is.
 */
export function folded(environment: Environment, parts: MechanismParts): MechanismParts {
  const { alike, rule, payments, money } = parts;
  const isEven = rule.kind === "efficient" && rule.ties === "uniform" && money.kind !== "table";
  if (alike || !isEven || environment.profiles.count < FEWEST_PROFILES) return parts;
  if (!payments.every((payment, i) => isByOwnType(payment, i)) || !areAlike(environment)) return parts;
  const own = payments.map((payment, i) => (payment.kind === "sum" ? payment.byType[i] : undefined));
  if (own.some((amounts) => !same(amounts, own[0]))) return parts;
  const [first] = payments;
  if (first.kind !== "sum") return parts;
  return { ...parts, alike: true, payments: [{ ...first, byType: [own[0], undefined] }] };
}

function isByOwnType(payment: Payment, i: number): boolean {
  if (payment.kind !== "sum" || !payment.onCost.isZero || payment.onValue) return false;
  return payment.byType.every((part, j) => i === j || part === undefined);
}

function same(a: RationalVector | undefined, b: RationalVector | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.toRationals().every((amount, k) => amount.equals(b.at(k)));
}
