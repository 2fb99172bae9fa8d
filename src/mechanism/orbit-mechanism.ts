import type { OrbitTable } from "../environment/orbits/orbit-table.js";
import type { SymmetricRule } from "../environment/orbits/symmetric-rule.js";
import type { Rational } from "../number/rational.js";
import { SymmetricMechanism } from "./symmetric-mechanism.js";

/** What is paid at the orbits of a table. */
export interface OrbitPayments {
  /** What each agent of the orbit's `block`-th type pays. */
  payment(orbit: number, block: number): Rational;
  subsidy(orbit: number): Rational;
}

/** A mechanism of exchangeable agents known by a symmetric rule, with payments and outside money by orbit. */
export class OrbitMechanism extends SymmetricMechanism {
  constructor(table: OrbitTable, rule: SymmetricRule, payments: OrbitPayments) {
    const orbitOf = (increasing: number) => {
      let low = 0;
      let high = table.count - 1;
      // Orbits come in the order of their profiles with increasing types.
      while (low < high) {
        const middle = (low + high) >> 1;
        if (table.view(middle).profile < increasing) low = middle + 1;
        else high = middle;
      }
      return low;
    };
    super(
      table.environment,
      table.exchange,
      (increasing) => rule(table.viewOf(increasing)).lottery,
      (type, increasing) => {
        const orbit = orbitOf(increasing);
        const { types, from, pattern } = table.view(orbit);
        let block = 0;
        while (block < pattern.counts.length && types[from + block] !== type) block++;
        return payments.payment(orbit, block);
      },
      (increasing) => payments.subsidy(orbitOf(increasing)),
    );
  }
}
