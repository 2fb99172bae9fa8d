import { RationalVector } from "../number/rational-vector.js";
import type { Payment } from "./payments.js";
import { StructuredMechanism } from "./structured-mechanism.js";

/** A mechanism of alike agents with every agent and every profile for itself; others as they are. */
export function unfolded(mechanism: StructuredMechanism): StructuredMechanism {
  const { environment, alike, payments, money, given } = mechanism;
  if (!alike) return mechanism;
  const { count } = environment.profiles;
  const everywhere = <T>(of: (profile: number) => T) => Array.from({ length: count }, (_, s) => of(s));
  const [payment] = payments;
  return new StructuredMechanism(
    environment,
    {
      alike: false,
      rule: { kind: "table", lotteries: { length: count, at: mechanism.lottery } },
      payments: environment.agents.map((_, i): Payment => {
        if (payment.kind === "table")
          return { kind: "table", amounts: RationalVector.from(everywhere((s) => mechanism.payment(i, s))) };
        if (payment.kind === "menu") return payment;
        return { ...payment, byType: environment.agents.map((_, j) => payment.byType[i === j ? 0 : 1]) };
      }),
      money:
        money.kind === "table"
          ? { kind: "table", amounts: RationalVector.from(everywhere((s) => mechanism.subsidy(s))) }
          : money,
    },
    given,
  );
}
