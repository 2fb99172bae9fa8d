import { Rational } from "../../number/rational.js";
import type { RationalVector } from "../../number/rational-vector.js";
import type {
  BudgetPrices,
  IncentiveMultiplier,
  Multipliers,
  ParticipationMultiplier,
} from "../multipliers.js";

/** What flows through every type of an agent along its binding requirements in expectation. */
export interface InterimTree {
  /** By type: the type that it would rather report, or -1 where participation binds. */
  readonly parents: Int32Array;
  /** By type; not negative. */
  readonly flow: RationalVector;
}

/**
 * Multipliers on requirements in expectation, at most one for each type of an agent; an agent without a tree is priced, with
 * the weight 1, for taking part before its type is known. Without any trees nothing is priced but money. The lists are made
 * when they are asked for.
 */
export class InterimTreeMultipliers implements Multipliers {
  constructor(
    readonly purpose: Multipliers["purpose"],
    readonly trees: readonly (InterimTree | undefined)[],
    readonly budget: BudgetPrices,
  ) {}

  get incentive(): IncentiveMultiplier[] {
    return this.trees.flatMap((tree, agent) => {
      const list: IncentiveMultiplier[] = [];
      tree?.parents.forEach((report, type) => {
        if (report >= 0 && Number(tree.flow.numerators[type]) !== 0)
          list.push({ agent, type, report, weight: tree.flow.at(type) });
      });
      return list;
    });
  }

  get participation(): ParticipationMultiplier[] {
    return this.trees.flatMap((tree, agent) => {
      if (!tree) return [{ agent, weight: Rational.ONE }];
      const list: ParticipationMultiplier[] = [];
      tree.parents.forEach((report, type) => {
        if (report < 0 && Number(tree.flow.numerators[type]) !== 0)
          list.push({ agent, type, weight: tree.flow.at(type) });
      });
      return list;
    });
  }
}
