import type { Environment } from "../environment/environment.js";
import type { AllocationRule } from "../environment/lottery.js";
import { RationalVectorBuilder } from "../number/rational-vector-builder.js";
import { LotteryTableBuilder } from "../space/lottery-table.js";
import type { Mechanism } from "./mechanism.js";
import { StructuredMechanism } from "./structured-mechanism.js";

/** A mechanism as data: as it is where it is so already, else with all its profiles written out. */
export function asData(
  environment: Environment,
  mechanism: Mechanism,
  given?: AllocationRule,
): StructuredMechanism {
  if (mechanism instanceof StructuredMechanism) return mechanism;
  const { count } = environment.profiles;
  const lotteries = new LotteryTableBuilder();
  const payments = environment.agents.map(() => new RationalVectorBuilder(count));
  const money = new RationalVectorBuilder(count);
  for (let s = 0; s < count; s++) {
    lotteries.push(mechanism.lottery(s));
    payments.forEach((own, i) => {
      own.push(mechanism.payment(i, s));
    });
    money.push(mechanism.subsidy(s));
  }
  return new StructuredMechanism(
    environment,
    {
      alike: false,
      rule: { kind: "table", lotteries: lotteries.build() },
      payments: payments.map((own) => ({ kind: "table", amounts: own.build() })),
      money: { kind: "table", amounts: money.build() },
    },
    given,
  );
}
