import type { Environment } from "../../environment/environment.js";
import { orbits, sorted } from "../../environment/orbits/orbits.js";
import type { Rational } from "../../number/rational.js";
import { RationalVector } from "../../number/rational-vector.js";
import type {
  BudgetPrices,
  IncentiveMultiplier,
  Multipliers,
  ParticipationMultiplier,
} from "../multipliers.js";

/**
 * Multipliers that are the same for all exchangeable agents: on Bayesian IC, on ex post IR and on an ex post budget. They are
 * kept by multisets of types, in the order of `orbits`; what they are at each profile is listed when it is asked for.
 */
export class OrbitPriceMultipliers implements Multipliers {
  constructor(
    private readonly environment: Environment,
    readonly purpose: Multipliers["purpose"],
    /** On Bayesian IC of any one agent. */
    readonly misreports: readonly {
      readonly type: number;
      readonly report: number;
      readonly weight: Rational;
    }[],
    /** By orbit: the price of money at each of its profiles. */
    readonly money: RationalVector,
    /** By orbit and type that is present: the price of participation of each agent of the type at each of its profiles. */
    readonly taking: RationalVector,
  ) {}

  get incentive(): IncentiveMultiplier[] {
    return this.misreports.flatMap((one) => this.environment.agents.map((_, agent) => ({ agent, ...one })));
  }

  get participation(): ParticipationMultiplier[] {
    const { profiles } = this.environment;
    const places = this.places();
    const list: ParticipationMultiplier[] = [];
    for (let profile = 0; profile < profiles.count; profile++) {
      const { slots } = places.get(sorted(this.environment, profile).profile)!;
      for (let agent = 0; agent < profiles.agentCount; agent++) {
        const slot = slots.get(profiles.typeOf(profile, agent))!;
        if (Number(this.taking.numerators[slot]) === 0) continue;
        list.push({ agent, profile, weight: this.taking.at(slot) });
      }
    }
    return list;
  }

  get budget(): BudgetPrices {
    const { profiles } = this.environment;
    const places = this.places();
    const prices = Array.from({ length: profiles.count }, (_, profile) =>
      this.money.at(places.get(sorted(this.environment, profile).profile)!.orbit),
    );
    return { kind: "profile", prices: RationalVector.from(prices) };
  }

  /** By profile with increasing types: which orbit it is, and the slots of the types that are present. */
  private places(): Map<number, { readonly orbit: number; readonly slots: ReadonlyMap<number, number> }> {
    const places = new Map<number, { orbit: number; slots: Map<number, number> }>();
    let slot = 0;
    for (const { profile, present } of orbits(this.environment)) {
      const slots = new Map(present.map(({ type }) => [type, slot++]));
      places.set(profile, { orbit: places.size, slots });
    }
    return places;
  }
}
