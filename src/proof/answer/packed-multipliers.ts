import type { RationalVector } from "../../number/rational-vector.js";
import type {
  BudgetPrices,
  IncentiveMultiplier,
  Multipliers,
  ParticipationMultiplier,
} from "../multipliers.js";

/** Multipliers in columns, an entry in each; -1 where an entry does not have the field. */
export interface MultiplierColumns<Field extends string> {
  readonly fields: Readonly<Record<Field, readonly number[]>>;
  readonly weights: RationalVector;
}

/** Multipliers in flat columns, so that millions fit in memory; the lists are made when they are asked for. */
export class PackedMultipliers implements Multipliers {
  constructor(
    readonly purpose: Multipliers["purpose"],
    private readonly incentives: MultiplierColumns<"agent" | "type" | "report" | "truth" | "reported">,
    private readonly participations: MultiplierColumns<"agent" | "type" | "profile">,
    readonly budget: BudgetPrices,
  ) {}

  get incentive(): IncentiveMultiplier[] {
    return [...this.eachIncentive()];
  }

  get participation(): ParticipationMultiplier[] {
    return [...this.eachParticipation()];
  }

  *eachIncentive(): Iterable<IncentiveMultiplier> {
    const { fields, weights } = this.incentives;
    for (let k = 0; k < weights.length; k++) {
      yield {
        agent: fields.agent[k],
        type: fields.type[k],
        report: fields.report[k],
        truth: present(fields.truth[k]),
        reported: present(fields.reported[k]),
        weight: weights.at(k),
      };
    }
  }

  *eachParticipation(): Iterable<ParticipationMultiplier> {
    const { fields, weights } = this.participations;
    for (let k = 0; k < weights.length; k++) {
      const [type, profile] = [present(fields.type[k]), present(fields.profile[k])];
      yield { agent: fields.agent[k], type, profile, weight: weights.at(k) };
    }
  }
}

function present(field: number): number | undefined {
  return field < 0 ? undefined : field;
}
