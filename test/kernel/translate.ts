import { InsuredMechanism } from "../../src/mechanism/insured-mechanism.js";
import { MenuMechanism } from "../../src/mechanism/menu-mechanism.js";
import type { Mechanism } from "../../src/mechanism/mechanism.js";
import { MutualInsurance } from "../../src/mechanism/mutual-insurance.js";
import { OrbitMechanism } from "../../src/mechanism/orbit-mechanism.js";
import { RuledMechanism } from "../../src/mechanism/ruled-mechanism.js";
import { SteadyGainsMechanism } from "../../src/mechanism/steady-gains-mechanism.js";
import { StructuredMechanism } from "../../src/mechanism/structured-mechanism.js";
import type { Payment } from "../../src/mechanism/payments.js";
import { SymmetricMechanism } from "../../src/mechanism/symmetric-mechanism.js";
import { SymmetricSteadyGains } from "../../src/mechanism/symmetric-steady-gains.js";
import { TableMechanism } from "../../src/mechanism/table-mechanism.js";
import { Rational } from "../../src/number/rational.js";
import { RationalVector } from "../../src/number/rational-vector.js";
import type { Problem } from "../../src/problem/problem.js";
import { orbits } from "../../src/environment/orbits/orbits.js";
import type { Rule } from "../../src/space/rule.js";

export function structured({ environment, givenRule }: Problem, mechanism: Mechanism): StructuredMechanism {
  const make = (alike: boolean, rule: Rule, payments: readonly Payment[], amount: Rational) =>
    new StructuredMechanism(environment, { alike, rule, payments, money: { kind: "constant", amount } }, givenRule);
  const none = { kind: "sum", onCost: Rational.ZERO, onValue: false } as const;
  const agents = environment.agents.map((_, i) => i);
  const tableRule = (lottery: (s: number) => any): Rule => ({
    kind: "table",
    lotteries: { length: environment.profiles.count, at: lottery },
  });
  if (mechanism instanceof InsuredMechanism || mechanism instanceof SteadyGainsMechanism) {
    const rule: Rule = mechanism.rule.kind === "efficient" ? mechanism.rule : tableRule(mechanism.rule.lottery);
    if (mechanism instanceof SteadyGainsMechanism) {
      const payments = agents.map((i): Payment => ({ ...none, onValue: true, byType: agents.map((j) => (j === i ? combine([mechanism.gains[i], -1]) : undefined)) }));
      return make(false, rule, payments, mechanism.constantSubsidy);
    }
    const { interimPayments: T, insurers, meanPayments: mean } = mechanism;
    const payments = agents.map((i): Payment => {
      const byType: (RationalVector | undefined)[] = agents.map(() => undefined);
      byType[i] = T[i];
      if (!insurers) return { ...none, byType };
      const e = insurers.predictedCosts;
      const meanCost = environment.prior.marginals[insurers.primary].dot(e);
      if (i === insurers.primary) {
        byType[i] = combine([T[i], 1], [e, -1]);
        for (const j of agents) if (j !== i) byType[j] = combine([T[j].plus(mean[j].negate()), -1]);
        return { ...none, byType, onCost: Rational.ONE };
      }
      if (i === insurers.secondary) {
        const p = insurers.primary;
        byType[p] = combine([e.plus(meanCost.negate()), 1], [T[p].plus(mean[p].negate()), -1]);
      }
      return { ...none, byType };
    });
    return make(false, rule, payments, mechanism.constantSubsidy);
  }
  if (mechanism instanceof MenuMechanism) {
    const payments = mechanism.menus.map((prices): Payment => ({ kind: "menu", prices }));
    return new StructuredMechanism(environment, {
      alike: false, rule: mechanism.rule, payments,
      money: mechanism.money instanceof Rational ? { kind: "constant", amount: mechanism.money } : { kind: "missing" },
    }, givenRule);
  }
  if (mechanism instanceof SymmetricMechanism) {
    const all = [...orbits(environment)];
    const rule = { kind: "table" as const, lotteries: { length: all.length, at: (k: number) => mechanism.orbitLottery(all[k].profile) } };
    if (mechanism instanceof SymmetricSteadyGains) {
      return make(true, rule, [{ ...none, onValue: true, byType: [combine([mechanism.gains, -1]), undefined] }], mechanism.constantSubsidy);
    }
    if (mechanism instanceof MutualInsurance) {
      const { interimPayments: T, predictedCosts } = mechanism;
      const n = environment.agentCount;
      if (!predictedCosts) return make(true, rule, [{ ...none, byType: [T, undefined] }], mechanism.constantSubsidy);
      const p = environment.prior.marginals[0];
      const e = combine([predictedCosts, 1], [T, -1]).plus(p.dot(T).multiply(Rational.of(1 - n)));
      const mean = p.dot(e);
      const own = combine([T, 1], [T, Rational.of(-1, n)], [e, Rational.of(-1, n)]);
      const other = combine([T, Rational.of(-1, n)], [e.plus(mean.negate()), Rational.of(1, n * (n - 1))]);
      return make(true, rule, [{ ...none, byType: [own, other], onCost: Rational.of(1, n) }], mechanism.constantSubsidy);
    }
    void OrbitMechanism;
    const amounts = RationalVector.from(all.flatMap(({ profile, present }) => present.map(({ type }) => mechanism.orbitPayment(type, profile))));
    const money = RationalVector.from(all.map(({ profile }) => mechanism.orbitSubsidy(profile)));
    return new StructuredMechanism(environment, { alike: true, rule, payments: [{ kind: "table", amounts }], money: { kind: "table", amounts: money } }, givenRule);
  }
  const ruled = mechanism instanceof RuledMechanism && mechanism.rule.kind === "efficient" ? mechanism.rule : undefined;
  const table = TableMechanism.of(mechanism, agents.length, environment.profiles.count);
  return new StructuredMechanism(environment, {
    alike: false,
    rule: ruled ?? tableRule((s) => table.lottery(s)),
    payments: table.payments.map((amounts): Payment => ({ kind: "table", amounts })),
    money: table.subsidies ? { kind: "table", amounts: table.subsidies } : { kind: "constant", amount: Rational.ZERO },
  }, givenRule);
}

function combine(...parts: readonly (readonly [RationalVector, number | Rational])[]): RationalVector {
  const [first] = parts;
  return RationalVector.from(Array.from({ length: first[0].length }, (_, k) =>
    Rational.sum(parts.map(([of, f]) => of.at(k).multiply(f instanceof Rational ? f : Rational.of(f))))));
}

import type { Multipliers as Old } from "../../src/proof/multipliers.js";
import { incentivesOf, participationsOf } from "../../src/proof/multipliers.js";
import type { Multipliers, Prices } from "../../src/certificate/multipliers.js";
import { MenuMultipliers } from "../../src/proof/menus/menu-multipliers.js";
import { SpreadMultipliers } from "../../src/proof/interim/spread-multipliers.js";
import { TreeMultipliers } from "../../src/proof/states/tree-multipliers.js";
import { StatePriceMultipliers } from "../../src/proof/states/state-price-multipliers.js";
import { OrbitPriceMultipliers } from "../../src/proof/orbits/orbit-price-multipliers.js";

function money(old: Old): Prices[] {
  const { budget } = old;
  switch (budget.kind) {
    case "none": return [];
    case "expectation": return [{ kind: "list", on: "budget", entries: [{ weight: budget.price }] }];
    case "prior": return [{ kind: "list", on: "budget", entries: [{ weight: budget.scale }] }];
    case "profile": return [{ kind: "profiles", on: "budget", weights: budget.prices }];
  }
}

/** The multipliers as they stand, one by one. */
export function listed(old: Old): Multipliers {
  return {
    purpose: old.purpose,
    alike: false,
    prices: [
      { kind: "list", on: "incentive", entries: Array.from(incentivesOf(old), ({ agent, type, report, truth, reported, weight }) => ({ agent, type, report, profile: truth, reported, weight })) },
      { kind: "list", on: "participation", entries: Array.from(participationsOf(old)) },
      ...money(old),
    ],
  };
}

/** In the shortest form. */
export function short(old: Old): Multipliers {
  if (old instanceof SpreadMultipliers) return listed(old.interim);
  if (old instanceof StatePriceMultipliers) {
    return { purpose: old.purpose, alike: false, prices: [
      { kind: "list", on: "incentive", entries: old.incentive },
      ...old.prices.map((weights, agent): Prices => ({ kind: "profiles", on: "participation", agent, weights })),
      ...money(old),
    ] };
  }
  if (old instanceof OrbitPriceMultipliers) {
    return { purpose: old.purpose, alike: true, prices: [
      { kind: "list", on: "incentive", entries: old.misreports },
      { kind: "profiles", on: "participation", weights: old.taking },
      { kind: "profiles", on: "budget", weights: old.money },
    ] };
  }
  if (old instanceof TreeMultipliers) {
    return { purpose: old.purpose, alike: false, prices: [
      ...money(old),
      { kind: "paths", paths: old.trees.map(({ parents }) => ({ kind: "profiles", parents })) },
    ] };
  }
  if (old instanceof MenuMultipliers) {
    return { purpose: old.purpose, alike: false, prices: [
      ...money(old),
      { kind: "paths", paths: old.bindings.map((keepers) => ({ kind: "menu", ties: old.cuts.ties, keepers })) },
    ] };
  }
  return listed(old);
}
